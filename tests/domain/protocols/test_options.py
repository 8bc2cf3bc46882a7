"""The coach is offered what fits this client, in order, and is told why the rest is not."""

import sys
import time
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from clients.domain.offer_facts import Facts, Painful
from clients.domain.options import Offer, Offers, offer
from clients.domain.overlay import (
    Alternate,
    Freq,
    HighRep,
    Overlay,
    Range,
    Remove,
    Reps,
    RirMin,
    ScaleLoad,
    Swap,
)
from clients.domain.resolve import resolve
from programs.domain.exercises import Exercise, library
from programs.domain.loadable import Implements, to_kg
from programs.domain.protocol import Severity
from programs.domain.protocol_ops import OpClass
from tests.domain.protocols.case import MONDAY, TODAY, facts, logged, plan, written

MILD, MODERATE, HIGH = Severity


def shown(offers: Offers) -> str:
    return " ".join(one.option_id for one in offers.main + offers.more)


def one(offers: Offers, option_id: str) -> Offer:
    return next(one for one in offers.main + offers.more if one.option_id == option_id)


def why(offers: Offers, option_id: str) -> str:
    return dict(offers.refused)[option_id]


def spots(*regions: str, severity: Severity = MODERATE) -> tuple[Painful, ...]:
    return tuple(Painful(region, "left", severity) for region in regions)


def test_the_story_offers_american_thrust_recheck_and_high_reps() -> None:
    offers = offer(facts())
    assert [one.option_id for one in offers.main] == ["LB-HT.b", "LB-HT.a", "LB-HT.c"]
    assert [one.option_id for one in offers.more] == ["LB-HT.d", "LB-HT.e"]
    assert offers.watch and offers.remove is not None
    assert offers.refused == () and offers.sentence == ""


def test_american_thrust_is_60_kg_first_and_67_5_kg_from_then_on() -> None:
    found = one(offer(facts(records={"LB-HT.b": (3, 4)})), "LB-HT.b")
    assert found.overlay.ops == (
        Swap("ht_barbell", "ht_american", (Decimal(60), Decimal("67.5"))),
        Reps(8, 12),
        RirMin(Decimal(3)),
    )
    assert found.line == "8–12 · RIR 3+ · 60 kg"
    assert (found.days, found.review_on) == (21, TODAY + timedelta(days=21))
    assert (found.mark, found.record, found.ladder) == ("S", (3, 4), "C")
    assert (found.strongest, found.calibrate) == (OpClass.SWAP, False)
    assert found.overlay.exercises == ("ht_barbell",)
    assert found.overlay.starts_on == TODAY and found.overlay.ended_on is None


def test_in_pounds_the_first_load_is_130() -> None:
    lb = Implements("lb", bar=Decimal(45))
    found = one(offer(facts(loadable=lb)), "LB-HT.b")
    assert found.line == "8–12 · RIR 3+ · 130 lb"
    (swap,) = [op for op in found.overlay.ops if isinstance(op, Swap)]
    assert swap.loads[0] == to_kg(Decimal(130), "lb")


def test_high_reps_are_67_5_kg_first_on_the_same_lift() -> None:
    found = one(offer(facts()), "LB-HT.c")
    loads = (Decimal("67.5"), Decimal(75))
    assert found.overlay.ops == (HighRep(15, 30, Decimal(3), loads),)
    assert found.line == "15–30 · RIR 3+ · 67.5 kg"


def test_the_last_pain_free_load_is_a_cap() -> None:
    found = one(offer(facts(pain_free_kg={"ht_american": Decimal(50)})), "LB-HT.b")
    assert found.line == "8–12 · RIR 3+ · 50 kg"


def test_own_pairs_replace_the_table() -> None:
    own = {("ht_barbell", "ht_american"): (Decimal("0.8"),) * 3}
    found = one(offer(facts(own_pairs=own)), "LB-HT.b")
    assert found.line == "8–12 · RIR 3+ · 75 kg"


def test_a_short_range_option_stays_at_60_percent() -> None:
    found = one(offer(facts()), "LB-HT.e")
    (swap,) = [op for op in found.overlay.ops if isinstance(op, Swap)]
    assert swap.loads == (Decimal(70), Decimal(70))  # 120 kg e1RM of the Kas bridge × .6 = 72


def test_without_a_log_ramp_sets_find_the_load() -> None:
    found = one(offer(facts(logs={})), "LB-HT.b")
    assert found.calibrate and found.line == "8–12 · RIR 3+ · load by ramp sets"


def test_painful_sets_do_not_count_for_the_load() -> None:
    sets = (logged(), logged(), replace(logged(kg="180"), pain=4))
    assert one(offer(facts(logs={"ht_barbell": sets})), "LB-HT.b").line.endswith("60 kg")


def test_several_shapes_of_one_lift_take_the_load_of_the_most_reps() -> None:
    lifts = (written("ht_barbell"), written("ht_barbell", "B", reps_min=3, reps_max=3))
    found = one(offer(facts("knee", lifts=lifts)), "KN-HT.c")
    (swap,) = [op for op in found.overlay.ops if isinstance(op, Swap)]
    assert swap.loads[0] == Decimal(55)  # the sets of 3 become 8–15 on the new lift


def test_mild_starts_with_the_recheck() -> None:
    assert shown(offer(facts(severity=MILD))) == "LB-HT.a LB-HT.b LB-HT.c LB-HT.d LB-HT.e"


def test_high_takes_its_own_row_and_else_the_nearest_easier_exercise() -> None:
    assert shown(offer(facts(severity=HIGH, action_set="A4"))) == "LB-HT-H.a LB-HT-H.b"
    squat = offer(facts(pattern="squat", exercise="sq_back", severity=HIGH, action_set="A4"))
    assert shown(squat) == "ANY-H.a ANY-H.b"
    (swap, rir) = one(squat, "ANY-H.a").overlay.ops
    assert isinstance(swap, Swap) and swap.target == "sq_tempo" and rir == RirMin(Decimal(4))


def test_a1_puts_rechecks_first_and_leaves_removal_out() -> None:
    assert shown(offer(facts(action_set="A1")))[:15] == "LB-HT.a LB-HT.b"
    knee = offer(facts("knee", action_set="A1"))
    assert shown(knee) == "KN-HT.b KN-HT.a KN-HT.c KN-HT.d"
    other = offer(facts("abdomen", action_set="A1"))
    assert shown(other) == "ANY.a ANY.b ANY.c"
    assert why(other, "ANY.d") == "Leaving an exercise out is more than this calls for."


def test_a1_adds_the_general_recheck_where_the_row_has_none() -> None:
    row = offer(facts("back_mid", "pull_h", "A1", exercise="row_bb"))
    assert shown(row) == "ANY.a MB-PL.a MB-PL.c"


def test_a2_keeps_the_order_with_removal_last() -> None:
    band = offer(facts("hip_side", "glute_accessory", exercise="band_walk"))
    assert shown(band) == "HL-ALL.c HL-ALL.b"


def test_a3_refuses_a_recheck_alone() -> None:
    knee = offer(facts("knee", action_set="A3"))
    assert shown(knee) == "KN-HT.a KN-HT.c KN-HT.d"
    assert why(knee, "KN-HT.b") == "A recheck alone is not enough here."


def test_a3_refuses_a_recheck_that_is_alone_because_nothing_can_be_lowered() -> None:
    bridge = offer(facts("back_mid", action_set="A3", exercise="gb_bw"))
    assert why(bridge, "MB-HT.a") == "A recheck alone is not enough here."


def test_a4_offers_only_what_takes_the_exercise_out_of_the_program() -> None:
    assert shown(offer(facts(action_set="A4"))) == "LB-HT.b LB-HT.d LB-HT.e"
    assert shown(offer(facts("knee", action_set="A4"))) == "KN-HT.c"


def test_a4_on_back_and_hip_takes_the_band_in_every_session() -> None:
    both = spots("back_low", "hip_front")
    assert shown(offer(facts(painful=both))) == "LBHIP-HT.a LBHIP-HT.b"
    strict = offer(facts(painful=both, action_set="A4"))
    assert shown(strict) == "LBHIP-HT.b"
    assert why(strict, "LBHIP-HT.a") == "The painful exercise would stay in the program."


def test_a4_refuses_a_swap_that_lowers_nothing() -> None:
    smith = offer(facts("back_mid", action_set="A4"))
    assert "MB-HT.b" not in shown(smith)
    assert "as much of the painful spot" in why(smith, "MB-HT.b")


def test_a4_without_a_named_exercise_wants_the_whole_pattern_out() -> None:
    mixed = facts(action_set="A4", exercise=None, lifts=("ht_barbell", "frog_pump"))
    offers = offer(mixed)
    assert why(offers, "LB-HT.b") == "The painful exercise would stay in the program."
    assert shown(offers) == "ANY-H.b"


def test_a4_with_nothing_left_falls_back_to_the_nearest_or_removal() -> None:
    failed = frozenset({"LB-HT.b", "LB-HT.d", "LB-HT.e"})
    offers = offer(facts(action_set="A4", failed_option_ids=failed))
    assert shown(offers) == "ANY-H.a ANY-H.b"
    assert why(offers, "LB-HT.d") == "It was tried in the last 12 weeks and did not settle it."


def test_no_other_exercise_becomes_the_one_that_hurts() -> None:
    lifts = ("ht_bw", "ht_barbell")
    mild = (Painful("buttock", "left", MILD),)
    only_a_bench: dict[str, Any] = {"lifts": lifts, "equipment": frozenset({"bench"})}
    asked = facts(painful=mild, action_set="A4", exercise="ht_bw", **only_a_bench)
    ops = one(offer(asked), "ANY-H.a").overlay.ops
    swaps = {each.source: each.target for each in ops if isinstance(each, Swap)}
    assert swaps["ht_bw"] == "gb_bw" and "ht_bw" not in swaps.values()


def test_two_regions_take_their_row_by_the_higher_severity() -> None:
    back_mild = (Painful("back_low", "midline", MILD), Painful("groin", "left", MODERATE))
    assert shown(offer(facts(painful=back_mild))) == "LBHIP-HT.a LBHIP-HT.b"
    hip_high = (Painful("back_low", "midline", MILD), Painful("groin", "left", HIGH))
    assert shown(offer(facts(painful=hip_high))).startswith("LB-HT.a")


def test_the_alternate_takes_turns_from_the_first_exposure() -> None:
    found = one(offer(facts(painful=spots("back_low", "groin"))), "LBHIP-HT.a")
    (op,) = found.overlay.ops
    assert isinstance(op, Alternate)
    assert op.odd == (Swap("ht_barbell", "ht_band"), RirMin(Decimal(3)))
    assert op.even == (HighRep(15, 30, Decimal(3), (Decimal("67.5"), Decimal(75))),)
    assert found.line == "15–30 · RIR 3+ · band / 15–30 · RIR 3+ · 67.5 kg"


def test_no_band_means_no_alternate() -> None:
    gym = frozenset({"bar", "bench", "pad"})
    offers = offer(facts(painful=spots("back_low", "groin"), equipment=gym))
    assert shown(offers) == ""
    assert why(offers, "LBHIP-HT.a") == "Banded hip thrust needs equipment that is not there."
    assert offers.sentence.startswith("No option is left")
    assert offers.watch and offers.remove is not None


def test_an_alternate_on_another_lift_is_refused() -> None:
    smith = offer(facts(painful=spots("back_low", "groin"), exercise="ht_smith"))
    assert why(smith, "LBHIP-HT.a").startswith("It takes turns with Barbell hip thrust")


def test_another_active_region_filters_what_would_load_it() -> None:
    knee_too = offer(facts(painful=spots("knee", "shoulder_front")))
    assert "KN-HT.c" in shown(knee_too)
    groin_too = offer(
        facts("hip_front", "squat", exercise="sq_back", painful=spots("hip_front", "groin"))
    )
    assert why(groin_too, "HF-SQ.c") == (
        "Split squat asks more of groin: one-leg or lateral-hip demand."
    )


def test_coach_and_client_rule_exercises_out() -> None:
    offers = offer(facts(exclusions=frozenset({"ht_american"})))
    assert why(offers, "LB-HT.b") == "American hip thrust was ruled out by coach or client."
    kas_out = offer(facts(exclusions=frozenset({"ht_kas"})))
    (swap,) = [op for op in one(kas_out, "LB-HT.e").overlay.ops if isinstance(op, Swap)]
    assert swap.target == "gb_barbell"


def test_what_an_open_refer_blocks_is_no_target() -> None:
    offers = offer(facts(blocked=frozenset({"ht_american"})))
    assert why(offers, "LB-HT.b") == "American hip thrust waits for a clearance."


def test_a_blocked_pattern_leaves_nothing_to_change() -> None:
    offers = offer(facts(blocked=frozenset({"ht_barbell"})))
    assert offers.main == () and offers.remove is None and offers.watch
    assert offers.sentence.startswith("No session ahead")


def test_a_pattern_already_under_a_regression_gets_no_second_one() -> None:
    first = replace(one(offer(facts()), "LB-HT.b").overlay, regression="r1")
    again = offer(facts(active_overlays=(first,)))
    assert again.main == () and again.watch and again.remove is not None
    assert again.sentence.startswith("This pattern is already under a regression")
    assert shown(offer(facts(active_overlays=(first,), replacing="r1"))).startswith("LB-HT.b")
    closed = replace(first, ended_on=TODAY)
    assert shown(offer(facts(active_overlays=(closed,)))).startswith("LB-HT.b")
    by_exercise = replace(first, pattern=None)
    assert offer(facts(active_overlays=(by_exercise,))).main == ()
    elsewhere = replace(first, pattern="squat", exercises=("sq_back",))
    assert shown(offer(facts(active_overlays=(elsewhere,)))).startswith("LB-HT.b")


def test_open_questions_about_the_session_leave_swaps_out() -> None:
    offers = offer(facts(action_set="A1", questions_left=True))
    assert shown(offers) == "LB-HT.a LB-HT.c"
    assert "questions" in why(offers, "LB-HT.b")


@pytest.mark.parametrize("region", ["head", "abdomen", "general"])
def test_places_without_usable_tags_get_no_swap(region: str) -> None:
    offers = offer(facts(region))
    assert shown(offers) == "ANY.a ANY.b ANY.c ANY.d"
    assert all(one.strongest is not OpClass.SWAP for one in offers.main + offers.more)
    beside = offer(facts(painful=spots("back_low", region)))
    assert why(beside, "LB-HT.b") == f"For {region} nobody can say which exercise is easier."


@pytest.mark.parametrize(
    ("region", "pattern", "exercise", "target"),
    [
        ("si_region", "lunge", "bss", "sq_goblet"),
        ("si_region", "lunge", "lunge_rev", "sq_goblet"),
        ("buttock", "lunge", "bss", "sq_goblet"),
        ("buttock", "lunge", "step_high", "sq_goblet"),
        ("buttock", "lunge", "lunge_lat", "sq_goblet"),
        ("buttock", "lunge", "lunge_rev", "gb_bw"),
        ("buttock", "hinge", "rdl_bb", "gb_barbell"),
        ("si_region", "hinge", "dl_conv", "gb_barbell"),
    ],
)
def test_one_sided_buttock_pain_gets_the_two_legged_swap_that_asks_no_more(
    region: str, pattern: str, exercise: str, target: str
) -> None:
    found = one(offer(facts(region, pattern, exercise=exercise)), "SI-UL.a")
    (swap,) = [op for op in found.overlay.ops if isinstance(op, Swap)]
    assert swap.target == target


def test_a_pinch_in_the_groin_takes_the_split_squat_from_a_bulgarian_only() -> None:
    assert "HF-SQ.c" in shown(offer(facts("hip_front", "squat", exercise="sq_back")))
    assert "HF-SQ.c" not in shown(offer(facts("groin", "squat", exercise="sq_back")))
    assert "HF-SQ.c" in shown(offer(facts("groin", "lunge", exercise="bss")))


def test_a_bridge_never_gets_a_bench_edge_for_the_middle_of_the_back() -> None:
    found = one(offer(facts("back_mid", exercise="gb_barbell")), "MB-HT.c")
    assert isinstance(found.overlay.ops[0], Swap)
    assert found.overlay.ops[0].target == "gb_band"
    no_band = offer(facts("back_mid", exercise="gb_barbell", equipment=frozenset({"bar"})))
    (swap, *_) = one(no_band, "MB-HT.c").overlay.ops
    assert isinstance(swap, Swap) and swap.target == "gb_bw"


def test_the_smith_version_is_of_the_same_lift() -> None:
    for exercise, smith in (("gb_barbell", "gb_smith"), ("ht_barbell", "ht_smith")):
        (swap, _) = one(offer(facts("back_mid", exercise=exercise)), "MB-HT.b").overlay.ops
        assert isinstance(swap, Swap) and swap.target == smith


def test_the_safety_bar_is_for_the_upper_trap_only() -> None:
    bar_only = frozenset({"ssb", "rack"})
    trap = offer(facts("upper_trap", "squat", exercise="sq_back", equipment=bar_only))
    (swap, _) = one(trap, "NK-ANY.b").overlay.ops
    assert isinstance(swap, Swap) and swap.target == "sq_ssb"
    assert "NK-ANY.b" not in shown(
        offer(facts("neck", "squat", exercise="sq_back", equipment=bar_only))
    )


def test_pressure_of_the_bar_alone_takes_the_pad_first() -> None:
    pressed = facts(
        "hip_front",
        aggravators=frozenset({"press_on_it"}),
        timing=frozenset({"during_set"}),
    )
    assert shown(offer(pressed)) == "HB-HT.a HB-HT.b"
    assert one(offer(pressed), "HB-HT.a").days == 7


def test_the_hamstring_row_for_a_buttock_waits_behind_more() -> None:
    offers = offer(
        facts("buttock", "hinge", exercise="rdl_bb", failed_option_ids=frozenset({"SI-UL.b"}))
    )
    assert [one.option_id for one in offers.main] == ["SI-UL.a", "SI-UL.c"]
    assert [one.option_id for one in offers.more] == ["HAM.a", "HAM.b", "HAM.c"]


def test_an_option_of_another_pattern_of_the_row_is_not_even_refused() -> None:
    press = offer(facts("shoulder", "press_v", exercise="ohp_bb"))
    assert shown(press) == "SH-PR.a SH-PR.c SH-PR.e" and press.refused == ()
    elbow = offer(facts("elbow", "press_v", exercise="ohp_bb"))
    assert "EL-PL.b" not in shown(elbow) and elbow.refused == ()


def test_frequency_goes_only_where_a_session_stays() -> None:
    found = one(offer(facts("knee")), "KN-HT.a")
    assert found.overlay.ops == (Freq(1),) and found.line == "3 → 2 a week"
    assert found.overlay.exercises == () and found.overlay.pattern == "hip_thrust"
    once = offer(facts("knee", plan=plan("ht_barbell", days=(0,))))
    assert why(once, "KN-HT.a") == "There is one session a week with it: none can go."


def test_a_lower_load_is_the_same_lift_rounded_down() -> None:
    found = one(offer(facts("knee")), "KN-HT.d")
    assert found.overlay.ops == (ScaleLoad(Decimal("0.8")),) and found.line == "95 kg"


def test_a_lower_load_is_not_offered_on_a_lift_without_one() -> None:
    offers = offer(facts("knee", exercise="gb_bw"))
    assert why(offers, "KN-HT.d") == "It is written without a load: there is nothing to lower."


def test_a_load_in_percent_can_be_lowered() -> None:
    lifts = (written("ht_barbell", load_kg=None, percent=Decimal(75)),)
    assert one(offer(facts("knee", lifts=lifts)), "KN-HT.d").line == "60 %"


def test_a_shorter_range_keeps_the_load_at_most() -> None:
    found = one(offer(facts("back_low", "hinge", exercise="dl_conv")), "LB-HG.c")
    assert found.overlay.ops == (Range("from blocks below the knee", "dl_block"),)
    assert found.ladder == "D"
    knee = facts("knee_front", "squat", exercise="sq_back", equipment=frozenset({"bar", "rack"}))
    assert one(offer(knee), "KN-SQ.b").overlay.ops == (Range("stop at 60–90° of knee bend"),)
    gone = offer(replace(knee, painful=spots("back_low")))
    assert why(gone, "LB-SQ.b") == "Box squat (height set) needs equipment that is not there."


def test_an_option_that_eases_and_takes_a_session_away_climbs_two_ladders() -> None:
    assert one(offer(facts("hip_side", "lunge", exercise="bss")), "HL-ALL.c").ladder == "AB"
    assert one(offer(facts("hip_side", "lunge", exercise="bss")), "HL-ALL.b").ladder is None


def test_remove_for_now_is_the_painful_exercise_for_14_days() -> None:
    mixed = facts(lifts=("ht_barbell", "frog_pump", "bp_bb"))
    found = offer(mixed).remove
    assert found is not None
    assert found.overlay.exercises == ("ht_barbell",) and found.overlay.ops == (Remove(),)
    assert found.days == 14 and found.line == "out for up to 14 days"
    unnamed = offer(replace(mixed, painful_exercise=None)).remove
    assert unnamed is not None and unnamed.overlay.exercises == ()


def test_high_reps_are_for_the_painful_lift_alone() -> None:
    mixed = facts(lifts=("ht_bstance", "ht_barbell"))
    assert one(offer(mixed), "LB-HT.c").overlay.exercises == ("ht_barbell",)


def test_some_exercises_of_a_pattern_may_stay_as_written() -> None:
    mixed = facts(lifts=("ht_barbell", "frog_pump"))
    assert one(offer(mixed), "LB-HT.b").overlay.exercises == ("ht_barbell",)


def test_an_option_that_cannot_change_the_painful_exercise_is_refused() -> None:
    both = facts(exercise="gb_bw", lifts=("gb_bw", "ht_barbell"))
    assert why(offer(both), "LB-HT.b") == (
        "American hip thrust asks more of back low: lumbar-extensor moment."
    )


def test_a_swap_of_one_named_lift_leaves_the_others() -> None:
    both = facts("neck", "squat", exercise="sq_back", lifts=("sq_back", "sq_front"))
    assert one(offer(both), "NK-ANY.b").overlay.exercises == ("sq_back",)


def test_an_exercise_nobody_rated_is_never_swapped() -> None:
    own = library().with_own([Exercise("own_thrust", "My thrust", "hip_thrust", "HT")])
    lifts = (replace(written("ht_barbell"), exercise="own_thrust"),)
    offers = offer(facts(library=own, lifts=lifts, exercise="own_thrust"))
    assert "rated" in why(offers, "LB-HT.b")


def test_light_work_is_measured_as_light() -> None:
    light = (written("ht_barbell", reps_min=15, reps_max=20, rir=Decimal(4)),)
    offers = offer(facts(lifts=light, exercise="ht_barbell", action_set="A4"))
    # At 60 % and below the thrust asks M of the back, and so does the American thrust above it.
    (swap, *_) = one(offers, "LB-HT.b").overlay.ops
    assert isinstance(swap, Swap)
    smith = offer(facts("back_mid", lifts=light))
    assert "asks more of back mid" in why(smith, "MB-HT.b")


def test_what_is_offered_is_what_the_plan_becomes() -> None:
    asked = facts()
    after = resolve(asked.plan, [one(offer(asked), "LB-HT.b").overlay], library())
    changed = [s for s in after.sessions if any(item.because for item in s.items)]
    assert {s.on for s in changed} == {s.on for s in after.sessions if s.on >= TODAY}
    loads = [
        item.now.work_sets[0].load_kg for s in changed for item in s.items if item.now is not None
    ]
    assert loads[0] == Decimal(60) and set(loads[1:]) == {Decimal("67.5")}


def test_the_knee_example_takes_wednesday_away() -> None:
    asked = facts("knee")
    after = resolve(asked.plan, [one(offer(asked), "KN-HT.a").overlay], library())
    week = [s for s in after.sessions if s.week == 2]
    assert [s.state for s in week] == ["planned", "excused", "planned"]
    assert (week[1].on - MONDAY).days % 7 == 2


def test_what_is_written_like_that_already_is_not_offered() -> None:
    single = (replace(written("bp_bb"), sets=written("bp_bb").sets[:1]),)
    press = offer(facts("shoulder", "press_h", lifts=single, exercise="bp_bb"))
    assert why(press, "SH-PR.e") == "It is written like that already."


def test_a_body_weight_lift_gets_reps_and_reserve_and_no_load() -> None:
    found = one(offer(facts(exercise="gb_bw")), "LB-HT.c")
    assert found.line == "15–30 · RIR 3+" and not found.calibrate


def test_a_hold_has_no_reps_to_work_a_load_out_from() -> None:
    hold = (written("ht_iso", reps_min=None, reps_max=None, seconds=30),)
    found = one(offer(facts(exercise="ht_iso", lifts=hold)), "LB-HT.c")
    assert found.calibrate and found.line == "RIR 3+ · load by ramp sets"


def test_as_many_reps_as_possible_keep_no_number() -> None:
    amrap = (written("ht_barbell", reps_min=None, reps_max=None, amrap=True),)
    assert one(offer(facts("knee", lifts=amrap)), "KN-HT.d").line == "95 kg"
    open_ended = (written("ht_barbell", reps_max=None),)
    assert one(offer(facts(lifts=open_ended)), "LB-HT.e").line == "8 · RIR 3+ · 70 kg"


def test_sessions_of_other_patterns_are_not_counted() -> None:
    thrust, bench = plan("ht_barbell", days=(0,)), plan("bp_bb", days=(2, 4))
    both = replace(thrust, sessions=thrust.sessions + bench.sessions)
    once = offer(facts("knee", plan=both))
    assert why(once, "KN-HT.a") == "There is one session a week with it: none can go."
    bench_only = offer(facts("knee", plan=bench))
    assert bench_only.sentence.startswith("No session ahead")


def test_a_row_for_blocked_exercises_alone_says_that_nothing_is_left() -> None:
    lifts = ("ht_single", "ht_barbell")
    blocked = frozenset({"ht_single"})
    offers = offer(facts("hip_side", exercise="ht_single", lifts=lifts, blocked=blocked))
    assert shown(offers) == "" and offers.sentence.startswith("No option is left")
    assert offers.remove is None  # it is paused until the clearance already


@pytest.mark.parametrize("level", ["emergency", "urgent", "refer", "incomplete", "log", "new"])
def test_levels_without_proposals_offer_nothing_at_all(level: str) -> None:
    offers = offer(facts(level=level))
    assert offers == Offers(sentence=offers.sentence) and offers.sentence


@pytest.mark.parametrize("action_set", ["A0", "A5", ""])
def test_action_sets_without_options_offer_nothing_at_all(action_set: str) -> None:
    offers = offer(facts(action_set=action_set))
    assert offers == Offers(sentence=offers.sentence) and offers.sentence


def test_nothing_is_offered_without_a_region() -> None:
    assert (
        offer(facts(painful=())).sentence == "No painful region is known, so nothing is proposed."
    )


def test_offers_for_16_weeks_take_10_ms_at_most() -> None:
    lifts = ("ht_barbell", "rdl_bb", "sq_back", "bp_bb", "ht_bstance", "plank")
    asked: Facts = facts(plan=plan(*lifts, weeks=16, days=(0, 1, 3, 4)))
    offer(asked)
    runs = []
    for _ in range(10):
        # The machine is shared: the time of this process, and the best of ten.
        start = time.process_time()
        offer(asked)
        runs.append(time.process_time() - start)
    assert min(runs) < (0.010 if sys.gettrace() is None else 0.100)


def test_an_overlay_is_complete_but_for_its_regression() -> None:
    found = one(offer(facts()), "LB-HT.b").overlay
    assert isinstance(found, Overlay) and found.regression == ""
    assert found.reason.startswith("The bench sits lower")
    assert {grid.exercise for grid in found.grids} == {"ht_barbell", "ht_american"}
