"""What a client was told in the app: a coach has seen, changed, answered or written."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from clients import models
from coachapi.accounts.models import User
from coachapi.notifications.models import Delivery
from coachapi.paging import Asked, Place, page


def some(user: User, asked: Asked) -> tuple[list[dict[str, Any]], Place | None]:
    """A page of what this user was told as a client, newest first. Two queries."""
    rows, further = page(of(user).select_related("alert"), asked, at="accepted_at")
    decided = {row.alert.about_id for row in rows if row.alert.kind != "client.seen"}
    reports = dict(models.Decision.objects.filter(pk__in=decided).values_list("pk", "report_id"))
    return [
        {
            "id": row.pk,
            "kind": row.alert.kind.rpartition(".")[2] if _own(row) else "message",
            "report_id": row.alert.about_id
            if row.alert.kind == "client.seen"
            else reports.get(row.alert.about_id),
            "at": row.accepted_at,
            "read_at": row.read_at,
        }
        for row in rows
    ], further


def unread(user: User) -> int:
    """How many of them the client has not had open. One query."""
    return waiting(user).count()


def waiting(user: Any) -> QuerySet[Delivery]:
    """Those the client has not had open; the user may be an ``OuterRef``."""
    return of(user).filter(read_at__isnull=True)


def of(user: Any) -> QuerySet[Delivery]:
    """Everything this user was told as a client."""
    return Delivery.objects.filter(recipient=user, channel="feed", wording="answer")


def _own(row: Delivery) -> bool:
    return bool(row.alert.kind.startswith("client."))
