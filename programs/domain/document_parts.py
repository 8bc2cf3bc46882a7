"""The parts of a program: phases, weeks, workouts on days or in an order."""

from dataclasses import dataclass
from typing import Literal

from programs.domain.prescription import Prescription

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Workout:
    """One day's training, its prescriptions in order; on a weekday, or the next one in its week."""

    name: str
    prescriptions: tuple[Prescription, ...]
    day: Weekday | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The workouts of one week, done `repeat` weeks in a row; none is a week of rest."""

    workouts: tuple[Workout, ...]
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class Phase:
    """Weeks with one aim."""

    name: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class ProgramDocument:
    """A whole program template, ready to be given to a client from a date."""

    name: str
    phases: tuple[Phase, ...]
    note: str = ""
