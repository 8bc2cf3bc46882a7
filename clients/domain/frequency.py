"""Which sessions a week loses when a pattern is trained less often (domain §5, freq)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class TrainingDay:
    """A session with the pattern: its work sets of it, and whether it may still be dropped."""

    session: UUID
    on: date
    work_sets: int
    open: bool


def dropped(week: Sequence[TrainingDay], minus: int) -> frozenset[UUID]:
    """The sessions that lose the pattern in one plan week, at least one session being kept.

    One at a time goes the open session whose loss leaves the largest smallest gap between the
    rest, the week taken as a ring; ties: fewer work sets, then the later (domain §5).
    """
    left = list(week)
    gone: list[UUID] = []
    while len(gone) < minus and len(left) > 1:
        candidates = [day for day in left if day.open]
        if not candidates:
            break
        loss = max(candidates, key=lambda day: _merit(day, left))
        left.remove(loss)
        gone.append(loss.session)
    return frozenset(gone)


def smallest_gap(days: Collection[date]) -> int:
    """Days between the closest two training days of a 7-day block repeated for ever.

    Two on one day: 0. One alone: 7.
    """
    if not days:
        return DAYS_IN_WEEK
    ordered = sorted(days)
    ahead = [*ordered[1:], date.fromordinal(ordered[0].toordinal() + DAYS_IN_WEEK)]
    return min((later - earlier).days for earlier, later in zip(ordered, ahead, strict=True))


def _merit(day: TrainingDay, left: Sequence[TrainingDay]) -> tuple[int, int, date, str]:
    """How well it does to lose this day; the id only settles two sessions on one day."""
    rest = [other.on for other in left if other is not day]
    return smallest_gap(rest), -day.work_sets, day.on, str(day.session)
