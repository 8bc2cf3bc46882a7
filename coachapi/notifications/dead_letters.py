"""Deliveries that a provider refused for good: seen by the practice's owner, and sent anew.

Nothing here is about health, and a dead letter never was the only way: the feed has the alert, and
the recipient was told on the other channels in the same breath.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection

from coachapi.accounts.models import User
from coachapi.accounts.queries import owns_a_practice
from coachapi.notifications import ledger, outbox
from coachapi.refusals import NotThere


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One refused delivery: to whom, over which channel, and the provider's own words."""

    id: uuid.UUID
    recipient: str
    channel: str
    trouble: str
    attempts: int
    told_at: dt.datetime


def of_owner(user: User) -> list[DeadLetter]:
    """The dead letters of the practices this user owns, newest first, 200 at most. Two queries.

    Raises ``NotThere`` for who owns none.
    """
    _must_own(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dead_letters()")
        return [DeadLetter(*row) for row in cursor.fetchall()]


def redrive(delivery_id: uuid.UUID, *, by: User) -> None:
    """Send a dead letter again, under the same collapse id. Twice is the same as once.

    Raises ``NotThere`` when it is of no practice this user owns.
    """
    _must_own(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT redrive_dead_letter(%s)", [delivery_id])
        if not cursor.fetchone()[0]:
            raise NotThere
    outbox.ring()


def of_everybody() -> list[DeadLetter]:
    """Every practice's dead letters, oldest first, for the operator; people by their id only."""
    with ledger.as_relay(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.id, d.recipient_id::text, d.channel, d.trouble, d.attempt, a.created_at"
            " FROM notifications_delivery d JOIN notifications_alert a ON a.id = d.alert_id"
            " WHERE d.state = 'dead' ORDER BY d.id"
        )
        return [DeadLetter(*row) for row in cursor.fetchall()]


def redrive_these(ids: list[uuid.UUID]) -> int:
    """Send these again, whosever they are, for the operator; returns how many were dead."""
    with ledger.as_relay(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notifications_delivery SET state = 'pending', due_at = coach_now(),"
            " wanted_at = coach_now(), trouble = '' WHERE state = 'dead' AND id = ANY (%s)",
            [ids],
        )
        found: int = cursor.rowcount
    outbox.ring()
    return found


def _must_own(user: User) -> None:
    if not owns_a_practice(user):
        raise NotThere
