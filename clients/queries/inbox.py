"""Who needs this coach first. A fixed number of queries, whatever the number of clients."""

from __future__ import annotations

import datetime as dt
import hashlib
import statistics
import uuid
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from clients import models
from clients.domain.words_for_people import exercise_name, set_number, short_reason
from clients.models.reports import LEVELS
from clients.queries import facts, people
from coachapi.accounts.models import User
from coachapi.notifications.models import Alert
from programs.domain.place_words import region_words

Group = Literal["now", "decide", "review", "know"]
GROUPS: tuple[Group, ...] = ("now", "decide", "review", "know")
KINDS = ("symptom", "soreness", "technique_question")
STOPPED = ("emergency", "urgent", "refer", "incomplete")
TECHNIQUE = "technique"  # a follow-up that asks for a look at a lift
PAGE = 50
OPEN_FOR = dt.timedelta(days=28)  # a "log" row leaves the inbox by itself after this long


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
    set_number: int | None
    reason: str
    received_at: dt.datetime
    deadline: dt.datetime | None
    deadline_kind: Literal["cover", "again", "decide", ""]
    told_cover: bool
    seen: bool
    acknowledged: bool
    covering: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A running change whose review day has come, or a lift the coach is asked to look at."""

    id: uuid.UUID
    report_id: uuid.UUID | None  # none for a technique task
    client_id: uuid.UUID
    client_name: str
    title: str
    kind: str
    due_at: dt.datetime
    regression_id: uuid.UUID | None  # none for a technique task


@dataclass(frozen=True, slots=True)
class Inbox:
    """The inbox: rows by group in order, reviews that are due, and how fast answers go out."""

    rows: tuple[Row, ...]
    reviews: tuple[Review, ...]
    waiting: int  # in all, also beyond the page shown
    median_minutes: int | None
    running: int
    next_review: dt.datetime | None
    clients: bool  # a practice that begins has none

    @property
    def groups(self) -> tuple[tuple[Group, tuple[Row, ...] | tuple[Review, ...]], ...]:
        """The groups that hold something, in order."""
        held: dict[Group, tuple[Row, ...] | tuple[Review, ...]] = {
            group: tuple(row for row in self.rows if row.group == group) for group in GROUPS
        }
        held["review"] = self.reviews
        return tuple((group, rows) for group, rows in held.items() if rows)

    @property
    def mark(self) -> str:
        """A short name of everything shown, by which a page tells whether it is still true."""
        return hashlib.sha256(repr((self.rows, self.reviews)).encode()).hexdigest()[:20]


def inbox(user: User, *, at: dt.datetime, only: str = "") -> Inbox:
    """The inbox of a coach at an instant, all of it or one group of levels. Ten queries."""
    mine = _mine(user)
    found = list(
        _gravest_first(_waiting(mine, at, only)).prefetch_related(
            "client",
            "sites",
            Prefetch(
                "verdicts",
                models.Verdict.objects.order_by("report_id", "-number").distinct("report_id"),
                to_attr="latest",
            ),
        )[: PAGE + 1]
    )
    alerts = _alerts([each.pk for each in found])
    links = _links(user, {each.client_id for each in found})
    rows = [_row(each, alerts.get(each.pk), links.get(each.client_id, set())) for each in found]
    rows.sort(key=_urgency)
    reviews = _reviews(mine, at)
    waiting = len(rows) if len(rows) <= PAGE else _waiting(mine, at, only).count()
    running, next_review = _running(mine)
    return Inbox(
        rows=tuple(rows[:PAGE]),
        reviews=reviews,
        waiting=waiting + len(reviews),
        median_minutes=_median_minutes(user, at),
        running=running,
        next_review=next_review,
        clients=bool(mine),
    )


def waiting_count(user: User, *, at: dt.datetime) -> int:
    """How many rows wait for this coach. Three queries."""
    mine = _mine(user)
    return _waiting(mine, at).count() + _due(mine, at).count()


def _mine(user: User) -> list[uuid.UUID]:
    """The clients this coach may see, asked once.

    As a question inside each query it would be asked again for every report, policies included.
    """
    return list(people.for_coach(user).values_list("pk", flat=True))


def _waiting(
    mine: list[uuid.UUID], at: dt.datetime, only: str = ""
) -> QuerySet[models.SymptomReport]:
    """Open reports, and answered ones that a later answer has raised to a stop."""
    raised_since = models.Verdict.objects.filter(
        report=OuterRef("pk"), at__gt=OuterRef("closed_at")
    )
    found = (
        models.SymptomReport.objects.filter(
            client__in=mine, merged_into__isnull=True, kind__in=KINDS
        )
        .filter(Q(closed_at__isnull=True) | Q(Exists(raised_since), level__in=STOPPED))
        .exclude(level="log", received_at__lt=at - OPEN_FOR)
    )
    return found.filter(level=only) if only in LEVELS else found


def _gravest_first(found: QuerySet[models.SymptomReport]) -> QuerySet[models.SymptomReport]:
    """In the database, so that a page that is full never leaves out a grave old one."""
    rank = Case(
        *(When(level=level, then=Value(number)) for number, level in enumerate(LEVELS)),
        output_field=IntegerField(),
    )
    return found.annotate(rank=rank).order_by("-rank", "-received_at")


def _alerts(report_ids: list[uuid.UUID]) -> dict[uuid.UUID, Alert]:
    found = Alert.objects.filter(kind="symptom.reported", about_id__in=report_ids)
    return {each.about_id: each for each in found.order_by("created_at")}  # the latest one stands


def _links(user: User, client_ids: set[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Of each client: whether somebody covers, and whether this coach is the one who does."""
    found: dict[uuid.UUID, set[str]] = {}
    covers = models.Coaching.objects.filter(
        client_id__in=client_ids, until__isnull=True, role="cover"
    ).values_list("client_id", "coach__user_id")
    for client_id, user_id in covers:
        found.setdefault(client_id, set()).add("mine" if user_id == user.pk else "covered")
    return found


def _row(report: models.SymptomReport, alert: Alert | None, links: set[str]) -> Row:
    verdict = report.latest[0] if report.latest else None  # type: ignore[attr-defined]
    body = verdict.body if verdict else {}
    sites = sorted(report.sites.all(), key=lambda each: -LEVELS.index(each.level))
    deadline, kind = _deadline(report, alert, body, covered=bool(links))
    return Row(
        report_id=report.pk,
        client_id=report.client_id,
        client_name=report.client.name,
        level=report.level,
        priority=verdict.priority if verdict else "normal",
        group=_group(report.level),
        where=" · ".join(region_words(each.region, each.side) for each in sites),
        score=max((each.value for each in sites if each.value is not None), default=None),
        during=exercise_name(facts.felt_in(report.said)),
        set_number=set_number(report.said),
        reason=_reason(body, report.level),
        received_at=report.received_at,
        deadline=deadline,
        deadline_kind=kind,
        told_cover=bool(alert and alert.step > 1 and links),
        seen=report.seen_at is not None,
        acknowledged=bool(alert and alert.acked_at),
        covering="mine" in links,
    )


def _reason(body: dict[str, Any], level: str) -> str:
    first = next((each["sentence"] for each in body.get("reasons", [])), "")
    return short_reason(first, level)


def _deadline(
    report: models.SymptomReport, alert: Alert | None, body: dict[str, object], *, covered: bool
) -> tuple[dt.datetime | None, Literal["cover", "again", "decide", ""]]:
    if alert and alert.escalate_at and alert.acked_at is None:
        return alert.escalate_at, "cover" if covered and alert.step == 1 else "again"
    within = body.get("decide_within_s")
    if isinstance(within, int) and not (alert and alert.acked_at):
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
    newest = -row.received_at.timestamp()
    return (GROUPS.index(row.group), -level, high_first, row.deadline or far, newest)


def _due(mine: list[uuid.UUID], at: dt.datetime) -> QuerySet[models.FollowUp]:
    return models.FollowUp.objects.filter(
        client__in=mine,
        asks="coach",
        done_at__isnull=True,
        due_at__lte=at,
    ).filter(Q(regression__isnull=False) | Q(kind=TECHNIQUE))


def _reviews(mine: list[uuid.UUID], at: dt.datetime) -> tuple[Review, ...]:
    due = _due(mine, at).select_related("regression", "client").order_by("due_at")[:PAGE]
    return tuple(
        Review(
            id=each.pk,
            report_id=each.regression.report_id if each.regression else None,
            client_id=each.client_id,
            client_name=each.client.name,
            title=each.regression.title if each.regression else each.about,
            kind=each.kind,
            due_at=each.due_at,
            regression_id=each.regression_id,
        )
        for each in due
    )


def _running(mine: list[uuid.UUID]) -> tuple[int, dt.datetime | None]:
    """How many changes are running, by their open reviews, and when the next one falls due."""
    found = models.FollowUp.objects.filter(
        client__in=mine, asks="coach", kind="review", done_at__isnull=True
    ).aggregate(running=Count("regression", distinct=True), next=Min("due_at"))
    return found["running"], found["next"]


def _median_minutes(user: User, at: dt.datetime) -> int | None:
    """Median minutes from a report's arrival to its first decision, this coach's, over 28 days."""
    earlier = models.Decision.objects.filter(report=OuterRef("report"), at__lt=OuterRef("at"))
    pairs = models.Decision.objects.filter(
        ~Exists(earlier), by=user, at__gte=at - OPEN_FOR, report__isnull=False
    ).values_list(F("report__received_at"), "at")
    waits = [(decided - received).total_seconds() / 60 for received, decided in pairs]
    return round(statistics.median(waits)) if waits else None
