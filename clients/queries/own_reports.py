"""A client's own reports and what became of each: sent, seen, changed until, or not yet reached."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from clients import models
from clients.domain.client_words import client_words
from clients.queries import plans, reaching
from coachapi.paging import Asked, Place, page
from programs.domain.place_words import region_words

SHOWN = 20
STATE_OF_A_REPORT = (
    "sites",
    "decisions__by",
    "regressions__steps",
    "regressions__grant_uses",
    "verdicts",
)


def latest(client: models.Client, *, at: dt.datetime) -> list[dict[str, Any]]:
    """The latest reports and what became of them: sent, seen, changed until. Seven queries."""
    return some(client, Asked(limit=SHOWN), at=at)[0]


def some(
    client: models.Client, asked: Asked, *, at: dt.datetime
) -> tuple[list[dict[str, Any]], Place | None]:
    """A page of reports, newest first, and where the next begins. As many queries."""
    rows = (
        models.SymptomReport.objects.filter(client=client)
        .select_related("seen_by")
        .prefetch_related(*STATE_OF_A_REPORT)
    )
    found, further = page(rows, asked, at="performed_at")
    told = reaching.states(client, found, at=at)
    return [state(row) | {"told": told[row.pk]} for row in found], further


def state(row: models.SymptomReport) -> dict[str, Any]:
    """One report as its client sees it, but for how far it has come (``reaching``)."""
    latest = max(row.verdicts.all(), key=lambda each: each.number, default=None)
    body = latest.body if latest else {}
    return {
        "id": row.pk,
        "sent_at": row.received_at,
        "performed_at": row.performed_at,
        "level": row.level,
        "words": client_words(row.level),
        "places": [
            {
                "region": site.region,
                "side": site.side,
                "words": region_words(site.region, site.side),
                "value": site.value,
            }
            for site in row.sites.all()
        ],
        "questions_now": [*body.get("due_now", []), *body.get("missing", [])],
        "questions_later": body.get("due_after", []),
        "seen_at": row.seen_at,
        "seen_by": row.seen_by.name if row.seen_by else None,
        "decided": _decided(row),
        "change": _change(row),
        "open": row.closed_at is None,
    }


def _decided(row: models.SymptomReport) -> dict[str, Any] | None:
    decisions = sorted(row.decisions.all(), key=lambda each: each.at)
    if not decisions:
        return None
    last = decisions[-1]
    return {"kind": last.kind, "at": last.at, "by": last.by.name}


def _change(row: models.SymptomReport) -> dict[str, Any] | None:
    for regression in row.regressions.all():
        steps = sorted(regression.steps.all(), key=lambda each: each.number)
        overlays = plans.overlays_from(steps)
        if overlays and overlays[-1].ended_on is None:
            return {
                "title": regression.title,
                "because": regression.reason,
                "until_review_on": overlays[-1].review_on,
                "since": steps[0].at,
                "provisional": any(
                    use.confirmed_at is None and use.report_id == row.pk
                    for use in regression.grant_uses.all()
                ),
            }
    return None


def one(client: models.Client, report_id: uuid.UUID, *, at: dt.datetime) -> dict[str, Any] | None:
    """One of this client's reports as the client sees it. Nine queries."""
    row = (
        models.SymptomReport.objects.filter(client=client, pk=report_id)
        .select_related("seen_by")
        .prefetch_related(*STATE_OF_A_REPORT)
        .first()
    )
    if row is None:
        return None
    return state(row) | {"told": reaching.states(client, [row], at=at)[row.pk]}
