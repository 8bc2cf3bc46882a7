"""Cursors and marks of the phone's sync: what has changed since, read in one snapshot.

A cursor is no clock and no sequence: it is the oldest transaction still running when the phone
read (``xmin`` of the snapshot), so that one which began earlier and commits later is never missed;
it is only told twice. The generation is packed above it, and a foreign, future or forgotten cursor
is answered with the full set (docs/adr/0013).
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from coachapi.synced import NOBODYS

XID_BITS = 40
LIBRARY = uuid.UUID(NOBODYS)


@dataclass(frozen=True, slots=True)
class Now:
    """Where the index stands in this snapshot."""

    generation: int
    oldest: int  # tombstones below have been forgotten
    xmin: int

    @property
    def cursor(self) -> int:
        """The timestamp to hand out: below 2^53, exact in JavaScript."""
        return self.generation << XID_BITS | self.xmin

    def since(self, cursor: int) -> int | None:
        """The transaction to tell changes from; ``None`` when the cursor is of no use here."""
        generation, xid = cursor >> XID_BITS, cursor & ((1 << XID_BITS) - 1)
        is_ours = generation == self.generation and self.oldest <= xid <= self.xmin
        return xid if is_ours else None


@dataclass(frozen=True, slots=True)
class Access:
    """A scope that a user has, or had until ``xid``."""

    kind: str
    scope: uuid.UUID
    open: bool
    xid: int


@dataclass(frozen=True, slots=True)
class Scopes:
    """Of which scopes to tell what has changed, of which everything, of which that all is gone."""

    partly: frozenset[uuid.UUID]
    whole: frozenset[uuid.UUID]
    lost: frozenset[uuid.UUID]


def scopes(access: Iterable[Access], mine: set[uuid.UUID], since: int | None) -> Scopes:
    """What a phone that last read at ``since`` is told now; ``None`` has to be told everything.

    ``mine`` are the scopes it mirrors now. A change of access is a change: a scope gained since is
    told whole, one lost since (or displaced by one gained) is told as gone. The library comes and
    goes with the rest.
    """
    held = {each.scope: each.xid for each in access if each.open and each.scope in mine}
    if since is None:
        return Scopes(frozenset(), frozenset({*held, LIBRARY} if held else ()), frozenset())
    gained = {scope for scope, xid in held.items() if xid >= since}
    lost = {e.scope for e in access if e.scope not in held and (gained or e.xid >= since)}
    library = {LIBRARY}
    return Scopes(
        partly=frozenset(held.keys() - gained | (library if held and not gained else set())),
        whole=frozenset(gained | (library if gained else set())),
        lost=frozenset(lost | (library if lost and not held else set())),
    )


@dataclass(slots=True)
class Marks:
    """What to tell of one collection: ids to send with their rev, ids that are gone."""

    standing: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


def now_and_access(user_id: uuid.UUID) -> tuple[Now, list[Access]]:
    """Where the index stands, and every scope this user has or had. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.number, g.oldest::text::bigint,"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " a.scope_kind, a.scope_id, a.open, a.xid::text::bigint"
            " FROM coachapi_sync_generation g"
            " LEFT JOIN coachapi_sync_access a ON a.user_id = %s",
            [user_id],
        )
        rows = cursor.fetchall()
    generation, oldest, xmin = rows[0][:3]
    return Now(generation, oldest, xmin), [Access(*row[3:]) for row in rows if row[3]]


def changes(told: Scopes, *, since: int, anew: Collection[str] = ()) -> Mapping[str, Marks]:
    """The marks by collection: of some scopes those since a transaction, of others all. One query.

    Of the collections ``anew`` all are told; of a scope that was lost, every id is gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collection, row_id, rev, gone_at IS NOT NULL, scope_id"
            " FROM coachapi_sync_change WHERE scope_id = ANY(%s) AND xid >= %s::text::xid8"
            " UNION ALL SELECT collection, row_id, rev, gone_at IS NOT NULL, scope_id"
            " FROM coachapi_sync_change WHERE scope_id = ANY(%s)"
            " OR scope_id = ANY(%s) AND collection = ANY(%s)",
            [list(told.partly), since, [*told.whole, *told.lost], list(told.partly), list(anew)],
        )
        rows = cursor.fetchall()
    found: dict[str, Marks] = defaultdict(Marks)
    for collection, row_id, rev, is_gone, scope in rows:
        marks = found[collection]
        if is_gone or scope in told.lost:
            marks.gone.add(row_id)
        else:
            marks.standing[row_id] = rev
    for marks in found.values():
        marks.gone -= marks.standing.keys()
    return found


def tombstones(scope: uuid.UUID, ids: Iterable[uuid.UUID]) -> set[tuple[str, str]]:
    """Which of these rows of a scope were deleted: (collection, id). One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collection, row_id FROM coachapi_sync_change"
            " WHERE scope_kind = 'client' AND scope_id = %s AND row_id = ANY(%s)"
            " AND gone_at IS NOT NULL",
            [scope, [str(each) for each in ids]],
        )
        return {(collection, row_id) for collection, row_id in cursor.fetchall()}


def restore(scope: uuid.UUID, collection: str, ids: Iterable[str]) -> None:
    """Let the next pull tell a phone again what the server holds of these rows, or that it holds
    none. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sync_restore(%s, %s, %s)", [scope, collection, list(ids)])
