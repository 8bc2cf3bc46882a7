"""Whatever the plan and its overlays, resolving …"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

from hypothesis import given, settings
from hypothesis import strategies as st

from clients.domain.conflicts import conflicts
from clients.domain.overlay import (
    Alternate,
    Freq,
    Grid,
    HighRep,
    Op,
    Overlay,
    Range,
    Recheck,
    Remove,
    Reps,
    RirMin,
    ScaleLoad,
    ScaleSets,
    Setup,
    Swap,
    Tempo,
)
from clients.domain.overlay_json import from_json, to_json
from clients.domain.resolve import resolve
from programs.domain.exercises import library
from programs.domain.loadable import Loadable, Plate
from programs.domain.prescription import Plan, Prescription, SetTarget
from tests.domain.plans.training import BAR, MONDAY, rx, warmup, weeks, work

LIBRARY = library()
PLATES = Grid(Loadable.barbell("lb", D(35), [Plate(D(45), 2), Plate(D("2.5"), 1)]), "ht_barbell")
LIFTS = ("ht_barbell", "gb_barbell", "frog_pump", "sq_back", "rdl_bb", "bp_bb", "row_bb", "plank")
TARGETS = ("ht_american", "ht_band", "gb_barbell", "sq_goblet", "leg_press", "ht_iso", "bp_neutral")
PATTERNS = ("hip_thrust", "squat", "hinge", "press_h", "pull_h", "trunk")

kilograms = st.integers(1, 80).map(lambda steps: D(steps) * D("2.5"))
factors = st.integers(1, 20).map(lambda twentieths: D(twentieths) / 20)
loads = st.lists(st.none() | kilograms, max_size=3).map(tuple)

sets = st.builds(
    lambda load, reps, rir: replace(work(reps, None, rir), load_kg=load),
    st.none() | kilograms,
    st.integers(1, 30),
    st.none() | st.integers(0, 5),
)
prescriptions = st.builds(
    lambda lift, warmups, targets, letter: rx(lift, sets=[*warmups, *targets], superset=letter),
    st.sampled_from(LIFTS),
    st.lists(st.builds(lambda kg: warmup(5, float(kg)), kilograms), max_size=2),
    st.lists(sets, min_size=1, max_size=4),
    st.none() | st.sampled_from("XY"),
)
states = st.sampled_from(["planned", "planned", "started", "done", "skipped", "excused"])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    written = draw(st.lists(prescriptions, min_size=1, max_size=4))
    items = [replace(one, slot="ABCD"[place]) for place, one in enumerate(written)]
    days = draw(st.sampled_from(["Mon", "Mon Thu", "Mon Wed Fri", "Mon Tue Thu Fri"]))
    return weeks(days, *items, count=3, states=draw(st.lists(states, max_size=6)))


def leaves() -> st.SearchStrategy[Op]:
    return st.one_of(
        st.just(Recheck("ht_top_v1")),
        st.builds(Setup, st.sampled_from(["feet", "bench"]), st.sampled_from(["out", "in"])),
        st.builds(ScaleLoad, factors, st.none() | kilograms),
        st.builds(lambda low, more: Reps(low, low + more), st.integers(1, 20), st.integers(0, 10)),
        st.builds(RirMin, st.integers(0, 5).map(D)),
        st.builds(Range, st.just("shallow"), st.none() | st.sampled_from(TARGETS)),
        st.builds(Tempo, st.just("3-1-1")),
        st.builds(ScaleSets, factors),
        st.builds(
            Swap, st.sampled_from(("ht_barbell", "sq_back")), st.sampled_from(TARGETS), loads
        ),
        st.builds(HighRep, st.just(15), st.just(30), st.just(D(3)), loads),
    )


ops = st.one_of(
    leaves(),
    st.just(Remove()),
    st.builds(Freq, st.integers(1, 2)),
    st.builds(
        Alternate,
        st.lists(leaves(), min_size=1, max_size=2).map(tuple),
        st.lists(leaves(), min_size=1, max_size=2).map(tuple),
    ),
)


@st.composite
def overlays(draw: st.DrawFn, id: str = "o", pattern: str | None = None) -> Overlay:
    start = MONDAY + timedelta(days=draw(st.integers(-3, 20)))
    return Overlay(
        id=id,
        regression="r",
        starts_on=start,
        ended_on=draw(st.none() | st.integers(0, 25).map(lambda days: start + timedelta(days))),
        review_on=start + timedelta(days=draw(st.integers(1, 28))),
        pattern=pattern or draw(st.sampled_from(PATTERNS)),
        exercises=draw(st.sampled_from([(), (), ("ht_barbell",)])) if pattern is None else (),
        ops=tuple(draw(st.lists(ops, min_size=1, max_size=4))),
        reason="low back",
        grids=draw(st.sampled_from([(BAR,), (BAR, PLATES), ()])),
    )


@st.composite
def some_overlays(draw: st.DrawFn) -> list[Overlay]:
    count = draw(st.integers(0, 3))
    return [draw(overlays(id=f"o{number}")) for number in range(count)]


@given(plans(), some_overlays(), overlays(id="one more"))
@settings(max_examples=150)
def test_with_an_overlay_added_and_taken_away_is_as_if_it_never_was(
    plan: Plan, others: list[Overlay], more: Overlay
) -> None:
    there = resolve(plan, [*others, more], LIBRARY)
    assert resolve(there, others, LIBRARY) == resolve(plan, others, LIBRARY)
    assert resolve(there, [], LIBRARY) == plan


@given(plans(), some_overlays())
@settings(max_examples=150)
def test_twice_is_once_in_any_order(plan: Plan, laid: list[Overlay]) -> None:
    once = resolve(plan, laid, LIBRARY)
    assert resolve(once, laid, LIBRARY) == once
    assert resolve(plan, laid[::-1], LIBRARY) == once


@given(plans(), st.data())
@settings(max_examples=150)
def test_one_after_the_other_equals_both_where_they_are_disjoint(
    plan: Plan, data: st.DataObject
) -> None:
    checks = st.lists(
        st.one_of(
            st.builds(RirMin, st.integers(0, 5).map(D)),
            st.builds(ScaleLoad, factors, st.none() | kilograms),
            st.builds(ScaleSets, factors),
            st.just(Tempo("3-1-1")),
        ),
        min_size=1,
        max_size=3,
    )
    hip = replace(data.draw(overlays("a", "hip_thrust")), ops=tuple(data.draw(checks)))
    squat = replace(data.draw(overlays("b", "squat")), ops=tuple(data.draw(checks)))
    assert conflicts([hip], squat, LIBRARY) == ()
    both = resolve(plan, [hip, squat], LIBRARY)
    assert both == resolve(plan, [squat, hip], LIBRARY)
    alone = {one.id: resolve(plan, [one], LIBRARY) for one in (hip, squat)}
    for place, session in enumerate(both.sessions):
        for spot, item in enumerate(session.items):
            pattern = LIBRARY[item.written.exercise].pattern
            of = {"hip_thrust": "a", "squat": "b"}.get(pattern)
            single = (
                alone[of].sessions[place].items[spot] if of else plan.sessions[place].items[spot]
            )
            assert item == single


@given(plans(), some_overlays())
@settings(max_examples=150)
def test_never_changes_a_session_outside_its_dates_or_one_that_began(
    plan: Plan, laid: list[Overlay]
) -> None:
    for before, after in zip(plan.sessions, resolve(plan, laid, LIBRARY).sessions, strict=True):
        covered = any(
            one.starts_on <= before.on and (one.ended_on is None or before.on < one.ended_on)
            for one in laid
        )
        assert before == after or (covered and before.state == "planned")


@given(plans(), some_overlays(), st.integers(1, 400))
@settings(max_examples=100)
def test_is_never_lifted_or_moved_by_a_review_date(
    plan: Plan, laid: list[Overlay], days: int
) -> None:
    later = [replace(one, review_on=one.review_on + timedelta(days=days)) for one in laid]
    assert resolve(plan, later, LIBRARY) == resolve(plan, laid, LIBRARY)


def heaviest(written: Prescription) -> list[D | None]:
    return [target.load_kg for target in written.work_sets]


def lighter(before: SetTarget, after: SetTarget) -> bool:
    return before.load_kg is None or after.load_kg is None or after.load_kg <= before.load_kg


@given(plans(), some_overlays())
@settings(max_examples=200)
def test_never_raises_a_load_or_a_set_count(plan: Plan, laid: list[Overlay]) -> None:
    for session in resolve(plan, laid, LIBRARY).sessions:
        for item in session.items:
            if item.now is None:
                continue
            before, after = item.written.work_sets, item.now.work_sets
            assert len(after) <= len(before)
            assert all(lighter(b, a) for b, a in zip(before, after, strict=False))
            heavy = max((s.load_kg for s in item.written.sets if s.load_kg), default=None)
            warm = [s.load_kg for s in item.now.sets if s.kind == "warmup" and s.load_kg]
            assert heavy is None or all(load <= heavy for load in warm)


@given(plans(), some_overlays())
@settings(max_examples=100)
def test_keeps_every_place_and_says_why_it_changed(plan: Plan, laid: list[Overlay]) -> None:
    ids = {one.id for one in laid}
    after = resolve(plan, laid, LIBRARY)
    assert [one.id for one in after.sessions] == [one.id for one in plan.sessions]
    for before, now in zip(plan.sessions, after.sessions, strict=True):
        for was, item in zip(before.items, now.items, strict=True):
            assert item.written == was.now
            assert (item == was) == (not item.because)
            assert ids.issuperset(item.because)
            assert len(set(item.because)) == len(item.because)


@given(plans(), some_overlays())
@settings(max_examples=100)
def test_leaves_no_lone_letter_of_a_superset_it_broke(plan: Plan, laid: list[Overlay]) -> None:
    for session in resolve(plan, laid, LIBRARY).sessions:
        for item in session.items:
            if item.now is None or item.now.superset is None:
                continue
            letter = item.now.superset
            group = [one for one in session.items if one.written.superset == letter]
            alive = [one for one in group if one.now is not None]
            assert len(alive) >= 2 or len(group) == 1 or session.state != "planned"


@given(overlays())
@settings(max_examples=200)
def test_an_overlay_comes_back_from_json_exactly(laid: Overlay) -> None:
    again = from_json(to_json(laid))
    assert again == laid
    assert to_json(again) == to_json(laid)


def test_the_dates_of_an_overlay_are_dates_again() -> None:
    laid = Overlay("o", "r", MONDAY, date(2025, 11, 10), MONDAY, "squat", (), (Remove(),), "knee")
    assert from_json(to_json(laid)).ended_on == date(2025, 11, 10)
