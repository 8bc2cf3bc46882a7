"""An edit of a plan …"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.domain.plan_diff import plan_diff
from clients.domain.plan_edits import (
    SCOPES,
    BadEdit,
    Edit,
    Scope,
    added,
    as_before,
    edited,
    on_days,
)
from clients.domain.plan_writing import (
    Place,
    Spot,
    Writing,
    as_plan,
    begun,
    places_from_json,
    places_to_json,
    spots,
    unrolled,
)
from clients.domain.resolve import resolve
from programs.domain.document import Week, Weekday, Workout
from programs.domain.exercises import library
from programs.domain.prescription import Prescription, SetTarget
from programs.domain.progression import targeted
from programs.domain.progression_rules import Linear, Progression
from tests.domain.plans.training import MONDAY, rx, work
from tests.domain.plans.writings import (
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

TODAY = MONDAY + timedelta(days=9)  # Wednesday of the second week
WEDNESDAY = UUID(int=202)
HEAVY = workout("Day B", thrust(130), rx("leg_curl", slot="B1"))


def done(edit: Edit, writing: Writing | None = None) -> Writing:
    held = writing or dated(program())
    return edited(held, edit, open_ids=ids(held, TODAY), today=TODAY)


def lifts(writing: Writing) -> list[str]:
    """First and second lift of the second workout of every week."""
    return [
        " ".join(each.exercise for each in spot.workout.prescriptions)
        for spot in spots(writing)
        if spot.index == 2
    ]


@pytest.mark.parametrize(
    ("scope", "reached"), [("this", [2]), ("following", [2, 3, 4]), ("all", [2, 3, 4])]
)
def test_reaches_the_sessions_of_its_scope_and_none_that_is_past(
    scope: Scope, reached: list[int]
) -> None:
    after = done(Edit(WEDNESDAY, scope, HEAVY))
    changed = [n for n, names in enumerate(lifts(after), start=1) if "leg_curl" in names]
    assert changed == reached
    assert [each.id for each in after.places] == [each.id for each in dated(program()).places]


def test_of_all_reaches_back_to_today_but_no_further() -> None:
    friday = UUID(int=303)
    after = done(Edit(friday, "all", replace(HEAVY, name="Day C")))
    names = [spot.workout.prescriptions[1].exercise for spot in spots(after) if spot.index == 3]
    assert names == ["row_chest", "leg_curl", "leg_curl", "leg_curl"]


def test_changes_elsewhere_only_what_it_changed_here() -> None:
    heavier = workout("Day B", thrust(140))
    phases = program(week(2), week(2, workout("Day A"), heavier, workout("Day C")))
    six = workout("Day B", thrust(reps=6), ROW)
    after = done(Edit(WEDNESDAY, "following", six), dated(phases))
    days = [spot.workout for spot in spots(after) if spot.index == 2]
    first = [each.prescriptions[0].work_sets[0] for each in days]
    assert [(one.reps_max, one.load_kg) for one in first] == [
        (8, 120),
        (6, 120),
        (6, 140),
        (6, 140),
    ]


def test_leaves_another_lift_in_the_same_place_alone() -> None:
    other = workout("Day B", rx("sq_back", slot="A1", sets=[work(5, 90)]))
    phases = program(week(2), week(1, workout("Day A"), other))
    after = done(Edit(WEDNESDAY, "all", workout("Day B", thrust(note="slow"))), dated(phases))
    assert [spot.workout for spot in spots(after) if spot.week == 3 and spot.index == 2] == [other]


def test_moves_this_and_following_by_the_same_days() -> None:
    after = done(Edit(WEDNESDAY, "following", on=TODAY + timedelta(days=1)))
    moved = [spot.place.on.strftime("%a") for spot in spots(after) if spot.index == 2]
    assert moved == ["Wed", "Thu", "Thu", "Thu"]
    assert {spot.place.first.strftime("%a") for spot in spots(after) if spot.index == 2} == {"Wed"}


def test_drops_and_puts_back() -> None:
    gone = done(Edit(WEDNESDAY, "following", dropped=True))
    assert [each.state for each in as_plan(gone, MONDAY).sessions].count("excused") == 3
    assert by_id(done(Edit(WEDNESDAY, "following", dropped=False), gone)) == by_id(dated(program()))


def test_never_goes_to_a_day_that_is_past() -> None:
    with pytest.raises(BadEdit, match="Wed 12 Nov"):
        done(Edit(WEDNESDAY, "this", on=TODAY - timedelta(days=1)))


def test_of_a_session_begun_is_refused() -> None:
    with pytest.raises(BadEdit, match="begun or is past"):
        done(Edit(UUID(int=101), "all", HEAVY))


def test_adds_a_session_to_its_week_and_nowhere_else() -> None:
    place = Place(UUID(int=7), TODAY + timedelta(days=1), TODAY + timedelta(days=1))
    after = added(dated(program()), place, HEAVY, starts_on=MONDAY)
    assert [spot.week for spot in spots(after) if spot.place.id == place.id] == [2]
    rest = {id_: held for id_, held in by_id(after).items() if id_ != place.id}
    assert rest == by_id(dated(program()))
    with pytest.raises(BadEdit, match="outside the weeks"):
        added(
            dated(program()),
            replace(place, on=MONDAY + timedelta(weeks=9)),
            HEAVY,
            starts_on=MONDAY,
        )


def test_is_undone_by_a_revision_like_the_one_before() -> None:
    before = dated(program())
    place = Place(UUID(int=7), TODAY + timedelta(days=1), TODAY + timedelta(days=1))
    after = added(done(Edit(WEDNESDAY, "all", HEAVY)), place, HEAVY, starts_on=MONDAY)
    back = as_before(after, before, open_ids=ids(after, TODAY))
    found = by_id(back)
    assert found.pop(place.id)[0].dropped
    assert found == by_id(before)


def test_reads_as_a_difference() -> None:
    before = dated(program())
    edit = Edit(WEDNESDAY, "this", replace(HEAVY, name="Day H"), TODAY + timedelta(days=1))
    found = plan_diff(as_plan(before, MONDAY), as_plan(done(edit), MONDAY))
    assert [(row.slot, row.was_exercise, row.becomes_exercise) for row in found.rows] == [
        ("A1", "ht_barbell", "ht_barbell"),
        ("B1", "row_chest", "leg_curl"),
    ]
    assert found.rows[0].was == "3 × 8 · 120 kg · RIR 2"
    assert found.rows[0].becomes == "3 × 8 · 130 kg · RIR 2"
    assert [(each.was, each.becomes) for each in found.moved] == [
        (TODAY, TODAY + timedelta(days=1))
    ]
    assert [each.name for each in found.renamed] == ["Day H"]
    assert found.sessions_changed == 1
    dropped = plan_diff(
        as_plan(before, MONDAY), as_plan(done(Edit(WEDNESDAY, dropped=True)), MONDAY)
    )
    assert [each.on for each in dropped.dropped] == [TODAY] and not dropped.rows


# Whatever the plan …


@given(documents(), st.data())
def test_never_alters_what_is_past_or_begun(document: object, data: st.DataObject) -> None:
    held = dated(document)  # type: ignore[arg-type]
    every = [each.id for each in held.places]
    ahead = data.draw(st.frozensets(st.sampled_from(every))) if every else frozenset()
    if not ahead:
        return
    edit = Edit(
        data.draw(st.sampled_from(sorted(ahead))),
        data.draw(st.sampled_from(SCOPES)),
        data.draw(st.none() | workouts()),
        data.draw(st.none() | st.integers(0, 5).map(lambda days: MONDAY + timedelta(days=days))),
        data.draw(st.none() | st.booleans()),
    )
    try:
        after = edited(held, edit, open_ids=ahead, today=MONDAY)
    except BadEdit:
        return
    then, now = by_id(held), by_id(after)
    assert set(then) == set(now)
    assert all(now[id_] == then[id_] for id_ in then if id_ not in ahead)
    back = by_id(as_before(after, held, open_ids=ahead))
    assert back == then


@given(documents(), st.frozensets(st.integers(1, 9)))
def test_of_nothing_leaves_what_was_written(document: object, apart: frozenset[int]) -> None:
    held = dated(document)  # type: ignore[arg-type]
    written = as_plan(held, MONDAY)
    assert resolve(written, (), library()) == written
    assert by_id(unrolled(held, apart)) == by_id(held)
    assert places_from_json(places_to_json(held.places)) == held.places


# Where a progression stands behind a place …

GROWS = replace(thrust(100), progression=Progression(Linear(add_kg=D("2.5"))))
GROWING = program(week(4, workout("Day A"), workout("Day B", GROWS, ROW), workout("Day C")))


def in_its_week(written: Prescription, spot: Spot) -> Prescription:
    return targeted(written, week=spot.turn)


def asked(writing: Writing) -> list[SetTarget]:
    """The first set of the growing lift, week by week."""
    days = [each for each in as_plan(writing, MONDAY, in_its_week).sessions if each.index == 2]
    return [each.items[0].written.work_sets[0] for each in days]


def with_growth(edit: Edit) -> Writing:
    held = dated(GROWING)
    ahead = ids(held, TODAY)
    return edited(held, edit, open_ids=ahead, today=TODAY, target=in_its_week)


def seen(kg: float, **more: object) -> Workout:
    """The session of the second week as the editor showed it, and as it came back."""
    return workout("Day B", thrust(kg, **more), ROW)


def test_of_a_note_leaves_the_rule_going() -> None:
    after = with_growth(Edit(WEDNESDAY, "this", seen(102.5, note="slow")))
    assert [one.load_kg for one in asked(after)] == [100, D("102.5"), 105, D("107.5")]


def test_of_one_load_changes_one_week() -> None:
    after = with_growth(Edit(WEDNESDAY, "this", seen(95)))
    assert [one.load_kg for one in asked(after)] == [100, 95, 105, D("107.5")]


def test_of_this_and_following_begins_the_rule_anew() -> None:
    after = with_growth(Edit(WEDNESDAY, "following", seen(95)))
    assert [one.load_kg for one in asked(after)] == [100, 95, D("97.5"), 100]


def test_of_fewer_reps_begins_the_rule_anew_from_the_load_shown() -> None:
    after = with_growth(Edit(WEDNESDAY, "following", seen(102.5, reps=6)))
    assert [(one.load_kg, one.reps_min) for one in asked(after)] == [
        (100, 8),
        (D("102.5"), 6),
        (105, 6),
        (D("107.5"), 6),
    ]


FASTER = Progression(Linear(add_kg=D(5)))


def test_of_the_rule_goes_by_it_from_that_week_on() -> None:
    after = with_growth(Edit(WEDNESDAY, "following", seen(102.5, progression=FASTER)))
    assert [one.load_kg for one in asked(after)] == [100, D("102.5"), D("107.5"), D("112.5")]
    everywhere = with_growth(Edit(WEDNESDAY, "all", seen(102.5, progression=FASTER)))
    assert [one.load_kg for one in asked(everywhere)] == [100, D("102.5"), D("107.5"), D("112.5")]


def test_may_end_the_rule_and_goes_on_as_shown() -> None:
    ended = Edit(WEDNESDAY, "following", seen(102.5), ends=frozenset({"A1"}))
    assert [one.load_kg for one in asked(with_growth(ended))] == [100, *[D("102.5")] * 3]


def test_of_the_rule_leaves_another_lift_in_the_same_place_alone() -> None:
    other = workout("Day B", rx("leg_press", slot="A1", sets=[work(8, 100)]), ROW)
    later = [workout("Day A"), other, workout("Day C")]
    held = dated(program(week(2, workout("Day A"), workout("Day B", GROWS, ROW)), week(2, *later)))
    edit = Edit(WEDNESDAY, "following", seen(102.5, progression=FASTER))
    after = edited(held, edit, open_ids=ids(held, TODAY), today=TODAY, target=in_its_week)
    assert [one.load_kg for one in asked(after)] == [100, D("102.5"), 100, 100]


def test_of_another_lift_takes_its_rule_away() -> None:
    other = workout("Day B", rx("leg_press", slot="A1", sets=[work(8, 100)]), ROW)
    after = with_growth(Edit(WEDNESDAY, "following", other))
    assert [one.load_kg for one in asked(after)] == [100, 100, 100, 100]


def test_is_undone_with_its_rule() -> None:
    before = dated(GROWING)
    after = with_growth(Edit(WEDNESDAY, "following", seen(95)))
    assert asked(as_before(after, before, open_ids=ids(after, TODAY))) == asked(before)


def test_a_template_on_named_days_stands_in_the_order_of_its_days() -> None:
    days: list[tuple[str, Weekday]] = [("A", "wed"), ("B", "mon"), ("C", "fri")]
    named = Week(tuple(replace(workout(name), day=day) for name, day in days), 2)
    minted = count(1)
    found = begun(
        program(named),
        starts_on=MONDAY,
        weekdays=(),
        mint=lambda: UUID(int=next(minted)),
    )
    shown = [(f"{spot.place.on:%a}", spot.workout.name, spot.place.origin) for spot in spots(found)]
    assert shown[:3] == [("Mon", "B", (1, 2)), ("Wed", "A", (1, 1)), ("Fri", "C", (1, 3))]
    assert {spot.workout.day for spot in spots(found)} == {None}


def test_two_sessions_trade_their_days_unless_one_has_begun() -> None:
    held = dated(program())
    ahead = ids(held, TODAY)
    here = {each.id: each for each in held.places}
    friday = UUID(int=203)
    days = {WEDNESDAY: here[friday].on, friday: here[WEDNESDAY].on}
    after = {each.id: each for each in on_days(held, days, open_ids=ahead).places}
    assert {id_: after[id_].on for id_ in days} == days
    assert after[friday].first == here[friday].first
    with pytest.raises(BadEdit, match="begun"):
        on_days(held, {UUID(int=101): TODAY, **days}, open_ids=ahead)


def test_a_writing_has_a_place_for_every_workout() -> None:
    held = dated(program())
    with pytest.raises(ValueError, match="has a place"):
        replace(held, places=held.places[:-1])
