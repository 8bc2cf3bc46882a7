"""Trend rules TR1–TR9: what one report cannot show by itself (domain §3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from clients.domain.bands import counted
from clients.domain.facts import EpisodeFact, WeeklyValue
from clients.domain.levels import ONSET_LEAST_DAYS, Level, Priority, Spread
from clients.domain.lookback import Past, hurts, same_region
from clients.domain.questions import Weight
from clients.domain.report import Report, Site

HURTS_FROM = 3
FIELDS = ("worst", "next_morning", "rest")
MODIFY: Weight = (Level.MODIFY, Priority.NORMAL)
REFER: Weight = (Level.REFER, Priority.HIGH)
RISING_DAYS = timedelta(days=21)
RELAPSE_DAYS = timedelta(days=28)
RECURRENCE_DAYS = timedelta(days=180)
STUCK_DAYS = timedelta(days=14)
STUCK_VALUES = 4
REGRESSED_DAYS = 42
OLD_DAYS = 15
WEEK = timedelta(days=7)
FURTHER = (Spread.BELOW_KNEE, Spread.BOTH_LEGS, Spread.BELOW_ELBOW, Spread.BOTH_ARMS)


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend that holds: a level of its own, or one step up; `tasks` are for the coach."""

    id: str
    sentence: str
    weight: Weight | None = None
    step_up: bool = False
    tasks: tuple[str, ...] = ()


def trends(past: Past, site: Site, v: int | None, today: date) -> tuple[Trend, ...]:
    """Every trend of one region-side; `today` is the client's local date of judging."""
    found = [
        _rising(past, site),
        _relapse(past, site, v),
        _recurrence(past, site, v),
        _stuck(past, site, v, today),
        _spreading(past, site),
        _propped_up(past, site),
        _weekly(past, site),
        _many_sites(past),
    ]
    return tuple(trend for trend in found if trend is not None)


def _rising(past: Past, site: Site) -> Trend | None:
    """TR1: 3 consecutive values within 21 d, none lower than before, last − first ≥ 2."""
    for name in FIELDS:
        run = _values(past, site, name)[-3:]
        if len(run) < 3 or _value(past.report, site, name) is None:
            continue
        (first_on, first), (_, middle), (last_on, last) = run
        if last_on - first_on <= RISING_DAYS and first <= middle <= last and last - first >= 2:
            words = name.replace("_", " ")
            shown = f"{first}, {middle}, {last}"
            return Trend("TR1", f"Rising within 21 days ({words}): {shown}.", step_up=True)
    return None


def _values(past: Past, site: Site, name: str) -> list[tuple[date, int]]:
    """One value for each session, the highest, oldest session first."""
    best: dict[str, tuple[date, int]] = {}
    for report, one in [*past.in_episode(site.place), (past.report, site)]:
        value = _value(report, one, name)
        if value is None:
            continue
        belongs = past.session_of(report)
        known = best.get(belongs.key, (belongs.on, value))
        best[belongs.key] = (belongs.on, max(known[1], value))
    return sorted(best.values(), key=lambda pair: pair[0])


def _value(report: Report, site: Site, name: str) -> int | None:
    value: int | None = getattr(site, name)
    if value is None:
        return None
    dulled = report.medication.taken_within_8h is True
    return counted(value, dulled or (name == "next_morning" and site.morning_painkiller))


def _relapse(past: Past, site: Site, v: int | None) -> Trend | None:
    """TR2: value ≥ 3 within 28 d after E1."""
    episode = past.episode(site.place)
    if v is None or v < HURTS_FROM or episode is None or episode.settled_on is None:
        return None
    days = past.own.on - episode.settled_on
    if not timedelta(0) <= days <= RELAPSE_DAYS:
        return None
    sentence = f"Back at {v} within 28 days after it had settled."
    return Trend("TR2", sentence, MODIFY, tasks=("reopen_episode", "option_failed"))


def _recurrence(past: Past, site: Site, v: int | None) -> Trend | None:
    """TR3: value ≥ 3 for 24 h after E3; the third episode in 180 d is referred."""
    mine = [one for one in past.history.episodes if (one.region, one.side) == site.place]
    resolved = [one for one in mine if one.resolved_on is not None]
    if v is None or v < HURTS_FROM or not resolved or not _lasts_a_day(past, site):
        return None
    since = past.own.on - RECURRENCE_DAYS
    opens = 0 if len(resolved) < len(mine) else 1
    count = sum(one.started_on >= since for one in mine) + opens
    if count >= 3:
        return Trend("TR3", "Third episode within 180 days.", REFER, tasks=("new_episode",))
    return Trend("TR3", "It came back after it had been resolved.", tasks=("new_episode",))


def _lasts_a_day(past: Past, site: Site) -> bool:
    if ONSET_LEAST_DAYS.get(past.report.onset or "", 0) >= 1:
        return True
    since = past.report.performed_at - timedelta(hours=24)
    return any(
        report.performed_at <= since and max(one.values, default=0) >= HURTS_FROM
        for report, one in past.in_episode(site.place)
    )


def _stuck(past: Past, site: Site, v: int | None, today: date) -> Trend | None:
    """TR4: no better under a regression; the second failure, 42 d or an old start is referred."""
    if v is None or v < 1:
        return None
    active = [one for one in past.history.regressions if (one.region, one.side) == site.place]
    episode = past.episode(site.place)
    failed = any(_failed(past, site, one.started_on) for one in active)
    reason = _stuck_for_good(episode, failed)
    if reason is None and any(
        one.ends_on <= today and one.outcome not in ("success", "partial") for one in active
    ):
        reason = _old_at_first(past, site)
    if reason is not None:
        tasks = ("option_failed",) if failed else ()
        return Trend("TR4", reason, REFER, tasks=tasks)
    if failed:
        sentence = "Four values of 3 or more over two weeks under the change: it failed."
        return Trend("TR4", sentence, MODIFY, tasks=("option_failed",))
    return None


def _failed(past: Past, site: Site, since: date) -> bool:
    """At least 4 values of 3 or more of one kind, over at least 14 days."""
    for name in FIELDS:
        days = [
            on for on, value in _values(past, site, name) if value >= HURTS_FROM and on >= since
        ]
        if len(days) >= STUCK_VALUES and days[-1] - days[0] >= STUCK_DAYS:
            return True
    return False


def _stuck_for_good(episode: EpisodeFact | None, failed: bool) -> str | None:
    if episode is None:
        return None
    if episode.failed_options + failed >= 2:
        return "Two options failed."
    if episode.regressed_days >= REGRESSED_DAYS:
        return "42 days under changes in this episode."
    return None


def _old_at_first(past: Past, site: Site) -> str | None:
    first = next((report for report, _ in past.in_episode(site.place)), past.report)
    if ONSET_LEAST_DAYS.get(first.onset or "", 0) < OLD_DAYS:
        return None
    return "Older than 14 days when first reported, and no better at the end of the change."


def _spreading(past: Past, site: Site) -> Trend | None:
    """TR5: a new region beside one that hurts already, or now below knee or elbow."""
    before = past.in_episode(site.place)
    if past.report.spread in FURTHER and any(report.spread not in FURTHER for report, _ in before):
        return Trend("TR5", "It now runs further down the limb.", step_up=True)
    own = past.own.on
    near = {
        one.place
        for report in past.earlier
        if report.id not in past.history.closed and own - past.session_of(report).on <= STUCK_DAYS
        for one in report.sites
        if hurts(one)
    }
    if near and not before and not any(same_region(place[0], site.region) for place in near):
        return Trend("TR5", "A new region within 14 days of another.", step_up=True)
    return None


def _propped_up(past: Past, site: Site) -> Trend | None:
    """TR6: a painkiller needed to train on ≥ 3 of 7 days."""
    said = past.report.medication.days_of_7 or 0
    own = past.own.on
    days = {
        past.session_of(report).on
        for report, _ in [*past.in_episode(site.place), (past.report, site)]
        if report.medication.taken_within_8h is True
    }
    recent = sum(own - day < WEEK for day in days)
    if max(said, recent) < 3:
        return None
    return Trend("TR6", "A painkiller on 3 or more of the last 7 days.", REFER)


def _weekly(past: Past, site: Site) -> Trend | None:
    """TR8: the weekly score rises two weeks running, or is substantial."""
    mine = [one for one in past.history.weekly if (one.region, one.side) == site.place]
    return weekly_trend(mine, past.own.on)


def weekly_trend(values: Iterable[WeeklyValue], on: date) -> Trend | None:
    """TR8 of one region-side on a date; scores older than 14 days say nothing about now."""
    runs = sorted((one for one in values if one.week_on <= on), key=lambda one: one.week_on)
    if not runs or on - runs[-1].week_on > 2 * WEEK:
        return None
    if runs[-1].substantial:
        return Trend("TR8", "The weekly check shows a substantial problem.", MODIFY)
    last = runs[-3:]
    steps = list(zip(last, last[1:], strict=False))
    running = all(b.week_on - a.week_on < 2 * WEEK and b.score > a.score for a, b in steps)
    if len(last) == 3 and running:
        return Trend("TR8", "The weekly score rose two weeks running.", MODIFY)
    return None


def _many_sites(past: Past) -> Trend | None:
    """TR9: ≥ 3 region-sides active within 14 d; left and right count as two."""
    count = len(past.active())
    if count < 3:
        return None
    return Trend("TR9", f"{count} region-sides within 14 days.", MODIFY, tasks=("many_sites",))
