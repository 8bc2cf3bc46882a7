"""The one door to people's data: a transaction with a name on it.

Row-level security shows rows only to the user (or, for a system job, the one client) named in the
transaction. The name is set here and nowhere else, is local to the transaction, and is put back on
the way out because the setting outlives a savepoint (docs/adr/0007).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def _name(user_id: str, client_id: str) -> tuple[str, str, dt.datetime]:
    """Set both names; returns those before them and, so that nobody asks again, the time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED ("
            " SELECT coalesce(current_setting('app.user_id', true), ''),"
            " coalesce(current_setting('app.client_id', true), ''))"
            " SELECT before.*, coach_now(), set_config('app.user_id', %s, true),"
            " set_config('app.client_id', %s, true) FROM before",
            [user_id, client_id],
        )
        row = cursor.fetchone()
    return row[0], row[1], row[2].astimezone(dt.UTC)


@contextmanager
def _named(user_id: str, client_id: str) -> Iterator[dt.datetime]:
    with transaction.atomic():
        user_before, client_before, now = _name(user_id, client_id)
        yield now
        # On an exception the rollback puts the name back; so does a rollback asked for.
        if not connection.needs_rollback:
            _name(user_before, client_before)


@contextmanager
def acting_as(user_id: uuid.UUID) -> Iterator[dt.datetime]:
    """Open a transaction in which this user's rows, and no others, exist; says what time it is."""
    with _named(str(user_id), "") as now:
        yield now


@contextmanager
def reading_as(user_id: uuid.UUID) -> Iterator[None]:
    """The same for reading alone, everything as of one moment, however many queries it takes.

    The level is set before the name, which is the first query (ruling 21). Inside a transaction
    that is open already, that one's level holds.
    """
    is_ours = not connection.in_atomic_block
    with transaction.atomic():
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with acting_as(user_id):
            yield


@contextmanager
def acting_for(client_id: uuid.UUID) -> Iterator[None]:
    """Open a transaction for a system job about one client; only that client's rows exist."""
    with _named("", str(client_id)):
        yield
