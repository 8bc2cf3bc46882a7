"""The protocols are data that can be trusted: read strictly, picked by the rule of the table."""

import re
from collections.abc import Sequence

import pytest

from programs.domain.datafile import BadData
from programs.domain.exercises import demand, library
from programs.domain.protocol import (
    MOST_DAYS,
    Protocol,
    Severity,
    covers_region,
    parse,
    protocol_set,
    select,
    severity_of,
)
from programs.domain.protocol_ops import OpClass, RemoveSpec, ladder_letters

MILD, MODERATE, HIGH = Severity

TABLE = (
    "LB-HT LB-HT-H LBHIP-HT LB-HG LB-HG-H LB-SQ HF-SQ HF-HT HL-ALL SI-HT SI-UL HAM KN-HT KN-SQ "
    "KN-LU MB-HT MB-PL SH-PR SH-PL SH-SQ WR-PR EL-PL NK-ANY AN-SQ FT-ANY ANY ANY-H HB-HT"
).split()

SMALL = """\
version = "test"
[[protocol]]
id = "P"
regions = ["back_low"]
patterns = ["hip_thrust"]
days = 21
order.mild = ["a"]
[[protocol.option]]
id = "a"
title = "American hip thrust"
reason = "Less pull towards arching."
mark = "S"
ops = [{ op = "swap", targets = ["ht_american"] }]
"""


def row(protocol_id: str) -> Protocol:
    return protocol_set().protocol(protocol_id)


def letters(protocol_id: str, severity: Severity) -> str:
    return "".join(option.id[-1] for option in row(protocol_id).options[severity])


def picked(region: str | Sequence[str], pattern: str, severity: Severity, **more: object) -> str:
    regions = [region] if isinstance(region, str) else region
    return select(
        protocol_set().protocols,
        regions=regions,
        severity=severity,
        pattern=pattern,
        **more,  # type: ignore[arg-type]
    ).id


def test_all_28_rows_are_there_in_table_order() -> None:
    assert [one.id for one in protocol_set().protocols] == TABLE


def test_the_set_has_a_version_and_the_hash_of_its_file() -> None:
    assert protocol_set().version == "2026.1"
    assert re.fullmatch("[0-9a-f]{64}", protocol_set().digest)
    assert protocol_set() is protocol_set()


def test_low_back_hip_thrust_has_an_order_for_each_severity() -> None:
    assert letters("LB-HT", MILD) == "abcde"
    assert letters("LB-HT", MODERATE) == "bacde"


@pytest.mark.parametrize(
    ("protocol_id", "marks"),
    [
        ("LB-HT", "S general|S|S in the combined case|S in the combined case|D"),
        ("LBHIP-HT", "S|D"),
        ("LB-HG", "S|D|D|D|D"),
        ("LB-SQ", "S|D|D|D"),
        ("HF-HT", "D|D|~S"),
        ("KN-HT", "S|D|D|D"),
        ("KN-SQ", "S general|D|D|D|S general"),
        ("NK-ANY", "S general|D|D"),
        ("ANY-H", "D|D"),
    ],
)
def test_every_option_says_where_it_comes_from(protocol_id: str, marks: str) -> None:
    options = {one.id: one for order in row(protocol_id).options.values() for one in order}
    assert [options[key].mark for key in sorted(options)] == marks.split("|")


@pytest.mark.parametrize(
    ("protocol_id", "days"),
    [("LB-HT", 21), ("LB-HT-H", 14), ("HL-ALL", 28), ("KN-HT", 14), ("AN-SQ", 28), ("HB-HT", 7)],
)
def test_every_row_is_bounded(protocol_id: str, days: int) -> None:
    every = [one for order in row(protocol_id).options.values() for one in order]
    assert {one.days for one in every} == {days}
    assert every[0].checks == ("next_morning", "d7", f"d{days}")


def test_no_row_runs_longer_than_28_days_and_no_removal_longer_than_14() -> None:
    for protocol in protocol_set().protocols:
        for option in (one for order in protocol.options.values() for one in order):
            assert 1 <= option.days <= 28 < MOST_DAYS
            assert all(op.days <= 14 for op in option.ops if isinstance(op, RemoveSpec))


def test_no_option_says_a_word_that_is_not_ours() -> None:
    forbidden = re.compile(r"patient|injur|treat|heal|cure|!", re.IGNORECASE)
    for protocol in protocol_set().protocols:
        for option in (one for order in protocol.options.values() for one in order):
            assert not forbidden.search(option.title + option.reason), option.id


@pytest.mark.parametrize(
    ("option_id", "ladder"),
    [
        ("LB-HT.a", "A"), ("LB-HT.b", "C"), ("LB-HT.c", "A"), ("LB-HG.c", "D"), ("KN-HT.a", "B"),
        ("KN-HT.b", None), ("ANY.d", "C"), ("HL-ALL.c", "A"), ("HF-SQ.a", "D"),
    ],
)  # fmt: skip
def test_the_ladder_follows_the_strongest_operation(option_id: str, ladder: str | None) -> None:
    assert protocol_set().option(option_id).ladder == ladder


def test_an_option_that_eases_and_takes_a_session_climbs_load_before_frequency() -> None:
    assert ladder_letters({OpClass.EASE, OpClass.FREQ}) == "AB"
    assert protocol_set().option("HL-ALL.c").strongest is OpClass.FREQ


def test_an_unknown_option_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        protocol_set().option("LB-HT.z")
    with pytest.raises(KeyError):
        protocol_set().option("XX.a")


def test_hip_side_is_for_every_exercise_that_asks_m_or_more_of_one_leg() -> None:
    named = row("HL-ALL").exercises
    assert {"bss", "ht_single", "band_walk", "carry_side"} <= set(named)
    assert {one.id for one in library().values() if demand(one, "un") >= 2} == set(named)


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (0, None),
        (1, MILD),
        (3, MILD),
        (4, MODERATE),
        (5, MODERATE),
        (6, HIGH),
        (7, HIGH),
        (8, None),
    ],
)
def test_severity_goes_by_the_value(value: int, severity: Severity | None) -> None:
    assert severity_of(value) == severity


@pytest.mark.parametrize(
    ("region", "pattern", "severity", "expected"),
    [
        ("back_low", "hip_thrust", MODERATE, "LB-HT"),
        ("back_low", "hip_thrust", HIGH, "LB-HT-H"),
        ("back_low", "squat", HIGH, "ANY-H"),
        ("back_low", "press_v", MILD, "ANY"),
        (["back_low", "hip_side"], "hip_thrust", MODERATE, "LBHIP-HT"),
        (["groin", "back_low"], "hip_thrust", MILD, "LBHIP-HT"),
        (["back_low", "knee"], "hip_thrust", MILD, "LB-HT"),
        (["back_low", "groin"], "squat", MILD, "LB-SQ"),
        ("knee", "hip_thrust", MILD, "KN-HT"),
        ("knee_back", "hip_thrust", MILD, "KN-HT"),
        ("knee", "squat", MILD, "KN-SQ"),
        ("knee_back", "squat", MILD, "ANY"),
        ("buttock", "hinge", MILD, "SI-UL"),
        ("thigh_back", "hinge", MILD, "HAM"),
        ("groin", "hip_thrust", MILD, "ANY"),
        ("shoulder_side", "press_v", MILD, "SH-PR"),
        ("hand", "press_h", MILD, "WR-PR"),
        ("toes", "carry", MODERATE, "FT-ANY"),
    ],
)
def test_the_row_is_picked_by_place_severity_and_pattern(
    region: str | list[str], pattern: str, severity: Severity, expected: str
) -> None:
    assert picked(region, pattern, severity) == expected


def test_a_row_for_single_exercises_needs_one_of_them() -> None:
    assert picked("wrist", "squat", MILD, exercises=["sq_back"]) == "SH-SQ"
    assert picked("wrist", "squat", MILD, exercises=["sq_front"]) == "SH-SQ"
    assert picked("hand", "squat", MILD, exercises=["sq_front"]) == "WR-PR"
    assert picked("wrist", "squat", MILD, exercises=["sq_goblet"]) == "ANY"
    assert picked("thigh_back", "hip_thrust", MILD, exercises=["ht_feet_up"]) == "HAM"
    assert picked("hip_side", "hip_thrust", MILD, exercises=["ht_barbell"]) == "ANY"


@pytest.mark.parametrize(
    ("aggravators", "timing", "expected"),
    [
        ({"press_on_it"}, {"during_set"}, "HB-HT"),
        ({"press_on_it", "bend"}, {"during_set"}, "HF-HT"),
        ({"press_on_it"}, {"during_set", "night"}, "HF-HT"),
        (set(), {"during_set"}, "HF-HT"),
    ],
)
def test_pressure_alone_during_the_set_alone_takes_the_narrower_row(
    aggravators: set[str], timing: set[str], expected: str
) -> None:
    found = picked("hip_front", "hip_thrust", MILD, aggravators=aggravators, timing=timing)
    assert found == expected


def test_without_a_fallback_there_may_be_no_row() -> None:
    with pytest.raises(LookupError, match="no protocol for knee"):
        select(parse(SMALL).protocols, regions=["knee"], severity=MILD, pattern="squat")


def test_a_star_covers_a_place_and_all_inside_it() -> None:
    assert covers_region(["knee*"], "knee_front") and covers_region(["knee*"], "knee")
    assert covers_region(["hip*"], "buttock") and not covers_region(["hip*"], "si_region")
    assert not covers_region(["knee"], "knee_front")


def test_a_small_set_is_read() -> None:
    (only,) = parse(SMALL).protocols
    assert [option.id for option in only.options[MILD]] == ["P.a"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"ht_american"',
            '"ht_amercan"',
            r"p.toml:8: protocol.option a: operation: targets is \['ht_amercan'\]; accepted",
        ),
        ("days = 21", "days = 43", r"p.toml:6: protocol P: days is 43; accepted: .*1 to 42"),
        ('mark = "S"\n', "", r"p.toml:8: protocol.option a: mark is missing"),
        ('mark = "S"', 'mark = "X"', r"p.toml:12: protocol.option a: mark is 'X'"),
        ('"back_low"', '"low_back"', r"p.toml:2: protocol P: unknown region low_back"),
        ('"back_low"', '"hip*", "nose*"', r"unknown region nose\*"),
        ('"hip_thrust"', '"hip_thurst"', r"p.toml:5: .*patterns"),
        ('patterns = ["hip_thrust"]\n', "", r"no pattern and no exercise"),
        ('order.mild = ["a"]', 'order.mild = ["a", "b"]', r"mild is \['a', 'b'\]"),
        ('order.mild = ["a"]', "order.mild = []", r"option a stands in no order"),
        ('order.mild = ["a"]', "order = {}", r"p.toml:7: protocol P: no severity has an order"),
        ('order.mild = ["a"]', 'order.bad = ["a"]', r"unknown key bad"),
        ("[{ op", '[{ op = "load", factor = 1.5 }, { op', r"factor is 1.5"),
        ("[{ op", '[{ op = "remove", days = 15 }, { op', r"days is 15; .*1 to 14"),
        ("[{ op", '[{ op = "reps", low = 12, high = 8 }, { op', r"high is 8; .*12 to 100"),
        ("[{ op", '[{ op = "jump" }, { op', r"op is 'jump'; accepted: one of recheck"),
        ("[{ op", '[{ op = "freq", fewer = 1, extra = 2 }, { op', r"unknown key extra"),
        ("[{ op", '[{ op = "swap", targets = [] }, { op', r"a swap names at least one target"),
        (
            '[{ op = "swap", targets = ["ht_american"] }]',
            '[{ op = "alternate", odd = "ht_band", even = "ht_band" }]',
            r"alternate names ht_band twice",
        ),
        (
            '[{ op = "swap", targets = ["ht_american"] }]',
            "[]",
            r"0 operations; one option is 1 to 4",
        ),
        (
            "[{ op",
            '[{ op = "freq" }, { op = "freq" }, { op = "freq" }, { op = "freq" }, { op',
            r"fewer is missing",
        ),
        ('["ht_american"]', '["ht_american"], regions = ["nose"]', r"unknown region nose"),
    ],
)
def test_nonsense_is_refused_with_file_line_and_reason(old: str, new: str, message: str) -> None:
    with pytest.raises(BadData, match=message):
        parse(SMALL.replace(old, new, 1), "p.toml")


def test_five_operations_are_too_many() -> None:
    many = '[{ op = "rir_min", rir = 3 }, ' + '{ op = "freq", fewer = 1 }, ' * 3 + "{ op"
    with pytest.raises(BadData, match="5 operations; one option is 1 to 4"):
        parse(SMALL.replace("[{ op", many, 1))


def test_a_target_that_asks_more_of_the_region_is_refused() -> None:
    worse = '[{ op = "swap", targets = ["ht_barbell"], exercises = ["ht_american"] }]'
    text = SMALL.replace('[{ op = "swap", targets = ["ht_american"] }]', worse)
    with pytest.raises(BadData, match=r"p.toml:13: .*ht_barbell asks more of back_low .*RG-5"):
        parse(text, "p.toml")


def test_a_target_that_no_exercise_of_the_pattern_is_harder_than_is_refused() -> None:
    text = SMALL.replace('"ht_american"', '"sq_back"').replace("back_low", "knee_front")
    with pytest.raises(BadData, match="sq_back asks more of knee_front"):
        parse(text)


def test_named_swaps_in_a_ring_are_refused() -> None:
    ring = (
        '[{ op = "swap", targets = ["gb_bw"], exercises = ["frog_pump"] },'
        ' { op = "swap", targets = ["frog_pump"], exercises = ["gb_bw"] }]'
    )
    text = SMALL.replace('[{ op = "swap", targets = ["ht_american"] }]', ring)
    with pytest.raises(BadData, match="the swaps lead in a ring: frog_pump → gb_bw → frog_pump"):
        parse(text)


def test_a_second_row_of_the_same_id_is_refused() -> None:
    twice = SMALL + SMALL.partition("\n")[2]
    with pytest.raises(BadData, match="this id is used twice"):
        parse(twice)
