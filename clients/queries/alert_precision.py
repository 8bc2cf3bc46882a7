"""Precision as a number: what became of the alerts, by rule and coach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from clients.domain.precision import HandledAlert, Precision, Wait, precision
from clients.queries import people
from coachapi.accounts.models import Coach, User

SPANS: Mapping[str, int] = {"28": 28, "90": 90, "365": 365}
USUAL = "90"


@dataclass(frozen=True, slots=True)
class Found:
    """The rows, since when, and whether they are the whole practice's."""

    span: str
    practice: bool
    rows: tuple[Precision, ...]


def read_span(asked: Mapping[str, str]) -> str:
    """The span of a query string; what is not understood is the usual one."""
    return asked.get("span", "") if asked.get("span", "") in SPANS else USUAL


def found(user: User, span: str, *, at: dt.datetime) -> Found:
    """The owner's whole practice, or a coach's own alerts. Two queries.

    Raises ``NotThere`` for somebody who coaches nowhere.
    """
    place = people.coach_place(user)
    since = at - dt.timedelta(days=SPANS[span])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM handled_alerts(%s)", [since])
        rows = precision(HandledAlert(*row) for row in cursor.fetchall())
    return Found(span, place.role == Coach.OWNER, rows)


def as_json(shown: Found) -> dict[str, Any]:
    """The same as the API gives it."""
    return {
        "days": SPANS[shown.span],
        "of": "practice" if shown.practice else "own",
        "items": [
            {
                "coach": row.coach,
                "rule": row.rule,
                "sent": row.sent,
                "opened": row.opened,
                "acted": row.acted,
                "dismissed": row.dismissed,
                "waiting": row.waiting,
                "seconds_from_report": {
                    "visible": _wait(row.visible),
                    "seen": _wait(row.seen),
                    "decided": _wait(row.decided),
                },
            }
            for row in shown.rows
        ],
    }


def _wait(wait: Wait) -> dict[str, Any]:
    return {"p50": wait.p50, "p95": wait.p95, "of": wait.of}
