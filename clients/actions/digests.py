"""The daily digest: one letter or push a day, at the coach's hour, nothing in it but a number."""

from __future__ import annotations

import datetime as dt
import json
import uuid

from django.db import connection

from clients.domain.reader import DEFAULTS, LOUD, last_digest_time
from coachapi.notifications import ledger, outbox


def send_due(*, at: dt.datetime) -> int:
    """Tell each coach whose hour has come that there is something to read; returns how many.

    One alert for a coach, a practice and a day of theirs, so that two workers send one. Something
    that came after the hour waits for tomorrow's.
    """
    sent = 0
    with ledger.as_relay():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT user_id, practice_id, zone, hour, channels, last_at, oldest_at, waiting"
                " FROM digests_waiting()"
            )
            rows = cursor.fetchall()
        for user_id, practice_id, zone, hour, channels, last_at, oldest_at, count in rows:
            due = last_digest_time(zone, hour, at)
            if oldest_at <= due and (last_at is None or last_at < due):
                ways = tuple(json.loads(channels).get("reports") or DEFAULTS["reports"])
                sent += _send(user_id, practice_id, ways, count, due, at) is not None
    return sent


def _send(
    user_id: uuid.UUID,
    practice_id: uuid.UUID,
    ways: tuple[str, ...],
    count: int,
    due: dt.datetime,
    at: dt.datetime,
) -> uuid.UUID | None:
    to = [outbox.Address(user_id, each, wording="digest") for each in LOUD if each in ways]
    if "email" not in ways:
        to.append(outbox.Address(user_id, "email", without_device=True, wording="digest"))
    return outbox.record(
        outbox.Message(
            kind="digest",
            about_id=uuid.uuid5(practice_id, f"{user_id} {due.isoformat()}"),
            client_id=None,
            practice_id=practice_id,
            level="monitor",
            priority=7,
            counted=min(count, 999),
        ),
        to=to,
        at=at,
    )
