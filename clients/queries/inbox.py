"""Who needs this coach first. A fixed number of queries, whatever the number of clients."""

from __future__ import annotations

import datetime as dt
import statistics
import uuid
from dataclasses import dataclass
from typing import Literal

from django.db.models import F, Prefetch, Q

from clients import models
from clients.domain.words_for_people import exercise_name, region_words
from clients.models.reports import LEVELS
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.notifications.models import Alert

Group = Literal["now", "decide", "review", "know"]
GROUPS: tuple[Group, ...] = ("now", "decide", "review", "know")
PAGE = 50
OPEN_FOR = dt.timedelta(days=28)  # a "to know" row leaves the inbox by itself after this long


@dataclass(frozen=True, slots=True)
class Row:
    """One report waiting for this coach; the row is a link to it."""

    report_id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    level: str
    priority: str
    group: Group
    where: str  # "Low back, middle"
    score: int | None
    during: str  # "Barbell hip thrust"
    reason: str
    received_at: dt.datetime
    deadline: dt.datetime | None
    deadline_kind: Literal["cover", "decide", ""]
    seen: bool
    acknowledged: bool
    covering: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A running change whose review day has come, or a question nobody answered."""

    regression_id: uuid.UUID
    client_id: uuid.UUID
    client_name: str
    title: str
    review_on: dt.date


@dataclass(frozen=True, slots=True)
class Inbox:
    """The inbox: rows by group in order, reviews that are due, and how fast answers go out."""

    rows: tuple[Row, ...]
    reviews: tuple[Review, ...]
    median_minutes: int | None
    running: int

    @property
    def open(self) -> int:
        """How many rows wait."""
        return len(self.rows) + len(self.reviews)

    def of(self, group: Group) -> tuple[Row, ...]:
        """The rows of one group."""
        return tuple(row for row in self.rows if row.group == group)


def inbox(user: User, *, at: dt.datetime) -> Inbox:
    """The inbox of a coach at an instant. Eight queries."""
    mine = people.for_coach(user)
    reports = (
        models.SymptomReport.objects.filter(client__in=mine, merged_into__isnull=True)
        .filter(closed_at__isnull=True, kind__in=["symptom", "soreness", "technique_question"])
        .exclude(level__in=["log"], received_at__lt=at - OPEN_FOR)
        .select_related("client", "session")
        .prefetch_related(
            "sites",
            Prefetch(
                "verdicts",
                models.Verdict.objects.order_by("report_id", "-number").distinct("report_id"),
                to_attr="latest",
            ),
        )
        .order_by("-received_at")[: PAGE * 4]
    )
    found = list(reports)
    alerts = _alerts([each.pk for each in found])
    covering = set(
        models.Coaching.objects.filter(
            coach__user=user, until__isnull=True, role="cover"
        ).values_list("client_id", flat=True)
    )
    rows = [_row(each, alerts.get(each.pk), each.client_id in covering) for each in found]
    rows.sort(key=_urgency)
    return Inbox(
        rows=tuple(rows[:PAGE]),
        reviews=_reviews(user, at),
        median_minutes=_median_minutes(user, at),
        running=0,
    )


def _alerts(report_ids: list[uuid.UUID]) -> dict[uuid.UUID, Alert]:
    found = Alert.objects.filter(about_id__in=report_ids).order_by("created_at")
    return {each.about_id: each for each in found}  # the latest one stands


def _row(report: models.SymptomReport, alert: Alert | None, covering: bool) -> Row:
    verdict = report.latest[0] if report.latest else None  # type: ignore[attr-defined]
    body = verdict.body if verdict else {}
    sites = sorted(report.sites.all(), key=lambda each: -LEVELS.index(each.level))
    deadline, kind = _deadline(report, alert, body)
    return Row(
        report_id=report.pk,
        client_id=report.client_id,
        client_name=report.client.name,
        level=report.level,
        priority=verdict.priority if verdict else "normal",
        group=_group(report.level),
        where=" · ".join(region_words(each.region, each.side) for each in sites) or "No place given",
        score=max((each.value for each in sites if each.value is not None), default=None),
        during=exercise_name(str(report.said.get("exercise_id") or "")),
        reason=next((each["sentence"] for each in body.get("reasons", [])), ""),
        received_at=report.received_at,
        deadline=deadline,
        deadline_kind=kind,
        seen=report.seen_at is not None,
        acknowledged=bool(alert and alert.acked_at),
        covering=covering,
    )


def _deadline(
    report: models.SymptomReport, alert: Alert | None, body: dict[str, object]
) -> tuple[dt.datetime | None, Literal["cover", "decide", ""]]:
    if alert and alert.escalate_at and alert.acked_at is None:
        return alert.escalate_at, "cover"
    within = body.get("decide_within_s")
    if isinstance(within, int):
        return report.received_at + dt.timedelta(seconds=within), "decide"
    return None, ""


def _group(level: str) -> Group:
    if level in {"emergency", "urgent"}:
        return "now"
    return "decide" if level in {"refer", "modify", "incomplete"} else "know"


def _urgency(row: Row) -> tuple[object, ...]:
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    high_first = 0 if row.priority == "high" else 1
    level = LEVELS.index(row.level)
    return (GROUPS.index(row.group), -level, high_first, row.deadline or far, -row.received_at.timestamp())


def _reviews(user: User, at: dt.datetime) -> tuple[Review, ...]:
    due = (
        models.FollowUp.objects.filter(
            client__in=people.for_coach(user), asks="coach", done_at__isnull=True, due_at__lte=at
        )
        .filter(regression__isnull=False)
        .select_related("regression", "client")
        .order_by("due_at")[:PAGE]
    )
    return tuple(
        Review(
            regression_id=each.regression_id,
            client_id=each.client_id,
            client_name=each.client.name,
            title=each.regression.title,
            review_on=each.due_at.date(),
        )
        for each in due
        if each.regression is not None and each.regression_id is not None
    )


def _median_minutes(user: User, at: dt.datetime) -> int | None:
    """Median minutes from a report's arrival to this coach's decision, over 28 days."""
    pairs = models.Decision.objects.filter(
        Q(by=user, at__gte=at - OPEN_FOR, report__isnull=False)
    ).values_list(F("report__received_at"), "at")
    waits = [(decided - received).total_seconds() / 60 for received, decided in pairs]
    return round(statistics.median(waits)) if waits else None
