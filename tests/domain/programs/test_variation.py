"""The graph says what is easier for a region, and what refer blocks (domain §4, §5, I-4)."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.domain.exercises import Exercise, Level, Mark, demand, library
from programs.domain.regions import TAGS, all_regions, in_group, tags_of
from programs.domain.variation import (
    blocked_at_refer,
    harder_than,
    raises_demand,
    regress_of,
    ring_in,
    strictly_lower,
    variations,
)

HELD = library()
HIP = ("groin", "hip_front", "hip_side", "buttock")
regions = st.sampled_from([one.id for one in all_regions()])
lifts = st.sampled_from(list(HELD))


@pytest.mark.parametrize(
    ("source", "target", "region", "raised"),
    [
        ("ht_barbell", "ht_american", "back_low", ()),
        ("dl_conv", "ht_barbell", "back_low", ()),
        ("split_sq", "sq_goblet", "si_region", ()),
        ("bss", "sq_goblet", "buttock", ()),
        ("lunge_rev", "sq_goblet", "buttock", ("hf",)),
        ("step_high", "leg_press", "buttock", ()),
        ("lunge_lat", "leg_press", "buttock", ()),
        ("lunge_fwd", "leg_press", "buttock", ("hf",)),
        ("lunge_rev", "gb_bw", "buttock", ()),
        ("dl_conv", "gb_barbell", "buttock", ()),
        ("dl_conv", "gb_barbell", "si_region", ()),
        ("kb_dl", "gb_barbell", "si_region", ("le",)),
        ("sq_back", "split_sq", "groin", ("un",)),
        ("bss", "split_sq", "groin", ()),
        ("sq_back", "split_sq", "hip_front", ()),
        ("gb_barbell", "ht_band", "back_mid", ("bench_edge",)),
        ("gb_barbell", "gb_band", "back_mid", ()),
        ("ht_barbell", "frog_pump", "groin", ("groin_stretch",)),
        ("row_bb", "row_cable", "elbow_inner", ()),
        ("calf_stand", "sq_back", "ankle", ("kf",)),
        ("step_low", "sq_box", "ankle", ("kf",)),
        ("lunge_rev", "sq_box", "ankle", ()),
        ("lunge_rev", "ht_barbell", "heel", ()),
        ("ht_barbell", "sq_back", "head", ()),
    ],
)
def test_a_swap_raises_exactly_these_tags(
    source: str, target: str, region: str, raised: tuple[str, ...]
) -> None:
    assert raises_demand(HELD, source, target, region) == raised


def test_a_light_target_may_pass_where_a_heavy_one_does_not() -> None:
    assert raises_demand(HELD, "ht_american", "ht_barbell", "buttock") == ("le", "hf")
    assert raises_demand(HELD, "gb_barbell", "ht_smith", "buttock", light=True) == ("hf",)
    assert raises_demand(HELD, "ht_pause", "ht_barbell", "buttock", light=True) == ()
    # What was prescribed light itself asks one step less as well.
    both = raises_demand(HELD, "ht_pause", "ht_barbell", "buttock", light=True, source_light=True)
    assert both == ("le",)


@pytest.mark.parametrize(
    ("source", "target", "region", "lower"),
    [
        ("sq_back", "sq_ssb", "neck", False),
        ("sq_back", "sq_ssb", "upper_trap", True),
        ("sq_back", "sq_box", "shoulder", False),
        ("sq_back", "sq_goblet", "neck", True),
        ("bss", "sq_box", "hip_side", True),
        ("ht_single", "ht_barbell", "hip_side", True),
        ("ht_barbell", "ht_band", "hip_front", False),
        ("ht_barbell", "ht_american", "back_low", True),
        ("ht_barbell", "ht_barbell", "back_low", False),
        ("ht_barbell", "ht_american", "general", False),
        ("sq_back", "leg_curl", "shin", False),
        ("sq_back", "leg_curl", "head", False),
    ],
)
def test_strictly_lower_needs_one_lower_and_none_higher(
    source: str, target: str, region: str, lower: bool
) -> None:
    assert strictly_lower(HELD, source, target, region) is lower


def test_light_counts_for_strictly_lower_as_well() -> None:
    assert not strictly_lower(HELD, "ht_barbell", "ht_smith", "si_region")
    assert strictly_lower(HELD, "ht_barbell", "ht_smith", "si_region", light=True)
    same = strictly_lower(
        HELD, "ht_barbell", "ht_smith", "si_region", light=True, source_light=True
    )
    assert not same


def test_regressions_come_nearest_first() -> None:
    """Fewest tags changed, then the same equipment, then table order (ANY-H, domain §5)."""
    assert regress_of(HELD, "sq_back", "knee_front") == ("sq_box", "sq_goblet", "sq_bw")
    assert regress_of(HELD, "pullup", "elbow_inner") == ("pulldown", "pulldown_n")
    assert regress_of(HELD, "ht_barbell", "hip_side") == ("ht_band", "ht_american")


def test_regressions_stay_in_the_pattern() -> None:
    for lift in HELD:
        for region in all_regions():
            for other in regress_of(HELD, lift, region.id):
                assert HELD[other].pattern == HELD[lift].pattern


@pytest.mark.parametrize("region", ["back_low", *HIP])
def test_seed_edges_are_regressions_of_the_barbell_hip_thrust(region: str) -> None:
    assert {"ht_american", "ht_band"} <= set(regress_of(HELD, "ht_barbell", region))
    edges = [edge for edge in variations(HELD, region) if edge.source == "ht_barbell"]
    seeds = {edge.target for edge in edges if edge.mark is Mark.SEED}
    assert seeds == {"ht_american", "ht_band", "rx_highrep"}


def test_a_seed_edge_says_nothing_about_other_regions() -> None:
    assert "ht_band" not in regress_of(HELD, "ht_barbell", "tailbone")
    assert "ht_band" not in regress_of(HELD, "ht_barbell", "shoulder_front")


@pytest.mark.parametrize("region", ["head", "abdomen", "general", "shin"])
def test_regions_without_usable_tags_have_no_graph(region: str) -> None:
    assert variations(HELD, region) == ()


@given(lifts, regions)
@settings(max_examples=200, deadline=None)
def test_no_regression_raises_what_hurts(lift: str, region: str) -> None:
    for other in regress_of(HELD, lift, region):
        assert raises_demand(HELD, lift, other, region) == ()


@pytest.mark.parametrize("region", [one.id for one in all_regions()])
def test_the_graph_of_a_region_has_no_ring(region: str) -> None:
    edges = [(lift, other) for lift in HELD for other in regress_of(HELD, lift, region)]
    assert ring_in(edges) == ()


def test_a_ring_is_found_wherever_it_hides() -> None:
    chain = list(pairwise("abcdef"))
    assert ring_in(chain) == ()
    assert ring_in([*chain, ("e", "c")]) == ("c", "d", "e", "c")
    assert ring_in([("a", "a")]) == ("a", "a")
    assert ring_in([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]) == ()


def test_harder_is_easier_read_backwards() -> None:
    assert "ht_barbell" in harder_than(HELD, "ht_american", "back_low")
    found = harder_than(HELD, "ht_barbell", "hip_side")
    assert found == (
        "ht_knee_band", "ht_bstance", "ht_single", "gb_band", "gb_single", "gb_march",
    )  # fmt: skip


def test_the_shown_edges_lead_to_every_regression() -> None:
    for region in ("back_low", "knee_front", "shoulder"):
        onward: dict[str, set[str]] = {}
        for edge in variations(HELD, region):
            onward.setdefault(edge.source, set()).add(edge.target)
        for lift in HELD:
            reached: set[str] = set()
            todo = list(onward.get(lift, ()))
            while todo:
                one = todo.pop()
                if one not in reached:
                    reached.add(one)
                    todo += onward.get(one, ())
            assert set(regress_of(HELD, lift, region)) == reached - {"rx_highrep"}


def test_an_edge_gives_ratio_reason_and_mark() -> None:
    by_ends = {(edge.source, edge.target): edge for edge in variations(HELD, "back_low")}
    american = by_ends["ht_barbell", "ht_american"]
    assert (american.ratio, american.mark) == (Decimal("0.65"), Mark.SEED)
    trap = by_ends["dl_conv", "dl_trap"]
    assert trap.reason == "lumbar-extensor moment high to medium"
    assert trap.ratio == 1
    assert by_ends["ht_barbell", "rx_highrep"].ratio == 1
    assert by_ends["ht_barbell", "ht_band"].ratio is None


@pytest.mark.parametrize(
    ("lift", "region", "felt", "blocked"),
    [
        ("ht_american", "back_low", "squat", True),
        ("ht_band", "back_low", "squat", True),
        ("gb_bw", "back_low", "squat", False),
        ("gb_bw", "back_low", "hip_thrust", True),
        ("bp_bb", "back_low", "squat", False),
        ("bp_bb", "knee_front", "squat", False),
        ("bp_bb", "shoulder_front", None, True),
        ("leg_ext", "knee", "squat", True),
        ("hinge_drill", "knee", "squat", False),
        ("plank", "back_low", "squat", False),
        ("plank", "head", None, True),
        ("plank", "abdomen", "squat", True),
        ("plank", "general", "squat", True),
        ("calf_iso", "forefoot", "lunge", True),
        ("sq_box", "shoulder_front", "press_h", True),
        ("ht_barbell", "shin", "lunge", False),
        ("lunge_rev", "shin", "lunge", True),
        ("a lift nobody wrote down", "knee", None, True),
    ],
)
def test_refer_blocks_the_pattern_and_whatever_asks_m_or_more(
    lift: str, region: str, felt: str | None, blocked: bool
) -> None:
    assert blocked_at_refer(HELD, lift, region, felt) is blocked


@given(lifts, regions)
@settings(max_examples=200, deadline=None)
def test_refer_lets_nothing_through_that_asks_m(lift: str, region: str) -> None:
    if any(demand(HELD[lift], tag) >= Level.M for tag in tags_of(region)):
        assert blocked_at_refer(HELD, lift, region, None)


def test_an_own_exercise_without_tags_is_blocked_and_never_easier() -> None:
    held = HELD.with_own([Exercise("own_thrust", "Own thrust", "hip_thrust", "HT")])
    assert blocked_at_refer(held, "own_thrust", "back_low", "press_h")
    assert "own_thrust" not in regress_of(held, "ht_barbell", "back_low")
    assert raises_demand(held, "ht_barbell", "own_thrust", "back_low") == ("le", "lx", "ax")
    assert not strictly_lower(held, "own_thrust", "gb_bw", "back_low")
    assert not strictly_lower(held, "ht_barbell", "own_thrust", "back_low")


def test_every_region_with_tags_is_loaded_by_something() -> None:
    loaded = {tag for lift in HELD.values() for tag, _ in lift.demands}
    assert loaded == set(TAGS)
    assert in_group("back_low", "pelvic")
