"""What an episode cost the client, and how much of the plan was kept meanwhile (domain §7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from clients.domain.endpoints import EpisodeRecord

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Burden:
    """The highest value given (0–10, None = none), and days with limits or a painkiller.

    `weekly_area` is the weekly score (0–100) × weeks under its line; None below two scores.
    """

    peak: int | None
    weekly_area: float | None
    days_limited: int
    painkiller_days: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Sessions done of those planned, and sets done as written of those planned."""

    sessions: int
    sessions_planned: int
    sets_as_written: int
    sets_planned: int


def burden(record: EpisodeRecord) -> Burden:
    """The burden of one record, from every value on it."""
    trained = [exposure.worst for exposure in record.exposures if exposure.worst is not None]
    values = trained + [given.value for given in record.other_values]
    return Burden(
        peak=max(values, default=None),
        weekly_area=_weekly_area(record),
        days_limited=record.days_limited,
        painkiller_days=record.painkiller_days,
    )


def kept(records: Iterable[EpisodeRecord]) -> Kept:
    """Sessions and sets kept, added over the records."""
    each = list(records)
    return Kept(
        sessions=sum(r.done_sessions for r in each),
        sessions_planned=sum(r.planned_sessions for r in each),
        sets_as_written=sum(r.sets_as_written for r in each),
        sets_planned=sum(r.planned_sets for r in each),
    )


def _weekly_area(record: EpisodeRecord) -> float | None:
    scores = sorted(record.weekly, key=lambda score: score.on)
    if len(scores) < 2:
        return None
    return sum(
        (first.value + second.value) / 2 * (second.on - first.on).days / DAYS_IN_WEEK
        for first, second in pairwise(scores)
    )
