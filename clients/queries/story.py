"""The whole story of one report on one page: what was said, since when, what may be done."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects

from clients import models
from clients.domain import said_words, timeline
from clients.domain.conflicts import conflicts
from clients.domain.diff import Diff, diff
from clients.domain.diff_groups import Group, grouped
from clients.domain.moments import local_date
from clients.domain.options import Offer, Offers
from clients.domain.words_for_people import exercise_name, set_number, short_reason
from clients.queries import facts, grants, options, people, plans, running
from clients.queries import timeline as timeline_rows
from coachapi.accounts.models import User
from coachapi.notifications.models import Alert, Delivery
from coachapi.refusals import NotThere
from programs.domain.exercises import library
from programs.domain.place_words import region_words

STOPPED = frozenset({"emergency", "urgent", "refer", "incomplete"})
CLIENT_WIDE = frozenset({"emergency", "urgent"})
WEEKS = 8


@dataclass(frozen=True, slots=True)
class Reason:
    """A row of the decision table that matched, with its sentence."""

    row: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Who was told and when the next in turn is; nothing of what was said."""

    acked_at: dt.datetime | None
    acked_by: str
    next_at: dt.datetime | None
    next_is_cover: bool
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the report page shows, but for the options (``choices``)."""

    report: models.SymptomReport
    client: models.Client
    level: str
    priority: str
    stopped: bool
    client_wide: bool
    where: str
    score: int | None
    lift: str
    said: tuple[str, ...]
    warnings: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    note: str
    reasons: tuple[Reason, ...]
    rule_version: str
    missing: int
    asked_again: dt.datetime | None
    decide_by: dt.datetime | None
    to_clear: bool
    answered_again: bool
    mistaken_confirmed: bool
    alarm: Alarm | None
    cover: str
    decisions: tuple[models.Decision, ...]
    change: running.Running | None
    provisional: models.GrantUse | None  # a change the phone used, that nobody confirmed yet
    way: running.WayBack | None
    running: tuple[running.Running, ...]
    earlier: int  # other days on which it was felt here
    rows: timeline.Rows
    step: tuple[dt.date, Decimal] | None  # the biggest rise in load from one day to the next
    paused: tuple[str, ...]
    today: dt.date


@dataclass(frozen=True, slots=True)
class Effect:
    """What choosing an option would change, ready to read; ``clashes`` block the apply."""

    offer: Offer
    diff: Diff
    groups: tuple[Group, ...]
    clashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of a report and the state they were worked out from."""

    offers: Offers
    basis: str
    changes: dict[str, int]  # by option: how many sessions change
    effect: Effect | None


def find(user: User, report_id: uuid.UUID) -> models.SymptomReport:
    """A report of one of this coach's clients with what hangs on it, or ``NotThere``. 6 queries."""
    found = (
        models.SymptomReport.objects.filter(client__in=people.for_coach(user), pk=report_id)
        .select_related("client__health", "client__practice", "seen_by")
        .prefetch_related(
            "sites",
            "answers",
            Prefetch("verdicts", models.Verdict.objects.order_by("-number")),
            Prefetch("decisions", models.Decision.objects.select_related("by").order_by("at")),
            Prefetch("follow_ups", models.FollowUp.objects.filter(done_at__isnull=True)),
        )
        .first()
    )
    if found is None:
        raise NotThere
    return found


def page(
    report: models.SymptomReport,
    standing: plans.Standing | None,
    *,
    at: dt.datetime,
    weeks: int = WEEKS,
) -> ReportPage:
    """The story of a report that ``find`` has brought. A fixed number of queries."""
    client = report.client
    told = facts.as_report(report)
    verdict = report.verdicts.all()[0]
    body = verdict.body
    today = local_date(at, client.time_zone)
    changes = running.of_client(client, today=today)
    places = [(site.region, site.side) for site in report.sites.all()]
    exercise = told.exercise.exercise if told.exercise else ""
    within = body.get("decide_within_s")
    cover = _cover(client)
    change = next((each for each in changes if each.report_id == report.pk), None)
    rows = timeline_rows.rows(
        client,
        today=today,
        weeks=weeks,
        places=places,
        pattern=library()[exercise].pattern if exercise in library() else "",
        regressions=[each.regression for each in changes],
        standing=standing,
    )
    return ReportPage(
        report=report,
        client=client,
        level=report.level,
        priority=verdict.priority,
        stopped=report.level in STOPPED,
        client_wide=report.level in CLIENT_WIDE,
        where=" · ".join(region_words(*place) for place in places),
        score=max((s.value for s in report.sites.all() if s.value is not None), default=None),
        lift=exercise_name(exercise),
        said=said_words.retold(told, set_number(report.said), running.unit_of(client)),
        warnings=said_words.answered(told),
        answers=said_words.everything(told),
        note=str(report.said.get("note") or ""),
        reasons=tuple(
            Reason(each["row"], short_reason(each["sentence"], report.level))
            for each in body["reasons"]
        ),
        rule_version=verdict.rule_version,
        missing=len(body["missing"]) + len(body["due_now"]),
        asked_again=min((each.ask_at for each in report.follow_ups.all()), default=None),
        decide_by=report.received_at + dt.timedelta(seconds=within) if within else None,
        to_clear=bool(body["to_clear"]),
        answered_again=any(each.source == "mistaken_tap" for each in report.answers.all()),
        mistaken_confirmed=any(each.kind == "mistaken_tap" for each in report.decisions.all()),
        alarm=_alarm(report, bool(cover)),
        cover=cover,
        decisions=tuple(report.decisions.all()),
        change=change,
        provisional=_provisional(report, change),
        way=running.way_back(change, client, today=today) if change else None,
        running=tuple(each for each in changes if each.in_force),
        earlier=_days_before(rows, report.performed_on),
        rows=rows,
        step=timeline.biggest_step(rows.loads),
        paused=_paused(body["pauses"]),
        today=today,
    )


def choices(found: options.Choice, client: models.Client, option_id: str) -> Choices:
    """The options with what each would change, and the whole effect of the chosen one. No query."""
    every = [*found.offers.main, *found.offers.more]
    every += [found.offers.remove] if found.offers.remove else []
    effects = {each.option_id: _diff(found, each, client) for each in every}
    chosen = options.offered(found.offers, option_id)
    return Choices(
        offers=found.offers,
        basis=found.basis,
        changes={id_: each.sessions_changed for id_, each in effects.items()},
        effect=_effect(found, chosen, effects[chosen.option_id]) if chosen else None,
    )


def _diff(found: options.Choice, offer: Offer, client: models.Client) -> Diff:
    assert found.standing is not None
    after = plans.laid_over(found.standing, offer.overlay)
    unit = running.unit_of(client)
    return diff(found.standing.resolved, after, unit=unit, until=offer.overlay.review_on)


def _provisional(
    report: models.SymptomReport, change: running.Running | None
) -> models.GrantUse | None:
    """The unconfirmed use behind a change, while its report is open. One query at most."""
    if change is None or not change.in_force or report.closed_at is not None:
        return None
    return grants.provisional(change.id)


def _effect(found: options.Choice, offer: Offer, change: Diff) -> Effect:
    assert found.standing is not None
    clashes = conflicts(found.standing.overlays, offer.overlay, found.standing.book)
    return Effect(
        offer,
        change,
        grouped(change.rows, found.standing.book),
        tuple(each.sentence for each in clashes),
    )


def _cover(client: models.Client) -> str:
    """The first cover coach's name, or nothing. One query."""
    found = models.Coaching.objects.filter(client=client, role="cover", until__isnull=True)
    return found.order_by("since").values_list("coach__user__name", flat=True).first() or ""


def _alarm(report: models.SymptomReport, covered: bool) -> Alarm | None:
    """The latest alert about a report with the log of its deliveries. Three queries."""
    alert = (
        Alert.objects.filter(kind="symptom.reported", about_id=report.pk)
        .select_related("acked_by")
        .order_by("-created_at")
        .first()
    )
    if alert is None:
        return None
    log = Delivery.objects.select_related("recipient").order_by("step", "due_at", "id")
    prefetch_related_objects([alert], Prefetch("deliveries", log))
    return Alarm(
        acked_at=alert.acked_at,
        acked_by=alert.acked_by.name if alert.acked_by else "",
        next_at=alert.escalate_at if alert.acked_at is None else None,
        next_is_cover=covered and alert.step == 1,
        deliveries=tuple(alert.deliveries.all()),
    )


def _days_before(rows: timeline.Rows, on: dt.date) -> int:
    """On how many earlier days one of these places was felt."""
    return len({each.on for each in rows.pain if not each.morning and each.on < on})


def _paused(pauses: dict[str, object]) -> tuple[str, ...]:
    """The places whose loading waits, in words."""
    regions = pauses.get("regions")
    return tuple(
        region_words(str(each), "").lower()
        for each in (regions if isinstance(regions, list) else ())
    )
