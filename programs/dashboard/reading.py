"""A program's document shaped for reading: its weeks side by side, what each asks for in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programs.domain.document import ProgramDocument, Week, Workout, parse
from programs.domain.exercise import Exercise
from programs.domain.prescription import Media, Prescription
from programs.domain.progression import targeted
from programs.domain.words import DAY_WORDS, name_of, progression_in_words, sets_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise of a workout, and what it asks for in each column of weeks."""

    slot: str
    name: str
    superset: str
    grows: str
    about: tuple[str, ...]
    media: tuple[Media, ...]
    warmups: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One workout; its columns are the weeks that differ."""

    name: str
    on: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Weeks of the same workouts, counted from the start of the program."""

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


def read(raw: Any, exercises: Mapping[str, Exercise]) -> ProgramRead:
    """A stored document for the page. No query."""
    document: ProgramDocument = parse(raw, exercises=None)
    week = 1
    phases = []
    for phase in document.phases:
        blocks = []
        for each in phase.weeks:
            days = tuple(_day(workout, each, week, exercises) for workout in each.workouts)
            blocks.append(Block(week, week + each.repeat - 1, days))
            week += each.repeat
        phases.append(PhaseRead(phase.name, tuple(blocks)))
    return ProgramRead(document.name, document.note, week - 1, tuple(phases))


def _day(workout: Workout, week: Week, first: int, exercises: Mapping[str, Exercise]) -> Day:
    """Runs of weeks that ask for the same are one column."""
    weekly = [
        tuple(_cell(one, turn) for one in workout.prescriptions) for turn in range(week.repeat)
    ]
    starts = [turn for turn in range(week.repeat) if not turn or weekly[turn] != weekly[turn - 1]]
    ends = [*(start - 1 for start in starts[1:]), week.repeat - 1]
    columns = tuple(
        f"{first + start}" if start == end else f"{first + start}–{first + end}"
        for start, end in zip(starts, ends, strict=True)
    )
    lines = tuple(
        _line(one, tuple(weekly[start][place] for start in starts), exercises)
        for place, one in enumerate(workout.prescriptions)
    )
    return Day(workout.name, DAY_WORDS.get(workout.day or "", ""), columns, lines)


def _cell(one: Prescription, turn: int) -> str:
    """What a week asks for; "as last time" is known only once something was logged."""
    if any(target.last_plus_kg is not None for target in one.sets):
        return sets_in_words(one.work_sets)
    return sets_in_words(targeted(one, week=turn).work_sets)


def _line(one: Prescription, cells: tuple[str, ...], exercises: Mapping[str, Exercise]) -> Line:
    alternates = ", ".join(
        f"{name_of(exercises, each.exercise)} ({each.direction})" for each in one.alternates
    )
    about = (
        f"Tempo {one.tempo}" if one.tempo else "",
        f"Rest {one.rest_seconds} s" if one.rest_seconds is not None else "",
        one.limit or "",
        "; ".join(f"{param} {value}" for param, value in one.setup),
        "; ".join(one.cues),
        f"Or {alternates}" if alternates else "",
        one.note,
    )
    warmups = tuple(target for target in one.sets if target.kind == "warmup")
    return Line(
        slot=one.slot,
        name=name_of(exercises, one.exercise),
        superset=one.superset or "",
        grows=progression_in_words(one.progression),
        about=tuple(part for part in about if part),
        media=one.media,
        warmups=sets_in_words(warmups),
        cells=cells,
    )
