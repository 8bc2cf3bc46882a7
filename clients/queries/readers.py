"""Who may be told about a client, what each of them wishes, and what they were told already."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Subquery

from clients import models
from clients.domain.reader import Reader, weight_of
from clients.domain.telling import WINDOW, Told
from coachapi.notifications.models import Delivery

QUIET = ("feed", "contact", "webhook")  # channels that interrupt no reader


def of(client_id: uuid.UUID) -> list[Reader]:
    """The lead, the covers, the owner and the client themself. One query.

    Open to the client's own request and to the relay: the database function tells nothing of
    health, and nobody without the client's standing consent.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM readers_of(%s)", [client_id])
        return [
            _reader(*row[:4], away=json.loads(row[4]), wishes=json.loads(row[5]))
            for row in cursor.fetchall()
        ]


def _reader(
    user_id: uuid.UUID, place: str, rota: int, zone: str, *, away: Any, wishes: Mapping[str, Any]
) -> Reader:
    begin, end = wishes.get("quiet_from"), wishes.get("quiet_to")
    return Reader(
        user_id=user_id,
        place=place,
        zone=zone,
        rota=rota,
        away=tuple(
            (dt.date.fromisoformat(first), dt.date.fromisoformat(last)) for first, last in away
        ),
        quiet=(dt.time.fromisoformat(begin), dt.time.fromisoformat(end)) if begin and end else None,
        passes=wishes.get("passes", "urgent"),
        monitor_to_digest=wishes.get("monitor_to_digest", False),
        digest_hour=wishes.get("digest_hour", 7),
        channels={group: tuple(ways) for group, ways in wishes.get("channels", {}).items()},
    )


def told(
    readers: Iterable[Reader],
    client_id: uuid.UUID,
    *,
    thread_of: models.SymptomReport | None,
    at: dt.datetime,
) -> dict[uuid.UUID, list[Told]]:
    """What interrupted each reader about this client: in the report's thread, or lately. One query.

    A thread is every report at an episode of this report. What was held back and then taken on
    before it was due counts as told.
    """
    sites = models.Site.objects.filter(report=thread_of, episode__isnull=False)
    same = models.Site.objects.filter(
        report_id=OuterRef("alert__about_id"),
        episode__in=Subquery(sites.values("episode")),
    )
    rows = (
        _interruptions(readers, client_id)
        .annotate(same=Exists(same))
        .filter(Q(same=True) | Q(due_at__gt=at - WINDOW))
    )
    return _by_reader(rows, at)


def told_since(
    readers: Iterable[Reader], client_id: uuid.UUID, since: dt.datetime, *, at: dt.datetime
) -> dict[uuid.UUID, list[Told]]:
    """What interrupted each reader about this client since then; asked by the relay. One query."""
    return _by_reader(_interruptions(readers, client_id).filter(due_at__gt=since), at)


def _interruptions(readers: Iterable[Reader], client_id: uuid.UUID) -> Any:
    return (
        Delivery.objects.filter(
            client_id=client_id, recipient__in=[each.user_id for each in readers]
        )
        .exclude(channel__in=QUIET)
        .exclude(state="dead")
        .select_related("alert")
        .order_by("due_at")
    )


def _by_reader(rows: Any, at: dt.datetime) -> dict[uuid.UUID, list[Told]]:
    """One interruption for each alert and reader, whatever the number of devices."""
    found: dict[tuple[uuid.UUID, uuid.UUID, int], Told] = {}
    for row in rows:
        never_sent = row.state == "withheld" and row.due_at > at
        found.setdefault(
            (row.recipient_id, row.alert_id, row.step),
            Told(
                weight=weight_of(row.alert.level, row.alert.escalate_every),
                due_at=at - WINDOW if never_sent else row.due_at,
                same_thread=getattr(row, "same", False),
                taken_on=row.alert.acked_at is not None,
            ),
        )
    by_reader: dict[uuid.UUID, list[Told]] = {}
    for (user_id, _alert, _step), each in found.items():
        by_reader.setdefault(user_id, []).append(each)
    return by_reader
