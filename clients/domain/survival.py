"""Shares over time when not everybody is followed to the end: how many have settled by a day.

Plain functions of our own, compared with a library in the tests (domain §7).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clients.domain.statistics import Z95

# Sums of fractions miss 0, 1/2 and 1 by less than this.
HAIR = 1e-12

Observation = tuple[int, str | None]
"""Days followed, and what ended them; None = nothing yet when contact ended (censored)."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The share from `day` on, as a fraction, with the pointwise 95 % interval.

    `low` and `high` are None where the share is 0 or 1: there the method has no width to give.
    `at_risk` were followed when the day began; `events` of this curve's kind happened on it.
    """

    day: int
    share: float
    low: float | None
    high: float | None
    at_risk: int
    events: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A step curve of `of` episodes: `start`, then each point's share until the next."""

    start: float
    of: int
    points: tuple[CurvePoint, ...]

    def at(self, day: int) -> float:
        """The share at the end of `day`, counted from 0."""
        return next((p.share for p in reversed(self.points) if p.day <= day), self.start)

    def first_day_at_least(self, share: float) -> int | None:
        """The first day on which a rising curve reaches `share`; None when it never does."""
        return next((p.day for p in self.points if p.share >= share - HAIR), None)


@dataclass(frozen=True, slots=True)
class _Day:
    day: int
    at_risk: int
    events: Counter[str]


def kaplan_meier(observations: Iterable[Observation]) -> Curve:
    """The share without any event so far, Greenwood's variance on the log-log scale (domain §7).

    ValueError for a negative day.
    """
    of, days = _event_days(observations)
    share, greenwood = 1.0, 0.0
    points: list[CurvePoint] = []
    for each in days:
        events, left = each.events.total(), each.at_risk - each.events.total()
        share *= left / each.at_risk
        greenwood += events / (each.at_risk * left) if left else 0.0
        low, high = _log_log(share, share * share * greenwood)
        points.append(CurvePoint(each.day, share, low, high, each.at_risk, events))
    return Curve(1.0, of, tuple(points))


def aalen_johansen(observations: Iterable[Observation], causes: Iterable[str]) -> dict[str, Curve]:
    """For each cause the share it has ended by a day; the other causes compete (domain §7).

    One who was referred can no longer settle under the option, so is not merely lost from sight.
    With one cause only this is 1 − Kaplan–Meier, interval included. Delta-method variance
    (Marubini and Valsecchi 1995), log-log scale. ValueError for a negative day or another cause.
    """
    seen, wanted = list(observations), tuple(causes)
    strangers = {cause for _, cause in seen if cause is not None} - set(wanted)
    if strangers:
        raise ValueError(f"causes not asked for: {', '.join(sorted(strangers))}")
    of, days = _event_days(seen)
    free_before = [1.0, *(point.share for point in kaplan_meier(seen).points)]
    return {cause: _incidence(cause, of, days, free_before) for cause in wanted}


def _incidence(cause: str, of: int, days: Sequence[_Day], free_before: Sequence[float]) -> Curve:
    shares: list[float] = []
    points: list[CurvePoint] = []
    share = 0.0
    for place, each in enumerate(days):
        share += free_before[place] * each.events[cause] / each.at_risk
        shares.append(share)
        variance = _incidence_variance(cause, days, free_before, shares)
        low, high = _log_log(1 - share, variance)
        points.append(
            CurvePoint(
                each.day,
                share,
                None if high is None else 1 - high,
                None if low is None else 1 - low,
                each.at_risk,
                each.events[cause],
            )
        )
    return Curve(0.0, of, tuple(points))


def _incidence_variance(
    cause: str, days: Sequence[_Day], free_before: Sequence[float], shares: Sequence[float]
) -> float:
    """The delta-method variance of the last of `shares`; later days are not looked at."""
    total = 0.0
    for each, free, share in zip(days, free_before, shares, strict=False):
        n, ended, of_cause = each.at_risk, each.events.total(), each.events[cause]
        to_come = shares[-1] - share
        # Nobody left means nothing to come, so the first term has no weight then.
        total += to_come**2 * ended / (n * (n - ended)) if n > ended else 0.0
        total += free**2 * of_cause * (n - of_cause) / n**3
        total -= 2 * to_come * free * of_cause / n**2
    return total


def _event_days(observations: Iterable[Observation]) -> tuple[int, list[_Day]]:
    """How many started, and each day with an event: followed when it began, events by cause."""
    seen = list(observations)
    if any(day < 0 for day, _ in seen):
        raise ValueError("nobody is followed for a negative number of days")
    days: list[_Day] = []
    for day in sorted({day for day, cause in seen if cause is not None}):
        at_risk = sum(until >= day for until, _ in seen)
        events = Counter(cause for on, cause in seen if on == day and cause is not None)
        days.append(_Day(day, at_risk, events))
    return len(seen), days


def _log_log(share: float, variance: float) -> tuple[float | None, float | None]:
    """The 95 % interval of a falling share, which this scale keeps inside 0 to 1."""
    if not (HAIR < share < 1 - HAIR and variance > 0):
        return None, None
    width = Z95 * math.sqrt(variance) / (share * -math.log(share))
    return share ** math.exp(width), share ** math.exp(-width)
