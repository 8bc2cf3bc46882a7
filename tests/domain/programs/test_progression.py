"""A progression …"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.domain.document_progression import progression_from_json, progression_json
from programs.domain.loadable import Loadable, to_kg
from programs.domain.prescription import Prescription, SetTarget
from programs.domain.progression import Exposure, is_deload, targeted, waits_for_log
from programs.domain.progression_rules import (
    Deload,
    Double,
    Linear,
    LogGated,
    Percentages,
    Progression,
    RirTargets,
    Rule,
)
from programs.domain.strength import PerformedSet

BAR = Loadable.barbell()
WARM = SetTarget("warmup", 5, 5, load_kg=D(40))
AT = datetime(2025, 11, 3, 18, 0, tzinfo=UTC)


def lift(
    rule: Rule | None = None, deload: Deload | None = None, behind: int = 0, **more: Any
) -> Prescription:
    """Three sets of 8 to 10 at 60 kg, RIR 2, after a warm-up, with a progression or none."""
    target = SetTarget("work", **({"reps_min": 8, "reps_max": 10, "rir": D(2)} | more))
    if not {"load_kg", "percent", "last_plus_kg", "seconds"} & set(more):
        target = replace(target, load_kg=D(60))
    progression = Progression(rule, deload, behind) if rule or deload else None
    return Prescription("A", "ht_barbell", (WARM, *(target,) * 3), progression=progression)


def done(
    load: object = 60, reps: Sequence[int] = (10, 10, 10), *, eased: bool = False, **more: Any
) -> Exposure:
    """An exposure as logged, after its warm-up."""
    kg = None if load is None else D(str(load))
    given = {"rir": D(2)} | more
    sets = [PerformedSet("ht_barbell", kg, each, performed_at=AT, **given) for each in reps]
    warm = PerformedSet("ht_barbell", D(20), 5, None, AT, warm_up=True)
    return Exposure((warm, *sets), eased)


def loads(written: Prescription, weeks: int, **more: Any) -> list[D | None]:
    """The load of the first work set, week by week."""
    return [targeted(written, week=week, **more).work_sets[0].load_kg for week in range(weeks)]


def next_load(rule: Rule, *earlier: Exposure, **more: Any) -> D | None:
    after = targeted(lift(rule), week=3, earlier=earlier, loadable=BAR, **more)
    assert len({one.load_kg for one in after.work_sets}) == 1
    return after.work_sets[0].load_kg


def test_that_is_none_leaves_a_prescription_as_it_is() -> None:
    for written in (lift(), lift(percent=D(75))):
        assert targeted(written, week=7, earlier=[done(90)], loadable=BAR) is written


def test_adds_so_much_every_so_many_weeks_up_to_a_greatest_load() -> None:
    assert loads(lift(Linear(D("2.5"))), 4) == [60, D("62.5"), 65, D("67.5")]
    assert loads(lift(Linear(D(5), every=2)), 5) == [60, 60, 65, 65, 70]
    assert loads(lift(Linear(D(5), most_kg=D(68))), 4) == [60, 65, 68, 68]
    assert loads(lift(Linear(D(5), most_kg=D(50))), 2) == [60, 60]
    assert loads(lift(Linear(D(-5))), 2) == [60, 55]


def test_goes_to_the_nearest_load_there_is_and_leaves_what_was_written() -> None:
    assert loads(lift(Linear(D(1)), load_kg=D("61")), 4, loadable=BAR) == [
        61, D("62.5"), D("62.5"), 65,
    ]  # fmt: skip
    pounds = lift(Linear(to_kg(D(5), "lb"), unit="lb"), load_kg=to_kg(D(135), "lb"), unit="lb")
    assert loads(pounds, 3, loadable=Loadable.barbell("lb")) == [
        to_kg(D(each), "lb") for each in (135, 140, 145)
    ]


def test_adds_percent_points_to_a_percent_and_turns_it_into_kg_where_the_e1rm_is_known() -> None:
    written = lift(Linear(add_percent=D("2.5")), percent=D(70))
    after = targeted(written, week=2, loadable=BAR, e1rm_kg=D(165))
    assert after.work_sets[0].percent == 75
    assert after.work_sets[0].load_kg == D("122.5")
    assert targeted(written, week=2).work_sets[0].load_kg is None
    assert targeted(lift(percent=D(75)), week=0, e1rm_kg=D(100)).work_sets[0].load_kg == 75


def test_of_another_kind_than_the_load_changes_nothing() -> None:
    assert loads(lift(Linear(add_percent=D(5))), 2) == [60, 60]


def test_says_the_percent_or_the_rir_of_each_week_and_the_last_one_holds() -> None:
    percent = lift(Percentages((D(70), D(75), D(80))), percent=None)
    found = [targeted(percent, week=week).work_sets[0].percent for week in range(4)]
    assert found == [70, 75, 80, 80]
    rir = lift(RirTargets((D(3), D(1))))
    found = [targeted(rir, week=week).work_sets[0].rir for week in range(3)]
    assert found == [3, 1, 1]


def test_never_touches_a_warm_up() -> None:
    for rule in (Linear(D(5)), RirTargets((D(0),)), Double(D(5))):
        after = targeted(lift(rule, Deload(2, D(50), 1)), week=1, earlier=[done()], loadable=BAR)
        assert after.sets[0] == WARM


def test_goes_on_after_a_deload_week_where_the_week_before_had_got_to() -> None:
    written = lift(Linear(D(5)), Deload(4, load_percent=D(80), sets=2))
    assert loads(written, 6, loadable=BAR) == [60, 65, 70, 55, 75, 80]  # 56 goes to 55
    assert [len(targeted(written, week=week).work_sets) for week in range(5)] == [3, 3, 3, 2, 3]
    assert [is_deload(written.progression, week) for week in range(5)] == [
        False, False, False, True, False,
    ]  # fmt: skip


def test_may_be_deload_weeks_alone_of_load_or_of_sets() -> None:
    light = lift(None, Deload(2, load_percent=D(90)), percent=D(75))
    found = [targeted(light, week=week).work_sets[0].percent for week in range(3)]
    assert found == [75, D("67.5"), 75]
    short = lift(None, Deload(2, sets=1))
    assert [len(targeted(short, week=week).work_sets) for week in range(3)] == [3, 1, 3]
    assert not is_deload(lift(Linear(D(5))).progression, 3)
    assert not is_deload(None, 3)


def test_goes_on_in_a_block_that_was_split_off() -> None:
    whole = lift(Linear(D(5)), Deload(4, sets=1))
    rest = lift(Linear(D(5)), Deload(4, sets=1), behind=5)
    for week in range(6):
        assert targeted(rest, week=week) == targeted(whole, week=week + 5)


def test_that_is_double_adds_once_every_set_reached_the_top_of_its_range() -> None:
    rule = Double(D("2.5"))
    assert next_load(rule) == 60
    assert next_load(rule, done()) == D("62.5")
    assert next_load(rule, done(65, (10, 10, 9))) == 65
    assert next_load(rule, done(65, (10, 10))) == 65
    after = targeted(lift(rule), week=1, earlier=[done()], loadable=BAR)
    assert (after.work_sets[0].reps_min, after.work_sets[0].reps_max) == (8, 10)


def test_adds_at_least_the_next_load_there_is() -> None:
    assert next_load(Double(D(1)), done()) == D("62.5")
    heaviest = replace(BAR, heaviest=D(60))
    after = targeted(lift(Double(D(1))), week=1, earlier=[done()], loadable=heaviest)
    assert after.work_sets[0].load_kg == 60


def test_that_is_gated_adds_after_so_many_in_a_row_at_the_same_load() -> None:
    rule = LogGated(D("2.5"), after=2)
    good, new = done(60, (8, 8, 8)), done("62.5", (8, 8, 8))
    assert next_load(rule, good) == 60
    assert next_load(rule, good, good) == D("62.5")
    assert next_load(rule, good, good, new) == D("62.5")
    assert next_load(rule, good, done(60, (8, 8, 7)), good) == 60
    assert next_load(rule, good, done(50, (8, 8, 8)), good) == 60


def test_that_is_gated_drops_after_so_many_fails_in_a_row() -> None:
    bad = done(60, (8, 7, 5))
    assert next_load(LogGated(D("2.5"), fails=2), bad) == 60
    assert next_load(LogGated(D("2.5"), fails=2), bad, bad) == 55  # 54 goes to 55
    assert next_load(LogGated(D("2.5")), bad, bad, bad) == 60


@pytest.mark.parametrize(
    "hindered",
    [
        done(pain=3),
        done(end="position_lost"),
        done(rir=D(1)),
        Exposure((*done(60, (10, 10)).sets, *done(50, (10,)).sets)),
        Exposure((*done(60, (10, 10)).sets, *done(None, (10,)).sets)),
    ],
    ids=["pain", "position", "effort", "lighter", "no load"],
)
def test_is_not_earned_by_a_set_that_was_not_as_asked(hindered: Exposure) -> None:
    assert next_load(Double(D("2.5")), hindered) == 60
    assert next_load(LogGated(D("2.5")), hindered) == 60


def test_is_earned_with_no_rir_logged_and_with_one_used_up_in_as_many_as_possible() -> None:
    assert next_load(Double(D("2.5")), done(rir=None)) == D("62.5")
    most = lift(LogGated(D("2.5")), amrap=True, reps_max=None)
    after = targeted(most, week=1, earlier=[done(rir=D(0))], loadable=BAR)
    assert after.work_sets[0].load_kg == D("62.5")
    assert (
        targeted(lift(Double(D(5)), rir=None), week=1, earlier=[done()]).work_sets[0].load_kg == 65
    )


def test_is_not_driven_by_what_was_eased() -> None:
    rule = Double(D("2.5"))
    assert next_load(rule, done(), done(40, eased=True)) == D("62.5")
    assert next_load(rule, done(40, eased=True)) == 60


def test_stays_as_written_while_no_load_was_logged() -> None:
    assert next_load(Double(D("2.5")), done(None)) == 60


def test_as_last_time_goes_by_the_same_set_of_the_last_exposure() -> None:
    written = lift(last_plus_kg=D("2.5"))
    last = Exposure((*done(70, (8,)).sets, *done(60, (8,)).sets))
    after = targeted(written, week=0, earlier=[done(90), last, done(20, eased=True)], loadable=BAR)
    assert [one.load_kg for one in after.work_sets] == [D("72.5"), D("62.5"), D("62.5")]
    assert {one.last_plus_kg for one in after.sets} == {None}
    same = targeted(lift(last_plus_kg=D(0)), week=0, earlier=[done(61)], loadable=BAR)
    assert same.work_sets[0].load_kg == 61


def test_as_last_time_leaves_the_load_open_without_a_last_time() -> None:
    for earlier in ([], [done(None)]):
        after = targeted(lift(last_plus_kg=D(5)), week=0, earlier=earlier)
        assert [one.load_kg for one in after.work_sets] == [None] * 3


@pytest.mark.parametrize(
    ("written", "waits"),
    [
        (lift(), False),
        (lift(Linear(D(5))), False),
        (lift(Double(D(5))), True),
        (lift(LogGated(D(5))), True),
        (lift(last_plus_kg=D(5)), True),
    ],
)
def test_tells_whether_it_waits_for_the_log(written: Prescription, waits: bool) -> None:
    assert waits_for_log(written) is waits


def test_is_a_rule_or_deload_weeks() -> None:
    with pytest.raises(ValueError, match="a rule, deload weeks, or both"):
        Progression()


# For any progression.

kilos = st.decimals(D("0.5"), 10, places=1)
rules = st.one_of(
    st.builds(Linear, kilos, every=st.integers(1, 4), most_kg=st.none() | st.just(D(90))),
    st.builds(Double, kilos),
    st.builds(LogGated, kilos, st.integers(1, 3), st.none() | st.integers(1, 3)),
    st.builds(RirTargets, st.lists(st.integers(0, 5).map(D), min_size=1).map(tuple)),
)
progressions = st.builds(
    Progression,
    rules,
    st.none() | st.builds(Deload, st.integers(2, 6), st.just(D(80)), st.integers(1, 3)),
    st.integers(0, 9),
)
exposures = st.lists(
    st.builds(
        done,
        st.none() | st.sampled_from([50, 60, 65]),
        st.lists(st.integers(5, 12), max_size=4),
        eased=st.booleans(),
    ),
    max_size=4,
)


@given(progressions, st.integers(0, 30), exposures, st.sampled_from([None, BAR]))
def test_is_worked_out_alike_each_time_and_leaves_nothing_to_work_out(
    progression: Progression, week: int, earlier: list[Exposure], loadable: Loadable | None
) -> None:
    written = replace(lift(), progression=progression)
    after = targeted(written, week=week, earlier=earlier, loadable=loadable)
    assert after == targeted(written, week=week, earlier=earlier, loadable=loadable)
    assert written == replace(lift(), progression=progression)
    assert after.progression is None
    assert targeted(after, week=week, earlier=earlier, loadable=loadable) is after
    assert after.work_sets
    assert replace(after, sets=written.sets, progression=progression) == written


@given(kilos, st.integers(1, 4), st.integers(0, 40))
def test_that_is_linear_never_falls(add: D, every: int, week: int) -> None:
    found = loads(lift(Linear(add, every=every)), week + 2, loadable=BAR)
    assert found == sorted(found, key=lambda one: one or 0)


@given(progressions)
def test_comes_back_from_json_exactly(progression: Progression) -> None:
    assert progression_from_json(progression_json(progression)) == progression
