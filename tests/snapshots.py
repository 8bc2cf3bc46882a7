"""Worlds built once per process: a test opens the database they were committed to."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from tests import databases

World = TypeVar("World")
_held: dict[str, bytes] = {}


@contextmanager
def of(build: Callable[[], World]) -> Iterator[World]:
    """The database in which ``build`` happened, for tests that roll back; and what it returned."""
    master = _master(build)
    with _over(master):
        world: World = pickle.loads(_held[master])
        yield world


@contextmanager
def own(build: Callable[[], World]) -> Iterator[World]:
    """A copy of that database, for tests that commit, and dropped after them."""
    master = _master(build)
    copy = f"{master}_own"
    _copy(master, copy)
    with _over(copy):
        world: World = pickle.loads(_held[master])
        yield world
    with psycopg.connect(databases.superuser(), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy)))


def _master(build: Callable[[], object]) -> str:
    """The name of the database with that world; it is made by the first who asks."""
    name = f"{connection.settings_dict['NAME']}_{build.__qualname__.lower().replace('.', '_')}"
    if name not in _held:
        _copy(f"{databases.prefix()}_template", name)
        with _over(name):
            _held[name] = pickle.dumps(build())
    return name


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
