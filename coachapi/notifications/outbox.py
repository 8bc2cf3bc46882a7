"""Writes alerts into the transaction at hand and rings the bell once it has committed.

The rows are the message; the bell only saves waiting. Take the bell away and every alert still
leaves, a few seconds later (docs/adr/0004; tests/notifications/test_bell.py does take it away).
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.db import connection, transaction
from psycopg import sql

from coachapi.accounts.models import User
from coachapi.notifications import devices, models

log = logging.getLogger(__name__)

DRAIN = "coachapi.notifications.tasks.drain"
# How long a broker that failed is not asked again, so that few requests wait for it: doubled each
# time, because one slow answer is no dead broker.
SILENT_FIRST, SILENT_LONGEST = 0.5, 8.0  # seconds
_silent_until, _silence = 0.0, 0.0

TO_A_CLIENT = "client."  # kinds of news for the client themself: nothing to take on
A_MOMENT = dt.timedelta(minutes=1)  # what is due sooner was not held back, it is on its way
LOUD = ("feed", "push", "email")  # "push" stands for every device the recipient has


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may be told about a client, and in which turn (1 first, then cover)."""

    user_id: uuid.UUID
    turn: int


@dataclass(frozen=True, slots=True)
class Address:
    """One reader over one channel, now or later; ``push`` is every device of theirs.

    ``without_device``: only if the reader has no device. ``for_digest``: a row of the feed that is
    counted in the reader's next digest.
    """

    user_id: uuid.UUID
    channel: str
    due_at: dt.datetime | None = None
    without_device: bool = False
    for_digest: bool = False
    wording: str = "alert"


def everywhere(people: Iterable[Recipient], channels: tuple[str, ...]) -> list[Address]:
    """Each of these people over each of these channels, now."""
    return [Address(who.user_id, channel) for who in people for channel in channels]


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert as it stands when its next step is asked for: ids, a level, a step."""

    alert_id: uuid.UUID
    client_id: uuid.UUID
    practice_id: uuid.UUID
    kind: str
    level: str
    step: int  # the step asked for; 1 is the first telling
    every: dt.timedelta | None  # the time between its steps
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Step:
    """Whom a step tells, over which channels, and after how long the next one follows."""

    to: tuple[Address, ...]
    next_after: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told: ids, a level, how loud; never what was said."""

    kind: str
    about_id: uuid.UUID
    client_id: uuid.UUID | None
    practice_id: uuid.UUID
    level: str
    priority: int  # 0 most urgent
    counted: int = 0  # the number in a digest's text
    escalate_after: dt.timedelta | None = None


def record(message: Message, *, to: Iterable[Address], at: dt.datetime) -> uuid.UUID | None:
    """Write the alert and one delivery per address and per webhook; ring after the commit.

    Returns the alert's id, or ``None`` when this subject already has an alert of this level.
    """
    alert = _written(message, at=at)
    if alert is None:
        return None
    people = list(to)
    found = devices.live(_push_to(people), practice_id=alert.practice_id, event=alert.kind)
    _deliver(alert, people, found, at=at, counted=message.counted)
    ring()
    return alert.id


def publish(message: Message, *, at: dt.datetime) -> None:
    """Tell the practice's webhooks of something that nobody needs to be told; most have none.

    Each act on the same subject is told once, so its ``level`` is the number of the act.
    """
    hearing = devices.live((), practice_id=message.practice_id, event=message.kind)
    alert = _written(message, at=at) if hearing else None
    if alert is not None:
        _deliver(alert, (), hearing, at=at)
        ring()


def address(alert: models.Alert, *, to: Iterable[Address], at: dt.datetime) -> int:
    """Add the deliveries of the alert's present step; the feed is reached by being written."""
    people = list(to)
    return _deliver(alert, people, devices.live(_push_to(people)), at=at)


def _written(message: Message, *, at: dt.datetime) -> models.Alert | None:
    """The alert's row, unless its subject has one of this level: of two at once, one is written."""
    alert = models.Alert(
        kind=message.kind,
        about_id=message.about_id,
        client_id=message.client_id,
        practice_id=message.practice_id,
        level=message.level,
        priority=message.priority,
        created_at=at,
        escalate_at=at + message.escalate_after if message.escalate_after else None,
        escalate_every=message.escalate_after,
    )
    row = {
        each.column: each.get_db_prep_save(getattr(alert, each.attname), connection)
        for each in models.Alert._meta.concrete_fields
    }
    statement = sql.SQL(
        "INSERT INTO notifications_alert ({}) VALUES ({}) ON CONFLICT DO NOTHING"
    ).format(
        sql.SQL(", ").join([sql.Identifier(str(column)) for column in row]),
        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(row.values()))
        if cursor.rowcount == 0:
            return None
    log.info("alert written", extra={"alert_id": str(alert.id)})
    return alert


def _push_to(people: Iterable[Address]) -> set[uuid.UUID]:
    """Whose devices matter."""
    return {each.user_id for each in people if each.channel == "push" or each.without_device}


def _deliver(
    alert: models.Alert,
    people: Iterable[Address],
    found: Iterable[devices.Device],
    *,
    at: dt.datetime,
    counted: int = 0,
) -> int:
    """One delivery per person and way, one per webhook; how many there are."""
    same: dict[str, Any] = {
        "alert": alert,
        "client_id": alert.client_id,
        "step": alert.step,
        "priority": alert.priority,
    }
    rows = [
        models.Delivery(
            **same,
            recipient_id=each.user_id,
            channel=channel,
            device_key=key,
            due_at=each.due_at or at,
            wanted_at=each.due_at or at,
            state="accepted" if channel == "feed" else "pending",
            accepted_at=at if channel == "feed" else None,
            wording=each.wording,
            counted=counted,
            for_digest=each.for_digest,
        )
        for each in people
        for channel, key in _places(each, found)
    ]
    rows += [
        models.Delivery(
            **same,
            recipient_id=each.user_id,
            channel=each.channel,
            device_key=each.key,
            due_at=max(at, each.not_before or at),
            wanted_at=at,
        )
        for each in found
        if each.channel == devices.WEBHOOK
    ]
    models.Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _places(each: Address, found: Iterable[devices.Device]) -> Iterator[tuple[str, str]]:
    """Channel and device key of every delivery to this address."""
    theirs = [
        (one.channel, one.key)
        for one in found
        if one.user_id == each.user_id and one.channel != devices.WEBHOOK
    ]
    if each.channel == "push":
        yield from theirs
    elif not (each.without_device and theirs):
        yield each.channel, ""


def acknowledge(*, about_id: uuid.UUID, by: User, at: dt.datetime) -> int:
    """Stop the escalation of every alert about this subject; returns how many were still open.

    The same row lock as the escalation's: an alert is acknowledged, or escalated and then
    acknowledged, never neither. What was held back and is not yet due is not sent any more.
    """
    open_ = models.Alert.objects.filter(about_id=about_id, acked_at__isnull=True).exclude(
        kind__startswith=TO_A_CLIENT
    )
    taken_on = list(open_.select_for_update().values_list("pk", flat=True))
    if taken_on:
        models.Alert.objects.filter(pk__in=taken_on).update(acked_at=at, acked_by=by)
        models.Delivery.objects.filter(
            alert_id__in=taken_on, state="pending", attempt=0, due_at__gt=at + A_MOMENT
        ).update(state="withheld", trouble="taken on before it was due")
    return len(taken_on)


def ring() -> None:
    """Wake a worker once this transaction has committed; a dead broker is a log line, no error."""
    ring_for(DRAIN)


def ring_for(task: str, **ids: str) -> None:
    """Wake a worker for a task by its name, work of another floor too, once this has committed.

    Like every bell it may be lost: the timer in every worker finds the work by its rows.
    """
    transaction.on_commit(lambda: _send(task, ids), robust=True)


def _send(task: str, ids: dict[str, str]) -> None:
    global _silent_until, _silence
    now, before = time.monotonic(), _silence
    if now < _silent_until:
        return
    _silent_until = now + before  # after a failure one asks again, and no other waits with it
    try:
        current_app.send_task(task, kwargs=ids)
        _silent_until = _silence = 0.0
    except Exception as broken:  # noqa: BLE001 - whatever the broker's trouble, the rows stand
        _silence = min(max(SILENT_FIRST, 2 * before), SILENT_LONGEST)
        _silent_until = time.monotonic() + _silence
        log.warning(
            "The bell for %s is silent (%s); the workers' timer sees to it.",
            task,
            type(broken).__name__,
        )
