"""Strength is estimated low, from sets that may count, and shown in zones (domain §6)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.domain.loads import (
    Effort,
    PerformedSet,
    Validity,
    Zone,
    best_sets,
    e1rm,
    effort_zone,
    hard_sets,
    load_zone,
    percent,
    rir_from_rpe,
    validity,
    volume_load,
    working_e1rm,
)

NOW = datetime(2026, 3, 30, 18, 0, tzinfo=UTC)
THRUST = PerformedSet("ht_barbell", Decimal(120), 8, Decimal(2), NOW)
half_steps = st.integers(0, 20).map(lambda steps: Decimal(steps) / 2)


@pytest.mark.parametrize(
    ("load", "reps", "rir", "expected"),
    [
        ("120", 8, "2", "160.000"),
        ("100", 12, "0", "140.000"),
        ("100", 5, "0", "112.500"),
        ("100", 1, "0", "100.000"),
        ("100", 10, "0", "133.333"),
        ("100", 1, "0.5", "101.408"),
        ("100", 36, "0", "220.000"),
        ("100", 37, "0", "223.333"),
        ("100", 40, "0", "233.333"),
    ],
)
def test_e1rm_is_the_lower_of_epley_and_brzycki(
    load: str, reps: int, rir: str, expected: str
) -> None:
    assert e1rm(Decimal(load), reps, Decimal(rir)) == Decimal(expected)


def test_rpe_is_ten_less_rir() -> None:
    assert rir_from_rpe(Decimal("8.5")) == Decimal("1.5")


@pytest.mark.parametrize(
    ("reps", "rpe", "expected"),
    [(8, "8", "73.9"), (5, "8.5", "82.4"), (8, "8.5", "75.1"), (10, "6", "62.6")],
)
def test_percent_agrees_with_the_coach_chart(reps: int, rpe: str, expected: str) -> None:
    assert percent(reps, rir_from_rpe(Decimal(rpe))) == Decimal(expected)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, "100"), (2, "95.5"), (3, "92.2"), (4, "89.2"), (5, "86.3"), (6, "83.7"), (7, "81.1"),
        (8, "78.6"), (9, "76.2"), (10, "73.9"), (11, "70.7"), (12, "68.0"), (13, "65.3"),
        (14, "62.6"), (15, "59.9"), (20, "53.9"), (24, "49.9"), (26, "48.1"),
    ],
)  # fmt: skip
def test_percent_goes_on_falling_past_the_table(n: int, expected: str) -> None:
    assert percent(n, 0) == Decimal(expected)
    assert percent(1, n - 1) == Decimal(expected)


@given(st.integers(1, 40), half_steps)
@settings(max_examples=200, deadline=None)
def test_percent_never_rises_with_more_reps_or_more_in_reserve(reps: int, rir: Decimal) -> None:
    assert percent(reps + 1, rir) <= percent(reps, rir)
    assert percent(reps, rir + Decimal("0.5")) <= percent(reps, rir)


@pytest.mark.parametrize(
    ("n", "least", "most"),
    [
        (1, "0", "0"),
        *((n, "-3", "-1") for n in range(2, 11)),
        (11, "-3.5", "-3"),
        (15, "-10.5", "-10"),
        (24, "-10.5", "-10"),
    ],
)
def test_estimate_then_prescribe_never_gives_more_than_was_lifted(
    n: int, least: str, most: str
) -> None:
    back = e1rm(Decimal(100), n) * percent(n) / 100
    change = round(back - 100, 0 if n <= 10 else 1)
    assert Decimal(least) <= change <= Decimal(most)
    assert back <= 100


@pytest.mark.parametrize(("reps", "rir"), [(0, 0), (-1, 2), (5, -1)])
def test_less_than_one_rep_or_negative_rir_is_refused(reps: int, rir: int) -> None:
    with pytest.raises(ValueError, match="at least one rep"):
        percent(reps, rir)
    with pytest.raises(ValueError, match="at least one rep"):
        e1rm(Decimal(100), reps, rir)


def test_percent_knows_half_steps_only() -> None:
    with pytest.raises(ValueError, match="half steps"):
        percent(8, Decimal("1.25"))


@pytest.mark.parametrize(
    ("reps", "rir", "expected"),
    [
        (1, "0", Validity.GOOD),
        (8, "2", Validity.GOOD),
        (8, "2.5", Validity.LOW),
        (12, "3", Validity.LOW),
        (12, "3.5", Validity.NONE),
        (20, "0", Validity.NONE),
    ],
)
def test_trust_falls_with_the_number_of_reps(reps: int, rir: str, expected: Validity) -> None:
    assert validity(reps, Decimal(rir)) is expected


def test_working_e1rm_is_the_median_of_the_best_three() -> None:
    loads = (90, 100, 110, 120)
    sets = [replace(THRUST, load_kg=Decimal(load)) for load in loads]
    assert [one.load_kg for one in best_sets(sets, NOW)] == [120, 110, 100]
    assert working_e1rm(sets, NOW) == e1rm(Decimal(110), 8, 2)
    assert working_e1rm(sets[-1:], NOW) == Decimal(160)
    assert working_e1rm([], NOW) is None


@pytest.mark.parametrize(
    "unfit",
    [
        replace(THRUST, pain=3),
        replace(THRUST, end="position_lost"),
        replace(THRUST, band=True),
        replace(THRUST, warm_up=True),
        replace(THRUST, make="other"),
        replace(THRUST, rir=None),
        replace(THRUST, load_kg=None),
        replace(THRUST, load_kg=Decimal(0)),
        replace(THRUST, reps=0),
        replace(THRUST, reps=14),
        replace(THRUST, performed_at=NOW - timedelta(days=28, seconds=1)),
        replace(THRUST, performed_at=NOW + timedelta(seconds=1)),
    ],
)
def test_some_sets_never_count(unfit: PerformedSet) -> None:
    assert working_e1rm([unfit], NOW) is None


@pytest.mark.parametrize(
    "fit",
    [
        replace(THRUST, pain=2),
        replace(THRUST, performed_at=NOW - timedelta(days=28)),
        replace(THRUST, reps=13),
        replace(THRUST, reps=1, rir=Decimal(0)),
        replace(THRUST, rir=None, end="muscular_failure"),
    ],
)
def test_sets_on_the_border_count(fit: PerformedSet) -> None:
    assert working_e1rm([fit], NOW) is not None


def test_a_set_to_failure_had_nothing_in_reserve() -> None:
    failed = replace(THRUST, rir=None, end="muscular_failure")
    assert working_e1rm([failed], NOW) == e1rm(Decimal(120), 8, 0)


def test_a_machine_is_compared_with_its_own_make() -> None:
    sets = [replace(THRUST, make="blue"), replace(THRUST, make="red", load_kg=Decimal(90))]
    assert working_e1rm(sets, NOW, make="blue") == Decimal(160)


def test_a_working_e1rm_is_of_one_exercise() -> None:
    with pytest.raises(ValueError, match="of one exercise"):
        working_e1rm([THRUST, replace(THRUST, exercise="sq_back")], NOW)


@pytest.mark.parametrize(
    ("share", "zone"),
    [("59.9", Zone.LIGHT), ("60", Zone.MEDIUM), ("80", Zone.MEDIUM), ("80.1", Zone.HEAVY)],
)
def test_load_zones_meet_at_60_and_80(share: str, zone: Zone) -> None:
    assert load_zone(Decimal(share)) is zone


@pytest.mark.parametrize(
    ("rir", "zone"),
    [
        ("0", Effort.FAILURE),
        ("0.5", Effort.CLOSE),
        ("1", Effort.CLOSE),
        ("3.5", Effort.CLOSE),
        ("4", Effort.FAR),
    ],
)
def test_effort_zones_meet_at_failure_and_four(rir: str, zone: Effort) -> None:
    assert effort_zone(Decimal(rir)) is zone


def test_volume_load_of_kn_ht_falls_from_8640_to_5760() -> None:
    """3 × 8 × 120 three times a week, then twice (domain §6, worked KN-HT.a)."""
    assert volume_load([THRUST] * 9) == Decimal(8640)
    assert volume_load([THRUST] * 6) == Decimal(5760)


def test_volume_load_counts_body_weight_and_refuses_two_exercises() -> None:
    pushup = PerformedSet("pushup", None, 10, Decimal(2), NOW)
    assert volume_load([pushup], body_kg=Decimal("51.2")) == Decimal(512)
    assert volume_load([]) == 0
    with pytest.raises(ValueError, match="within one exercise"):
        volume_load([THRUST, pushup])


def test_hard_sets_count_whole_and_half() -> None:
    easy = replace(THRUST, rir=Decimal("4.5"))
    border = replace(THRUST, rir=Decimal(4))
    failed = replace(THRUST, rir=None, end="muscular_failure")
    unknown = replace(THRUST, rir=None)
    warm = replace(THRUST, warm_up=True)
    assert hard_sets([THRUST, easy, border, failed, unknown, warm]) == 3
    assert hard_sets([THRUST], [THRUST, easy]) == Decimal("1.5")
