"""What a coach may choose for a report: facts gathered, rules asked, effect previewed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from clients import models
from clients.domain import offer_facts, options
from clients.domain.diff import Diff, diff
from clients.domain.levels import Level, Priority
from clients.domain.moments import local_date
from clients.domain.options import Offer, Offers
from clients.domain.overlay import Overlay
from clients.queries import facts, next_option, outcomes, plans, rules
from clients.queries.performed import implements, performed
from programs.domain.exercise import Library
from programs.domain.loadable import Unit
from programs.domain.protocol import ProtocolSet, severity_of
from programs.domain.strength import PerformedSet
from programs.domain.variation import blocked_at_refer

FAILED_FOR = dt.timedelta(days=84)  # RG-4
LOGS_OF = dt.timedelta(days=28)  # domain §6: working value, last pain-free load
ACTIVE_FOR = dt.timedelta(days=14)  # domain §3.6: severity looks back this far
PAINFUL = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything the report page needs to offer a choice.

    ``basis`` names the state it was worked out from: an apply that carries another one is stale.
    ``replacing`` is the change that failed: an option ends it, and ``standing`` is without it.
    """

    verdict: models.Verdict
    standing: plans.Standing | None
    offers: Offers
    basis: str
    today: dt.date
    replacing: models.Regression | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What choosing an option would change, row by row, and nothing else."""

    offer: Offer
    diff: Diff


def choice(report: models.SymptomReport, *, client: models.Client, at: dt.datetime) -> Choice:
    """The options of a report as things stand now. A fixed number of queries."""
    verdict = report.verdicts.order_by("-number")[0]
    today = local_date(at, client.time_zone)
    try:
        standing = plans.standing(client.pk, today=today)
    except plans.NoPlan:
        return Choice(verdict, None, _none(_NO_PLAN), _basis(client, verdict, None), today)
    begins = first_day(standing, today)
    asked = asked_by(report, verdict, client, around(client, standing, at=at), begins)
    failing = next_option.failing(client, standing.overlays, asked.pattern)
    if failing is None:
        offers, replacing = options.offer(asked), None
    elif failing.refer:
        offers, replacing = _none(next_option.REFER), None
    else:
        replacing = failing.regression
        offers = options.offer(
            replace(
                asked,
                replacing=str(replacing.pk),
                failed_option_ids=asked.failed_option_ids | {replacing.option_id},
            )
        )
        standing = next_option.without(standing, replacing, from_=begins)
    basis = _basis(client, verdict, standing, asked.protocol_set.digest)
    return Choice(verdict, standing, offers, basis, today, replacing)


_NO_PLAN = "This client has no running plan, so there is nothing to change in it."


def _none(sentence: str) -> Offers:
    return Offers((), (), watch=True, remove=None, refused=(), sentence=sentence)


def preview(found: Choice, option_id: str, *, unit: str) -> Preview | None:
    """The effect of one offered option on the plan, until its review. No query."""
    picked = offered(found.offers, option_id)
    if picked is None or found.standing is None:
        return None
    return Preview(picked, effect(found.standing, picked.overlay, unit=unit))


def effect(standing: plans.Standing, overlay: Overlay, *, unit: str) -> Diff:
    """What one more overlay would change until its review, in the client's unit."""
    after = plans.laid_over(standing, overlay)
    shown: Unit = "lb" if unit == "lb" else "kg"
    return diff(standing.resolved, after, unit=shown, until=overlay.review_on)


def offered(offers: Offers, option_id: str) -> Offer | None:
    """The offer with this id, wherever it stands."""
    everything = [*offers.main, *offers.more, *([offers.remove] if offers.remove else [])]
    return next((each for each in everything if each.option_id == option_id), None)


def why_not(offers: Offers, option_id: str) -> str:
    """Why an option is not among those offered, in a sentence."""
    named = dict(offers.refused).get(option_id)
    return named or offers.sentence or "This option is not offered for this client now."


def first_day(standing: plans.Standing, today: dt.date) -> dt.date:
    """Tomorrow when today's training is already under way, so that exposures count from there."""
    states = {each.state for each in standing.resolved.sessions if each.on == today}
    return today + dt.timedelta(days=1) if states and "planned" not in states else today


def _basis(
    client: models.Client,
    verdict: models.Verdict,
    standing: plans.Standing | None,
    protocols: str = "",
) -> str:
    """A short name for all that an apply depends on: verdicts, protocols, plan revision, steps."""
    open_reports = models.SymptomReport.objects.filter(client=client, closed_at__isnull=True)
    parts: list[Any] = [verdict.pk, protocols, *sorted(open_reports.values_list("pk", "level"))]
    if standing is not None:
        parts += [(each.plan.pk, each.revision.number) for each in standing.parts]
        parts += [(each.id, each.review_on, each.ended_on) for each in standing.overlays]
        parts += [(each.id, each.state) for each in standing.resolved.sessions]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a client whatever they report: the plan, other places, loads, records."""

    standing: plans.Standing
    others: tuple[models.Site, ...]
    blocked: frozenset[str]
    failed: frozenset[str]
    records: Mapping[str, tuple[int, int]]
    logs: Mapping[str, tuple[PerformedSet, ...]]
    protocols: ProtocolSet


def around(client: models.Client, standing: plans.Standing, *, at: dt.datetime) -> Around:
    """Gathered once, for one report or for many that might come. A fixed number of queries."""
    others = models.Site.objects.filter(
        client=client,
        report__performed_at__gte=at - ACTIVE_FOR,
        episode__closed_at__isnull=True,
    ).exclude(level="log")
    return Around(
        standing=standing,
        others=tuple(others.order_by("-report__performed_at")),
        blocked=_blocked(client, standing.book),
        failed=_failed(client, at),
        records=outcomes.records(client.practice_id),
        logs=performed(client, since=at - LOGS_OF),
        protocols=rules.protocols_for(client.practice_id),
    )


def asked_by(
    report: models.SymptomReport,
    verdict: models.Verdict,
    client: models.Client,
    known: Around,
    today: dt.date,
) -> offer_facts.Facts:
    """What the options of a report depend on; the report may be one that nobody sent yet."""
    told = facts.as_report(report)
    felt_in = told.exercise
    book = known.standing.book
    lift = felt_in.exercise if felt_in and felt_in.exercise in book else None
    return offer_facts.Facts(
        level=Level(verdict.level),
        priority=Priority(verdict.priority),
        action_set=verdict.action_set,
        painful=_painful(verdict, [each for each in known.others if each.report_id != report.pk]),
        pattern=book[lift].pattern if lift else (felt_in.pattern if felt_in else "") or "",
        plan=known.standing.written,
        library=book,
        today=today,
        painful_exercise=lift,
        protocol_set=known.protocols,
        equipment=frozenset(client.health.equipment) or None,
        blocked=known.blocked,
        failed_option_ids=known.failed,
        active_overlays=known.standing.overlays,
        records=known.records,
        logs=known.logs,
        pain_free_kg=_pain_free(known.logs),
        loadable=implements(client),
        aggravators=told.aggravators or frozenset(),
        timing=told.timing,
        questions_left=bool(verdict.body["due_after"]),
    )


def _painful(
    verdict: models.Verdict, others: Iterable[models.Site]
) -> tuple[offer_facts.Painful, ...]:
    """The report's own places first, then the client's other active ones, each once."""
    found: dict[tuple[str, str], offer_facts.Painful] = {}
    places = [
        (each["region"], each["side"], each["v"], each["severity"])
        for each in verdict.body["sites"]
    ]
    highest: dict[tuple[str, str], int] = defaultdict(int)
    for site in others:
        place = (site.region, site.side)
        highest[place] = max(highest[place], site.value or 0)
    places += [(region, side, value, None) for (region, side), value in highest.items()]
    for region, side, value, _ in places:
        severity = severity_of(max(value or 0, highest[region, side]))
        if severity is not None:
            found.setdefault((region, side), offer_facts.Painful(region, side, severity))
    return tuple(found.values())


def _blocked(client: models.Client, book: Library) -> frozenset[str]:
    """Exercises that an open referral keeps out (I-4)."""
    sites = models.Site.objects.filter(
        client=client, closed_at__isnull=True, level="refer"
    ).select_related("report")
    blocked: set[str] = set()
    for site in sites:
        felt = facts.felt_in(site.report.said)
        pattern = book[felt].pattern if felt in book else None
        blocked |= {each for each in book if blocked_at_refer(book, each, site.region, pattern)}
    return frozenset(blocked)


def _failed(client: models.Client, at: dt.datetime) -> frozenset[str]:
    return frozenset(
        models.RegressionStep.objects.filter(
            client=client, outcome="failed", at__gte=at - FAILED_FOR
        ).values_list("regression__option_id", flat=True)
    )


def _pain_free(logs: Mapping[str, tuple[PerformedSet, ...]]) -> dict[str, Decimal]:
    """The last load of each exercise that did not hurt, in kg."""
    found: dict[str, Decimal] = {}
    for exercise, sets in logs.items():
        calm = [
            each.load_kg
            for each in sets
            if each.load_kg is not None and not each.warm_up and (each.pain or 0) < PAINFUL
        ]
        if calm:
            found[exercise] = calm[-1]
    return found
