"""The cast, built once per run: every module that asks gets a copy of that database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from tests import databases
from tests.isolation import cast

_held: dict[str, cast.Cast] = {}


@contextmanager
def of_everybody() -> Iterator[cast.Cast]:
    """A database of its own with the cast in it, and the cast. Everything in it really commits."""
    plain = connection.settings_dict["NAME"]
    master = f"{plain}_cast"
    if plain not in _held:
        _copy(f"{databases.prefix()}_template", master)
        with _over(master):
            _held[plain] = cast.build()
    own = f"{plain}_own"
    _copy(master, own)
    with _over(own):
        yield _held[plain]
    with psycopg.connect(databases.superuser(), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(own)))


def _copy(name: str, copy: str) -> None:
    _hang_up()
    with psycopg.connect(databases.superuser(), autocommit=True) as admin:
        names = sql.Identifier(copy), sql.Identifier(name)
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER coach_owner TEMPLATE {}").format(*names))


@contextmanager
def _over(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    _point_at(name)
    try:
        yield
    finally:
        _point_at(before)


def _point_at(name: str) -> None:
    _hang_up()
    databases.point_at(name)
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _hang_up() -> None:
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool:
        close_pool()
