"""The sessions trained under a regression, each with what was said about it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clients import models
from clients.domain.checks import Exposure, Morning
from clients.domain.endpoints import DatedValue
from clients.domain.followups import Placement, placement
from clients.domain.moments import local_date
from clients.queries.facts import felt_in
from programs.domain.exercises import library

BEFORE = dt.timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Trail:
    """What was trained under a regression: exposures in order, and the load before the episode.

    ``later`` are values given outside training, such as 28 days after the top of the ladder.
    """

    exposures: tuple[Exposure, ...]
    base_kg: Decimal | None
    later: tuple[DatedValue, ...] = ()


def trails(regressions: Iterable[models.Regression]) -> dict[uuid.UUID, Trail]:
    """The trail of each regression. Three queries, whatever their number."""
    found = list(regressions)
    clients = {each.client_id for each in found}
    sets: dict[uuid.UUID, list[models.SetLog]] = defaultdict(list)
    logged = models.SetLog.objects.filter(client__in=clients, kind="work")
    for row in logged.order_by("performed_at"):
        sets[row.client_id].append(row)
    said = _said(found)
    later = _later(found)
    return {
        each.pk: _trail(each, sets[each.client_id], said[each.pk], later[each.pk]) for each in found
    }


def _later(regressions: list[models.Regression]) -> dict[uuid.UUID, list[DatedValue]]:
    """What was answered about no session, by regression."""
    found: dict[uuid.UUID, list[DatedValue]] = defaultdict(list)
    checks = models.FollowUp.objects.filter(
        regression__in=regressions, session__isnull=True, answer__isnull=False
    ).select_related("answer")
    for asked in checks:
        if asked.answer is None or asked.regression_id is None:
            continue
        sites = [each for each in asked.answer.said.get("regions", []) if isinstance(each, dict)]
        values = [_highest(sites, key) for key in ("pain_worst", "pain_now", "pain_next_morning")]
        value = max((each for each in values if each is not None), default=None)
        if value is not None:
            on = local_date(asked.answer.performed_at, asked.answer.zone)
            found[asked.regression_id].append(DatedValue(on, value))
    return found


def _said(
    regressions: list[models.Regression],
) -> dict[uuid.UUID, dict[uuid.UUID, models.Answer]]:
    """The exposure answer of each session, by regression."""
    found: dict[uuid.UUID, dict[uuid.UUID, models.Answer]] = defaultdict(dict)
    checks = models.FollowUp.objects.filter(
        regression__in=regressions, kind="exposure", answer__isnull=False
    ).select_related("answer__session")
    for asked in checks:
        if asked.regression_id and asked.session_id and asked.answer:
            found[asked.regression_id][asked.session_id] = asked.answer
    return found


def _trail(
    regression: models.Regression,
    sets: list[models.SetLog],
    said: dict[uuid.UUID, models.Answer],
    later: list[DatedValue],
) -> Trail:
    base = _base(regression, sets)
    by_session: dict[uuid.UUID, list[models.SetLog]] = defaultdict(list)
    for row in sets:
        if row.performed_at >= regression.created_at:
            by_session[row.session_id].append(row)
    exposures = [
        _exposure(rows, said.get(session_id), regression, base)
        for session_id, rows in by_session.items()
        if any(_is_exposure(row, regression) for row in rows)
    ]
    ordered = tuple(sorted(exposures, key=lambda each: each.on))
    return Trail(ordered, base, tuple(later))


def _is_exposure(row: models.SetLog, regression: models.Regression) -> bool:
    """A work set of the pattern, original or regressed (domain §3.6)."""
    exercise = library().get(row.exercise_id)
    return exercise is not None and exercise.pattern == regression.pattern


def _base(regression: models.Regression, sets: list[models.SetLog]) -> Decimal | None:
    """The working load before the episode, in kg: the heaviest of 28 days on the painful lift."""
    since = regression.created_at - BEFORE
    lift = felt_in(regression.report.said)
    before = [
        row.weight_kg
        for row in sets
        if since <= row.performed_at < regression.created_at
        and row.weight_kg is not None
        and (row.exercise_id == lift if lift else _is_exposure(row, regression))
    ]
    return max(before, default=None)


def _exposure(
    rows: list[models.SetLog],
    answer: models.Answer | None,
    regression: models.Regression,
    base: Decimal | None,
) -> Exposure:
    lift = felt_in(regression.report.said)
    original = [row.weight_kg for row in rows if row.exercise_id == lift and row.weight_kg]
    percent = round(max(original) / base * 100) if original and base else None
    worst, morning, painkiller = _answered(answer)
    return Exposure(
        on=rows[0].performed_on,
        worst=worst,
        morning=morning,
        painkiller=painkiller,
        at_percent=percent,
    )


def _answered(answer: models.Answer | None) -> tuple[int | None, Morning, bool]:
    """Worst value, morning and painkiller of an exposure answer; unknown where nothing was said.

    The morning is judged against what was said of the session before it (domain §3.3). A late
    answer may say that it was bad, never that it was settled; an early one says neither (§3.6).
    """
    if answer is None or answer.session is None:
        return None, Morning.UNKNOWN, False
    sites = [each for each in answer.said.get("regions", []) if isinstance(each, dict)]
    worst = _highest(sites, "pain_worst")
    painkiller = bool(answer.said.get("painkiller"))
    when = placement(answer.performed_at, answer.session.on, answer.zone)
    morning = _morning(sites)
    if (
        when is Placement.LATE
        and morning is Morning.SETTLED
        or when not in {Placement.ON_TIME, Placement.LATE}
    ):
        morning = Morning.UNKNOWN
    return worst, morning, painkiller


def _morning(sites: list[dict[str, object]]) -> Morning:
    after = _highest(sites, "pain_next_morning")
    before = _highest(sites, "pain_before") or 0
    feels_worse = any(each.get("morning_feel") == "worse" for each in sites)
    if after is None:
        return Morning.NOT_SETTLED if feels_worse else Morning.UNKNOWN
    if after >= before + 2 or (feels_worse and after >= 3):
        return Morning.OVERLOAD
    return Morning.NOT_SETTLED if feels_worse else Morning.SETTLED


def _highest(sites: list[dict[str, object]], key: str) -> int | None:
    values = [each[key] for each in sites if isinstance(each.get(key), int)]
    return max((value for value in values if isinstance(value, int)), default=None)
