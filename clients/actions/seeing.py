"""A coach has a report before their eyes. Shown to the client; stops nothing (ruling 6)."""

from __future__ import annotations

import datetime as dt
import uuid

from clients import models
from clients.actions import telling
from clients.queries import digest as digests
from clients.queries import people, told_to_clients
from coachapi.accounts.models import User
from coachapi.notifications import outbox
from coachapi.notifications.models import Alert
from coachapi.refusals import NotThere


def told(*, by: User, up_to: uuid.UUID, at: dt.datetime) -> None:
    """A client has had a notification open, and all before it; raises ``NotThere``."""
    mine = told_to_clients.of(by)
    last = mine.filter(pk=up_to).first()
    if last is None:
        raise NotThere
    mine.filter(accepted_at__lte=last.accepted_at, read_at__isnull=True).update(read_at=at)


def digest(*, by: User, at: dt.datetime) -> None:
    """A coach has read their digest; the next one counts what comes from now on."""
    digests.of(by, at=at).filter(read_at__isnull=True).update(read_at=at)


def take_on(*, alert: Alert, by: User, at: dt.datetime) -> None:
    """An owner has an alert: escalation stops. What was said stays with the coaches."""
    outbox.acknowledge(about_id=alert.about_id, by=by, at=at)


def seen(*, client: models.Client, report_id: uuid.UUID, by: User, at: dt.datetime) -> bool:
    """Note who saw a report first and when; the escalation goes on until it is acknowledged.

    Under the client's lock like every act on a report: the page says "seen" in the very second in
    which a quick coach applies, and the two must not wait for each other.
    """
    people.lock(client)
    first = models.SymptomReport.objects.filter(
        client=client, pk=report_id, seen_at__isnull=True
    ).update(seen_at=at, seen_by=by)
    Alert.objects.filter(about_id=report_id, seen_at__isnull=True).update(seen_at=at)
    if first:
        telling.answered(report_id, "seen", client=client, at=at)
    return first > 0
