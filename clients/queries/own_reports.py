"""A client's own reports and what became of each: sent, seen, changed until, or not yet reached."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from clients import models
from clients.domain.client_words import client_words
from clients.queries import reaching
from clients.queries.overlays import overlays_from
from coachapi import nested
from coachapi.paging import Asked, Place, page
from programs.domain.place_words import region_words

SHOWN = 20


def latest(
    client: models.Client, *, around: reaching.Around, at: dt.datetime
) -> list[dict[str, Any]]:
    """The latest reports and what became of them: sent, seen, changed until. One query."""
    found, _ = page(_told(client), Asked(limit=SHOWN), at="performed_at")
    return [_shown(row, around, at) for row in found]


def some(
    client: models.Client, asked: Asked, *, at: dt.datetime
) -> tuple[list[dict[str, Any]], Place | None]:
    """A page of reports, newest first, and where the next begins. Two queries."""
    rows, further = page(_told(client), asked, at="performed_at")
    around = reaching.around(client)
    return [_shown(row, around, at) for row in rows], further


def one(client: models.Client, report_id: uuid.UUID, *, at: dt.datetime) -> dict[str, Any] | None:
    """One of this client's reports as the client sees it. Two queries."""
    row = _told(client).filter(pk=report_id).first()
    return None if row is None else _shown(row, reaching.around(client), at)


def with_state(rows: QuerySet[models.SymptomReport]) -> QuerySet[models.SymptomReport]:
    """Reports with all that ``state`` reads, in the same statement."""
    of_report = {"report": OuterRef("pk")}
    unconfirmed = models.GrantUse.objects.filter(
        regression=OuterRef("pk"), report=OuterRef("report"), confirmed_at__isnull=True
    )
    steps = models.RegressionStep.objects.filter(regression=OuterRef("pk")).order_by("number")
    return rows.select_related("seen_by").annotate(
        said_of=nested.each(
            models.Site.objects.filter(**of_report).order_by("pk"), "region", "side", "value"
        ),
        judged=nested.first(
            models.Verdict.objects.filter(**of_report).order_by("-number"), "priority", "body"
        ),
        decided=nested.each(
            models.Decision.objects.filter(**of_report).order_by("at", "pk"),
            "kind",
            "at",
            by="by__name",
        ),
        changed=nested.each(
            models.Regression.objects.filter(**of_report).order_by("created_at", "pk"),
            "title",
            because="reason",
            provisional=Exists(unconfirmed),
            steps=nested.each(steps, "kind", "starts_on", "review_on", "overlay", "at"),
        ),
    )


def state(row: Any) -> dict[str, Any]:
    """One report as its client sees it, but for how far it has come (``reaching``)."""
    body = row.judged["body"] if row.judged else {}
    return {
        "id": row.pk,
        "sent_at": row.received_at,
        "performed_at": row.performed_at,
        "level": row.level,
        "words": client_words(row.level),
        "places": [
            {**place, "words": region_words(place["region"], place["side"])}
            for place in row.said_of
        ],
        "questions_now": [*body.get("due_now", []), *body.get("missing", [])],
        "questions_later": body.get("due_after", []),
        "seen_at": row.seen_at,
        "seen_by": row.seen_by.name if row.seen_by else None,
        "decided": _decided(row),
        "change": _change(row),
        "open": row.closed_at is None,
    }


def _told(client: models.Client) -> QuerySet[models.SymptomReport]:
    rows = with_state(models.SymptomReport.objects.filter(client=client))
    return rows.annotate(sent=reaching.sent())


def _shown(row: Any, around: reaching.Around, at: dt.datetime) -> dict[str, Any]:
    return state(row) | {"told": reaching.state(row, around, at=at)}


def _decided(row: Any) -> dict[str, Any] | None:
    if not row.decided:
        return None
    last = row.decided[-1]
    return {**last, "at": nested.instant(last["at"])}


def _change(row: Any) -> dict[str, Any] | None:
    for change in row.changed:
        steps = [_step(each) for each in change["steps"]]
        overlays = overlays_from(steps)
        if overlays and overlays[-1].ended_on is None:
            return {
                "title": change["title"],
                "because": change["because"],
                "until_review_on": overlays[-1].review_on,
                "since": steps[0].at,
                "provisional": change["provisional"],
            }
    return None


def _step(said: dict[str, Any]) -> models.RegressionStep:
    days = {name: nested.day(said[name]) for name in ("starts_on", "review_on")}
    return models.RegressionStep(**{**said, **days, "at": nested.instant(said["at"])})
