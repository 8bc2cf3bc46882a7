"""Which loads can be put together: bars, plates, dumbbells, stacks, kilograms and pounds.

Loads are kilograms to the gram; what is loaded is counted in the unit of the plates (domain §6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from programs.domain.exercise import Exercise

Unit = Literal["kg", "lb"]

GRAM = Decimal("0.001")
POUND = Decimal("0.45359237")
"""One pound in kilograms, exactly."""

BARS: dict[Unit, tuple[Decimal, ...]] = {
    "kg": (Decimal(20), Decimal(15), Decimal(10)),
    "lb": (Decimal(45), Decimal(35)),
}
STEP: dict[Unit, Decimal] = {"kg": Decimal("2.5"), "lb": Decimal(5)}
DUMBBELL_STEP: dict[Unit, Decimal] = {"kg": Decimal(2), "lb": Decimal(5)}
"""Default steps: the whole bar, and one dumbbell in one hand (domain §6)."""


def to_kg(value: Decimal, unit: Unit) -> Decimal:
    """A weight in kilograms to the gram, the way every load is stored."""
    return (value * POUND if unit == "lb" else value).quantize(GRAM, ROUND_HALF_UP)


def from_kg(kg: Decimal, unit: Unit) -> Decimal:
    """A stored load in the unit it is read in; pounds to the hundredth, so 135 stays 135."""
    if unit == "kg":
        return kg
    return (kg / POUND).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Plate:
    """So many pairs of one plate, its weight in the unit of the bar."""

    weight: Decimal
    pairs: int

    def __post_init__(self) -> None:
        if self.weight <= 0 or self.pairs < 1:
            raise ValueError("a plate has a weight and there is at least one pair of it")


@dataclass(frozen=True, slots=True)
class Loadable:
    """The loads an implement can have, in its unit.

    `empty` the least (bar, lightest dumbbells, first pin), `step` the way from one load to the
    next, `plates` the pairs that are owned (they replace the step), `heaviest` the last load.
    Raises ValueError for a step or weights that make no sense.
    """

    unit: Unit
    empty: Decimal
    step: Decimal
    plates: tuple[Plate, ...] = ()
    heaviest: Decimal | None = None

    def __post_init__(self) -> None:
        if self.step <= 0 or self.empty < 0:
            raise ValueError("a step is above 0 and the empty weight not below 0")
        if self.heaviest is not None and self.heaviest < self.empty:
            raise ValueError("the heaviest load is not below the lightest")

    @classmethod
    def barbell(
        cls, unit: Unit = "kg", bar: Decimal | None = None, plates: Iterable[Plate] = ()
    ) -> "Loadable":
        """A bar and plates in pairs; without a list of plates in steps of 2.5 kg or 5 lb."""
        return cls(unit, BARS[unit][0] if bar is None else bar, STEP[unit], tuple(plates))

    @classmethod
    def dumbbells(
        cls,
        unit: Unit = "kg",
        hands: int = 2,
        step: Decimal | None = None,
        lightest: Decimal | None = None,
        heaviest: Decimal | None = None,
    ) -> "Loadable":
        """Dumbbells by their weight in one hand; the load is the sum of the hands used."""
        each = DUMBBELL_STEP[unit] if step is None else step
        least = each if lightest is None else lightest
        most = None if heaviest is None else heaviest * hands
        return cls(unit, least * hands, each * hands, (), most)

    @classmethod
    def stack(cls, unit: Unit = "kg", step: Decimal | None = None) -> "Loadable":
        """A machine or cable: every pin is one step."""
        each = STEP[unit] if step is None else step
        return cls(unit, each, each)

    @property
    def lightest(self) -> Decimal:
        """The least load there is, in kg."""
        return to_kg(self.empty, self.unit)

    def down(self, kg: Decimal) -> Decimal | None:
        """The heaviest load not above `kg`, in kg; None when even the lightest is."""
        if self.plates:
            return max((one for one in _totals(self) if one <= kg), default=None)
        steps = self._steps(kg, ROUND_FLOOR)
        # A stored load may be some tenths of a gram short of the pounds it stands for.
        steps += self._load(steps + 1) <= kg
        steps -= self._load(steps) > kg
        return self._load(steps) if steps >= 0 else None

    def up(self, kg: Decimal) -> Decimal | None:
        """The lightest load not below `kg`, in kg; None when even the heaviest is."""
        if self.plates:
            return min((one for one in _totals(self) if one >= kg), default=None)
        steps = max(self._steps(kg, ROUND_CEILING), 0)
        if steps and self._load(steps - 1) >= kg:
            steps -= 1
        found = self._load(steps)
        return found if found >= kg else None

    def nearest(self, kg: Decimal) -> Decimal:
        """The load closest to `kg`, in kg; the lower one of two equally close."""
        below, above = self.down(kg), self.up(kg)
        if below is None or above is None:
            found = above if below is None else below
            return self.lightest if found is None else found
        return below if kg - below <= above - kg else above

    def _steps(self, kg: Decimal, rounding: str) -> int:
        weight = kg / POUND if self.unit == "lb" else kg
        return int(((weight - self.empty) / self.step).to_integral_value(rounding))

    def _load(self, steps: int) -> Decimal:
        weight = self.empty + steps * self.step
        if self.heaviest is not None:
            weight = min(weight, self.heaviest)
        return to_kg(weight, self.unit)


@dataclass(frozen=True, slots=True)
class Implements:
    """What a client owns: the unit of the plates, the bar, the plates, the dumbbell step."""

    unit: Unit = "kg"
    bar: Decimal | None = None
    plates: tuple[Plate, ...] = ()
    dumbbell_step: Decimal | None = None

    def for_exercise(self, exercise: Exercise) -> Loadable:
        """The loads an exercise can have: one or two dumbbells, a bar with plates, or a stack."""
        if exercise.hands:
            return Loadable.dumbbells(self.unit, exercise.hands, self.dumbbell_step)
        words = {word for item in exercise.equipment for word in item.split("|")}
        if words & {"bar", "trap_bar", "ssb"}:
            return Loadable.barbell(self.unit, self.bar, self.plates)
        return Loadable.stack(self.unit)


@lru_cache(maxsize=256)
def _totals(loadable: Loadable) -> tuple[Decimal, ...]:
    """Every load of a bar with the plates that are owned, in kg, lightest first."""
    sums = {loadable.empty}
    for plate in loadable.plates:
        sums = {one + 2 * plate.weight * pairs for one in sums for pairs in range(plate.pairs + 1)}
    return tuple(sorted(to_kg(one, loadable.unit) for one in sums))
