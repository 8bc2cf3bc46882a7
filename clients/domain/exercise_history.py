"""One exercise of one client through time: sets by day, the e1RM curve, the records.

Everything is computed from logs (domain §6); nothing is stored, so a corrected set corrects them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from programs.domain.strength import PAIN_LEAST, PerformedSet, Validity, e1rm, validity, volume_load


@dataclass(frozen=True, slots=True)
class DatedSet:
    """A set as done, on the client's own day."""

    on: date
    set: PerformedSet


@dataclass(frozen=True, slots=True)
class DayDone:
    """All sets of one day: the best e1RM among them in kg, None where none may be trusted; Σ reps ×
    load in kg."""

    on: date
    sets: tuple[PerformedSet, ...]
    best_kg: Decimal | None
    volume_kg: Decimal


@dataclass(frozen=True, slots=True)
class Record:
    """The most of something, and the day it was first reached."""

    kind: str
    on: date
    load_kg: Decimal | None
    reps: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class History:
    """What is known of an exercise. `curve` are days with an estimate, `records` the most so far:
    heaviest set, best estimate, most work in a day, and the heaviest at each number of reps."""

    days: tuple[DayDone, ...]
    records: tuple[Record, ...]
    by_reps: tuple[Record, ...]

    @property
    def curve(self) -> tuple[tuple[date, Decimal], ...]:
        """The best estimate of each day that has one."""
        return tuple((day.on, day.best_kg) for day in self.days if day.best_kg is not None)


def history(done: Iterable[DatedSet]) -> History:
    """The history of one exercise. Warm-ups count for nothing; a set with pain of 3 or more, or
    ended for position, is shown and makes neither estimate nor record (domain §6, validity)."""
    work = [each for each in done if not each.set.warm_up]
    days = tuple(
        _day(on, [each.set for each in rows])
        for on, rows in groupby(sorted(work, key=lambda each: each.on), key=lambda each: each.on)
    )
    return History(days, tuple(_records(days)), tuple(_by_reps(days)))


def since(found: History, first: date) -> History:
    """The same records, the days from one on."""
    return replace(found, days=tuple(day for day in found.days if day.on >= first))


def estimate(one: PerformedSet) -> Decimal | None:
    """The e1RM of a set in kg; None where it may not be trusted."""
    rir = Decimal(0) if one.rir is None and one.end == "muscular_failure" else one.rir
    if one.load_kg is None or one.load_kg <= 0 or one.reps < 1 or rir is None or not _clean(one):
        return None
    return None if validity(one.reps, rir) is Validity.NONE else e1rm(one.load_kg, one.reps, rir)


def _day(on: date, sets: Sequence[PerformedSet]) -> DayDone:
    estimates = [value for each in sets if (value := estimate(each)) is not None]
    return DayDone(on, tuple(sets), max(estimates, default=None), volume_load(sets))


def _clean(one: PerformedSet) -> bool:
    return (one.pain or 0) < PAIN_LEAST and one.end != "position_lost"


def _records(days: Sequence[DayDone]) -> Iterable[Record]:
    clean = [(day.on, one) for day in days for one in day.sets if _clean(one) and one.load_kg]
    if clean:
        on, one = max(clean, key=lambda each: (each[1].load_kg, each[1].reps, -each[0].toordinal()))
        yield Record("heaviest", on, one.load_kg, one.reps, one.load_kg or Decimal(0))
    estimates = [(value, on, one) for on, one in clean if (value := estimate(one)) is not None]
    if estimates:
        value, on, one = max(estimates, key=lambda each: (each[0], -each[1].toordinal()))
        yield Record("e1rm", on, one.load_kg, one.reps, value)
    worked = [day for day in days if day.volume_kg > 0]
    if worked:
        day = max(worked, key=lambda each: (each.volume_kg, -each.on.toordinal()))
        yield Record("volume", day.on, None, sum(one.reps for one in day.sets), day.volume_kg)
    most = [(one.reps, on) for day in days for on, one in [(day.on, each) for each in day.sets]]
    if not clean and most:
        reps, on = max(most, key=lambda each: (each[0], -each[1].toordinal()))
        yield Record("reps", on, None, reps, Decimal(reps))


def _by_reps(days: Sequence[DayDone]) -> Iterable[Record]:
    best: dict[int, Record] = {}
    for day in days:
        for one in day.sets:
            if not one.load_kg or not _clean(one) or one.reps < 1:
                continue
            held = best.get(one.reps)
            if held is None or one.load_kg > held.value:
                best[one.reps] = Record("at_reps", day.on, one.load_kg, one.reps, one.load_kg)
    return [best[reps] for reps in sorted(best)]
