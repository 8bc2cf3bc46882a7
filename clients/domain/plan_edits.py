"""A coach's edit of a plan: this session, this and following, or all; only what lies ahead.

Sessions of one workout are those with the same index in their week. What has begun or is past is
never reached, whatever the scope (ruling 12, decision 4).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from clients.domain.merge import reaching
from clients.domain.plan_writing import (
    DAYS_IN_WEEK,
    Place,
    Spot,
    Target,
    Writing,
    as_written,
    spots,
    undated,
    unrolled,
    with_places,
    with_session,
    with_workouts,
)
from programs.domain.document import Workout
from programs.domain.prescription import Prescription
from programs.domain.progression_rules import Progression

Scope = Literal["this", "following", "all"]
SCOPES: tuple[Scope, ...] = ("this", "following", "all")


BEGUN = "This session has begun or is past; what it asked for stays as it was."


class BadEdit(ValueError):
    """The edit does not fit this plan; the sentence says what would."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of a session: another workout, another day, taken out or put back."""

    session: UUID
    scope: Scope = "this"
    workout: Workout | None = None
    on: date | None = None
    dropped: bool | None = None
    ends: frozenset[str] = frozenset()  # slots whose progression ends: they go on as shown


def edited(
    writing: Writing,
    edit: Edit,
    *,
    open_ids: Collection[UUID],
    today: date,
    target: Target = as_written,
) -> Writing:
    """The writing with an edit. `open_ids` are the sessions ahead, `target` what the coach saw.

    Raises BadEdit when the session is not ahead, or would go to a day that is past.
    """
    here = next((one for one in spots(writing) if one.place.id == edit.session), None)
    if here is None or edit.session not in open_ids:
        raise BadEdit(BEGUN)
    result = writing
    if edit.workout is not None:
        result = _rewritten(result, here, edit, open_ids, target)
    if edit.on is not None or edit.dropped is not None:
        reached = [one for one in spots(result) if _reaches(edit.scope, here, one, open_ids)]
        result = with_places(result, {one.place.id: _moved(one, here, edit) for one in reached})
        early = [each for each in result.places if each.id in open_ids and each.on < today]
        if edit.on is not None and early:
            raise BadEdit(f"A session can go to {_day(today)} or later, not to the past.")
    return result


def added(writing: Writing, place: Place, workout: Workout, *, starts_on: date) -> Writing:
    """The writing with a session of this client's own. Raises BadEdit outside the plan's weeks."""
    week = (place.on - starts_on).days // DAYS_IN_WEEK + 1
    try:
        return with_session(writing, place, workout, week=week)
    except KeyError:
        raise BadEdit("This day lies outside the weeks of the plan.") from None


def on_days(writing: Writing, days: Mapping[UUID, date], *, open_ids: Collection[UUID]) -> Writing:
    """The writing with some sessions on other days. Raises BadEdit when one is not ahead."""
    if not days.keys() <= set(open_ids):
        raise BadEdit(BEGUN)
    here = {each.id: each for each in writing.places}
    return with_places(writing, {id_: replace(here[id_], on=on) for id_, on in days.items()})


def as_before(now: Writing, earlier: Writing, *, open_ids: Collection[UUID]) -> Writing:
    """The plan as an earlier revision had it, from now on: what has begun or is past stays.

    Sessions added since are dropped; none disappears.
    """
    held = {one.place.id: one for one in spots(earlier)}
    ahead = {one.week for one in spots(now) if one.place.id in open_ids}
    now = unrolled(now, ahead)
    places: dict[UUID, Place] = {}
    workouts: dict[UUID, Workout] = {}
    for one in spots(now):
        if one.place.id not in open_ids:
            continue
        before = held.get(one.place.id)
        if before is None:
            places[one.place.id] = replace(one.place, dropped=True)
            continue
        places[one.place.id] = before.place
        workouts[one.place.id] = before.alone
    return with_places(with_workouts(now, workouts), places)


def _rewritten(
    writing: Writing, here: Spot, edit: Edit, open_ids: Collection[UUID], target: Target
) -> Writing:
    """This session as the coach wrote it; the others with what the coach changed of it.

    The coach saw loads worked out. Where sets stay as shown, the rule behind them stays too;
    where they change, this session is what was typed, and from it on the rule starts anew.
    """
    assert edit.workout is not None
    seen = tuple(target(each, here) for each in here.workout.prescriptions)
    shown = replace(here.workout, prescriptions=seen)
    reached = [one for one in spots(writing) if _reaches(edit.scope, here, one, open_ids)]
    new: dict[UUID, Workout] = {}
    for one in reached:
        mine = one.place.id == here.place.id
        stood = one.alone
        merged = edit.workout if mine else reaching(shown, edit.workout, stood)
        weeks = None if edit.scope == "this" else max(one.week - here.week, 0)
        rule = _Rules(shown, edit.workout, stood, weeks, edit.ends)
        rows = tuple(rule.kept(each) for each in merged.prescriptions)
        new[one.place.id] = undated(replace(merged, prescriptions=rows))
    return with_workouts(writing, new)


class _Rules:
    """What becomes of the progression behind each place of a session that an edit reaches.

    `weeks` since the week of the edit; None where it is for this session alone.
    """

    def __init__(
        self,
        shown: Workout,
        typed: Workout,
        stood: Workout,
        weeks: int | None,
        ends: frozenset[str],
    ) -> None:
        self.shown, self.typed, self.stood = (
            {each.slot: each for each in workout.prescriptions} for workout in (shown, typed, stood)
        )
        self.weeks, self.ends = weeks, ends

    def kept(self, row: Prescription) -> Prescription:
        """A place with its rule: going on, anew from the edit, or gone."""
        typed, stood = self.typed.get(row.slot), self.stood.get(row.slot)
        shown = self.shown.get(row.slot)
        if typed is None or (stood and (shown is None or shown.exercise != stood.exercise)):
            return row  # another lift there: the edit leaves it alone
        if typed.progression is not None:
            return self._anew(replace(row, sets=typed.sets), typed.progression)
        if row.slot in self.ends:
            return replace(row, sets=typed.sets, progression=None)
        if stood is None or stood.progression is None or shown is None:
            return row
        if row.exercise != stood.exercise:
            return replace(row, progression=None)
        if typed.sets == shown.sets:
            return replace(row, sets=stood.sets, progression=stood.progression)
        if self.weeks is None:
            return replace(row, progression=None)
        return self._anew(replace(row, sets=typed.sets), replace(stood.progression, behind=0))

    def _anew(self, row: Prescription, rule: Progression) -> Prescription:
        """A rule that begins in the week of the edit, with the sets of that week."""
        return replace(row, progression=replace(rule, behind=rule.behind + (self.weeks or 0)))


def _reaches(scope: Scope, here: Spot, other: Spot, open_ids: Collection[UUID]) -> bool:
    if other.place.id == here.place.id:
        return True
    if (
        scope == "this"
        or other.place.id not in open_ids
        or not (here.place.origin and other.place.origin)
    ):
        return False
    return other.index == here.index and (scope == "all" or other.week > here.week)


def _moved(spot: Spot, here: Spot, edit: Edit) -> Place:
    place = spot.place
    if edit.dropped is not None:
        place = replace(place, dropped=edit.dropped)
    if edit.on is not None:
        place = replace(place, on=place.on + (edit.on - here.place.on))
    return place


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b %Y}"
