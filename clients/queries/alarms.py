"""One alert with everybody who was told of it: what an owner may see (ruling 15)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clients import models
from coachapi.notifications.models import Alert, Delivery
from coachapi.refusals import NotThere


@dataclass(frozen=True, slots=True)
class Shown:
    """A name, a level, times; never an answer."""

    id: uuid.UUID
    client_name: str
    level: str
    at: dt.datetime
    acked_at: dt.datetime | None
    acked_by: str
    next_at: dt.datetime | None
    told: tuple[Delivery, ...]


def one(alert_id: uuid.UUID) -> Alert:
    """An alert by its id; row-level security hides other people's. One query."""
    found = Alert.objects.select_related("acked_by").filter(pk=alert_id).first()
    if found is None or found.client_id is None:
        raise NotThere
    return found


def shown(alert: Alert) -> Shown:
    """The alert with its log. Two queries."""
    log = Delivery.objects.filter(alert=alert).select_related("recipient")
    name = (
        models.Client.objects.filter(pk=str(alert.client_id)).values_list("name", flat=True).first()
    )
    if name is None:
        raise NotThere
    return Shown(
        id=alert.pk,
        client_name=name,
        level=alert.level.rstrip("+"),
        at=alert.created_at,
        acked_at=alert.acked_at,
        acked_by=alert.acked_by.name if alert.acked_by else "",
        next_at=alert.escalate_at if alert.acked_at is None else None,
        told=tuple(log.order_by("step", "due_at", "id")),
    )
