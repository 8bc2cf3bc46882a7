"""The lines of a sheet put together: the nested document they say, and each pointer's cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from programs.domain.sheet_columns import COLUMNS

MOST_ROWS = 2000


@dataclass
class Line:
    """The prescription that one row, or several in a row, write down."""

    row: int
    exercise: str
    members: dict[str, Any]
    sets: list[tuple[int, dict[str, Any]]]


@dataclass
class SheetWorkout:
    name: str
    row: int
    day: str | None
    lines: list[Line] = field(default_factory=list)


@dataclass
class SheetWeek:
    phase: str
    first: int
    last: int
    row: int
    workouts: dict[str, SheetWorkout] = field(default_factory=dict)


def raw_document(
    name: str, about: str, weeks: Sequence[SheetWeek]
) -> tuple[dict[str, Any], dict[str, int]]:
    """The nested document, and the row that each pointer into it came from."""
    phases: list[dict[str, Any]] = []
    cells = {"": 2}
    for week in weeks:
        title = week.phase or "Program"
        if not phases or phases[-1]["name"] != title:
            phases.append({"name": title, "weeks": []})
            cells[f"/phases/{len(phases) - 1}"] = week.row
        at = f"/phases/{len(phases) - 1}/weeks/{len(phases[-1]['weeks'])}"
        cells[at] = week.row
        workouts = []
        for place, workout in enumerate(week.workouts.values()):
            here = f"{at}/workouts/{place}"
            cells[here] = workout.row
            workouts.append(_workout_raw(workout, here, cells))
        phases[-1]["weeks"].append({"repeat": week.last - week.first + 1, "workouts": workouts})
    return {"name": name, "note": about, "phases": phases}, cells


def _workout_raw(workout: SheetWorkout, pointer: str, cells: dict[str, int]) -> dict[str, Any]:
    rows = []
    for number, line in enumerate(workout.lines):
        at = f"{pointer}/prescriptions/{number}"
        cells[at] = line.row
        for place, (row, _) in enumerate(line.sets):
            cells[f"{at}/sets/{place}"] = row
        sets = [one for _, one in line.sets]
        rows.append(line.members | {"exercise": line.exercise or None, "sets": sets})
    named: dict[str, Any] = {"name": workout.name, "prescriptions": rows}
    return named | ({"day": workout.day} if workout.day else {})


def cell_of(pointer: str, cells: Mapping[str, int]) -> tuple[int, str]:
    """The row and the column that a pointer into the document came from."""
    steps = pointer.split("/")
    for length in range(len(steps), 0, -1):
        start = "/".join(steps[:length])
        if start in cells:
            return cells[start], _column_of(start, steps[length:])
    return 2, ""


def _column_of(start: str, rest: Sequence[str]) -> str:
    """The column of a member, by what holds it."""
    holder = start.split("/")[-2] if start else ""
    named = {"": "program", "phases": "phase", "workouts": "workout"}
    if rest[:1] == ["name"]:
        return named.get(holder, "exercise")
    for step in rest:
        for column in COLUMNS:
            if step == column.member or step in column.members:
                return column.key
    return {"": "week", "weeks": "week", "phases": "week"}.get(holder, "exercise")


def free_slot(workout: SheetWorkout) -> str:
    """The first letter that no line of the workout has."""
    taken = {line.members["slot"] for line in workout.lines}
    return next(letter for place in range(MOST_ROWS) if (letter := _letter(place)) not in taken)


def _letter(place: int) -> str:
    """A, B, … Z, AA, AB, …"""
    return chr(65 + place) if place < 26 else _letter(place // 26 - 1) + _letter(place % 26)
