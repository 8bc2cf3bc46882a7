"""A client's pain, loads and changes as dated rows, for the drawing and for its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from clients import models
from clients.domain.moments import local_date
from clients.domain.timeline import Load, Mark, Pain, Rows, Span, weeks_back
from clients.domain.words_for_people import exercise_name
from clients.queries import plans
from programs.domain.exercises import library
from programs.domain.place_words import region_words
from programs.domain.prescription import PlannedSession

STOPS = ("refer", "urgent", "emergency")


def rows(
    client: models.Client,
    *,
    today: dt.date,
    weeks: int,
    places: Sequence[tuple[str, str]],
    pattern: str,
    regressions: Iterable[models.Regression],
    standing: plans.Standing | None,
) -> Rows:
    """Everything between so many weeks back and three weeks ahead. Four queries.

    ``places`` narrows the pain to these regions and sides; none means all. ``regressions`` bring
    their steps along.
    """
    first, last = weeks_back(today, weeks)
    sites = list(
        models.Site.objects.filter(client=client, report__performed_on__gte=first)
        .select_related("report")
        .order_by("report__performed_at")
    )
    return Rows(
        first=first,
        last=last,
        today=today,
        pain=tuple(
            sorted(
                [*_felt(sites, places), *_mornings(client, first, places)],
                key=lambda each: (each.on, not each.morning),
            )
        ),
        loads=(*_done(client, first, pattern), *_planned(standing, today, last, pattern)),
        spans=tuple(_spans(regressions, first, today)),
        marks=(*_stops(sites), *_cleared(client, first)),
    )


def _felt(sites: Iterable[models.Site], places: Sequence[tuple[str, str]]) -> Iterable[Pain]:
    for site in sites:
        if site.value is not None and (not places or (site.region, site.side) in places):
            where = region_words(site.region, site.side)
            yield Pain(site.report.performed_on, site.value, where=where)


def _mornings(
    client: models.Client, first: dt.date, places: Sequence[tuple[str, str]]
) -> Iterable[Pain]:
    mornings = models.Answer.objects.filter(
        client=client, source="next_morning", report__performed_on__gte=first
    )
    for answer in mornings:
        on = local_date(answer.performed_at, answer.zone)
        for region, side, value in _morning_values(answer.said):
            if not places or (region, side) in places:
                yield Pain(on, value, morning=True, where=region_words(region, side))


def _morning_values(said: object) -> Iterable[tuple[str, str, int]]:
    """Region, side and the next morning's value, as far as they can be read."""
    sites = said.get("regions") if isinstance(said, dict) else None
    for site in sites if isinstance(sites, list) else ():
        if isinstance(site, dict) and isinstance(site.get("pain_next_morning"), int):
            yield str(site.get("region")), str(site.get("side")), site["pain_next_morning"]


def _done(client: models.Client, first: dt.date, pattern: str) -> Iterable[Load]:
    book = library()
    of_pattern = [each for each in book if book[each].pattern == pattern]
    top: dict[dt.date, tuple[Decimal, str]] = {}
    sets = models.SetLog.objects.filter(
        client=client,
        exercise_id__in=of_pattern,
        kind="work",
        performed_on__gte=first,
        weight_kg__isnull=False,
    ).values_list("performed_on", "weight_kg", "exercise_id")
    for on, kg, exercise in sets:
        assert kg is not None  # asked for above
        top[on] = max(top.get(on, (Decimal(-1), "")), (kg, exercise))
    return [Load(on, kg, exercise_name(exercise)) for on, (kg, exercise) in sorted(top.items())]


def _planned(
    standing: plans.Standing | None, today: dt.date, last: dt.date, pattern: str
) -> Iterable[Load]:
    if standing is None:
        return
    for session in plans.sessions_between(standing, today, last):
        heaviest = _heaviest(session, pattern)
        if session.state == "planned" and heaviest is not None:
            yield Load(session.on, heaviest[0], exercise_name(heaviest[1]), planned=True)


def _heaviest(session: PlannedSession, pattern: str) -> tuple[Decimal, str] | None:
    book = library()
    loads = [
        (target.load_kg, item.now.exercise)
        for item in session.items
        if item.now is not None
        and item.now.exercise in book
        and book[item.now.exercise].pattern == pattern
        for target in item.now.work_sets
        if target.load_kg is not None
    ]
    return max(loads, default=None)


def _spans(
    regressions: Iterable[models.Regression], first: dt.date, today: dt.date
) -> Iterable[Span]:
    for regression in regressions:
        steps = sorted(regression.steps.all(), key=lambda each: each.number)
        overlays = plans.overlays_from(steps)
        if not overlays:
            continue
        ended = overlays[-1].ended_on
        until = ended or max(overlays[-1].review_on, today)
        if until >= first:
            yield Span(overlays[0].starts_on, until, regression.title, ended=ended is not None)


def _stops(sites: Iterable[models.Site]) -> Iterable[Mark]:
    found = {(site.report.performed_on, site.report.level) for site in sites}
    return [Mark(on, level) for on, level in sorted(found) if level in STOPS]


def _cleared(client: models.Client, first: dt.date) -> Iterable[Mark]:
    days = models.Clearance.objects.filter(client=client, seen_on__gte=first)
    return [Mark(on, "cleared") for on in days.values_list("seen_on", flat=True)]
