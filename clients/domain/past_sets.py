"""Sets that somebody did before they came here, as a file of another app tells them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

KINDS = ("work", "warmup", "drop", "failure")
SPACE = UUID("018f3c3e-8a51-7c0e-9a0e-6d0b6f0a8d11")  # of the ids made here, for ever
KG_PER_LB = Decimal("0.45359237")


@dataclass(frozen=True, slots=True)
class PastSet:
    """A set somebody did before. Local time without a zone; weight as typed, with its unit."""

    line: int
    at: datetime
    workout: str
    exercise: str
    order: int
    kind: str
    reps: int | None
    weight: Decimal | None
    unit: str | None
    seconds: int | None
    metres: Decimal | None
    rpe: Decimal | None
    note: str
    raw: tuple[str, ...]

    def id_for(self, client: UUID, source: str) -> UUID:
        """The same set of the same client has the same id in every file and for ever."""
        said = (source, self.at, self.workout, self.exercise, self.order, self.weight, self.reps)
        return uuid5(SPACE, "\x1f".join(map(str, (client, *said))))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line that is no set: `rest`, `empty`, or a `fault` with its words."""

    line: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """A file as read: whose it is, its sets, the other lines, and whether a unit is missing."""

    source: str
    header: tuple[str, ...]
    sets: tuple[PastSet, ...]
    others: tuple[Outcome, ...]
    unit_missing: bool = False

    @property
    def exercises(self) -> Mapping[str, int]:
        """The names of the file's exercises and how many sets each has, most first."""
        counted: dict[str, int] = {}
        for each in self.sets:
            counted[each.exercise] = counted.get(each.exercise, 0) + 1
        return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def kilograms(weight: Decimal, unit: str) -> Decimal:
    """A weight in kilograms, to the gram."""
    kg = weight * KG_PER_LB if unit == "lb" else weight
    return kg.quantize(Decimal("0.001"))
