"""The library holds the 95 exercises of the table, each with what it asks (domain §4)."""

from decimal import Decimal

import pytest

from programs.domain.exercises import (
    PATTERNS,
    Basis,
    Exercise,
    Level,
    Mark,
    demand,
    has_equipment,
    library,
)
from programs.domain.regions import TAGS

TABLE = """
ht_barbell ht_american ht_band ht_bar_band ht_knee_band ht_pause ht_kas ht_bstance ht_single ht_db
ht_bw ht_smith ht_machine ht_feet_up ht_ball_smith ht_iso gb_bw gb_band gb_barbell gb_smith
gb_single gb_feet_up gb_march frog_pump bx45 rev_hyper pull_through cable_kickback quad_hip_ext
hip_abd band_walk sq_back sq_front sq_ssb sq_box sq_goblet sq_tempo sq_heel_up sq_bw sq_belt
sq_hack leg_press leg_ext sq_spanish wall_sit dl_conv dl_sumo dl_trap dl_block rdl_bb rdl_db
rdl_sl good_am kb_dl kb_swing leg_curl hinge_drill split_sq bss lunge_rev lunge_fwd lunge_walk
lunge_lat step_low step_high bp_bb bp_db bp_smith bp_incline_db bp_neutral bp_close floor_press
chest_mach pushup pushup_inc ohp_bb ohp_db landmine row_bb row_chest row_cable row_db row_inv
pullup pulldown pulldown_n face_pull calf_stand calf_seat calf_iso carry_side plank deadbug
birddog pallof
"""
IDS = TABLE.split()


def levels(exercise_id: str, tags: str) -> str:
    return " ".join(demand(library()[exercise_id], tag).name for tag in tags.split())


def test_there_are_exactly_95_in_table_order() -> None:
    assert len(IDS) == 95
    assert list(library()) == IDS


@pytest.mark.parametrize(
    ("exercise_id", "vector"),
    [
        ("ht_barbell", "H M N M M M L"),
        ("ht_american", "M L N L M L L"),
        ("ht_band", "L M N M M L L"),
        ("ht_kas", "M L N L M L L"),
        ("gb_march", "L L N L M N M"),
        ("frog_pump", "L L N M H N L"),
        ("rev_hyper", "M H N M N N L"),
        ("hip_abd", "N N N M M N H"),
        ("sq_back", "H L H H H H L"),
        ("sq_box", "H L H M M M L"),
        ("sq_belt", "L L N H H H L"),
        ("leg_press", "L N N H H H L"),
        ("sq_spanish", "L N N M M H N"),
        ("dl_conv", "H M H M M L L"),
        ("dl_trap", "M M H M M M L"),
        ("dl_block", "H M H L L L L"),
        ("leg_curl", "N L N M H N N"),
        ("bss", "M L M H M M H"),
        ("lunge_lat", "L L L H M M H"),
        ("step_low", "L L L L L M M"),
        ("calf_seat", "N N N N M N N"),
        ("carry_side", "N N M N N N M"),
        ("plank", "L N N N N N N"),
    ],
)
def test_lower_vectors_are_those_of_the_table(exercise_id: str, vector: str) -> None:
    assert levels(exercise_id, "le lx ax hf kf ke un") == vector


@pytest.mark.parametrize(
    ("exercise_id", "vector"),
    [
        ("bp_bb", "H M M N L"),
        ("bp_neutral", "M M L N L"),
        ("floor_press", "M M M N N"),
        ("pushup", "M M H L M"),
        ("pushup_inc", "L L M L L"),
        ("ohp_bb", "H M M M M"),
        ("row_bb", "M M M L H"),
        ("row_chest", "M M M L N"),
        ("pullup", "H H H M N"),
        ("pulldown_n", "M L L L N"),
    ],
)
def test_upper_vectors_are_those_of_the_table(exercise_id: str, vector: str) -> None:
    assert levels(exercise_id, "sh el wr nk le") == vector


@pytest.mark.parametrize(
    ("exercise_id", "tags", "vector"),
    [
        ("ht_iso", "bench_edge nk forefoot", "M L L"),
        ("gb_barbell", "bench_edge nk forefoot", "N N L"),
        ("sq_back", "sh wr el nk df", "M M M M H"),
        ("sq_front", "sh wr el nk df", "M H M N H"),
        ("sq_ssb", "sh wr el nk df", "L N N M H"),
        ("sq_heel_up", "df", "L"),
        ("sq_spanish", "df", "L"),
        ("sq_box", "df", "M"),
        ("wall_sit", "df", "M"),
        ("leg_press", "df sh wr", "H N N"),
        ("dl_trap", "wr el df", "M M N"),
        ("leg_curl", "wr el", "N N"),
        ("hinge_drill", "wr el", "N N"),
        ("carry_side", "wr el", "M M"),
        ("ohp_db", "nk", "M"),
        ("lunge_rev", "df forefoot", "M H"),
        ("step_low", "df forefoot", "M H"),
        ("calf_stand", "df forefoot", "H H"),
        ("calf_iso", "df forefoot", "M M"),
        ("dl_sumo", "groin_stretch", "H"),
        ("lunge_lat", "groin_stretch", "H"),
        ("frog_pump", "groin_stretch bench_edge", "H N"),
    ],
)
def test_cross_flags_are_those_of_the_table(exercise_id: str, tags: str, vector: str) -> None:
    assert levels(exercise_id, tags) == vector


@pytest.mark.parametrize("exercise_id", ["sq_box", "sq_tempo", "sq_heel_up", "good_am"])
def test_a_bar_on_the_back_asks_the_same_of_the_arms_in_every_lift(exercise_id: str) -> None:
    assert levels(exercise_id, "sh wr el nk") == levels("sq_back", "sh wr el nk") == "M M M M"


def test_le_ke_ax_and_sh_drop_one_step_when_light() -> None:
    squat = library()["sq_back"]
    dropped = {tag for tag in TAGS if demand(squat, tag, light=True) < demand(squat, tag)}
    assert dropped == {"le", "ke", "ax", "sh"}
    assert demand(squat, "le", light=True) is Level.M
    assert demand(library()["hip_abd"], "le", light=True) is Level.N


def test_a_tag_nobody_defined_is_refused() -> None:
    with pytest.raises(ValueError, match="no demand tag hips"):
        demand(library()["sq_back"], "hips")


@pytest.mark.parametrize(
    ("pattern", "count"),
    list(zip(PATTERNS, (24, 7, 11, 4, 11, 8, 10, 3, 6, 3, 3, 1, 4), strict=True)),
)
def test_each_exercise_has_its_one_pattern(pattern: str, count: int) -> None:
    expected = {
        "knee_iso": {"leg_ext", "sq_spanish", "wall_sit", "leg_curl"},
        "press_v": {"ohp_bb", "ohp_db", "landmine"},
        "pull_v": {"pullup", "pulldown", "pulldown_n"},
    }
    found = {one.id for one in library().of_pattern(pattern)}
    assert len(found) == count
    assert found == expected.get(pattern, found)


@pytest.mark.parametrize(
    ("exercise_id", "parent", "low", "default", "high", "mark"),
    [
        ("ht_american", "ht_barbell", ".65", ".80", ".95", Mark.DEFAULT),
        ("ht_single", "ht_barbell", ".15", ".30", ".45", Mark.DEFAULT),
        ("gb_smith", "ht_barbell", ".85", "1", "1.2", Mark.DEFAULT),
        ("dl_trap", "dl_conv", "1", "1.07", "1.1", Mark.MEASURED),
        ("good_am", "sq_back", ".25", ".40", ".50", Mark.DEFAULT),
        ("bp_db", "bp_bb", ".72", ".83", ".90", Mark.MEASURED),
        ("bp_smith", "bp_bb", ".90", ".97", "1.05", Mark.MEASURED),
        ("row_db", "row_bb", ".35", ".45", ".55", Mark.DEFAULT),
    ],
)
def test_ratios_carry_their_mark(
    exercise_id: str, parent: str, low: str, default: str, high: str, mark: Mark
) -> None:
    exercise = library()[exercise_id]
    assert exercise.parent == parent
    assert exercise.ratio is not None
    assert (exercise.ratio.low, exercise.ratio.default, exercise.ratio.high) == (
        Decimal(low),
        Decimal(default),
        Decimal(high),
    )
    assert exercise.ratio.mark is mark


def test_there_are_six_roots() -> None:
    roots = [one.id for one in library().values() if one.basis is Basis.ROOT]
    assert roots == ["ht_barbell", "sq_back", "dl_conv", "bp_bb", "row_bb", "pullup"]


@pytest.mark.parametrize(
    ("exercise_id", "low", "high", "unit", "per_side", "sets"),
    [
        ("ht_barbell", 3, 30, "reps", False, None),
        ("ht_iso", 20, 45, "seconds", False, None),
        ("gb_march", 8, 12, "reps", True, None),
        ("sq_spanish", 30, 45, "seconds", False, 5),
        ("carry_side", 20, 40, "metres", True, None),
        ("plank", 20, 40, "seconds", False, None),
    ],
)
def test_a_range_says_reps_seconds_or_metres(
    exercise_id: str, low: int, high: int, unit: str, per_side: bool, sets: int | None
) -> None:
    reps = library()[exercise_id].reps
    assert reps is not None
    assert (reps.low, reps.high, reps.unit, reps.per_side, reps.sets) == (
        low,
        high,
        unit,
        per_side,
        sets,
    )


def test_every_exercise_is_complete() -> None:
    for exercise in library().values():
        assert exercise.has_vector
        assert exercise.reps is not None
        assert exercise.family in library().families
        assert (exercise.ratio is None) is (exercise.basis is not Basis.RATIO)


def test_a_family_has_three_cues_and_says_whose_they_are() -> None:
    families = library().families
    assert list(families) == ["HT", "BX", "SQ", "HG", "LU", "PR", "PL", "CA", "CR", "TR"]
    assert all(len(family.cues) == 3 and family.faults for family in families.values())
    assert families["HT"].mark is Mark.SEED


def test_own_cues_and_faults_come_after_those_of_the_family() -> None:
    held = library()
    assert held.cues_of("ht_band")[3:] == ("Hardest at the top, so stop at a level torso.",)
    assert len(held.cues_of("ht_kas")) == 3
    assert held.faults_of("ht_kas")[-1].startswith("Dip 10 to 15 cm")
    assert held.faults_of("bx45") == held.families["BX"].faults


def test_dumbbells_are_counted_for_rounding() -> None:
    hands = {one.id: one.hands for one in library().values() if one.hands}
    assert hands["bp_db"] == hands["split_sq"] == hands["row_chest"] == 2
    assert hands["row_db"] == hands["rdl_sl"] == hands["sq_goblet"] == hands["carry_side"] == 1
    assert "bp_bb" not in hands


@pytest.mark.parametrize(
    ("exercise_id", "owned", "possible"),
    [
        ("ht_american", {"bar", "bench"}, True),
        ("ht_american", {"bar"}, False),
        ("ht_band", {"bench"}, False),
        ("sq_goblet", {"kettlebell"}, True),
        ("sq_goblet", {"dumbbell"}, True),
        ("sq_goblet", {"bar"}, False),
        ("gb_bw", set(), True),
        ("wall_sit", set(), True),
        ("frog_pump", set(), True),
    ],
)
def test_an_exercise_needs_its_equipment(exercise_id: str, owned: set[str], possible: bool) -> None:
    assert has_equipment(library()[exercise_id], owned) is possible


def test_a_coachs_own_exercise_comes_after_the_table() -> None:
    own = Exercise("own_lift", "Own lift", "squat", "SQ")
    held = library().with_own([own])
    assert list(held)[-1] == "own_lift"
    assert len(library()) == 95
    assert not held["own_lift"].has_vector
    assert held["own_lift"].hands == 0
    with pytest.raises(ValueError, match="sq_back is in the library already"):
        library().with_own([Exercise("sq_back", "Mine", "squat", "SQ")])


def test_only_bands_and_body_weight_are_written_without_kilograms() -> None:
    held = library()
    assert not held["ht_band"].has_load
    assert not held["ht_bw"].has_load
    assert held["leg_press"].has_load
    assert held["ht_american"].has_load


def test_high_rep_is_a_prescription_of_the_same_lift() -> None:
    rx = library().prescriptions["rx_highrep"]
    assert (rx.reps, rx.percent, rx.rir_min, rx.mark) == ((15, 30), (40, 60), 3, Mark.SEED)
