"""An operation …"""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from clients.domain.change import changed
from clients.domain.overlay import (
    Freq,
    Grid,
    HighRep,
    Op,
    Range,
    Recheck,
    Reps,
    RirMin,
    ScaleLoad,
    ScaleSets,
    Setup,
    Swap,
    Tempo,
)
from programs.domain.exercises import library
from programs.domain.loadable import Loadable
from programs.domain.prescription import Alternate, Prescription
from tests.domain.plans.training import BAR, loads, overlay, rx, warmup, work

LIBRARY = library()


def after(written: Prescription, *ops: Op, exposure: int = 1, grid: Grid = BAR) -> Prescription:
    return changed(written, overlay(*ops, grids=(grid,)), exposure, LIBRARY)


def test_swap_keeps_slot_set_count_rest_tempo_and_letter_and_nothing_of_the_old_lift() -> None:
    written = rx(
        superset="X",
        tempo="2-0-1",
        note="belt",
        alternates=(Alternate("ht_smith"),),
        checklist="ht_top_v1",
        limit="above the pinch",
        setup=(("feet", "wide"),),
    )
    made = after(written, Swap("ht_barbell", "ht_american", (D(60),)))
    assert replace(made, sets=written.sets) == Prescription(
        "A", "ht_american", written.sets, 120, "2-0-1", "X"
    )
    assert len(made.work_sets) == 3


@pytest.mark.parametrize(
    ("reps", "expected"),
    [
        ((6, 10), (8, 10)),
        ((10, 12), (10, 12)),
        ((3, 5), (8, 15)),
        ((20, 30), (8, 15)),
    ],
)
def test_swap_takes_the_overlap_of_both_ranges_else_the_new_lifts_own(
    reps: tuple[int, int], expected: tuple[int, int]
) -> None:
    written = rx(sets=[work(reps_min=reps[0], reps_max=reps[1])])
    (target,) = after(written, Swap("ht_barbell", "ht_american", (D(60),))).sets
    assert (target.reps_min, target.reps_max) == expected


def test_swap_takes_one_number_of_reps_as_the_whole_old_range() -> None:
    written = rx(sets=[work(reps_max=None), work(reps_min=None, reps_max=9), work(15)])
    made = after(written, Swap("ht_barbell", "ht_american", (D(60),)))
    assert [(one.reps_min, one.reps_max) for one in made.sets] == [(8, 8), (8, 15), (15, 15)]


def test_swap_to_a_hold_asks_for_seconds_and_back_for_reps() -> None:
    (hold,) = after(rx(sets=[work()]), Swap("ht_barbell", "ht_iso", (D(60),))).sets
    assert (hold.reps_min, hold.seconds, hold.load_kg) == (None, 20, 60)
    held = rx("ht_iso", sets=[work(reps_min=None, reps_max=None, seconds=60, kg=60)])
    (shorter,) = after(held, Swap("ht_iso", "wall_sit")).sets
    assert (shorter.seconds, shorter.load_kg) == (60, None)
    (reps,) = after(held, Swap("ht_iso", "ht_american", (D(50),))).sets
    assert (reps.seconds, reps.reps_min, reps.reps_max) == (None, 8, 15)


def test_swap_never_carries_a_percent_over() -> None:
    written = rx(sets=[warmup(kg=None, percent=40), work(kg=None, percent=D(75))])
    made = after(written, Swap("ht_barbell", "ht_american", (D(60),)))
    assert [one.percent for one in made.sets] == [None, None]
    # 40 % of e1RM is 40/75 of the working load: 60 × 40 ÷ 75 = 32 → 30 kg.
    assert loads(made) == [30, 60]


def test_swap_caps_each_set_by_its_own_written_load_rounded_down() -> None:
    written = rx(sets=[work(kg=120), work(kg=91), work(kg=50)])
    made = after(written, Swap("ht_barbell", "gb_barbell", (D(100),)))
    assert loads(made) == [100, 90, 50]


def test_swap_gives_body_weight_no_load_even_when_one_was_stored() -> None:
    made = after(rx(), Swap("ht_barbell", "gb_bw", (D(60),)))
    assert loads(made) == [None] * 3


def test_swap_scales_fixed_warmups_and_makes_one_bar_set_of_those_below_the_bar() -> None:
    written = rx(sets=[warmup(8, 25), warmup(5, 30), warmup(3, 90), work()])
    made = after(written, Swap("ht_barbell", "ht_american", (D(60),)))
    assert [(one.reps_min, one.load_kg) for one in made.sets] == [(8, 20), (3, 45), (8, 60)]


def test_swap_keeps_warmups_that_come_to_the_bar_exactly_and_raises_none_to_it() -> None:
    swap = Swap("ht_barbell", "ht_american", (D(60),))
    exact = after(rx(sets=[warmup(8, 30), warmup(5, 40), work()]), swap)
    assert [(one.reps_min, one.load_kg) for one in exact.sets] == [(8, 20), (5, 20), (8, 60)]
    light = after(rx(sets=[warmup(8, 15), work()]), swap)
    assert loads(light) == [7.5, 60]
    to_the_bar = after(
        rx(sets=[warmup(8, 20), work(kg=25)]), Swap("ht_barbell", "ht_kas", (D(20),))
    )
    assert loads(to_the_bar) == [20, 20]


def test_swap_keeps_a_fixed_warmup_below_the_new_load_where_the_old_one_is_unknown() -> None:
    swap = Swap("ht_barbell", "ht_american", (D(60),))
    made = after(rx(sets=[warmup(5, 50), warmup(3, 90), work(kg=None)]), swap)
    assert loads(made) == [50, 60, 60]


def test_swap_never_asks_for_as_many_as_possible_in_a_warmup() -> None:
    written = rx(sets=[warmup(), work(20, amrap=True)])
    for target in ("ht_band", "ht_machine"):
        made = after(written, Swap("ht_barbell", target))
        assert [one.amrap for one in made.sets if one.kind == "warmup"].count(True) == 0
        assert all(one.amrap for one in made.work_sets)


def test_swap_puts_one_easy_set_for_all_warmups_before_a_band() -> None:
    written = rx(sets=[warmup(5, 60), warmup(3, 90), work(20)])
    made = after(written, Swap("ht_barbell", "ht_band"))
    assert [(one.kind, one.reps_min, one.load_kg, one.rir) for one in made.sets] == [
        ("warmup", 20, None, 6),
        ("work", 20, None, 2),
    ]


def test_swap_adds_no_easy_set_where_no_warmup_was_written() -> None:
    assert len(after(rx(), Swap("ht_barbell", "ht_band")).sets) == 3


def test_swap_puts_two_ramp_sets_before_a_load_nobody_knows() -> None:
    made = after(rx(sets=[warmup(), work(10)]), Swap("ht_barbell", "ht_machine", (None,)))
    assert [(one.kind, one.load_kg, one.rir) for one in made.sets] == [
        ("warmup", None, None),
        ("warmup", None, None),
        ("work", None, 2),
    ]


def test_swap_of_another_lift_changes_nothing() -> None:
    assert after(rx("gb_barbell"), Swap("ht_barbell", "ht_band")) == rx("gb_barbell")


def test_reps_beside_a_swap_speak_of_the_new_lift_in_either_order() -> None:
    swap = Swap("ht_barbell", "ht_american", (D(60),))
    one = after(rx(), swap, Reps(8, 12))
    assert one == after(rx(), Reps(8, 12), swap)
    assert {(target.reps_min, target.reps_max) for target in one.sets} == {(8, 12)}


def test_reps_leave_a_hold_in_seconds_alone() -> None:
    held = rx("plank", sets=[work(reps_min=None, reps_max=None, seconds=30, kg=None)])
    assert after(held, Reps(8, 12)) == held


def test_least_rir_lifts_only_what_is_lower_and_ends_as_many_as_possible() -> None:
    written = rx(sets=[warmup(), work(rir=1), work(rir=4), work(rir=None, amrap=True)])
    made = after(written, RirMin(D(3)))
    assert [one.rir for one in made.sets] == [None, 3, 4, 3]
    assert not any(one.amrap for one in made.sets)
    assert loads(made) == loads(written)


@pytest.mark.parametrize(
    ("factor", "expected"), [("0.6", 70), ("0.7", 82.5), ("0.8", 95), ("0.9", 107.5), ("1", 120)]
)
def test_load_climbs_ladder_a_from_120_kg(factor: str, expected: float) -> None:
    assert loads(after(rx(), ScaleLoad(D(factor)))) == [expected] * 3


def test_load_keeps_below_its_cap() -> None:
    assert loads(after(rx(), ScaleLoad(D("0.9"), D(96)))) == [95] * 3


def test_load_stops_at_the_empty_bar_when_the_cap_allows_it() -> None:
    written = rx(sets=[work(kg=25)])
    assert loads(after(written, ScaleLoad(D("0.7")))) == [20]
    # 25 × .7 = 17.5: below the bar by hand, the bar being above the cap.
    assert loads(after(written, ScaleLoad(D("0.7"), D(18)))) == [17.5]


def test_load_of_the_bar_itself_is_eased_by_hand_and_the_cap_may_be_the_bar() -> None:
    bar = rx(sets=[work(kg=20)])
    assert loads(after(bar, ScaleLoad(D("0.7")))) == [14]
    assert loads(after(rx(sets=[work(kg=25)]), ScaleLoad(D("0.7"), D(20)))) == [20]


def test_load_steps_in_whole_pounds() -> None:
    pounds = Grid(Loadable.barbell("lb"))
    written = rx(sets=[work(kg=100)])
    written = replace(written, sets=(replace(written.sets[0], load_kg=D("124.738")),))  # 275 lb
    (load,) = loads(after(written, ScaleLoad(D("0.8")), grid=pounds))
    assert load == 99.79  # 220 lb exactly, though neither number of kilograms is exact


def test_load_does_nothing_on_a_lift_without_a_load() -> None:
    written = rx("gb_bw", sets=[work(kg=None)])
    assert after(written, ScaleLoad(D("0.5"))) == written


def test_load_written_in_percent_alone_is_scaled_in_percent() -> None:
    written = rx(sets=[warmup(kg=None, percent=40), work(kg=None, percent=D(75))])
    made = after(written, ScaleLoad(D("0.8")))
    assert [one.percent for one in made.sets] == [32, 60]


def test_load_eased_is_no_longer_the_percent_it_was_written_as() -> None:
    made = after(rx(sets=[work(percent=D(75))]), ScaleLoad(D("0.8")))
    assert (made.sets[0].load_kg, made.sets[0].percent) == (95, None)


@pytest.mark.parametrize(("sets", "expected"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_half_the_sets_is_rounded_half_up_and_at_least_one(sets: int, expected: int) -> None:
    made = after(rx(sets=[warmup(), *[work()] * sets]), ScaleSets(D("0.5")))
    assert (len(made.work_sets), len(made.sets)) == (expected, expected + 1)


def test_high_rep_keeps_the_lift_at_the_stored_load_of_each_exposure() -> None:
    op = HighRep(15, 30, D(3), (D("67.5"), D(75)))
    first = after(rx(sets=[warmup(5, 60), work(amrap=True)]), op)
    assert (first.exercise, loads(first)) == ("ht_barbell", [32.5, 67.5])
    target = first.work_sets[0]
    assert (target.reps_min, target.reps_max, target.rir, target.amrap) == (15, 30, 3, False)
    assert loads(after(rx(), op, exposure=5)) == [75] * 3


def test_range_keeps_the_lift_and_says_the_limit() -> None:
    assert after(rx(), Range("stop above the pinch")) == rx(limit="stop above the pinch")


def test_range_by_a_short_range_sibling_keeps_the_written_load() -> None:
    written = rx("dl_conv", sets=[warmup(5, 100), work(5, 180, percent=D(80))])
    made = after(written, Range("from knee height", "dl_block"))
    assert (made.exercise, made.limit) == ("dl_block", "from knee height")
    assert loads(made) == [100, 180]
    assert [one.percent for one in made.sets] == [None, None]


def test_checks_change_words_only() -> None:
    written = rx(setup=(("feet", "narrow"), ("bench", "low")))
    made = after(written, Recheck("ht_top_v1"), Setup("feet", "further out"), Tempo("3-1-1"))
    assert made == replace(
        written,
        checklist="ht_top_v1",
        setup=(("bench", "low"), ("feet", "further out")),
        tempo="3-1-1",
    )


def test_of_the_week_changes_no_prescription() -> None:
    assert after(rx(), Freq(1)) == rx()


def test_after_one_that_left_the_load_open_is_still_capped_by_what_was_written() -> None:
    light = rx(sets=[warmup(5, 30), work(kg=60)])
    open_load = Swap("ht_barbell", "ht_american", (None,))
    made = after(light, open_load, HighRep(15, 30, D(3), (D(70),)))
    assert loads(made)[-1] == 60


def test_of_a_load_no_set_knew_raises_no_warmup() -> None:
    mixed = rx(sets=[warmup(5, 30), work(kg=60), work(kg=None)])
    made = after(mixed, HighRep(15, 30, D(3), (D(90),)))
    assert loads(made) == [30, 60, 90]
