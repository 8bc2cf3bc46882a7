"""The way back up, rung by rung; each rung is a coach's row (domain §5 "Ladders", ruling 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clients.domain.checks import Exposure


@dataclass(frozen=True, slots=True)
class LadderState:
    """Where a client stands: the rung, since when, and what happened on it.

    `base_kg` is the pre-episode working load, `step_kg` the smallest step of the loads there are.
    """

    ladder: str
    rung: int
    since: date
    exposures: tuple[Exposure, ...]
    today: date
    step_downs: int = 0
    base_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """Step up to this rung."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Stay on this rung; `reason` says what is awaited."""

    reason: str


@dataclass(frozen=True, slots=True)
class StepDown:
    """Go back one rung."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class CoachReview:
    """Two step-downs, or the top is reached: the coach looks."""

    reason: str


def next_rung(state: LadderState) -> Rung | Hold | StepDown | CoachReview:
    """What comes next from the exposures on this rung."""
    raise NotImplementedError


def stuck(values: Sequence[tuple[date, int]], *, regression_since: date) -> bool:
    """TR4: four or more values of 3 or higher over 14 days or more with a regression active."""
    raise NotImplementedError
