"""A program as one nested document of phases, weeks and workouts, and as dated sessions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import MAXYEAR, date, timedelta
from typing import cast
from uuid import UUID

from programs.domain.document_json import to_json
from programs.domain.document_parts import (
    WEEKDAYS,
    Phase,
    ProgramDocument,
    Week,
    Weekday,
    Workout,
)
from programs.domain.document_prescriptions import (
    Known,
    read_prescriptions,
    refuse_lone_supersets,
)
from programs.domain.document_progression import refuse_runaway
from programs.domain.document_reader import BadDocument, Fault, Reader
from programs.domain.prescription import Item, Plan, PlannedSession

MOST_PHASES = 30
MOST_WEEKS = 104
MOST_WORKOUTS = 7
MOST_PRESCRIPTIONS = 40
DAYS_IN_WEEK = 7
LAST_YEAR = MAXYEAR - 10  # a longest program still ends before the calendar does

__all__ = [
    "WEEKDAYS",
    "BadDocument",
    "Fault",
    "Phase",
    "ProgramDocument",
    "Week",
    "Weekday",
    "Workout",
    "expand",
    "number_of_sessions",
    "parse",
    "to_json",
    "weeks_of",
]


def parse(raw: object, *, exercises: Known) -> ProgramDocument:
    """Read a program; `exercises` are those the practice knows, by id, None for one that is kept.

    A kept program was checked when it was written; an exercise that left since is still named.

    Raises BadDocument with every fault, each with its pointer.
    """
    reader = Reader()
    document = _document(reader, raw, exercises)
    if reader.faults:
        raise BadDocument(tuple(reader.faults))
    return document


def number_of_sessions(document: ProgramDocument) -> int:
    """How many sessions the program becomes, one id being minted for each (ruling 12)."""
    return sum(len(week.workouts) for week, _ in weeks_of(document))


def weeks_of(document: ProgramDocument) -> Iterator[tuple[Week, int]]:
    """Every week of the program one by one, with its turn: 0 the first of its repeats."""
    for phase in document.phases:
        for week in phase.weeks:
            for turn in range(week.repeat):
                yield week, turn


def expand(
    document: ProgramDocument,
    *,
    starts_on: date,
    weekdays: Sequence[int],
    session_ids: Iterable[UUID],
) -> Plan:
    """The dated sessions of a program as written: its weeks are 7-day blocks from `starts_on`.

    `weekdays` (Monday 0 to Sunday 6) are taken in the order they come in a block, the first
    workout on the first. Without any, the days are those that the program names. What a session
    asks for in its week is `progression.targeted`, by its `turn`. Raises ValueError on weekdays
    that repeat or are too few for a week, on none where the program names none, on too few ids,
    and on a beginning so late that the calendar ends first.
    """
    if starts_on.year > LAST_YEAR:
        raise ValueError(f"{starts_on} is too far ahead for a first day")
    if len(set(weekdays)) != len(weekdays) or not set(weekdays) <= set(range(DAYS_IN_WEEK)):
        raise ValueError("weekdays are different days from Monday 0 to Sunday 6")
    ids = iter(session_ids)
    sessions = []
    for number, (week, turn) in enumerate(weeks_of(document), start=1):
        block = starts_on + timedelta(weeks=number - 1)
        dated = _dated(week, starts_on, weekdays, number)
        for index, (offset, workout) in enumerate(dated, start=1):
            on = block + timedelta(days=offset)
            session = PlannedSession(
                id=_next(ids),
                on=on,
                week=number,
                index=index,
                name=workout.name,
                state="planned",
                items=tuple(Item(one) for one in workout.prescriptions),
                planned_on=on,
                turn=turn,
            )
            sessions.append(session)
    return Plan(starts_on, tuple(sessions))


def _dated(
    week: Week, starts_on: date, weekdays: Sequence[int], number: int
) -> list[tuple[int, Workout]]:
    """The workouts of a week with their days after its beginning, the earliest first."""
    given = sorted(_offset(day, starts_on) for day in weekdays)
    named = [one.day for one in week.workouts if one.day is not None]
    if not given and named:
        days = [_offset(WEEKDAYS.index(day), starts_on) for day in named]
        return sorted(zip(days, week.workouts, strict=True), key=lambda one: one[0])
    if len(week.workouts) > len(given):
        raise ValueError(
            f"week {number} has more workouts than there are weekdays: choose "
            f"{len(week.workouts)} or more, {len(given)} are chosen"
        )
    return list(zip(given, week.workouts, strict=False))


def _offset(weekday: int, starts_on: date) -> int:
    return (weekday - starts_on.weekday()) % DAYS_IN_WEEK


def _document(reader: Reader, raw: object, exercises: Known) -> ProgramDocument:
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


def _phase(reader: Reader, value: object, pointer: str, exercises: Known) -> Phase:
    found = reader.members(value, pointer, ("name", "weeks"), ("name", "weeks"))
    rows = _rows(reader, found, "weeks", pointer, least=1, most=MOST_WEEKS)
    weeks = tuple(_week(reader, row, at, exercises) for at, row in rows)
    return Phase(_name(reader, found, pointer), weeks)


def _week(reader: Reader, value: object, pointer: str, exercises: Known) -> Week:
    found = reader.members(value, pointer, ("repeat", "workouts"), ("workouts",))
    repeat = reader.whole(found.get("repeat", 1), f"{pointer}/repeat", 1, MOST_WEEKS) or 1
    rows = _rows(reader, found, "workouts", pointer, least=0, most=MOST_WORKOUTS)
    workouts = [(at, _workout(reader, row, at, exercises)) for at, row in rows]
    _refuse_unclear_days(reader, workouts)
    refuse_lone_supersets(
        reader, [(f"{at}/prescriptions", one.prescriptions) for at, one in workouts]
    )
    for at, workout in workouts:
        for place, one in enumerate(workout.prescriptions):
            refuse_runaway(reader, one, repeat, f"{at}/prescriptions/{place}")
    return Week(tuple(one for _, one in workouts), repeat)


def _refuse_unclear_days(reader: Reader, workouts: Sequence[tuple[str, Workout]]) -> None:
    """The workouts of a week are all on days, each on its own, or all in an order."""
    seen: set[str] = set()
    named = sum(one.day is not None for _, one in workouts)
    for at, one in workouts:
        if one.day is None and named:
            sentence = "Other workouts of this week have a day; this one has none."
            reader.fault(f"{at}/day", "missing_member", sentence)
        if one.day is not None and one.day in seen:
            sentence = f"There is a workout on {one.day} already in this week."
            reader.fault(f"{at}/day", "day_twice", sentence, one.day)
        seen.add(one.day or "")


def _workout(reader: Reader, value: object, pointer: str, exercises: Known) -> Workout:
    known = ("name", "day", "prescriptions")
    found = reader.members(value, pointer, known, ("name", "prescriptions"))
    rows = _rows(reader, found, "prescriptions", pointer, least=1, most=MOST_PRESCRIPTIONS)
    day = None
    if "day" in found:
        day = cast(Weekday, reader.one_of(found["day"], f"{pointer}/day", WEEKDAYS))
    return Workout(_name(reader, found, pointer), read_prescriptions(reader, rows, exercises), day)


def _name(reader: Reader, found: Mapping[str, object], pointer: str) -> str:
    return reader.text(found["name"], f"{pointer}/name", most=120) if "name" in found else ""


def _rows(
    reader: Reader, found: Mapping[str, object], key: str, pointer: str, *, least: int, most: int
) -> list[tuple[str, object]]:
    """The rows of a needed member; its absence is a fault noted already."""
    if key not in found:
        return []
    return reader.rows(found[key], f"{pointer}/{key}", least=least, most=most)


def _next(ids: Iterator[UUID]) -> UUID:
    try:
        return next(ids)
    except StopIteration:
        raise ValueError("there are fewer ids than sessions") from None
