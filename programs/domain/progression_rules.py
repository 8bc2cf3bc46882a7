"""How a prescription changes from week to week, as a coach writes it; what it comes to is worked
out in `progression`. Loads in kg; `unit` tells what the coach typed."""

from dataclasses import dataclass
from decimal import Decimal

from programs.domain.loadable import Unit


@dataclass(frozen=True, slots=True)
class Linear:
    """So much more every so many weeks, in kg or in percent points of e1RM, up to `most_kg`."""

    add_kg: Decimal | None = None
    add_percent: Decimal | None = None
    every: int = 1
    most_kg: Decimal | None = None
    unit: Unit = "kg"


@dataclass(frozen=True, slots=True)
class Double:
    """Reps first: once every set reached the top of its range, `add_kg` and from the bottom."""

    add_kg: Decimal
    unit: Unit = "kg"


@dataclass(frozen=True, slots=True)
class LogGated:
    """`add_kg` once `after` exposures in a row were done as written, else the same again.

    After `fails` in a row that were not, `drop_percent` less. Without `fails` it never drops.
    """

    add_kg: Decimal
    after: int = 1
    fails: int | None = None
    drop_percent: Decimal = Decimal(10)
    unit: Unit = "kg"


@dataclass(frozen=True, slots=True)
class Percentages:
    """The percent of e1RM of each week; the last one holds for the weeks after."""

    weeks: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class RirTargets:
    """The RIR of each week; the last one holds for the weeks after."""

    weeks: tuple[Decimal, ...]


Rule = Linear | Double | LogGated | Percentages | RirTargets


@dataclass(frozen=True, slots=True)
class Deload:
    """Every `every`-th week is lighter: a share of the load, fewer work sets, or both.

    A deload week is no step: the week after goes on where the week before had got to.
    """

    every: int
    load_percent: Decimal | None = None
    sets: int | None = None


@dataclass(frozen=True, slots=True)
class Progression:
    """A rule, deload weeks, or both; `behind` counts the weeks done before this block began."""

    rule: Rule | None = None
    deload: Deload | None = None
    behind: int = 0

    def __post_init__(self) -> None:
        if self.rule is None and self.deload is None:
            raise ValueError("a progression is a rule, deload weeks, or both")
