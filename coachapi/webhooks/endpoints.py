"""A practice's webhook endpoints: made, listed, rotated, tried and removed by its owner."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import connection

from coachapi.accounts.models import Coach, User
from coachapi.notifications import outbox
from coachapi.notifications.channels import guard
from coachapi.notifications.targets import EVENTS
from coachapi.refusals import Fault, NotThere, Refused, Unreadable
from coachapi.webhooks import signing
from coachapi.webhooks.models import Endpoint

__all__ = ["EVENTS", "add", "of", "remove", "rotate", "send_test"]

MOST = 10  # of one practice
OVERLAP = dt.timedelta(hours=24)  # after a rotation both secrets sign for so long


class TooMany(Refused):
    """A practice has as many endpoints as it may."""

    code = "webhook.too_many"
    title = "Not added"


def of(user: User) -> list[Endpoint]:
    """The endpoints of the practice this user owns, newest first; raises ``NotThere``."""
    place = _owned(user)
    rows = Endpoint.objects.filter(practice_id=place.practice_id, removed_at__isnull=True)
    return list(rows.order_by("-made_at", "-id"))


def add(
    *, url: str, events: Collection[str], description: str, by: User, at: dt.datetime
) -> tuple[Endpoint, str]:
    """Tell an address of events from now on; returns the endpoint and its secret, shown once.

    Raises ``Unreadable`` for an address that could not be public, ``TooMany``, ``NotThere``.
    """
    place = _owned(by)
    try:
        guard.check_url(url)
    except guard.NotPublic as no:
        raise Unreadable(str(no), faults=(Fault("#/url", "not_public", str(no)),)) from no
    held = Endpoint.objects.filter(practice_id=place.practice_id, removed_at__isnull=True)
    if held.count() >= MOST:
        raise TooMany(f"A practice has {MOST} endpoints at most. Remove one first.")
    secret = signing.new_secret()
    row = Endpoint.objects.create(
        practice_id=place.practice_id,
        url=url,
        description=description,
        events=sorted(events),
        secret=signing.seal(secret),
        made_by=by,
        made_at=at,
    )
    return row, secret


def rotate(endpoint_id: uuid.UUID, *, by: User, at: dt.datetime) -> tuple[Endpoint, str]:
    """A new secret, shown once; for a day the old one signs too. Raises ``NotThere``."""
    row = _one_of(by, endpoint_id)
    secret = signing.new_secret()
    row.secret_before, row.before_until = row.secret, at + OVERLAP
    row.secret = signing.seal(secret)
    row.save(update_fields=["secret", "secret_before", "before_until"])
    return row, secret


def remove(endpoint_id: uuid.UUID, *, by: User, at: dt.datetime) -> None:
    """Tell this address nothing any more, what waits included; raises ``NotThere``."""
    row = _one_of(by, endpoint_id)
    row.removed_at, row.secret, row.secret_before = at, "", ""
    row.save(update_fields=["removed_at", "secret", "secret_before"])


def send_test(endpoint_id: uuid.UUID, *, by: User) -> uuid.UUID:
    """Send a ``webhook.test`` through the outbox; one that is taken switches an endpoint on again.

    Returns the id that the receiver sees as ``webhook-id``; raises ``NotThere``.
    """
    _one_of(by, endpoint_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT send_webhook_test(%s)", [endpoint_id])
        made: uuid.UUID = cursor.fetchone()[0]
    outbox.ring()
    return made


def _owned(user: User) -> Coach:
    found = Coach.objects.filter(user=user, role=Coach.OWNER, active=True).order_by("id").first()
    if found is None:
        raise NotThere
    return found


def _one_of(user: User, endpoint_id: uuid.UUID) -> Endpoint:
    practice_id = _owned(user).practice_id
    found = (
        Endpoint.objects.select_for_update()
        .filter(practice_id=practice_id, pk=endpoint_id, removed_at__isnull=True)
        .first()
    )
    if found is None:
        raise NotThere
    return found
