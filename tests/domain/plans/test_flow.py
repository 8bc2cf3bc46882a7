"""A template's change that flows to a plan …"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from clients.domain.flow import Flowed, Ground, flowed
from clients.domain.merge import PARTS, Kept, following
from clients.domain.plan_edits import Edit, edited
from clients.domain.plan_writing import Writing, begun, spots, with_places, with_workouts
from programs.domain.document import ProgramDocument, Weekday, Workout
from tests.domain.plans.training import MONDAY
from tests.domain.plans.writings import (
    DAYS,
    ROW,
    by_id,
    dated,
    documents,
    ids,
    program,
    thrust,
    week,
    workout,
    workouts,
)

BASE = program()
TODAY = MONDAY + timedelta(days=7)  # the second Monday
TUESDAY = UUID(int=202)
ON: list[tuple[str, Weekday]] = [("A", "mon"), ("B", "wed")]
LATER: list[tuple[str, Weekday]] = [("A", "mon"), ("B", "fri")]
EARLIER: list[tuple[str, Weekday]] = [("A", "mon"), ("B", "tue")]


def ground(writing: Writing, today: date = TODAY) -> Ground:
    minted = count(9000)
    return Ground(MONDAY, DAYS, ids(writing, today), today, lambda: UUID(int=next(minted)))


def flow(new: ProgramDocument, held: Writing | None = None) -> Flowed:
    writing = held or dated(BASE)
    return flowed(BASE, new, writing, ground(writing))


def coached(edit: Edit) -> Writing:
    """The plan with a coach's edit of it."""
    held = dated(BASE)
    return edited(held, edit, open_ids=ids(held, TODAY), today=TODAY)


def firsts(writing: Writing, index: int = 2) -> list[object]:
    return [
        spot.workout.prescriptions[0].work_sets[0].load_kg
        for spot in spots(writing)
        if spot.index == index
    ]


HEAVIER = workout("Day B", thrust(130), ROW)
NEW = program(week(4, workout("Day A"), HEAVIER, workout("Day C")))


def test_reaches_what_lies_ahead_and_nothing_before() -> None:
    found = flow(NEW)
    assert firsts(found.writing) == [120, 130, 130, 130]
    assert found.kept == ()


def test_keeps_what_the_coach_changed_for_this_client_and_says_so() -> None:
    mine = workout(
        "Day B",
        thrust(100),
        ROW,
    )
    own = coached(Edit(TUESDAY, "this", mine))
    found = flow(NEW, own)
    assert firsts(found.writing) == [120, 100, 130, 130]
    assert [(each.session, each.places) for each in found.kept] == [
        (TUESDAY, (Kept("A1", ("sets",)),))
    ]


def test_changes_the_parts_that_do_not_deviate() -> None:
    mine = workout("Day B", thrust(note="yours"), ROW)
    own = coached(Edit(TUESDAY, "this", mine))
    first = by_id(flow(NEW, own).writing)[TUESDAY][1].prescriptions[0]
    assert (first.note, first.work_sets[0].load_kg) == ("yours", 130)


def test_drops_a_workout_the_template_lost_unless_it_is_the_clients_own() -> None:
    less = program(week(4, workout("Day A"), workout("Day C")))
    held = dated(BASE)
    moved = edited(
        held, Edit(TUESDAY, on=TODAY + timedelta(days=3)), open_ids=ids(held, TODAY), today=TODAY
    )
    found = flow(less, moved)
    states = [spot.place.dropped for spot in spots(found.writing) if spot.workout.name == "Day B"]
    assert states == [False, False, True, True]
    assert [each.session for each in found.kept] == [TUESDAY]
    again = flowed(less, less, found.writing, ground(found.writing))
    assert by_id(again.writing) == by_id(found.writing)


def test_brings_new_workouts_and_weeks_on_free_days() -> None:
    more = program(week(5, *(workout(f"Day {day}") for day in "ABCD")))
    found = flow(more)
    new = [spot for spot in spots(found.writing) if spot.place.id.int >= 9000]
    assert [(spot.week, spot.place.on.strftime("%a"), spot.workout.name) for spot in new] == [
        (2, "Tue", "Day D"),
        (3, "Tue", "Day D"),
        (4, "Tue", "Day D"),
        (5, "Mon", "Day A"),
        (5, "Wed", "Day B"),
        (5, "Fri", "Day C"),
        (5, "Tue", "Day D"),
    ]
    assert by_id(flowed(more, more, found.writing, ground(found.writing)).writing) == by_id(
        found.writing
    )


# Whatever the templates and whatever the coach changed …


@st.composite
def own_changes(draw: st.DrawFn, held: Writing) -> Writing:
    if not held.places:
        return held
    chosen = draw(st.lists(st.sampled_from(held.places), max_size=3, unique=True))
    new = {each.id: draw(workouts()) for each in chosen}
    away = draw(st.lists(st.sampled_from(held.places), max_size=2, unique=True))
    places = {each.id: replace(each, on=each.on + timedelta(days=1)) for each in away}
    return with_places(with_workouts(held, new), places)


@given(documents(), documents(), st.data())
def test_every_deviation_stays(
    base: ProgramDocument, new: ProgramDocument, data: st.DataObject
) -> None:
    plain = dated(base)
    held = data.draw(own_changes(plain))
    facts = ground(held)
    found = by_id(flowed(base, new, held, facts).writing)
    template = by_id(plain)
    for id_, (place, workout_) in by_id(held).items():
        after_place, after = found[id_]
        if id_ not in facts.open_ids:
            assert after == workout_
        assert (after_place.on, after_place.first) == (place.on, place.first)
        deviates = _deviations(template[id_][1], workout_)
        if deviates:
            assert not after_place.dropped
        rows = {each.slot: each for each in after.prescriptions}
        mine = {each.slot: each for each in workout_.prescriptions}
        for slot, part in deviates:
            assert (slot in rows) == (slot in mine)
            if slot in mine and part:
                assert getattr(rows[slot], part) == getattr(mine[slot], part)


def _deviations(base: Workout, held: Workout) -> list[tuple[str, str]]:
    """Every place and part in which a client's workout is not the template's."""
    old = {each.slot: each for each in base.prescriptions}
    mine = {each.slot: each for each in held.prescriptions}
    found = [(slot, "") for slot in old.keys() ^ mine.keys()]
    found += [
        (slot, part)
        for slot in old.keys() & mine.keys()
        for part in PARTS
        if getattr(old[slot], part) != getattr(mine[slot], part)
    ]
    return found


# A template on named days, and a plan given on them …

NAMED = program(week(3, *(replace(workout(f"Day {each}"), day=day) for each, day in ON)))
FRIDAY = program(week(3, *(replace(workout(f"Day {each}"), day=day) for each, day in LATER)))


def named(
    new: ProgramDocument = FRIDAY, *, settled: frozenset[UUID] = frozenset(), by_name: bool = True
) -> tuple[Writing, Flowed]:
    minted = count(1)
    held = begun(NAMED, starts_on=MONDAY, weekdays=(), mint=lambda: UUID(int=next(minted)))
    where = replace(ground(held), by_name=by_name, settled=settled)
    return held, flowed(NAMED, new, held, where)


def days(writing: Writing) -> list[str]:
    return [f"{each.on:%a}" for each in writing.places]


def test_a_workout_moved_in_the_template_moves_ahead_and_not_behind() -> None:
    _, found = named()
    assert days(found.writing) == ["Mon", "Wed", "Mon", "Fri", "Mon", "Fri"]
    assert [each.first for each in found.writing.places] == [
        each.on for each in found.writing.places
    ]
    assert found.kept == ()


def test_a_day_the_client_chose_is_kept_and_said() -> None:
    mine = UUID(int=4)
    _, found = named(settled=frozenset({mine}))
    assert days(found.writing) == ["Mon", "Wed", "Mon", "Wed", "Mon", "Fri"]
    assert [each.session for each in found.kept] == [mine]


def test_a_plan_on_weekdays_of_its_own_keeps_them() -> None:
    held, found = named(by_name=False)
    assert found.writing.places == held.places and found.kept == ()


def test_nothing_moves_to_a_day_that_is_past() -> None:
    held, _ = named()
    back = program(week(3, *(replace(workout(f"Day {each}"), day=day) for each, day in EARLIER)))
    late = replace(ground(held, TODAY + timedelta(days=2)), by_name=True)
    found = flowed(NAMED, back, held, late)
    assert days(found.writing) == ["Mon", "Wed", "Mon", "Wed", "Mon", "Tue"]
    assert [each.session for each in found.kept] == [UUID(int=4)]


def test_a_workout_that_changes_and_moves_does_both_and_a_new_one_comes_on_its_day() -> None:
    heavier = replace(workout("Day B", thrust(130), ROW), day="fri")
    extra = replace(workout("Day C"), day="sun")
    _, found = named(program(week(3, replace(workout("Day A"), day="mon"), heavier, extra)))
    shown = {
        f"{spot.place.on:%d %a}": spot.workout
        for spot in spots(found.writing)
        if spot.place.on >= TODAY
    }
    assert [each.partition(" ")[2] for each in sorted(shown)] == ["Mon", "Fri", "Sun"] * 2
    assert all(each.day is None for each in shown.values())
    fridays = [each for on, each in shown.items() if on.endswith("Fri")]
    assert {each.prescriptions[0].work_sets[0].load_kg for each in fridays} == {130}


def test_by_place_what_is_the_client_s_own_stays_and_what_is_equal_is_not_named() -> None:
    extra = replace(ROW, slot="C1")
    base, new = workout("Day"), workout("Day", thrust(), ROW, extra)
    merged, kept = following(base, new, new)  # the coach had added the same already
    assert merged == new and kept == ()
    merged, kept = following(base, base, new)
    assert merged == new and kept == ()
    without = workout("Day", ROW)
    lighter = workout("Day", thrust(100), ROW)
    merged, kept = following(base, without, lighter)
    assert thrust(100) in merged.prescriptions and kept == (Kept("A1", ("exercise",)),)
    noted = workout("Day", thrust(note="slow"), ROW)
    assert following(base, noted, noted) == (noted, ())
