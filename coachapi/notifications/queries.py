"""The in-app feed: every alert a person was ever told, newest first. The truth; mail is a hint."""

from __future__ import annotations

from typing import Any

from coachapi.accounts.models import User
from coachapi.notifications import models

PAGE = 100


def feed(user: User) -> list[dict[str, Any]]:
    """The latest alerts a coach was told, each with the step that reached them. One query."""
    rows = (
        models.Delivery.objects.filter(recipient=user, channel="feed")
        .exclude(state="withheld")
        .exclude(wording="answer")
        .select_related("alert")
        .order_by("-alert__created_at", "-step")[:PAGE]
    )
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
    ]
