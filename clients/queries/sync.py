"""What a phone pulls: everything that changed for its user since the cursor, as of one moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef

from clients import models
from clients.domain.moments import local_date
from clients.queries import people
from clients.queries.synced import MIRRORED, Row, plain
from coachapi import sync
from coachapi.accounts.models import User
from coachapi.refusals import NotThere

Wanted = Mapping[str, Collection[str] | None]  # ids by collection; None: every row


@dataclass(frozen=True, slots=True)
class Place:
    """Whose rows a phone mirrors, and how old the copy of the plan is that it is shown."""

    client: models.Client
    shown_on: dt.date | None
    marked: bool

    def is_fresh(self, at: dt.datetime) -> bool:
        """Whether the copy is what ``resolve()`` says now."""
        return not self.marked and self.shown_on == local_date(at, self.client.time_zone)


def place_of(user: User) -> Place | None:
    """The newest place as a client of this user. One query.

    A coach's phone mirrors nothing in version 1; coaches use the REST addresses.
    """
    marks = models.ProjectionMark.objects.filter(client=OuterRef("pk"))
    found = people.for_user(user).select_related("health", "practice")
    about = {"shown_on": F("projection__on"), "marked": Exists(marks)}
    row: Any = found.annotate(**about).order_by("-created_at").first()
    return Place(row, row.shown_on, row.marked) if row else None


def pull(
    user: User, client: models.Client | None, *, cursor: int | None, anew: Collection[str] = ()
) -> dict[str, Any]:
    """The changes and the next cursor; to be called inside ``reading_as``.

    ``cursor`` is ``None`` at a first sync. ``anew`` are collections to send whole (after an upgrade
    of the app). Three queries, and six for reports. Raises ``NotThere`` for someone who never was
    anybody's client.
    """
    now, access = sync.now_and_access(user.pk)
    if not access:
        raise NotThere
    since = None if cursor is None else now.since(cursor)
    mine = {client.pk, client.practice_id} if client else set()
    told = sync.scopes(access, mine, since)
    marks = sync.changes(told, since=since or 0, anew=anew)
    wanted: Wanted = {
        name: None if since is None else list(marks[name].standing)
        for name in MIRRORED
        if marks[name].standing
    }
    rows: dict[str, list[Row]] = {name: [] for name in MIRRORED}
    for name, row in _rows(client, wanted) if client else ():
        row["rev"] = marks[name].standing[str(row["id"])]
        rows[name].append({key: plain(value) for key, value in row.items()})
    body: dict[str, Any] = {
        "changes": {
            name: {
                # Never "created": a row made, synced, deleted and synced again would rise again.
                "created": [],
                "updated": sent,
                "deleted": [] if since is None else _gone(marks[name], sent),
            }
            for name, sent in rows.items()
        },
        "timestamp": now.cursor,
    }
    if cursor is not None and since is None:
        body["experimentalStrategy"] = "replacement"
    return body


def _gone(marks: sync.Marks, sent: list[Row]) -> list[str]:
    """Ids that are deleted, and those changed that are not (or no more) this phone's to see."""
    return sorted(marks.gone | marks.standing.keys() - {row["id"] for row in sent})


def _rows(client: models.Client, wanted: Wanted) -> Iterator[tuple[str, Row]]:
    """The rows of every collection asked for. One query, and those of what must be worded."""
    asked = {name: (MIRRORED[name], ids) for name, ids in wanted.items()}
    plainly = [
        each.documents(name, client, ids)
        for name, (each, ids) in asked.items()
        if each.made is None
    ]
    if plainly:
        first, *others = plainly
        for name, id_, document in first.union(*others, all=True) if others else first:
            yield name, {"id": id_, **document}
    for name, (each, ids) in asked.items():
        if each.made is not None:
            for row in each.made(each.wanted(client, ids)):
                yield name, row
