"""A plan as one revision writes it: a program as this client follows it, its workouts dated.

The program is the template's own kind of document, so that a template, a plan and a spreadsheet
are read by one grammar. Beside it stands a place for each workout, in the document's order: the
id of its session, minted once and never used again, and its day.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from programs.domain.document import (
    WEEKDAYS,
    Phase,
    ProgramDocument,
    Week,
    Workout,
    expand,
    number_of_sessions,
    weeks_of,
)
from programs.domain.prescription import Item, Plan, PlannedSession, Prescription

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session of a plan stands. `first` is the day it was minted for, `on` its day now.

    `origin` is its week and index in the template, from 1; None: no template knows it. `dropped`:
    taken out by a coach, its place stays.
    """

    id: UUID
    on: date
    first: date
    origin: tuple[int, int] | None = None
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """The document and its places. Raises ValueError when they are not as many."""

    document: ProgramDocument
    places: tuple[Place, ...]

    def __post_init__(self) -> None:
        if number_of_sessions(self.document) != len(self.places):
            raise ValueError("every workout of a plan has a place")


@dataclass(frozen=True, slots=True)
class Spot:
    """One workout of a writing: its place, its week from 1, its turn in a repeated week from 0,
    its index in the week from 1."""

    place: Place
    week: int
    turn: int
    index: int
    workout: Workout

    @property
    def alone(self) -> Workout:
        """The workout as it reads outside its block of repeated weeks."""
        return further(self.workout, self.turn)


Target = Callable[[Prescription, Spot], Prescription]


def as_written(prescription: Prescription, spot: Spot) -> Prescription:
    """What the document says, no progression worked out."""
    return prescription


def spots(writing: Writing) -> Iterator[Spot]:
    """Every workout in the document's order, week by week."""
    places = iter(writing.places)
    for number, (week, turn) in enumerate(weeks_of(writing.document), start=1):
        for index, workout in enumerate(week.workouts, start=1):
            yield Spot(next(places), number, turn, index, workout)


def begun(
    document: ProgramDocument,
    *,
    starts_on: date,
    weekdays: Sequence[int],
    mint: Callable[[], UUID],
) -> Writing:
    """A template on days from a date on; without weekdays on the days the template names.

    A plan keeps days in its places, so each week's workouts stand in the order of their days and
    name none. Raises ValueError, as `expand` does, where the days do not fit.
    """
    named = not weekdays
    order = [_day_order(week, starts_on, named=named) for week, _ in weeks_of(document)]
    in_order = _each_week(
        document,
        lambda week: [week.workouts[at] for at in _day_order(week, starts_on, named=named)],
    )
    ids = [mint() for _ in range(number_of_sessions(document))]
    plan = expand(in_order, starts_on=starts_on, weekdays=tuple(weekdays), session_ids=ids)
    places = tuple(
        Place(each.id, each.on, each.on, (each.week, order[each.week - 1][each.index - 1] + 1))
        for each in plan.sessions
    )
    return Writing(_each_week(in_order, lambda week: map(undated, week.workouts)), places)


def as_plan(writing: Writing, starts_on: date, target: Target = as_written) -> Plan:
    """The dated sessions of a writing, each prescription through `target`."""
    return Plan(starts_on, tuple(_session(spot, target) for spot in spots(writing)))


def further(workout: Workout, turns: int) -> Workout:
    """A workout as it reads so many turns of its week later, in a block that begins there."""
    if not turns:
        return workout
    later = tuple(_later(each, turns) for each in workout.prescriptions)
    return replace(workout, prescriptions=later)


def undated(workout: Workout) -> Workout:
    """A workout without the weekday a template gives it: in a plan its place says the day."""
    return replace(workout, day=None)


def with_workouts(writing: Writing, new: Mapping[UUID, Workout]) -> Writing:
    """The writing with other workouts for some sessions; their weeks become blocks of their own."""
    weeks = {spot.week for spot in spots(writing) if spot.place.id in new}
    apart = unrolled(writing, weeks)
    found = iter(list(spots(apart)))
    phases = []
    for phase in apart.document.phases:
        made = []
        for week in phase.weeks:
            own = [next(found) for _ in range(week.repeat * len(week.workouts))]
            workouts = tuple(
                new.get(spot.place.id, spot.workout) for spot in own[: len(week.workouts)]
            )
            made.append(replace(week, workouts=workouts))
        phases.append(replace(phase, weeks=tuple(made)))
    return Writing(_rolled(replace(apart.document, phases=tuple(phases))), apart.places)


def with_places(writing: Writing, change: Mapping[UUID, Place]) -> Writing:
    """The writing with some sessions elsewhere or dropped."""
    return replace(writing, places=tuple(change.get(each.id, each) for each in writing.places))


def with_session(writing: Writing, place: Place, workout: Workout, *, week: int) -> Writing:
    """The writing with one more session, the last of a week. Raises KeyError without that week."""
    apart = unrolled(writing, {week})
    before = sum(spot.week <= week for spot in spots(apart))
    number, phases, found = 0, [], False
    for phase in apart.document.phases:
        made = []
        for each in phase.weeks:
            if number < week <= number + each.repeat:
                each, found = replace(each, workouts=(*each.workouts, workout)), True
            number += each.repeat
            made.append(each)
        phases.append(replace(phase, weeks=tuple(made)))
    if not found:
        raise KeyError(week)
    places = (*apart.places[:before], place, *apart.places[before:])
    return Writing(replace(apart.document, phases=tuple(phases)), places)


def with_week(writing: Writing, phase: str) -> Writing:
    """The writing with one more week, empty, the last of its last phase or of a new one."""
    phases = list(writing.document.phases)
    if phases[-1].name == phase:
        phases[-1] = replace(phases[-1], weeks=(*phases[-1].weeks, Week(())))
    else:
        phases.append(Phase(phase, (Week(()),)))
    return replace(writing, document=replace(writing.document, phases=tuple(phases)))


def unrolled(writing: Writing, weeks: Collection[int]) -> Writing:
    """The same writing with these weeks (from 1) as blocks of their own; places stay in order."""
    number, phases = 1, []
    for phase in writing.document.phases:
        blocks: list[Week] = []
        for week in phase.weeks:
            blocks += _cut(week, [each - number for each in sorted(weeks)])
            number += week.repeat
        phases.append(replace(phase, weeks=tuple(blocks)))
    return replace(writing, document=replace(writing.document, phases=tuple(phases)))


def places_to_json(places: Iterable[Place]) -> list[dict[str, Any]]:
    """Places as plain JSON, what is usual left out."""
    return [
        {"id": str(each.id), "on": each.on.isoformat()}
        | ({"first": each.first.isoformat()} if each.first != each.on else {})
        | ({"origin": list(each.origin)} if each.origin else {})
        | ({"dropped": True} if each.dropped else {})
        for each in places
    ]


def places_from_json(raw: Iterable[Mapping[str, Any]]) -> tuple[Place, ...]:
    """The exact inverse of ``places_to_json``."""
    return tuple(
        Place(
            id=UUID(each["id"]),
            on=date.fromisoformat(each["on"]),
            first=date.fromisoformat(each.get("first", each["on"])),
            origin=tuple(each["origin"]) if "origin" in each else None,
            dropped=each.get("dropped", False),
        )
        for each in raw
    )


def _day_order(week: Week, starts_on: date, *, named: bool) -> list[int]:
    """The indexes of a week's workouts by their days after the start; as written without days."""
    days = [each.day for each in week.workouts if each.day]
    if not named or len(days) < len(week.workouts):
        return list(range(len(week.workouts)))
    offsets = [(WEEKDAYS.index(day) - starts_on.weekday()) % DAYS_IN_WEEK for day in days]
    return sorted(range(len(days)), key=lambda at: offsets[at])


def _each_week(
    document: ProgramDocument, workouts: Callable[[Week], Iterable[Workout]]
) -> ProgramDocument:
    phases = tuple(
        replace(
            phase,
            weeks=tuple(replace(week, workouts=tuple(workouts(week))) for week in phase.weeks),
        )
        for phase in document.phases
    )
    return replace(document, phases=phases)


def _session(spot: Spot, target: Target) -> PlannedSession:
    items = tuple(Item(target(each, spot)) for each in spot.workout.prescriptions)
    place = spot.place
    state = "excused" if place.dropped else "planned"
    return PlannedSession(
        place.id,
        place.on,
        spot.week,
        spot.index,
        spot.workout.name,
        state,  # type: ignore[arg-type]  # both are states
        items,
        planned_on=place.first,
        turn=spot.turn,
    )


def _later(prescription: Prescription, turns: int) -> Prescription:
    """A prescription whose progression began so many weeks earlier than its block."""
    held = prescription.progression
    if held is None:
        return prescription
    return replace(prescription, progression=replace(held, behind=held.behind + turns))


def _cut(week: Week, turns: Iterable[int]) -> Iterator[Week]:
    """A repeated week as blocks, cut before and after each of these turns."""
    edges = {0, week.repeat}
    for turn in turns:
        edges |= {edge for edge in (turn, turn + 1) if 0 < edge < week.repeat}
    for start, end in pairwise(sorted(edges)):
        workouts = tuple(further(each, start) for each in week.workouts)
        yield replace(week, workouts=workouts, repeat=end - start)


def _rolled(document: ProgramDocument) -> ProgramDocument:
    """The same document, a block that only goes on joined to the one before."""
    return replace(document, phases=tuple(_rolled_phase(phase) for phase in document.phases))


def _rolled_phase(phase: Phase) -> Phase:
    blocks: list[Week] = []
    for week in phase.weeks:
        last = blocks[-1] if blocks else None
        if last and week.workouts == tuple(further(each, last.repeat) for each in last.workouts):
            blocks[-1] = replace(last, repeat=last.repeat + week.repeat)
        else:
            blocks.append(week)
    return replace(phase, weeks=tuple(blocks))
