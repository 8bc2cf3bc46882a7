"""The way back up: two clean exposures and five days a rung, and down again on trouble."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.domain.checks import Exposure, Morning
from clients.domain.ladder_data import digest, ladder, parse_ladders
from clients.domain.ladders import (
    CoachReview,
    Hold,
    LadderState,
    Rung,
    StepDown,
    ladders_of,
    next_rung,
    rungs,
)
from clients.domain.overlay import Alternate, Freq, Range, RirMin, ScaleLoad, Swap
from programs.domain.datafile import BadData, parse
from programs.domain.loadable import Loadable
from programs.domain.protocol_ops import OpClass

MONDAY = date(2026, 11, 30)
SETTLED, NOT_SETTLED, OVERLOAD, UNKNOWN = Morning
SWAP = (Swap("ht_barbell", "ht_american", (Decimal(60), Decimal("67.5"))),)


def exposed(day: int, worst: int | None = 1, morning: Morning = SETTLED) -> Exposure:
    return Exposure(MONDAY + timedelta(days=day), worst, morning)


def state(
    letter: str = "A", rung: int = 1, day: int = 7, *exposures: Exposure, **more: object
) -> LadderState:
    given: dict[str, object] = {"base_kg": Decimal(120)} | more
    return LadderState(
        letter,
        rung,
        MONDAY,
        exposures,
        MONDAY + timedelta(days=day),
        **given,  # type: ignore[arg-type]
    )


def loads(**more: object) -> list[Decimal | None]:
    return [one.load_kg for one in rungs(state("A", **more))]  # type: ignore[arg-type]


def test_ladder_a_from_120_kg() -> None:
    assert loads() == [Decimal(kg) for kg in ("70", "82.5", "95", "107.5", "120")]
    assert [one.percent for one in rungs(state())] == [60, 70, 80, 90, 100]


def test_ladder_a_keeps_three_in_reserve_up_to_80_percent() -> None:
    first, _, third, fourth, last = rungs(state())
    assert first.ops == (ScaleLoad(Decimal("0.6"), Decimal(70)), RirMin(Decimal(3)))
    assert RirMin(Decimal(3)) in third.ops and fourth.ops == (
        ScaleLoad(Decimal("0.9"), Decimal("107.5")),
    )
    assert last.ops == () and first.title == "60 % · 70 kg · RIR 3+"


def test_on_monday_and_thursday_the_rungs_fall_on_days_0_7_14_21_28() -> None:
    """Ladder A of domain §6, simulated day by day: a step needs the answer of the next morning."""
    rung, since, done, days = 0, MONDAY - timedelta(days=7), [exposed(-7), exposed(-4)], []
    for day in range(30):
        today = MONDAY + timedelta(days=day)
        if today.weekday() not in (0, 3):
            continue
        step = next_rung(LadderState("A", rung, since, tuple(done), today, base_kg=Decimal(120)))
        if isinstance(step, Rung):
            rung, since = step.number, today
            days.append(day)
        done.append(Exposure(today, 1, SETTLED))
    assert days == [0, 7, 14, 21, 28] and rung == 5


def test_rungs_that_round_to_the_same_load_are_one() -> None:
    dumbbells = Loadable.dumbbells(step=Decimal(10))
    assert loads(base_kg=Decimal(100), loadable=dumbbells) == [
        Decimal(60),
        Decimal(80),
        Decimal(100),
    ]


def test_without_a_load_every_rung_stays_a_rung_of_its_own() -> None:
    steps = rungs(state(base_kg=None))
    assert [one.percent for one in steps] == [60, 70, 80, 90, 100]
    assert steps[0].title == "60 % · RIR 3+"


def test_rungs_below_what_is_lifted_already_are_passed_over() -> None:
    assert [one.percent for one in rungs(state(from_percent=80))] == [90, 100]
    assert [one.percent for one in rungs(state(from_percent=100))] == [100]


def test_two_clean_exposures_and_five_days_step_up() -> None:
    step = next_rung(state("A", 1, 5, exposed(0), exposed(3)))
    assert isinstance(step, Rung) and step.number == 2 and step.load_kg == Decimal("82.5")


@pytest.mark.parametrize(
    ("day", "exposures", "reason"),
    [
        (4, (exposed(0), exposed(3)), "1 more days on this step."),
        (7, (exposed(0),), "1 more clean sessions are awaited."),
        (7, (), "2 more clean sessions are awaited."),
        (7, (exposed(0), exposed(3, 4)), "4 of 10 and settled: stay here."),
        (7, (exposed(0), exposed(3, 1, UNKNOWN)), "The answer of the next morning is awaited."),
        (7, (exposed(0), exposed(3, 1, NOT_SETTLED)), "The last session was not clean: stay here."),
        (7, (exposed(0), exposed(3, 4), exposed(6)), "1 more clean sessions are awaited."),
        (7, (exposed(-3), exposed(3)), "1 more clean sessions are awaited."),
        (7, (exposed(3), exposed(9)), "1 more clean sessions are awaited."),
    ],
)
def test_a_step_waits(day: int, exposures: tuple[Exposure, ...], reason: str) -> None:
    assert next_rung(state("A", 1, day, *exposures)) == Hold(reason)


@pytest.mark.parametrize("bad", [exposed(3, 6), exposed(3, 1, OVERLOAD)])
def test_six_or_overload_steps_down(bad: Exposure) -> None:
    step = next_rung(state("A", 3, 7, exposed(0), bad))
    assert isinstance(step, StepDown) and step.number == 2
    again = next_rung(state("A", 3, 7, exposed(0), bad, step_downs=1))
    assert isinstance(again, CoachReview) and "second step down" in again.reason
    on_it = next_rung(state("A", 0, 7, exposed(0), bad))
    assert isinstance(on_it, CoachReview) and "regression itself" in on_it.reason


def test_at_the_top_nothing_is_left_to_climb() -> None:
    assert isinstance(next_rung(state("A", 5, 7, exposed(0), exposed(3))), Hold)


def test_frequency_adds_one_session_after_two_clean_weeks() -> None:
    four = (exposed(0), exposed(4), exposed(7), exposed(11))
    step = next_rung(state("B", 0, 14, *four, fewer=2))
    assert isinstance(step, Rung) and step.ops == (Freq(1),)
    assert next_rung(state("B", 0, 13, *four)) == Hold("1 more days on this step.")
    spoilt = (exposed(0, 4), exposed(4), exposed(7), exposed(11))
    assert next_rung(state("B", 0, 14, *spoilt)) == Hold("Two clean weeks are awaited.")
    last = next_rung(state("B", 0, 14, *four))
    assert isinstance(last, Rung) and last.ops == ()


def test_the_load_comes_back_before_the_sessions() -> None:
    steps = rungs(state("AB", fewer=1))
    assert [one.percent for one in steps] == [60, 70, 80, 90, 100, None]
    assert all(Freq(1) in one.ops for one in steps[:5]) and steps[4].ops == (Freq(1),)
    assert steps[5].ops == () and [one.number for one in steps] == [1, 2, 3, 4, 5, 6]
    two = (exposed(0), exposed(3))
    assert isinstance(next_rung(state("AB", 4, 5, *two)), Rung)
    assert next_rung(state("AB", 5, 5, *two)) == Hold("9 more days on this step.")
    assert next_rung(state("AB", 5, 14, *two)) == steps[5]


def test_the_variation_comes_back_once_a_week_first() -> None:
    steps = rungs(state("C"))
    assert [one.percent for one in steps] == [60, 70, 80, 90, 100]
    assert [one.one_a_week for one in steps] == [True, False, False, False, False]
    assert steps[0].overlay_ops(SWAP, 2) == (Alternate(odd=SWAP, even=steps[0].ops),)
    assert steps[0].overlay_ops(SWAP, 1) == steps[0].ops
    assert steps[0].overlay_ops((), 3) == steps[0].ops
    assert steps[1].overlay_ops(SWAP, 2) == steps[1].ops


def test_the_first_original_takes_a_clean_regression() -> None:
    assert isinstance(next_rung(state("C", 0, 7)), Hold)
    step = next_rung(state("C", 0, 7, exposed(0), exposed(3)))
    assert isinstance(step, Rung) and step.one_a_week


def test_what_was_left_out_starts_at_the_first_original() -> None:
    step = next_rung(state("C", 0, 0, out=True))
    assert isinstance(step, Rung) and step.number == 1


def test_range_comes_back_notch_by_notch_at_80_percent() -> None:
    steps = rungs(state("D"))
    assert [one.percent for one in steps] == [80, 80, 80, 90, 100]
    words = [[op.limit for op in one.ops if isinstance(op, Range)] for one in steps]
    assert words[0] == ["one notch more (5 cm or about 10°)"]
    assert words[2:] == [[], [], []]


def test_a_long_break_starts_at_50_percent_and_each_step_is_confirmed() -> None:
    steps = rungs(state("E"))
    assert [one.percent for one in steps] == [50, 60, 70, 80, 90, 100]
    assert steps[0].ops == (ScaleLoad(Decimal("0.5"), Decimal(60)), RirMin(Decimal(4)))
    assert all(one.confirm for one in steps)
    assert not any(one.confirm for one in rungs(state("A")))
    assert next_rung(state("E", 1, 6, exposed(0), exposed(3))) == Hold("1 more days on this step.")


@pytest.mark.parametrize(
    ("classes", "days_out", "cleared", "expected"),
    [
        ([OpClass.SWAP, OpClass.EASE], 0, False, "C"),
        ([OpClass.REMOVE], 14, False, "C"),
        ([OpClass.REMOVE], 20, False, "C"),
        ([OpClass.REMOVE], 21, False, "E"),
        ([OpClass.CHECK], 0, True, "E"),
        ([OpClass.RANGE, OpClass.CHECK], 0, False, "D"),
        ([OpClass.FREQ], 0, False, "B"),
        ([OpClass.EASE, OpClass.CHECK], 0, False, "A"),
        ([OpClass.EASE, OpClass.FREQ], 0, False, "AB"),
        ([OpClass.CHECK], 0, False, ""),
    ],
)
def test_the_ladder_of_an_option(
    classes: list[OpClass], days_out: int, cleared: bool, expected: str
) -> None:
    assert ladders_of(classes, days_out=days_out, cleared=cleared) == expected


def test_pounds_are_rungs_in_pounds() -> None:
    lb = Loadable.barbell("lb")
    first = rungs(state(base_kg=Decimal("120.202"), loadable=lb))[0]
    assert first.title == "60 % · 155 lb · RIR 3+"  # 265 lb × .6 = 159


@given(
    st.sampled_from("ACDE"),
    st.decimals(20, 300, places=1),
    st.sampled_from([Loadable.barbell(), Loadable.dumbbells(), Loadable.barbell("lb")]),
)
def test_rungs_never_fall_and_never_pass_the_load_before(
    letter: str, base: Decimal, loadable: Loadable
) -> None:
    steps = rungs(state(letter, base_kg=base, loadable=loadable))
    kept = [one.load_kg for one in steps if one.load_kg is not None]
    assert kept == sorted(kept) and all(kg <= base for kg in kept)
    assert [one.number for one in steps] == list(range(1, len(steps) + 1))
    assert steps[-1].percent == 100 and steps[-1].ops == ()


def test_the_ladders_are_data_with_a_hash() -> None:
    assert ladder("A").name == "Load" and len(digest()) == 64
    with pytest.raises(KeyError):
        ladder("F")


LADDER = """\
version = "t"
[[ladder]]
id = "A"
name = "Load"
clean = 2
days = 5
rungs = [{ percent = 60 }, { percent = 100 }]
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"A"', '"Z"', "l.toml:3: ladder Z: id is 'Z'"),
        ("60", "160", "percent is 160; accepted"),
        ("60 }, { percent = 100", "100 }, { percent = 60", "l.toml:7: ladder A: rungs rise"),
        ("clean = 2", "clean = 0", "clean is 0"),
        ("days = 5", "days = 5\nspeed = 3", "unknown key speed"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(old: str, new: str, message: str) -> None:
    assert parse_ladders(parse(LADDER, "l.toml"))["A"].days == 5
    with pytest.raises(BadData, match=message):
        parse_ladders(parse(LADDER.replace(old, new, 1), "l.toml"))
