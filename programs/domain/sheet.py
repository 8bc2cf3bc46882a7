"""A program as rows of cells, and back: the layout of docs/program-sheet.md.

Nothing is guessed and nothing half-read: every fault names its cell, or the program is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from programs.domain.document import BadDocument, ProgramDocument, parse
from programs.domain.exercise import Exercise
from programs.domain.sheet_columns import COLUMNS, address, columns_of
from programs.domain.sheet_lines import (
    Line,
    SheetWeek,
    SheetWorkout,
    cell_of,
    free_slot,
    raw_document,
)
from programs.domain.sheet_words import NotMeant, known_as
from programs.domain.words import name_of, sets_in_words

REST = "rest"
_WEEKS = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing wrong: the cell (A1 is the first), a stable code, a sentence."""

    cell: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row of the sheet: what it became, in words, or that it is at fault."""

    number: int
    words: str
    faults: tuple[CellFault, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet as read: the program when there is no fault, and every row with its outcome."""

    document: ProgramDocument | None
    rows: tuple[RowRead, ...]
    faults: tuple[CellFault, ...]


class _Faults:
    """What is wrong, cell by cell; a cell is named once."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        self.columns = columns
        self.found: dict[str, CellFault] = {}

    def add(self, row: int, key: str, code: str, sentence: str) -> None:
        """Note a fault of a row, at the column it is about or else the row's first cell."""
        cell = address(row, self.columns.get(key, 0))
        self.found.setdefault(cell, CellFault(cell, code, sentence))


def read_sheet(
    grid: Sequence[Sequence[str]], *, name: str, exercises: Mapping[str, Exercise]
) -> SheetRead:
    """A program out of cells; `name` is its name where the sheet says none."""
    columns, wrong = columns_of(grid[0] if grid else ())
    if wrong:
        found = tuple(CellFault(cell, code, sentence) for cell, code, sentence in wrong)
        return SheetRead(None, (), found)
    faults = _Faults(columns)
    given = list(_given(grid, columns))
    weeks = _weeks(given, faults, exercises)
    if not given:
        faults.add(2, "exercise", "no_rows", "There is no row below the header.")
    head = given[0][1] if given else {}
    raw, cells = raw_document(head.get("program") or name, head.get("about", ""), weeks)
    document = None
    try:
        document = parse(raw, exercises=exercises)
    except BadDocument as bad:
        for fault in bad.faults:
            row, key = cell_of(fault.pointer, cells)
            faults.add(row, key, fault.code, fault.sentence)
    ordered = tuple(sorted(faults.found.values(), key=lambda one: _place(one.cell)))
    rows = tuple(_outcomes(weeks, given, ordered, exercises, document))
    return SheetRead(None if ordered else document, rows, ordered)


def _given(
    grid: Sequence[Sequence[str]], columns: Mapping[str, int]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that say something, with the text of each column that has some."""
    for number, cells in enumerate(grid[1:], start=2):
        said = {
            key: cells[place].strip()
            for key, place in columns.items()
            if place < len(cells) and cells[place].strip()
        }
        if said:
            yield number, said


def _weeks(
    given: Sequence[tuple[int, dict[str, str]]],
    faults: _Faults,
    exercises: Mapping[str, Exercise],
) -> list[SheetWeek]:
    """Weeks of workouts of lines, in the order of the sheet; an empty cell is as above."""
    weeks: list[SheetWeek] = []
    above = {"phase": "", "week": "", "workout": ""}
    for row, said in given:
        new = {key: said.get(key, "") or old for key, old in above.items()}
        week = _week(row, new, above, weeks, faults)
        above = new
        if week is None:
            continue
        if new["workout"].lower() == REST and "exercise" not in said:
            continue
        workout = week.workouts.get(new["workout"])
        if workout is None:
            workout = SheetWorkout(new["workout"], row, said.get("day", "").lower()[:3] or None)
            week.workouts[new["workout"]] = workout
        _add_line(row, said, workout, faults, exercises)
    return weeks


def _week(
    row: int,
    said: Mapping[str, str],
    above: Mapping[str, str],
    weeks: list[SheetWeek],
    faults: _Faults,
) -> SheetWeek | None:
    """The week of a row: the one above, or a new one that follows it."""
    for key in ("week", "workout"):
        if not said[key]:
            faults.add(row, key, "missing_member", f"{key} is missing, here and above.")
            return None
    found = _WEEKS.fullmatch(said["week"].lower().removeprefix("week").strip())
    if found is None:
        faults.add(row, "week", "not_a_week", "A week such as 1, or weeks such as 1-4.")
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    if weeks and (weeks[-1].phase, weeks[-1].first, weeks[-1].last) == (said["phase"], first, last):
        return weeks[-1]
    due = weeks[-1].last + 1 if weeks else 1
    if first != due or last < first:
        sentence = f"Week {due} comes next; weeks follow one another without a gap."
        faults.add(row, "week", "week_out_of_order", sentence)
        return weeks[-1] if weeks else None
    weeks.append(SheetWeek(said["phase"], first, last, row))
    return weeks[-1]


def _add_line(
    row: int,
    said: Mapping[str, str],
    workout: SheetWorkout,
    faults: _Faults,
    exercises: Mapping[str, Exercise],
) -> None:
    """A row's sets, to the line it goes on with, or to a new one."""
    day = said.get("day", "").lower()[:3]
    if day and day != workout.day:
        faults.add(row, "day", "day_differs", f"{workout.name} stands on another day above.")
    last = workout.lines[-1] if workout.lines else None
    typed = said.get("exercise") or (last.exercise if last and "slot" not in said else "")
    exercise = known_as(exercises, typed)
    slot = said.get("slot")
    same = last is not None and last.exercise == exercise
    if last is None or not same or (slot is not None and slot != last.members["slot"]):
        last = Line(row, exercise, {"slot": slot or free_slot(workout)}, [])
        workout.lines.append(last)
    one: dict[str, Any] = {}
    for column in COLUMNS:
        if column.key not in said or column.read is None:
            continue
        try:
            value = column.read(said[column.key], exercises)
        except NotMeant as wrong:
            faults.add(row, column.key, "not_meant", str(wrong))
            # Something that reads well stands in, so that only this cell is at fault.
            value = column.stand_in
        if column.of_set:
            one |= value
        elif last.members.get(column.member, value) != value:
            sentence = f"Row {last.row} says another {column.key} for the same line."
            faults.add(row, column.key, "differs", sentence)
        else:
            last.members[column.member] = value
    last.sets.append((row, one))


def _outcomes(
    weeks: Sequence[SheetWeek],
    given: Sequence[tuple[int, dict[str, str]]],
    faults: Sequence[CellFault],
    exercises: Mapping[str, Exercise],
    document: ProgramDocument | None,
) -> Iterator[RowRead]:
    words = _words(weeks, exercises, document)
    for row, _ in given:
        here = tuple(one for one in faults if _place(one.cell)[0] == row)
        yield RowRead(row, words.get(row, ""), here)


def _words(
    weeks: Sequence[SheetWeek], exercises: Mapping[str, Exercise], document: ProgramDocument | None
) -> dict[int, str]:
    """What each row became; where there are faults, at least where it stands."""
    found: dict[int, str] = {}
    read = [week for phase in document.phases for week in phase.weeks] if document else []
    for place, week in enumerate(weeks):
        span = f"{week.first}" if week.first == week.last else f"{week.first}–{week.last}"
        found[week.row] = f"Week {span}: rest"
        for number, workout in enumerate(week.workouts.values()):
            for line_number, line in enumerate(workout.lines):
                where = f"Week {span} · {workout.name} · {line.members['slot']}"
                named = f"{where} {name_of(exercises, line.exercise)}"
                if read:
                    one = read[place].workouts[number].prescriptions[line_number]
                    named += f" · {sets_in_words(one.sets)}"
                for row, _ in line.sets:
                    found[row] = named
    return found


def _place(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), len(letters), letters
