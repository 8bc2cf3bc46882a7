"""What a client is asked of a day and a week, and what was said."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any

from clients import models
from clients.domain import readiness
from clients.domain.weekly import weekly_check
from coachapi.paging import Asked, Place, page
from programs.domain.place_words import region_words

A_WEEK = dt.timedelta(days=7)


def form(client: models.Client, *, on: dt.date) -> dict[str, Any]:
    """The questions of both check-ins with their versions, and what is due now. Two queries."""
    asked = weekly_check()
    shown: dict[str, Any] = {
        "readiness": {
            "instrument_version": readiness.VERSION,
            "items": [
                {"id": item.id, "text": item.text, "worst": item.worst, "best": item.best}
                for item in readiness.ITEMS
            ],
        },
        "weekly": {
            "instrument_version": asked.version,
            "questions": [
                {"id": each.id, "text": each.text, "answers": list(each.answers)}
                for each in asked.questions
            ],
        },
    }
    packed = json.dumps(shown, sort_keys=True).encode()
    return {
        "version": hashlib.sha256(packed).hexdigest()[:16],
        **shown,
        "due": due(client, on=on),
    }


def due(client: models.Client, *, on: dt.date) -> list[dict[str, Any]]:
    """The weekly checks due today: every open episode without one in seven days. Two queries."""
    asked = {
        (row.region, row.side)
        for row in models.CheckIn.objects.filter(
            client=client, kind=models.CheckIn.WEEKLY, performed_on__gt=on - A_WEEK
        )
    }
    episodes = models.Episode.objects.filter(
        client=client, closed_at__isnull=True, opened_at__date__lte=on - A_WEEK
    ).order_by("opened_at", "id")
    return [
        {
            "kind": models.CheckIn.WEEKLY,
            "region": each.region,
            "side": each.side,
            "words": region_words(each.region, each.side),
        }
        for each in episodes
        if (each.region, each.side) not in asked
    ]


def check_ins(client: models.Client, asked: Asked) -> tuple[list[dict[str, Any]], Place | None]:
    """What was said, newest first. One query."""
    rows, further = page(models.CheckIn.objects.filter(client=client), asked, at="performed_at")
    return [shown(row) for row in rows], further


def shown(row: models.CheckIn) -> dict[str, Any]:
    """A check-in as its client and their coach read it."""
    weekly = row.kind == models.CheckIn.WEEKLY
    weight = row.said.get("body_weight_kg")
    return {
        "id": row.pk,
        "kind": row.kind,
        "region": row.region or None,
        "side": row.side or None,
        "words": region_words(row.region, row.side) if weekly else None,
        "answers": row.said.get("answers") if weekly else None,
        "taps": None if weekly else readiness.taps(row.said.get("taps") or {}),
        "score": row.score,
        "substantial": row.substantial if weekly else None,
        "body_weight_kg": None if weight is None else Decimal(str(weight)),
        "note": row.said.get("note", ""),
        "instrument_version": row.instrument_version,
        "performed_at": row.performed_at,
        "received_at": row.received_at,
        "rev": row.rev,
    }
