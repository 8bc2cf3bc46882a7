"""The product's web application with one thing of sync broken: would the phones notice?

Named by MUTANT. Each is a mistake that a reasonable server makes.
"""

from __future__ import annotations

from coachapi.wsgi import application  # first: it reads the settings

# isort: split

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import connection

from clients.actions import sets
from clients.api import sync as view
from clients.queries import sync as pulling
from coachapi import sync as index
from coachapi.door import acting_as

__all__ = ["application"]


def no_rev_check() -> None:
    """The last to push wins."""
    log_all = sets.log_all
    sets.log_all = lambda *, sets, **rest: log_all(  # type: ignore[assignment]
        sets=[replace(each, anew=True) for each in sets], **rest
    )


def created() -> None:
    """New rows are sent as created."""
    pull = pulling.pull

    def told(*args: Any, **kwargs: Any) -> Any:
        body = pull(*args, **kwargs)
        for table in body["changes"].values():
            table["created"], table["updated"] = table["updated"], []
        return body

    pulling.pull = told


def xmax() -> None:
    """The cursor is the newest transaction, not the oldest that still runs."""
    ask = index.now_and_access

    def asked(user_id: Any) -> Any:
        now, access = ask(user_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            return replace(now, xmin=cursor.fetchone()[0]), access

    index.now_and_access = asked


def changed_since_last_pull() -> None:
    """A conflict is whatever changed since the cursor, as the Watermelon documents have it."""
    log_all = sets.log_all

    def kept(*, client: Any, sets: Any, received_at: Any) -> Any:
        with connection.cursor() as cursor:  # before the sets themselves move their marks
            cursor.execute(
                "SELECT row_id FROM coachapi_sync_change WHERE row_id = ANY(%s)"
                " AND xid >= %s::text::xid8",
                [[str(each.id) for each in sets if each.rev], view.LAST & ((1 << 40) - 1)],
            )
            changed = {row_id for (row_id,) in cursor.fetchall()}
        found = log_all(client=client, sets=sets, received_at=received_at)
        for each in sets:
            if str(each.id) in changed:
                found.refused[each.id] = BROKEN.AnotherBody(found.rows[each.id])
        return found

    post = view.SyncView.post

    def noted(self: Any, request: Any) -> Any:
        view.LAST = int(request.query_params["last_pulled_at"])
        return post(self, request)

    view.LAST = 0
    view.SyncView.post = noted
    sets.log_all = kept


def read_committed() -> None:
    """Each query of a pull sees a moment of its own."""

    @contextmanager
    def reading(user_id: Any) -> Iterator[None]:
        with acting_as(user_id):
            yield

    view.reading_as = reading


def no_tombstones() -> None:
    """A deleted row may be written again."""
    index.tombstones = lambda scope, ids: set()


BROKEN = sets
MUTANTS = (
    no_rev_check,
    created,
    xmax,
    changed_since_last_pull,
    read_committed,
    no_tombstones,
)
next(each for each in MUTANTS if each.__name__ == os.environ["MUTANT"])()
