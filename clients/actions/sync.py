"""Takes what a phone pushes: the whole push in one transaction, each row by the action that the
REST address calls too.

A row that corrects what has changed meanwhile sends everything back (409): the phone pulls, merges
and pushes again. A row that cannot be taken for what it says does not: it is kept aside raw, the
phone is warned, and its next pull restores what the server holds. One bad row must never block a
phone for ever (docs/adr/0013).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction

from clients import models
from clients.actions.fingerprint import body_hash
from clients.queries.synced import CLIENTS
from coachapi import sync
from coachapi.accounts.models import User
from coachapi.refusals import ChangedMeanwhile, Refused


class SyncConflict(Refused):
    """A row was changed or deleted since the phone last pulled. Nothing was applied."""

    code = "sync.conflict"
    title = "Changed meanwhile"

    def __init__(self, conflicts: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(
            "Some rows have changed since the last pull. Nothing was applied: pull, then push"
            " again.",
            extra={"conflicts": list(conflicts)},
        )


class NotWritable(Refused):
    """The phone does not write this collection, or deletes nothing there."""

    code = "sync.not_writable"
    title = "Not taken"


@dataclass(slots=True)
class Row:
    """A row as a phone sent it: ``body`` is what was read of it, ``no`` why it was not taken."""

    id: uuid.UUID
    sent: Mapping[str, Any]
    rev: int | None
    anew: bool  # the phone has not heard yet that the server knows this row
    body: Any = None
    no: Refused | None = None


class Keep(Protocol):
    """How rows become acts; sets ``no`` on those it refuses."""

    def __call__(
        self, rows: Sequence[Row], *, client: models.Client, by: User, at: dt.datetime
    ) -> None: ...


Remove = Callable[[models.Client, Sequence[uuid.UUID]], Mapping[uuid.UUID, Refused]]


@dataclass(slots=True)
class Batch:
    """What a phone pushes of one collection that is its to write."""

    collection: str
    rows: Sequence[Row]
    deleted: Sequence[uuid.UUID]
    keep: Keep
    remove: Remove | None = None


@dataclass(slots=True)
class Strange:
    """A row of a collection that is not the phone's to write, or that we do not know."""

    collection: str
    id: str
    sent: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Warned:
    """A row that was not taken, what was sent of it, and why."""

    table: str
    id: str
    sent: Mapping[str, Any]
    no: Refused


def push(
    batches: Sequence[Batch],
    strange: Sequence[Strange],
    *,
    client: models.Client,
    by: User,
    at: dt.datetime,
) -> list[Warned]:
    """Take a push, in the order given; returns the rows that were kept aside.

    The caller holds the client's row: two phones of one person push one after the other.

    1. A row that was deleted meanwhile, or corrects an older version, is a ``SyncConflict``.
    2. Everything else becomes acts. A report is judged and its alerts commit with it.
    3. What was refused for what it says is kept raw, and its mark renewed.
    """
    named = [row.id for batch in batches for row in batch.rows]
    buried = sync.tombstones(client.pk, named) if named else set()
    conflicts: list[dict[str, Any]] = []
    warned = [_not_writable(each) for each in strange]
    for batch in batches:
        standing = [row for row in batch.rows if (batch.collection, str(row.id)) not in buried]
        conflicts += [_conflict(batch, r, "deleted") for r in batch.rows if r not in standing]
        readable = [row for row in standing if row.no is None]
        if readable:
            batch.keep(readable, client=client, by=by, at=at)
        for row in standing:
            if isinstance(row.no, ChangedMeanwhile):
                conflicts.append(_conflict(batch, row, "stale") | row.no.extra)
            elif row.no is not None:
                warned.append(Warned(batch.collection, str(row.id), row.sent, row.no))
        warned += _remove(batch, client)
    if conflicts:
        raise SyncConflict(conflicts)
    if warned:
        _set_aside(warned, client=client, at=at)
    return warned


def one_by_one(act: Callable[..., object]) -> Keep:
    """An act that takes one row at a time, for a collection whose rows are few."""

    def keep(rows: Sequence[Row], *, client: models.Client, by: User, at: dt.datetime) -> None:
        for row in rows:
            try:
                with transaction.atomic():
                    act(row, client=client, by=by, at=at)
            except Refused as no:
                row.no = no

    return keep


def _not_writable(row: Strange) -> Warned:
    no = NotWritable(f"{row.collection[:40]!r} is not the phone's to write.")
    return Warned(row.collection, row.id, row.sent, no)


def _remove(batch: Batch, client: models.Client) -> list[Warned]:
    if not batch.deleted:
        return []
    if batch.remove is not None:
        stay = batch.remove(client, batch.deleted)
    else:
        no = NotWritable(f"{batch.collection} are records: none is deleted.")
        stay = dict.fromkeys(batch.deleted, no)
    return [Warned(batch.collection, str(id_), {"deleted": True}, no) for id_, no in stay.items()]


def _conflict(batch: Batch, row: Row, reason: str) -> dict[str, Any]:
    return {"table": batch.collection, "id": str(row.id), "reason": reason}


def _set_aside(warned: Sequence[Warned], *, client: models.Client, at: dt.datetime) -> None:
    """Keep what was refused, whole, once; a repeated push adds nothing."""
    models.Quarantined.objects.bulk_create(
        (
            models.Quarantined(
                client=client,
                collection=each.table[:40],
                row_id=each.id[:64],
                row=dict(each.sent),
                row_hash=body_hash(each.sent),
                code=each.no.code,
                reason=each.no.sentence,
                received_at=at,
            )
            for each in warned
        ),
        ignore_conflicts=True,
    )
    for table in sorted({each.table for each in warned} & CLIENTS):
        sync.restore(client.pk, table, [each.id for each in warned if each.table == table])
