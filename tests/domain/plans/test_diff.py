"""The preview …"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D

import pytest

from clients.domain.diff import describe, diff
from clients.domain.overlay import Recheck, Remove, Reps, RirMin, Swap
from clients.domain.resolve import resolve
from programs.domain.exercises import library
from programs.domain.prescription import Item
from tests.domain.plans.training import MONDAY, overlay, rx, warmup, weeks, work

LIBRARY = library()
AMERICAN = (Swap("ht_barbell", "ht_american", (D(60), D("67.5"))), Reps(8, 12), RirMin(D(3)))


@pytest.mark.parametrize(
    ("sets", "unit", "line"),
    [
        ([work(reps_max=12, kg=60, rir=3)] * 3, "kg", "3 × 8–12 · 60 kg · RIR 3"),
        ([warmup(), work(kg=57.5)], "kg", "1 × 8 · 57.5 kg · RIR 2"),
        ([work(5, 120, None), *[work(8, 100, None)] * 2], "kg", "1 × 5 · 120 kg + 2 × 8 · 100 kg"),
        ([work(kg=58.967, rir=None)], "lb", "1 × 8 · 130 lb"),
        ([work(kg=None, rir=None, percent=D("72.50"))], "kg", "1 × 8 · 72.5 % e1RM"),
        ([work(kg=None, reps_min=None, reps_max=None, seconds=30)], "kg", "1 × 30 s · RIR 2"),
        ([work(kg=None, rir=None, amrap=True)], "kg", "1 × 8+"),
        ([work(kg=None, rir=None, reps_min=None, reps_max=None, amrap=True)], "kg", "1 × AMRAP"),
        ([work(kg=None, rir=None, reps_min=None)], "kg", "1 × up to 8"),
    ],
)
def test_says_the_work_sets_in_one_line(sets: list, unit: str, line: str) -> None:  # type: ignore[type-arg]
    assert describe(rx(sets=sets), unit) == line  # type: ignore[arg-type]


def test_says_tempo_and_range_where_they_are_asked_for() -> None:
    line = describe(rx(sets=[work()], tempo="3-1-1", limit="above the pinch"))
    assert line == "1 × 8 · 120 kg · RIR 2 · tempo 3-1-1 · above the pinch"


def test_counts_nine_sessions_of_three_weeks_and_nothing_else() -> None:
    plan = weeks("Mon Wed Fri", rx(), rx("bp_bb", slot="B"), count=16)
    laid = overlay(*AMERICAN, days=21)
    told = diff(plan, resolve(plan, [laid], LIBRARY), until=laid.review_on)
    assert (told.sessions_changed, told.sets_changed) == (9, 27)
    assert (told.kept_sessions, told.kept_exercises, told.kept_places) == (0, ("bp_bb",), 9)
    first = told.rows[0]
    assert (first.on, first.slot, first.sets) == (MONDAY, "A", 3)
    assert (first.was, first.becomes) == ("3 × 8 · 120 kg · RIR 2", "3 × 8–12 · 60 kg · RIR 3")
    assert (first.was_exercise, first.becomes_exercise) == ("ht_barbell", "ht_american")
    assert first.parts == ("exercise", "sets")


def test_tells_past_sessions_from_those_left_whole() -> None:
    plan = weeks("Mon Thu", rx(), count=2, states=["done", "skipped"])
    laid = overlay(*AMERICAN, starts_on=MONDAY + timedelta(days=8))
    told = diff(plan, resolve(plan, [laid], LIBRARY))
    assert (told.past_sessions, told.kept_sessions, told.sessions_changed) == (2, 1, 1)
    assert told.kept_exercises == ()


def test_shows_a_paused_place_as_nothing_to_do() -> None:
    plan = weeks("Mon", rx())
    (row,) = diff(plan, resolve(plan, [overlay(Remove())], LIBRARY)).rows
    assert (row.was, row.becomes, row.paused) == ("3 × 8 · 120 kg · RIR 2", None, True)
    assert (row.becomes_exercise, row.sets, row.parts) == (None, 3, ("exercise",))


def test_shows_the_way_back_as_well() -> None:
    plan = weeks("Mon", rx())
    (row,) = diff(resolve(plan, [overlay(Remove())], LIBRARY), plan).rows
    assert (row.was, row.becomes, row.sets) == (None, "3 × 8 · 120 kg · RIR 2", 3)


def test_names_what_changes_where_the_sets_stay() -> None:
    plan = weeks("Mon", rx())
    (row,) = diff(plan, resolve(plan, [overlay(Recheck("ht_top_v1"))], LIBRARY)).rows
    assert (row.was == row.becomes, row.parts) == (True, ("checklist",))


def test_of_a_plan_with_itself_is_empty() -> None:
    plan = weeks("Mon Thu", rx(), count=2)
    told = diff(plan, plan)
    assert (told.rows, told.sessions_changed, told.kept_sessions) == ((), 0, 4)


def test_refuses_two_different_plans() -> None:
    plan = weeks("Mon Thu", rx())
    other = replace(plan, sessions=plan.sessions[::-1])
    with pytest.raises(ValueError, match="two views of one plan"):
        diff(plan, other)


def test_a_place_that_was_out_already_is_neither_changed_nor_kept() -> None:
    plan = weeks("Mon Wed", rx(), rx("row_chest", slot="B"))
    without = resolve(plan, (overlay(Remove()),), LIBRARY)
    found = diff(without, without)
    assert found.rows == () and found.kept_exercises == ("row_chest",)


def test_a_prescription_has_a_work_set_and_a_place_something_in_it() -> None:
    with pytest.raises(ValueError, match="work set"):
        rx(sets=[warmup()])
    with pytest.raises(ValueError, match="what is done there or what was"):
        assert Item(None).written
