"""A regression as a dated overlay: the operations and where they hold (domain §5, ruling 2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


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


@dataclass(frozen=True, slots=True)
class Reps:
    """Work sets of `low` to `high` reps."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class RirMin:
    """At least `n` reps left in every work set."""

    n: Decimal


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


@dataclass(frozen=True, slots=True)
class Swap:
    """`target` instead of `source`; `loads` in kg by exposure, the last one holds."""

    source: str
    target: str
    loads: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Freq:
    """`minus` fewer sessions of the pattern in each plan week, at least one left."""

    minus: int


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


@dataclass(frozen=True, slots=True)
class Alternate:
    """`odd` on exposures 1, 3, 5 …, `even` on 2, 4, 6 … of the pattern, counted from the start."""

    odd: "tuple[Op, ...]"
    even: "tuple[Op, ...]"


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
    """The weights that can be loaded: `bar_kg` when empty, then steps of `step_kg`.

    For one exercise, or for all without a grid of their own when `exercise` is None.
    """

    step_kg: Decimal = Decimal("2.5")
    bar_kg: Decimal | None = None
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one regression changes: which prescriptions, from when, how, and why.

    It covers the named `exercises`, or else every prescription of `pattern`. `ended_on` is the
    first date no longer covered and set only when a person closed it; `review_on` ends nothing
    (ruling 2). `grids` are the client's loadable weights when it was applied (ruling 10).
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
