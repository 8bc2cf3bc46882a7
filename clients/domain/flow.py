"""A template's change carried into a plan made from it: what the client has of their own stays.

Three versions: the template the plan stands on, the template now, the plan. Week by week, workout
by workout (by name where names are unique, else by order), place by place, part by part
(`merge.following`). A plan given on the template's own days follows a workout to another day; one
given on chosen weekdays has days of its own. Only sessions ahead change.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from clients.domain.merge import Kept, following
from clients.domain.plan_writing import (
    DAYS_IN_WEEK,
    Place,
    Spot,
    Writing,
    further,
    spots,
    undated,
    with_places,
    with_session,
    with_week,
    with_workouts,
)
from programs.domain.document import WEEKDAYS, ProgramDocument, Workout, weeks_of


@dataclass(frozen=True, slots=True)
class KeptSession:
    """What a session keeps though the template changed it too; no places: the session itself."""

    session: UUID
    on: date
    name: str
    places: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Flowed:
    """The plan under the new template, and what it keeps."""

    writing: Writing
    kept: tuple[KeptSession, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a flow needs to know of the plan: its start, its training days (Monday 0), the sessions
    still ahead, today, and how an id is minted for a session the template adds.

    `by_name`: it was given on the days the template names. `settled`: sessions the client moved.
    """

    starts_on: date
    weekdays: Sequence[int]
    open_ids: Collection[UUID]
    today: date
    mint: Callable[[], UUID]
    by_name: bool = False
    settled: Collection[UUID] = ()

    def day(self, week: int, workout: Workout) -> date | None:
        """The day a template gives a workout in a week of the plan; None where it gives none."""
        if not self.by_name or workout.day is None:
            return None
        offset = (WEEKDAYS.index(workout.day) - self.starts_on.weekday()) % DAYS_IN_WEEK
        return self.starts_on + timedelta(days=(week - 1) * DAYS_IN_WEEK + offset)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A workout in both templates, or in one; `was` and `becomes` are its week and index."""

    was: tuple[int, int] | None
    becomes: tuple[int, int] | None
    old: Workout | None
    new: Workout | None


def flowed(base: ProgramDocument, new: ProgramDocument, writing: Writing, ground: Ground) -> Flowed:
    """The plan with base → new carried in; every deviation of the client's is kept."""
    held = {spot.place.origin: spot for spot in spots(writing) if spot.place.origin}
    places: dict[UUID, Place] = {}
    workouts: dict[UUID, Workout] = {}
    kept: list[KeptSession] = []
    added: list[_Pair] = []
    for pair in _pairs(base, new):
        spot = held.get(pair.was) if pair.was else None
        if spot is None:
            if pair.was is None:
                added.append(pair)
            continue
        place, workout, keeps = _carried(pair, spot, ground)
        places[place.id] = place
        if workout is not None:
            workouts[place.id] = workout
        kept += keeps
    result = with_places(with_workouts(writing, workouts), places)
    for pair in added:
        result = _with_new(result, pair, new, ground)
    return Flowed(replace(result, document=_titled(base, new, result.document)), tuple(kept))


def _carried(
    pair: _Pair, spot: Spot, ground: Ground
) -> tuple[Place, Workout | None, list[KeptSession]]:
    """One session: where it stands, its workout when that changes, what it keeps."""
    place = replace(spot.place, origin=pair.becomes)
    if place.id not in ground.open_ids or pair.old is None:
        return place, None, []
    old, whole = undated(pair.old), KeptSession(place.id, place.on, spot.workout.name, ())
    if pair.new is None:
        if spot.alone == old and place.on == place.first:
            return replace(place, dropped=True), None, []
        return place, None, [whole]
    new = undated(pair.new)
    moved = _on_its_day(pair, place, ground)
    keeps = [whole] if moved is None else []
    if new == old:
        return moved or place, None, keeps
    merged, parts = following(old, new, spot.alone)
    if parts:
        keeps = [replace(whole, places=parts)]
    return moved or place, merged, keeps


def _on_its_day(pair: _Pair, place: Place, ground: Ground) -> Place | None:
    """The place on the day the template moves it to; None where it keeps its own.

    A day that is past, or that the client or a coach chose, stays.
    """
    assert pair.was is not None and pair.old is not None and pair.new is not None
    was, on = (ground.day(pair.was[0], each) for each in (pair.old, pair.new))
    if was is None or on is None or on == was:
        return place
    if place.on != was or place.id in ground.settled or on < ground.today:
        return None
    return replace(place, on=on, first=on)


def _pairs(base: ProgramDocument, new: ProgramDocument) -> Iterator[_Pair]:
    old_weeks, new_weeks = _weeks(base), _weeks(new)
    for number in range(1, max(len(old_weeks), len(new_weeks)) + 1):
        old = old_weeks[number - 1] if number <= len(old_weeks) else []
        made = new_weeks[number - 1] if number <= len(new_weeks) else []
        yield from _pairs_of_a_week(number, old, made)


def _pairs_of_a_week(
    number: int, old: Sequence[Workout], new: Sequence[Workout]
) -> Iterator[_Pair]:
    by_name = _unique(old) and _unique(new)
    taken: set[int] = set()
    for index, workout in enumerate(old):
        match = _match(workout, index, new, by_name)
        if match is None:
            yield _Pair((number, index + 1), None, workout, None)
        else:
            taken.add(match)
            yield _Pair((number, index + 1), (number, match + 1), workout, new[match])
    for index, workout in enumerate(new):
        if index not in taken:
            yield _Pair(None, (number, index + 1), None, workout)


def _match(workout: Workout, index: int, new: Sequence[Workout], by_name: bool) -> int | None:
    if not by_name:
        return index if index < len(new) else None
    return next((at for at, each in enumerate(new) if each.name == workout.name), None)


def _unique(workouts: Sequence[Workout]) -> bool:
    return len({each.name for each in workouts}) == len(workouts)


def _weeks(document: ProgramDocument) -> list[list[Workout]]:
    """Every week's workouts as they read alone."""
    return [
        [further(workout, turn) for workout in week.workouts] for week, turn in weeks_of(document)
    ]


def _with_new(writing: Writing, pair: _Pair, new: ProgramDocument, ground: Ground) -> Writing:
    """One more session for a workout the template brings; nothing for a week that is past."""
    assert pair.becomes is not None and pair.new is not None
    week = pair.becomes[0]
    on = ground.day(week, pair.new) or _free_day(writing, week, ground)
    if on < ground.today:
        return writing
    while _number_of_weeks(writing.document) < week:
        writing = with_week(writing, _phase_of(new, _number_of_weeks(writing.document) + 1))
    place = Place(ground.mint(), on, on, pair.becomes)
    return with_session(writing, place, undated(pair.new), week=week)


def _free_day(writing: Writing, week: int, ground: Ground) -> date:
    """The first training day of a plan week without a session, else any free day, else the last."""
    block = ground.starts_on + timedelta(days=(week - 1) * DAYS_IN_WEEK)
    taken = {place.on for place in writing.places if not place.dropped}
    days = [block + timedelta(days=offset) for offset in range(DAYS_IN_WEEK)]
    usual = [day for day in days if day.weekday() in ground.weekdays]
    for day in (*usual, *days):
        if day not in taken and day >= ground.today:
            return day
    return days[-1]


def _number_of_weeks(document: ProgramDocument) -> int:
    return sum(1 for _ in weeks_of(document))


def _phase_of(document: ProgramDocument, week: int) -> str:
    names = [
        phase.name for phase in document.phases for each in phase.weeks for _ in range(each.repeat)
    ]
    return names[week - 1]


def _titled(base: ProgramDocument, new: ProgramDocument, held: ProgramDocument) -> ProgramDocument:
    name = new.name if held.name == base.name else held.name
    note = new.note if held.note == base.note else held.note
    return replace(held, name=name, note=note)
