"""Programs and dated sessions as XLSX, the program in the layout that is read back."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from programs.domain.document import ProgramDocument, Week
from programs.domain.exercise import Exercise
from programs.domain.loadable import from_kg
from programs.domain.prescription import PlannedSession, Prescription, SetTarget
from programs.domain.sheet_columns import KEYS
from programs.domain.sheet_words import (
    write_alternates,
    write_growth,
    write_media,
    write_reps,
    write_setup,
)
from programs.domain.words import name_of, sets_in_words
from programs.spreadsheets.reading import SHEET

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE = {"exercise": 28, "workout": 18, "progression": 30, "note": 30, "cues": 30, "media": 30}

Value = str | int | Decimal | dt.date | None


@dataclass(frozen=True, slots=True)
class SessionDone:
    """A dated session of a plan for the export: as it stands, and why it differs."""

    session: PlannedSession
    because: str = ""


def program_xlsx(document: ProgramDocument, exercises: Mapping[str, Exercise]) -> bytes:
    """A program as a spreadsheet that an import reads back as the same program."""
    return _book(SHEET, KEYS, _rows(document, exercises), WIDE)


def sessions_xlsx(sessions: Iterable[SessionDone], exercises: Mapping[str, Exercise]) -> bytes:
    """A client's plan as dated rows, one a place of a session, as it stands."""
    header = (
        "date", "week", "session", "state", "slot", "exercise", "sets", "rest s", "tempo",
        "superset", "instead of", "because", "note",
    )  # fmt: skip
    rows: list[list[Value]] = []
    for one in sessions:
        session = one.session
        for item in session.items:
            now, written = item.now, item.written
            changed = now is None or now.exercise != written.exercise
            rows.append(
                [
                    session.on,
                    session.week,
                    session.name,
                    session.state,
                    written.slot,
                    "left out" if now is None else name_of(exercises, now.exercise),
                    "" if now is None else sets_in_words(now.sets),
                    None if now is None else now.rest_seconds,
                    "" if now is None else now.tempo or "",
                    "" if now is None else now.superset or "",
                    name_of(exercises, written.exercise) if changed else "",
                    one.because if item.because else "",
                    "" if now is None else now.note,
                ]
            )
    return _book("Plan", header, rows, {"exercise": 28, "sets": 36, "because": 36, "date": 12})


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before = + - @ and the like.

    One that begins so already gets one more, so that reading takes exactly one away.
    """
    return f"'{text}" if re.match(r"'*[=+\-@\t\r]", text) else text


def _rows(document: ProgramDocument, exercises: Mapping[str, Exercise]) -> Iterable[list[Value]]:
    first = 1
    head: dict[str, Value] = {"program": document.name, "about": document.note}
    for phase in document.phases:
        for week in phase.weeks:
            last = first + week.repeat - 1
            span: dict[str, Value] = {
                "phase": phase.name,
                "week": str(first) if first == last else f"{first}-{last}",
            }
            first = last + 1
            if not week.workouts:
                yield _row(head | span | {"workout": "rest"})
                head = {}
            for name, workout in zip(_names(week), week.workouts, strict=True):
                where = span | {"workout": name, "day": workout.day}
                for one in workout.prescriptions:
                    for row in _lines(one, exercises):
                        yield _row(head | where | row)
                        head = {}


def _names(week: Week) -> list[str]:
    """The names of a week's workouts; one that comes again is told apart by its place."""
    found: list[str] = []
    for place, workout in enumerate(week.workouts, start=1):
        found.append(f"{workout.name} ({place})" if workout.name in found else workout.name)
    return found


def _lines(one: Prescription, exercises: Mapping[str, Exercise]) -> Iterable[dict[str, Value]]:
    """A row for each run of equal sets; what is the line's own stands in the first."""
    own: dict[str, Value] = {
        "rest s": one.rest_seconds,
        "tempo": one.tempo,
        "superset": one.superset,
        "progression": write_growth(one.progression) if one.progression else None,
        "alternates": write_alternates(one.alternates),
        "cues": "\n".join(one.cues),
        "media": write_media(one.media),
        "setup": write_setup(one.setup),
        "limit": one.limit,
        "checklist": one.checklist,
        "note": one.note,
    }
    for target, same in groupby(one.sets):
        named = {"slot": one.slot, "exercise": _named(one.exercise, exercises)}
        yield named | _set(target, len(list(same))) | own
        own = {}


def _named(exercise_id: str, exercises: Mapping[str, Exercise]) -> str:
    """The name when it stands for this exercise alone, else the id."""
    name = name_of(exercises, exercise_id)
    alone = sum(one.name.casefold() == name.casefold() for one in exercises.values()) == 1
    return name if alone else exercise_id


def _set(target: SetTarget, count: int) -> dict[str, Value]:
    unit = target.unit
    effort = None
    if target.rir is not None:
        effort = 10 - target.rir if target.effort == "rpe" else target.rir
    return {
        "kind": "warm-up" if target.kind == "warmup" else "work",
        "sets": count,
        "reps": write_reps(target),
        f"load {unit}": None if target.load_kg is None else from_kg(target.load_kg, unit),
        "% e1rm": target.percent,
        f"last time + {unit}": (
            None if target.last_plus_kg is None else from_kg(target.last_plus_kg, unit)
        ),
        target.effort: effort,
    }


def _row(cells: Mapping[str, Value]) -> list[Value]:
    return [cells.get(key) for key in KEYS]


def _book(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Value]], wide: Mapping[str, int]
) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet.freeze_panes = "A2"
    for row, values in enumerate([header, *rows], start=1):
        for column, value in enumerate(values, start=1):
            if value is not None and value != "":
                _write(sheet.cell(row, column), value, bold=row == 1)
    for place, key in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = wide.get(key, 11)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _write(cell: Any, value: Value, *, bold: bool) -> None:
    """Text is text, whatever it begins with; what looks like 8-12 is never made a date."""
    cell.value = harmless(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
