"""A program as one nested document of phases, weeks and workouts, and as dated sessions."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from programs.domain.document_prescriptions import (
    SET_MEMBERS,
    read_prescriptions,
    refuse_lone_supersets,
)
from programs.domain.document_reader import BadDocument, Fault, Reader
from programs.domain.prescription import (
    Item,
    Plan,
    PlannedSession,
    Prescription,
    SetTarget,
)

MOST_PHASES = 30
MOST_WEEKS = 104
MOST_WORKOUTS = 7
MOST_PRESCRIPTIONS = 40
DAYS_IN_WEEK = 7

__all__ = [
    "BadDocument",
    "Fault",
    "Phase",
    "ProgramDocument",
    "Week",
    "Workout",
    "expand",
    "number_of_sessions",
    "parse",
    "to_json",
]


@dataclass(frozen=True, slots=True)
class Workout:
    """One day's training, its prescriptions in order."""

    name: str
    prescriptions: tuple[Prescription, ...]


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


def parse(raw: object, *, exercises: Container[str]) -> ProgramDocument:
    """Read a program; `exercises` are the ids the practice knows.

    Raises BadDocument with every fault, each with its pointer.
    """
    reader = Reader()
    document = _document(reader, raw, exercises)
    if reader.faults:
        raise BadDocument(tuple(reader.faults))
    return document


def number_of_sessions(document: ProgramDocument) -> int:
    """How many sessions the program becomes, one id being minted for each (ruling 12)."""
    return sum(len(week.workouts) for week in _weeks(document))


def expand(
    document: ProgramDocument,
    *,
    starts_on: date,
    weekdays: Sequence[int],
    session_ids: Iterable[UUID],
    e1rm: Mapping[str, Decimal] | None = None,
    round_load: Callable[[str, Decimal], Decimal | None] | None = None,
) -> Plan:
    """The dated sessions of a program: its weeks are 7-day blocks from `starts_on`.

    `weekdays` (Monday 0 to Sunday 6) are taken in the order they come in a block, the first
    workout on the first. A percent becomes kg where `e1rm` knows the exercise, through
    `round_load(exercise, kg)`; else it stays a percent. Raises ValueError on weekdays that repeat
    or are too few for a week, and on too few ids.
    """
    if len(set(weekdays)) != len(weekdays) or not set(weekdays) <= set(range(DAYS_IN_WEEK)):
        raise ValueError("weekdays are different days from Monday 0 to Sunday 6")
    offsets = sorted((day - starts_on.weekday()) % DAYS_IN_WEEK for day in weekdays)
    ids = iter(session_ids)
    known = e1rm or {}
    sessions = []
    for number, week in enumerate(_weeks(document), start=1):
        if len(week.workouts) > len(offsets):
            raise ValueError(f"week {number} has more workouts than there are weekdays")
        block = starts_on + timedelta(weeks=number - 1)
        for index, workout in enumerate(week.workouts, start=1):
            on = block + timedelta(days=offsets[index - 1])
            items = tuple(_item(one, known, round_load) for one in workout.prescriptions)
            session = PlannedSession(
                _next(ids), on, number, index, workout.name, "planned", items, planned_on=on
            )
            sessions.append(session)
    return Plan(starts_on, tuple(sessions))


def to_json(document: ProgramDocument) -> dict[str, Any]:
    """The program as plain JSON values that `parse` reads back; equal sets are one row."""
    return {
        "name": document.name,
        "note": document.note,
        "phases": [
            {"name": phase.name, "weeks": [_week_json(week) for week in phase.weeks]}
            for phase in document.phases
        ],
    }


def _document(reader: Reader, raw: object, exercises: Container[str]) -> ProgramDocument:
    found = reader.members(raw, "", ("name", "note", "phases"), ("name", "phases"))
    rows = _rows(reader, found, "phases", "", least=1, most=MOST_PHASES)
    phases = tuple(_phase(reader, row, at, exercises) for at, row in rows)
    count = sum(week.repeat for phase in phases for week in phase.weeks)
    if count > MOST_WEEKS:
        sentence = f"The program lasts {count} weeks; at most {MOST_WEEKS} are accepted."
        reader.fault("/phases", "too_many_weeks", sentence, count)
    return ProgramDocument(
        name=_name(reader, found, ""),
        phases=phases,
        note=reader.text(found.get("note", ""), "/note", most=4000, least=0),
    )


def _phase(reader: Reader, value: object, pointer: str, exercises: Container[str]) -> Phase:
    found = reader.members(value, pointer, ("name", "weeks"), ("name", "weeks"))
    rows = _rows(reader, found, "weeks", pointer, least=1, most=MOST_WEEKS)
    weeks = tuple(_week(reader, row, at, exercises) for at, row in rows)
    return Phase(_name(reader, found, pointer), weeks)


def _week(reader: Reader, value: object, pointer: str, exercises: Container[str]) -> Week:
    found = reader.members(value, pointer, ("repeat", "workouts"), ("workouts",))
    repeat = reader.whole(found.get("repeat", 1), f"{pointer}/repeat", 1, MOST_WEEKS)
    rows = _rows(reader, found, "workouts", pointer, least=0, most=MOST_WORKOUTS)
    workouts = [(at, _workout(reader, row, at, exercises)) for at, row in rows]
    refuse_lone_supersets(
        reader, [(f"{at}/prescriptions", one.prescriptions) for at, one in workouts]
    )
    return Week(tuple(one for _, one in workouts), repeat or 1)


def _workout(reader: Reader, value: object, pointer: str, exercises: Container[str]) -> Workout:
    found = reader.members(value, pointer, ("name", "prescriptions"), ("name", "prescriptions"))
    rows = _rows(reader, found, "prescriptions", pointer, least=1, most=MOST_PRESCRIPTIONS)
    return Workout(_name(reader, found, pointer), read_prescriptions(reader, rows, exercises))


def _name(reader: Reader, found: Mapping[str, object], pointer: str) -> str:
    return reader.text(found["name"], f"{pointer}/name", most=120) if "name" in found else ""


def _rows(
    reader: Reader, found: Mapping[str, object], key: str, pointer: str, *, least: int, most: int
) -> list[tuple[str, object]]:
    """The rows of a needed member; its absence is a fault noted already."""
    if key not in found:
        return []
    return reader.rows(found[key], f"{pointer}/{key}", least=least, most=most)


def _weeks(document: ProgramDocument) -> Iterable[Week]:
    """Every week of the program one by one."""
    for phase in document.phases:
        for week in phase.weeks:
            yield from (week,) * week.repeat


def _item(
    written: Prescription,
    e1rm: Mapping[str, Decimal],
    round_load: Callable[[str, Decimal], Decimal | None] | None,
) -> Item:
    """A place with each percent worked out in kg where the client's e1RM is known."""
    known = e1rm.get(written.exercise)
    if known is None:
        return Item(written)

    def in_kg(target: SetTarget) -> SetTarget:
        if target.percent is None or target.load_kg is not None:
            return target
        load = known * target.percent / 100
        rounded = round_load(written.exercise, load) if round_load else load
        return replace(target, load_kg=rounded)

    return Item(replace(written, sets=tuple(in_kg(target) for target in written.sets)))


def _next(ids: Iterator[UUID]) -> UUID:
    try:
        return next(ids)
    except StopIteration:
        raise ValueError("there are fewer ids than sessions") from None


def _week_json(week: Week) -> dict[str, Any]:
    workouts = [
        {
            "name": workout.name,
            "prescriptions": [_prescription_json(one) for one in workout.prescriptions],
        }
        for workout in week.workouts
    ]
    return {"repeat": week.repeat, "workouts": workouts}


def _prescription_json(one: Prescription) -> dict[str, Any]:
    """A prescription's members that say something; what is empty is left out."""
    sets = [_set_json(target, len(list(same))) for target, same in groupby(one.sets)]
    setup = [{"param": param, "value": value} for param, value in one.setup]
    members = {
        "slot": one.slot,
        "exercise": one.exercise,
        "sets": sets,
        "rest_seconds": one.rest_seconds,
        "tempo": one.tempo,
        "superset": one.superset,
        "note": one.note or None,
        "alternates": list(one.alternates) or None,
        "checklist": one.checklist,
        "limit": one.limit,
        "setup": setup or None,
    }
    return {key: value for key, value in members.items() if value is not None}


def _set_json(target: SetTarget, count: int) -> dict[str, Any]:
    members = {key: getattr(target, key) for key in SET_MEMBERS if key != "count"}
    shown = {
        key: str(value) if isinstance(value, Decimal) else value
        for key, value in members.items()
        if value is not None and value is not False
    }
    return shown | {"count": count}
