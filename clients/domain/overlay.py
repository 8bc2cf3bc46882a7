"""A regression as a dated overlay: the operations and where they hold (domain §5, ruling 2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programs.domain.loadable import Loadable


def _refuse_unless(right: bool, sentence: str) -> None:
    if not right:
        raise ValueError(sentence)


def _refuse_bad_loads(loads: tuple[Decimal | None, ...]) -> None:
    right = all(load is None or load > 0 for load in loads)
    _refuse_unless(right, "a load is above 0 kg, or left open")


@dataclass(frozen=True, slots=True)
class Recheck:
    """Go through a checklist at each set; everything else stays."""

    checklist: str


@dataclass(frozen=True, slots=True)
class Setup:
    """Set one thing up differently, for example feet: a little further out."""

    param: str
    value: str


@dataclass(frozen=True, slots=True)
class ScaleLoad:
    """Each working load × `factor` (at most 1), never above `cap_kg`, rounded down."""

    factor: Decimal
    cap_kg: Decimal | None = None

    def __post_init__(self) -> None:
        _refuse_unless(0 < self.factor <= 1, "a load is multiplied by more than 0 and at most 1")
        _refuse_unless(self.cap_kg is None or self.cap_kg > 0, "a cap on a load is above 0 kg")


@dataclass(frozen=True, slots=True)
class Reps:
    """Work sets of `low` to `high` reps; sets held for seconds stay as they are."""

    low: int
    high: int

    def __post_init__(self) -> None:
        _refuse_unless(1 <= self.low <= self.high, "reps run from a low to a high number, from 1")


@dataclass(frozen=True, slots=True)
class RirMin:
    """At least `n` reps left in every work set."""

    n: Decimal

    def __post_init__(self) -> None:
        _refuse_unless(0 <= self.n <= 10, "reps left in a set are 0 to 10")


@dataclass(frozen=True, slots=True)
class Range:
    """A limited range of motion, in words, or the short-range sibling `exercise` of the lift."""

    limit: str
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class Tempo:
    """A tempo in the coach's notation, for example 3-1-1."""

    text: str


@dataclass(frozen=True, slots=True)
class ScaleSets:
    """Work sets × `factor` (at most 1), rounded half up, at least one."""

    factor: Decimal

    def __post_init__(self) -> None:
        _refuse_unless(0 < self.factor <= 1, "sets are multiplied by more than 0 and at most 1")


@dataclass(frozen=True, slots=True)
class Swap:
    """`target` instead of `source`; `loads` in kg by exposure, the last one holds.

    No load means that the client finds one by its RIR, or that the target takes none.
    """

    source: str
    target: str
    loads: tuple[Decimal | None, ...] = ()

    def __post_init__(self) -> None:
        _refuse_unless(self.source != self.target, "a swap names two exercises")
        _refuse_bad_loads(self.loads)


@dataclass(frozen=True, slots=True)
class Freq:
    """`minus` fewer sessions of the pattern in each plan week, at least one left."""

    minus: int

    def __post_init__(self) -> None:
        _refuse_unless(self.minus >= 1, "at least one session a week fewer")


@dataclass(frozen=True, slots=True)
class Remove:
    """Pause the prescriptions; their places stay."""


@dataclass(frozen=True, slots=True)
class HighRep:
    """The same lift with many reps and little weight; `loads` in kg by exposure."""

    low: int
    high: int
    rir_min: Decimal
    loads: tuple[Decimal | None, ...] = ()

    def __post_init__(self) -> None:
        _refuse_unless(1 <= self.low <= self.high, "reps run from a low to a high number, from 1")
        _refuse_unless(0 <= self.rir_min <= 10, "reps left in a set are 0 to 10")
        _refuse_bad_loads(self.loads)


@dataclass(frozen=True, slots=True)
class Alternate:
    """`odd` on exposures 1, 3, 5 …, `even` on 2, 4, 6 … of the pattern, counted from the start."""

    odd: "tuple[Op, ...]"
    even: "tuple[Op, ...]"

    def __post_init__(self) -> None:
        inner = (*self.odd, *self.even)
        _refuse_unless(bool(self.odd) and bool(self.even), "both kinds of exposure need a change")
        _refuse_unless(
            not any(isinstance(op, Alternate | Freq | Remove) for op in inner),
            "what alternates from one exposure to the next changes an exercise, not the week",
        )


Op = (
    Recheck
    | Setup
    | ScaleLoad
    | Reps
    | RirMin
    | Range
    | Tempo
    | ScaleSets
    | Swap
    | Freq
    | Remove
    | HighRep
    | Alternate
)


@dataclass(frozen=True, slots=True)
class Grid:
    """The loads an exercise can have, or all without a grid of their own (`exercise` None)."""

    loadable: Loadable = Loadable.stack()
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one regression changes: which prescriptions, from when, how, and why.

    It covers the named `exercises`, or else those its swaps name, or else every prescription of
    `pattern`. `ended_on` is the first date no longer covered and set only when a person closed
    it; `review_on` ends nothing (ruling 2). `grids` are the client's loadable weights when it was
    applied, so that new plates change no resolved plan (ruling 10).
    """

    id: str
    regression: str
    starts_on: date
    ended_on: date | None
    review_on: date
    pattern: str | None
    exercises: tuple[str, ...]
    ops: tuple[Op, ...]
    reason: str
    grids: tuple[Grid, ...] = (Grid(),)

    def __post_init__(self) -> None:
        _refuse_unless(bool(self.pattern or self.exercises), "a pattern or exercises are named")
        _refuse_unless(bool(self.ops), "an overlay changes something")

    def covers(self, on: date) -> bool:
        """Whether a session on this date is changed; no review date ever ends it (ruling 2)."""
        return self.starts_on <= on and (self.ended_on is None or on < self.ended_on)

    def loadable(self, exercise: str) -> Loadable:
        """The loads an exercise can have: of its own grid, else the general one, else 2.5 kg."""
        general = Grid()
        for grid in self.grids:
            if grid.exercise == exercise:
                return grid.loadable
            if grid.exercise is None:
                general = grid
        return general.loadable
