"""The in-app feed: every alert a person was ever told, newest first. The truth; mail is a hint."""

from __future__ import annotations

from typing import Any

from coachapi.accounts.models import User
from coachapi.notifications import models
from coachapi.paging import Asked, Place, page


def feed(user: User, asked: Asked) -> tuple[list[dict[str, Any]], Place | None]:
    """A page of the alerts a coach was told, the last told first, each with the step that reached
    them. One query."""
    told = (
        models.Delivery.objects.filter(recipient=user, channel="feed")
        .exclude(state="withheld")
        .exclude(wording="answer")
        .select_related("alert")
    )
    rows, further = page(told, asked, at="accepted_at")
    return [
        {
            "id": row.alert_id,
            "kind": row.alert.kind,
            "level": row.alert.level,
            "about_id": row.alert.about_id,
            "client_id": row.client_id,
            "step": row.step,
            "told_at": row.accepted_at,
            "acknowledged_at": row.alert.acked_at,
        }
        for row in rows
    ], further
