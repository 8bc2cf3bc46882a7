"""A load is carried over low, explained, within caps; the way back starts below it (domain §6)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.domain.exercises import library
from programs.domain.loads import (
    LiftLog,
    Loadable,
    Mapped,
    Wanted,
    map_load,
    middle,
    ramp,
    rungs,
)

HELD = library()
BAR = Loadable.barbell()
POUND_BAR = Loadable.barbell("lb")
STORY = LiftLog(e1rm_kg=Decimal(160), working_kg=Decimal(120))
LADDER_A = (60, 70, 80, 90, 100)


def mapped(
    target: str = "ht_american",
    log: LiftLog = STORY,
    wanted: Wanted | None = None,
    loadable: Loadable = BAR,
    source: str = "ht_barbell",
) -> Mapped:
    wanted = wanted or Wanted((8, 12), 3)
    return map_load(HELD, source, target, log=log, wanted=wanted, loadable=loadable)


@pytest.mark.parametrize(
    ("reps", "expected"), [((8, 12), 10), ((15, 30), 23), ((20, 20), 20), ((5, 8), 7)]
)
def test_the_middle_of_a_range_is_rounded_half_up(reps: tuple[int, int], expected: int) -> None:
    assert middle(reps) == expected


@pytest.mark.parametrize(
    ("target", "wanted", "loadable", "expected"),
    [
        pytest.param("ht_american", Wanted((8, 12), 3), BAR, "60", id="LB-HT.b"),
        pytest.param("ht_american", Wanted((8, 12), 3), POUND_BAR, "58.967", id="LB-HT.b in lb"),
        pytest.param(
            "ht_american", Wanted((8, 12), 3, first_exposure=False), BAR, "67.5", id="second time"
        ),
        pytest.param("ht_american", Wanted((10, 10), 4), BAR, "57.5", id="10 reps RIR 4"),
        pytest.param(
            "ht_american", Wanted((10, 10), 4, regression=False), BAR, "70", id="default ratio"
        ),
        pytest.param("ht_barbell", Wanted((20, 20), 4), BAR, "70", id="high-rep 20"),
        pytest.param("ht_barbell", Wanted((15, 30), 3), BAR, "67.5", id="LB-HT.c"),
    ],
)
def test_the_worked_examples_come_out(
    target: str, wanted: Wanted, loadable: Loadable, expected: str
) -> None:
    found = mapped(target, wanted=wanted, loadable=loadable)
    assert found.kg == Decimal(expected)
    assert not found.calibrate


def test_high_rep_stays_inside_40_to_60_percent() -> None:
    found = mapped("ht_barbell", wanted=Wanted((20, 20), 4, cap_percent=60))
    assert found.percent_e1rm == Decimal("43.8")


def test_a_percent_cap_is_of_the_lifts_own_e1rm() -> None:
    assert mapped("ht_barbell", wanted=Wanted((8, 12), 0, cap_percent=50)).kg == Decimal(80)


def test_every_step_is_said() -> None:
    assert mapped().steps == (
        "e1RM 160.0 kg",
        "× 0.65 (table, low end)",
        "10 reps at RIR 3: 65.3 %",
        "first time on this lift: × 0.9",
        "computed 61.1 kg",
        "loaded 60.0 kg",
    )


def test_the_same_lift_own_pairs_and_caps_are_said_too() -> None:
    assert mapped("ht_barbell").steps[1] == "same lift"
    pairs = (Decimal("0.7"),) * 3
    own = mapped(log=LiftLog(Decimal(160), Decimal(120), Decimal(40), pairs))
    assert own.steps[1] == "× 0.70 (median of own pairs)"
    assert "at most 40.0 kg" in own.steps
    usual = mapped(wanted=Wanted((8, 12), 3, regression=False, first_exposure=False))
    assert usual.steps[1] == "× 0.80 (table, usual)"
    assert len(usual.steps) == 5


def test_pounds_are_said_in_pounds() -> None:
    assert mapped(loadable=POUND_BAR).steps[-2:] == ("computed 134.8 lb", "loaded 130.0 lb")


@pytest.mark.parametrize(
    ("log", "wanted", "expected"),
    [
        (LiftLog(Decimal(160), Decimal(120), Decimal(50)), Wanted((8, 12), 3), "50"),
        (LiftLog(Decimal(160), Decimal(52)), Wanted((8, 12), 3), "50"),
        (STORY, Wanted((8, 12), 0, cap_percent=50), "50"),
        (STORY, Wanted((1, 1), 0, regression=False, first_exposure=False), "120"),
    ],
)
def test_caps_hold(log: LiftLog, wanted: Wanted, expected: str) -> None:
    assert mapped(log=log, wanted=wanted).kg == Decimal(expected)


@pytest.mark.parametrize(
    ("source", "target", "log"),
    [
        ("ht_barbell", "ht_band", STORY),
        ("ht_barbell", "ht_machine", STORY),
        ("ht_barbell", "ht_bw", STORY),
        ("ht_barbell", "ht_iso", STORY),
        ("dl_conv", "ht_barbell", STORY),
        ("ht_american", "ht_barbell", STORY),
        ("pullup", "pullup", STORY),
        ("ht_barbell", "ht_american", LiftLog(None, Decimal(120))),
    ],
)
def test_what_cannot_be_compared_is_found_by_ramp_sets(
    source: str, target: str, log: LiftLog
) -> None:
    found = mapped(target, log, source=source)
    assert found.kg is None
    assert found.calibrate
    assert "two ramp sets" in found.steps[1]
    assert found.cap_kg == Decimal(120)


def test_a_calibration_without_any_log_knows_no_limit() -> None:
    found = mapped("ht_band", LiftLog())
    assert found.cap_kg is None
    assert found.steps[0] == "no recent e1RM"
    assert len(found.steps) == 2


def test_below_the_empty_bar_it_is_the_bar_within_the_cap_else_by_hand() -> None:
    light = LiftLog(Decimal(40), Decimal(30))
    assert mapped(log=light).kg == Decimal(20)
    assert mapped(log=LiftLog(Decimal(40), Decimal(20))).kg == Decimal(20)
    by_hand = mapped(log=LiftLog(Decimal(40), Decimal(18)))
    assert by_hand.kg is None
    assert by_hand.calibrate
    assert by_hand.steps[-1].endswith("take a lighter implement by hand")
    assert mapped(log=LiftLog(Decimal(40))).kg is None


def test_a_pair_of_dumbbells_moves_in_steps_of_four() -> None:
    log = LiftLog(Decimal(200), Decimal(150))
    found = mapped("rdl_db", log, Wanted((8, 15), 3), Loadable.dumbbells(), source="dl_conv")
    assert found.kg == Decimal(24)


def test_impossible_reps_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one rep"):
        mapped(wanted=Wanted((0, 0), 3))
    with pytest.raises(KeyError):
        mapped("nothing")


lifts = st.sampled_from([one for one in HELD if HELD[one].has_load])
kilograms = st.integers(1_000, 400_000).map(lambda grams: Decimal(grams) / 1000)
perhaps = st.none() | kilograms
implements = st.sampled_from([BAR, POUND_BAR, Loadable.dumbbells(), Loadable.stack("lb")])
wants = st.builds(
    Wanted,
    st.tuples(st.integers(1, 15), st.integers(15, 30)),
    st.integers(0, 8).map(lambda steps: Decimal(steps) / 2),
    st.none() | st.integers(30, 100),
    st.booleans(),
    st.booleans(),
)


@given(lifts, lifts, kilograms, kilograms, perhaps, wants, implements)
@settings(max_examples=200, deadline=None)
def test_no_load_is_above_the_source_or_any_cap(
    source: str,
    target: str,
    e1rm_kg: Decimal,
    working_kg: Decimal,
    pain_free_kg: Decimal | None,
    wanted: Wanted,
    loadable: Loadable,
) -> None:
    log = LiftLog(e1rm_kg, working_kg, pain_free_kg)
    found = mapped(target, log, wanted, loadable, source)
    assert found.calibrate is (found.kg is None)
    if found.kg is not None:
        assert found.kg <= working_kg
        assert pain_free_kg is None or found.kg <= pain_free_kg
        assert loadable.down(found.kg) == found.kg
        if wanted.cap_percent is not None:
            # The cap speaks of the lift's own e1RM, never above that of the source.
            assert found.kg <= e1rm_kg * wanted.cap_percent / 100


@given(kilograms, kilograms, wants, implements)
@settings(max_examples=200, deadline=None)
def test_a_stronger_client_never_gets_less(
    one: Decimal, other: Decimal, wanted: Wanted, loadable: Loadable
) -> None:
    weak, strong = sorted((one, other))
    first = mapped(log=LiftLog(weak, Decimal(120)), wanted=wanted, loadable=loadable)
    second = mapped(log=LiftLog(strong, Decimal(120)), wanted=wanted, loadable=loadable)
    assert (first.kg or 0) <= (second.kg or 0)


@given(kilograms, wants, implements)
@settings(max_examples=200, deadline=None)
def test_a_regression_is_the_bar_or_at_most_what_was_computed(
    e1rm_kg: Decimal, wanted: Wanted, loadable: Loadable
) -> None:
    ease = Wanted(wanted.reps, wanted.rir, wanted.cap_percent, wanted.first_exposure)
    found = mapped(log=LiftLog(e1rm_kg, Decimal(120)), wanted=ease, loadable=loadable)
    low_end = e1rm_kg * Decimal("0.65")
    assert found.kg is None or found.kg <= max(low_end, loadable.lightest)


def test_ladder_a_from_120_comes_out() -> None:
    found = rungs(Decimal(120), LADDER_A, BAR)
    assert [rung.kg for rung in found] == [70, Decimal("82.5"), 95, Decimal("107.5"), 120]
    assert [rung.percent for rung in found] == list(LADDER_A)
    assert [rung.rir_min for rung in found] == [3, 3, 3, None, None]


def test_rungs_that_round_to_the_same_load_are_one() -> None:
    found = rungs(Decimal(22), LADDER_A, BAR)
    assert [(rung.percent, rung.kg) for rung in found] == [(90, Decimal(20)), (100, Decimal(22))]


def test_a_rung_below_the_bar_is_by_hand_when_the_bar_is_above_the_cap() -> None:
    found = rungs(Decimal(18), LADDER_A, BAR)
    assert [(rung.percent, rung.kg) for rung in found] == [(90, None), (100, 18)]


def test_a_cap_holds_on_every_rung() -> None:
    found = rungs(Decimal(120), LADDER_A, BAR, cap_kg=Decimal(100))
    assert [rung.kg for rung in found] == [70, Decimal("82.5"), 95, 100]


@given(kilograms, implements)
@settings(max_examples=200, deadline=None)
def test_a_ladder_only_rises_and_ends_at_its_base(base: Decimal, loadable: Loadable) -> None:
    loads = [rung.kg or Decimal(0) for rung in rungs(base, LADDER_A, loadable)]
    assert loads == sorted(set(loads))
    assert loads[-1] == base


@pytest.mark.parametrize(
    ("days", "clearance", "first", "rir"),
    [(0, False, "70", 3), (20, False, "70", 3), (21, False, "60", 4), (3, True, "60", 4)],
)
def test_the_way_back_starts_lower_after_three_weeks_or_a_clearance(
    days: int, clearance: bool, first: str, rir: int
) -> None:
    found = ramp(Decimal(120), days, BAR, clearance=clearance)
    assert (found[0].kg, found[0].rir_min) == (Decimal(first), rir)
    assert found[-1].kg == 120


def test_the_way_back_names_every_rung() -> None:
    assert [rung.percent for rung in ramp(Decimal(120), 0, BAR)] == [60, 70, 80, 90, 100]
    long_away = ramp(Decimal(120), 21, BAR)
    assert [rung.percent for rung in long_away] == [50, 60, 70, 80, 90, 100]
    assert [rung.rir_min for rung in long_away] == [4, 4, 4, 4, None, None]


def test_days_away_are_not_negative() -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        ramp(Decimal(120), -1, BAR)


def test_kn_ht_d_eases_120_to_95() -> None:
    assert BAR.down(Decimal(120) * Decimal("0.8")) == Decimal(95)
