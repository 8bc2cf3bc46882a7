"""What a digest holds: everything a coach was told that did not interrupt, newest first."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from clients import models
from coachapi.accounts.models import User
from coachapi.notifications.models import Delivery

SHOWN_FOR = dt.timedelta(days=14)
MOST = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read; its page is the alert's."""

    alert_id: uuid.UUID
    kind: str
    level: str
    client_name: str
    at: dt.datetime
    read: bool


def items(user: User, *, at: dt.datetime) -> list[Item]:
    """A fortnight of them. Two queries."""
    rows = list(of(user, at=at).select_related("alert").order_by("-accepted_at", "-pk")[:MOST])
    clients = models.Client.objects.filter(pk__in={row.client_id for row in rows})
    names = {str(key): name for key, name in clients.values_list("pk", "name")}
    return [
        Item(
            alert_id=row.alert_id,
            kind=row.alert.kind.partition(".")[0],
            level=row.alert.level.rstrip("+"),
            client_name=names.get(str(row.client_id), ""),
            at=row.accepted_at,
            read=row.read_at is not None or row.alert.acked_at is not None,
        )
        for row in rows
        if row.accepted_at is not None
    ]


def of(user: User, *, at: dt.datetime) -> QuerySet[Delivery]:
    """The rows of a user's feed that are counted in the digest."""
    return Delivery.objects.filter(
        recipient=user, channel="feed", for_digest=True, accepted_at__gt=at - SHOWN_FOR
    )
