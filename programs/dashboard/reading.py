"""A program's document shaped for reading: blocks of equal weeks, workouts, sets in shorthand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from programs.domain.document import ProgramDocument, Workout, parse
from programs.domain.exercises import library
from programs.domain.prescription import Prescription, SetTarget


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise of a workout."""

    name: str
    sets: str
    superset: str
    note: str


@dataclass(frozen=True, slots=True)
class Day:
    """One workout."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Equal weeks in a row, counted from the start of the program."""

    first: int
    last: int
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class PhaseRead:
    """A phase with its blocks."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ProgramRead:
    """A whole program to read."""

    name: str
    note: str
    weeks: int
    phases: tuple[PhaseRead, ...]


def read(raw: Any) -> ProgramRead:
    """A stored document for the page. No query."""
    document: ProgramDocument = parse(raw, exercises=library())
    week = 1
    phases = []
    for phase in document.phases:
        blocks = []
        for each in phase.weeks:
            days = tuple(_day(workout) for workout in each.workouts)
            blocks.append(Block(week, week + each.repeat - 1, days))
            week += each.repeat
        phases.append(PhaseRead(phase.name, tuple(blocks)))
    return ProgramRead(document.name, document.note, week - 1, tuple(phases))


def _day(workout: Workout) -> Day:
    return Day(workout.name, tuple(_line(each) for each in workout.prescriptions))


def _line(prescription: Prescription) -> Line:
    runs = groupby(prescription.work_sets)
    return Line(
        name=library()[prescription.exercise].name,
        sets=" + ".join(_shorthand(len(list(run)), target) for target, run in runs),
        superset=prescription.superset or "",
        note=prescription.note,
    )


def _shorthand(count: int, target: SetTarget) -> str:
    parts = [f"{count} × {_amount(target)}"]
    if target.load_kg is not None:
        parts.append(f"{_plain(target.load_kg)} kg")
    elif target.percent is not None:
        parts.append(f"{_plain(target.percent)} % e1RM")
    if target.rir is not None:
        parts.append(f"RIR {_plain(target.rir)}")
    return " · ".join(parts)


def _amount(target: SetTarget) -> str:
    if target.seconds is not None:
        return f"{target.seconds} s"
    if target.amrap:
        return "AMRAP"
    ends = {target.reps_min, target.reps_max} - {None}
    return "–".join(str(each) for each in sorted(ends))  # type: ignore[type-var]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
