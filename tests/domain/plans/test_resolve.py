"""A resolved plan …"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from clients.domain.diff import diff
from clients.domain.overlay import (
    Alternate,
    Freq,
    HighRep,
    Remove,
    Reps,
    RirMin,
    ScaleLoad,
    Swap,
)
from clients.domain.resolve import resolve
from programs.domain.exercises import library
from programs.domain.prescription import Plan, PlannedSession, SessionState
from tests.domain.plans.training import (
    MONDAY,
    loads,
    overlay,
    rx,
    shape,
    warmup,
    weeks,
    work,
)

LIBRARY = library()
AMERICAN = Swap("ht_barbell", "ht_american", (D(60), D("67.5")))
BAND_OR_HIGH_REP = Alternate(
    (Swap("ht_barbell", "ht_band"),), (HighRep(15, 30, D(3), (D("67.5"), D(75))),)
)


def resolved(plan: Plan, *overlays: object) -> Plan:
    return resolve(plan, overlays, LIBRARY)  # type: ignore[arg-type]


def move(plan: Plan, place: int, on: date) -> Plan:
    sessions = list(plan.sessions)
    sessions[place] = replace(sessions[place], on=on)
    return replace(plan, sessions=tuple(sessions))


def day(plan: Plan, name: str) -> PlannedSession:
    return next(session for session in plan.sessions if session.name == name)


def test_is_the_plan_as_written_without_overlays() -> None:
    plan = weeks("Mon Thu", rx(), rx("bp_bb", slot="B"), count=3)
    assert resolved(plan) == plan


def test_swaps_only_the_named_lift_at_the_stored_load_of_each_exposure() -> None:
    plan = weeks("Mon Wed", rx(), rx("frog_pump", slot="B"), rx("bp_bb", slot="C"), count=2)
    after = resolved(plan, overlay(AMERICAN, Reps(8, 12), RirMin(D(3))))
    firsts = [session.items[0].now for session in after.sessions]
    assert [one.exercise for one in firsts if one] == ["ht_american"] * 4
    assert [loads(one)[0] for one in firsts] == [60, 67.5, 67.5, 67.5]
    target = firsts[0].sets[0] if firsts[0] else None
    assert (target.reps_min, target.reps_max, target.rir) == (8, 12, 3) if target else False
    for before, now in zip(plan.sessions, after.sessions, strict=True):
        assert now.items[1:] == before.items[1:]


def test_tells_what_was_written_and_which_overlay_changed_it() -> None:
    plan = weeks("Mon", rx())
    (item,) = resolved(plan, overlay(AMERICAN, id="o7")).sessions[0].items
    assert (item.was, item.because, item.paused) == (rx(), ("o7",), False)


def test_is_not_changed_before_the_overlay_starts_or_once_a_person_ended_it() -> None:
    plan = weeks("Mon Wed Fri", rx(), count=2)
    lay = overlay(AMERICAN, starts_on=date(2025, 11, 5), ended_on=date(2025, 11, 12))
    assert [word.split("_")[1] for word in shape(resolved(plan, lay))] == [
        "barbell", "american", "american", "american", "barbell", "barbell",
    ]  # fmt: skip


def test_stays_regressed_long_after_the_review_date() -> None:
    plan = weeks("Mon", rx(), count=52)
    after = resolved(plan, overlay(AMERICAN, days=14))
    assert set(shape(after)) == {"Mon ht_american"}


@pytest.mark.parametrize("state", ["started", "done", "skipped", "excused"])
def test_leaves_every_session_alone_that_is_not_planned(state: str) -> None:
    plan = weeks("Mon", rx(), states=[state])  # type: ignore[list-item]
    assert resolved(plan, overlay(Remove())) == plan


def test_undone_is_what_it_was_even_from_a_resolved_view() -> None:
    plan = weeks("Mon Wed Fri", rx(superset="X"), rx("bp_bb", slot="B", superset="X"), count=2)
    after = resolved(plan, overlay(Remove()))
    assert after != plan
    assert resolved(after) == plan


def test_leaves_a_changed_session_as_it_was_when_the_coach_excused_it_later() -> None:
    plan = resolved(weeks("Mon", rx()), overlay(AMERICAN))
    excused = replace(plan, sessions=(replace(plan.sessions[0], state="excused"),))
    assert resolved(excused) == excused


# The week: KN-HT.a (domain §6, worked in full).


def test_loses_wednesday_when_three_hip_thrust_days_become_two() -> None:
    plan = weeks("Mon Wed Fri", rx(), count=2)
    lay = overlay(Freq(1))
    after = resolved(plan, lay)
    assert shape(after) == ["Mon ht_barbell", "Wed -", "Fri ht_barbell"] * 2
    told = diff(plan, after, until=lay.review_on)
    assert (told.sessions_changed, told.kept_sessions, told.sets_changed) == (2, 4, 6)
    kept = [item.now for session in after.sessions[:3] for item in session.items if item.now]
    sets = [target for one in kept for target in one.work_sets]
    assert (len(sets), sum(8 * target.load_kg for target in sets if target.load_kg)) == (6, 5760)


def test_loses_wednesday_too_when_applied_on_tuesday() -> None:
    plan = weeks("Mon Wed Fri", rx(), states=["done"])
    after = resolved(plan, overlay(Freq(1), starts_on=MONDAY + timedelta(days=1)))
    assert shape(after) == ["Mon ht_barbell", "Wed -", "Fri ht_barbell"]


def test_loses_friday_when_applied_after_wednesday() -> None:
    plan = weeks("Mon Wed Fri", rx(), states=["done", "done"])
    after = resolved(plan, overlay(Freq(1), starts_on=MONDAY + timedelta(days=3)))
    assert shape(after) == ["Mon ht_barbell", "Wed ht_barbell", "Fri -"]


def test_keeps_a_session_dropped_on_paper_once_the_client_began_it() -> None:
    plan = weeks("Mon Wed Fri", rx(), states=["done", "started"])
    assert shape(resolved(plan, overlay(Freq(1)))) == [
        "Mon ht_barbell", "Wed ht_barbell", "Fri -",
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["started", "done"])
def test_loses_no_second_session_once_the_one_it_lost_has_begun(state: SessionState) -> None:
    plan = resolved(weeks("Mon Wed Fri", rx(), rx("bp_bb", slot="B")), overlay(Freq(1)))
    monday, wednesday, friday = plan.sessions
    begun = replace(plan, sessions=(monday, replace(wednesday, state=state), friday))
    assert [item.now for item in day(begun, "Wed").items][0] is None
    assert day(resolved(begun, overlay(Freq(1))), "Fri") == friday


def test_loses_no_second_session_when_the_one_it_lost_was_skipped() -> None:
    plan = weeks("Mon Wed Fri", rx(), states=["planned", "skipped"])
    assert shape(resolved(plan, overlay(Freq(1))))[2] == "Fri ht_barbell"


def test_keeps_the_last_session_of_a_week() -> None:
    plan = weeks("Mon Thu", rx())
    assert shape(resolved(plan, overlay(Freq(3)))) == ["Mon ht_barbell", "Thu -"]


def test_takes_four_days_to_mon_tue_thu_and_leaves_the_short_gap_to_the_coach() -> None:
    plan = weeks("Mon Tue Thu Fri", rx())
    assert shape(resolved(plan, overlay(Freq(1))))[3] == "Fri -"


def test_loses_the_day_with_fewer_sets_when_the_gaps_tie() -> None:
    plan = weeks("Mon Thu", rx())
    light = replace(
        plan.sessions[0], items=(replace(plan.sessions[0].items[0], now=rx(sets=[work()])),)
    )
    plan = replace(plan, sessions=(light, plan.sessions[1]))
    assert shape(resolved(plan, overlay(Freq(1)))) == ["Mon -", "Thu ht_barbell"]


def test_counts_a_session_the_coach_excused_as_the_one_lost() -> None:
    plan = weeks("Mon Wed Fri", rx(), states=["excused"])
    assert resolved(plan, overlay(Freq(1))) == plan


def test_takes_only_the_patterns_sets_and_rests_a_session_left_empty() -> None:
    plan = weeks("Mon Wed Fri", rx(), rx("bp_bb", slot="B"))
    wednesday = day(resolved(plan, overlay(Freq(1))), "Wed")
    assert wednesday.state == "planned"
    assert [item.now and item.now.exercise for item in wednesday.items] == [None, "bp_bb"]
    alone = weeks("Mon Wed Fri", rx())
    assert day(resolved(alone, overlay(Freq(1))), "Wed").state == "excused"


def test_counts_weeks_from_the_plans_own_start() -> None:
    thursday_and_monday = weeks("Mon Fri", rx(), starts_on=date(2025, 11, 6))
    gone = [
        one.on
        for one in resolved(thursday_and_monday, overlay(Freq(1))).sessions
        if not one.items[0].now
    ]
    assert gone == [date(2025, 11, 10)]


# Alternating exposures: LBHIP-HT.a (domain §5).


@pytest.mark.parametrize(
    ("days", "count", "expected"),
    [("Mon", 3, "BHB"), ("Mon Thu", 2, "BHBH"), ("Mon Wed Fri", 2, "BHBHBH")],
)
def test_alternates_band_and_high_rep_through_to_the_end(
    days: str, count: int, expected: str
) -> None:
    after = resolved(weeks(days, rx(), count=count), overlay(BAND_OR_HIGH_REP))
    kinds = ["B" if "ht_band" in word else "H" for word in shape(after)]
    assert "".join(kinds) == expected


def test_alternates_by_sessions_with_the_lift_and_counts_each_kind_apart() -> None:
    after = resolved(weeks("Mon Wed Fri", rx(), count=2), overlay(BAND_OR_HIGH_REP))
    assert [loads(one.items[0].now)[-1] for one in after.sessions] == [
        None, 67.5, None, 75, None, 75,
    ]  # fmt: skip


def test_renumbers_nothing_when_a_session_is_moved_or_missed() -> None:
    plan = weeks("Mon Thu", rx(), count=2)
    moved = move(plan, 0, MONDAY + timedelta(days=5))
    missed = replace(
        moved,
        sessions=(
            moved.sessions[0],
            replace(moved.sessions[1], state="skipped"),
            *moved.sessions[2:],
        ),
    )
    after = resolved(missed, overlay(BAND_OR_HIGH_REP))
    lifts = [one.items[0].now.exercise for one in after.sessions if one.items[0].now]
    assert lifts == ["ht_band", "ht_barbell", "ht_band", "ht_barbell"]
    assert loads(after.sessions[3].items[0].now)[-1] == 75


def test_gives_a_session_moved_in_from_before_the_first_loads_and_renumbers_nothing() -> None:
    plan = weeks("Mon Thu", rx(), count=2)
    start = MONDAY + timedelta(days=1)
    moved = move(plan, 0, MONDAY + timedelta(days=2))
    before = resolved(plan, overlay(AMERICAN, starts_on=start))
    after = resolved(moved, overlay(AMERICAN, starts_on=start))
    assert after.sessions[1:] == before.sessions[1:]
    assert loads(after.sessions[0].items[0].now) == [60, 60, 60]


# Removing, supersets, doubles.


def test_keeps_a_paused_place_and_gives_the_partner_straight_sets_with_its_own_rest() -> None:
    partner = rx("bp_bb", slot="B", superset="X", rest_seconds=45)
    plan = weeks("Mon", rx(superset="X"), partner)
    first, second = resolved(plan, overlay(Remove())).sessions[0].items
    assert (first.now, first.was, first.paused) == (None, rx(superset="X"), True)
    assert second.now == replace(partner, superset=None)
    assert (second.was, second.because, second.paused) == (partner, ("o1",), False)


def test_keeps_the_superset_while_two_partners_are_left() -> None:
    three = [
        rx(superset="X"),
        rx("bp_bb", slot="B", superset="X"),
        rx("plank", slot="C", superset="X"),
    ]
    items = resolved(weeks("Mon", *three), overlay(Remove())).sessions[0].items
    assert [item.now.superset for item in items[1:] if item.now] == ["X", "X"]


def test_rests_a_session_in_which_everything_is_paused() -> None:
    session = resolved(weeks("Mon", rx()), overlay(Remove())).sessions[0]
    assert (session.state, session.items[0].paused) == ("excused", True)


def test_does_not_double_a_lift_the_session_has_already() -> None:
    plan = weeks("Mon", rx(), rx("ht_american", slot="B"))
    first, second = resolved(plan, overlay(AMERICAN)).sessions[0].items
    assert (first.now, first.was, first.paused) == (None, rx(), False)
    assert second.now == rx("ht_american", slot="B")


def test_does_not_put_the_same_lift_in_two_swapped_places() -> None:
    plan = weeks("Mon", rx(), rx("gb_barbell", slot="B"))
    lay = overlay(Swap("ht_barbell", "ht_band"), Swap("gb_barbell", "ht_band"))
    first, second = resolved(plan, lay).sessions[0].items
    assert (first.now and first.now.exercise, second.now) == ("ht_band", None)


def test_covers_the_named_exercises_and_not_their_whole_pattern() -> None:
    plan = weeks("Mon", rx(), rx("gb_barbell", slot="B"))
    lay = overlay(ScaleLoad(D("0.8")), exercises=("gb_barbell",))
    first, second = resolved(plan, lay).sessions[0].items
    assert (loads(first.now), loads(second.now)) == ([120] * 3, [95] * 3)


def test_leaves_a_lift_that_no_library_knows_any_more() -> None:
    plan = weeks("Mon", rx("own_lift"))
    assert resolved(plan, overlay(Remove())) == plan


def test_eases_120_kg_by_a_fifth_to_95_kg_with_the_same_sets_and_reps() -> None:
    plan = weeks("Mon", rx(sets=[warmup(5, 60), work(), work(), work()]))
    item = resolved(plan, overlay(ScaleLoad(D("0.8")))).sessions[0].items[0]
    assert loads(item.now) == [47.5, 95, 95, 95]
    assert item.now and [one.reps_min for one in item.now.sets] == [5, 8, 8, 8]
