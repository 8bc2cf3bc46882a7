"""A share over time ..."""

import math
import warnings
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from clients.domain.survival import Observation, aalen_johansen, kaplan_meier

CAUSES = ("settled", "elsewhere")
days = st.integers(0, 30)
one_cause = st.lists(st.tuples(days, st.sampled_from(["settled", None])), max_size=30)
two_causes = st.lists(st.tuples(days, st.sampled_from([*CAUSES, None])), max_size=30)

# Day: 2 settled; 3 elsewhere; 5 settled, one leaves; 8 elsewhere; 9 leaves.
WORKED: list[Observation] = [
    (2, "settled"),
    (3, "elsewhere"),
    (5, "settled"),
    (5, None),
    (8, "elsewhere"),
    (9, None),
]


@given(one_cause.filter(lambda seen: any(cause for _, cause in seen)))
def test_is_the_librarys_kaplan_meier_curve_and_interval(seen: list[Observation]) -> None:
    happened = [day for day, cause in seen if cause]
    left = [day for day, cause in seen if not cause]
    survival = ecdf(CensoredData(happened, right=left)).sf
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):
        # The library warns, and answers nan, where the interval has no width to give.
        band = survival.confidence_interval(0.95, method="log-log")
    for point in kaplan_meier(seen).points:
        assert point.share == pytest.approx(float(survival.evaluate(point.day)), abs=1e-12)
        if point.low is None:
            assert point.share in (0.0, 1.0)
            continue
        assert point.low == pytest.approx(float(band.low.evaluate(point.day)), abs=1e-9)
        assert point.high == pytest.approx(float(band.high.evaluate(point.day)), abs=1e-9)


def test_is_the_hand_worked_example_with_competing_ends() -> None:
    curves = aalen_johansen(WORKED, CAUSES)
    # 6 at risk: 1/6. Then 5/6 × 1/5 = 1/6 elsewhere. Then 4/6 × 1/4 = 1/6 settled.
    # At day 8 two are left and half (3/6) is free: 1/2 × 1/2 = 1/4 elsewhere.
    assert [p.share for p in curves["settled"].points] == pytest.approx(
        [1 / 6, 1 / 6, 1 / 3, 1 / 3]
    )
    assert [p.share for p in curves["elsewhere"].points] == pytest.approx([0, 1 / 6, 1 / 6, 5 / 12])
    assert [p.day for p in curves["settled"].points] == [2, 3, 5, 8]
    assert [p.at_risk for p in curves["settled"].points] == [6, 5, 4, 2]
    assert [p.events for p in curves["settled"].points] == [1, 0, 1, 0]
    assert [p.events for p in curves["elsewhere"].points] == [0, 1, 0, 1]


def by_delta_method(seen: list[Observation], cause: str, day: int) -> float:
    """The variance of the share at `day`, from the chances of each day, nudged one by one."""
    chances = {
        (on, why): sum(s == (on, why) for s in seen) / sum(until >= on for until, _ in seen)
        for on, why in seen
        if why is not None and on <= day
    }

    def share(chances: dict[tuple[int, str], float]) -> float:
        free, settled = 1.0, 0.0
        for on in sorted({on for on, _ in chances}):
            settled += free * chances.get((on, cause), 0)
            free *= 1 - sum(chance for (each, _), chance in chances.items() if each == on)
        return settled

    def slope(key: tuple[int, str]) -> float:
        up, down = chances[key] + 1e-6, chances[key] - 1e-6
        return (share({**chances, key: up}) - share({**chances, key: down})) / 2e-6

    total = 0.0
    for one in chances:
        for other in (key for key in chances if key[0] == one[0]):
            at_risk = sum(until >= one[0] for until, _ in seen)
            shared = (one == other) * chances[one] - chances[one] * chances[other]
            total += slope(one) * slope(other) * shared / at_risk
    return total


@given(two_causes)
def test_has_the_delta_methods_variance_when_ends_compete(seen: list[Observation]) -> None:
    for point in aalen_johansen(seen, CAUSES)["settled"].points:
        if point.low is None or point.high is None:
            continue
        free = 1 - point.share
        variance = by_delta_method(seen, "settled", point.day)
        width = 1.959963984540054 * math.sqrt(variance) / (free * -math.log(free))
        assert point.low == pytest.approx(1 - free ** math.exp(-width), abs=1e-6)
        assert point.high == pytest.approx(1 - free ** math.exp(width), abs=1e-6)


@given(two_causes)
def test_and_the_share_still_free_add_up_to_everybody(seen: list[Observation]) -> None:
    free, curves = kaplan_meier(seen), aalen_johansen(seen, CAUSES)
    for day in range(32):
        assert free.at(day) + sum(curves[c].at(day) for c in CAUSES) == pytest.approx(1)


@given(two_causes)
def test_only_rises_as_the_free_share_only_falls(seen: list[Observation]) -> None:
    falling = [p.share for p in kaplan_meier(seen).points]
    assert falling == sorted(falling, reverse=True)
    for curve in aalen_johansen(seen, CAUSES).values():
        rising = [p.share for p in curve.points]
        assert rising == sorted(rising)


@given(two_causes)
def test_lies_inside_its_interval_and_the_interval_inside_0_and_1(seen: list[Observation]) -> None:
    for curve in (kaplan_meier(seen), *aalen_johansen(seen, CAUSES).values()):
        for point in curve.points:
            if point.low is None or point.high is None:
                assert point.share == pytest.approx(0) or point.share == pytest.approx(1)
            else:
                assert 0 <= point.low <= point.share <= point.high <= 1


@given(one_cause)
def test_mirrors_kaplan_meier_when_nothing_competes(seen: list[Observation]) -> None:
    free, settled = kaplan_meier(seen), aalen_johansen(seen, ["settled"])["settled"]
    for down, up in zip(free.points, settled.points, strict=True):
        assert (up.day, up.at_risk, up.events) == (down.day, down.at_risk, down.events)
        assert up.share == pytest.approx(1 - down.share, abs=1e-12)
        assert (up.low is None) == (down.high is None)
        if up.low is not None and down.high is not None and down.low is not None:
            assert (up.low, up.high) == pytest.approx((1 - down.high, 1 - down.low), abs=1e-9)


@given(two_causes)
def test_without_censoring_is_the_plain_share(seen: list[Observation]) -> None:
    ended = [(day, cause) for day, cause in seen if cause is not None]
    curves = aalen_johansen(ended, CAUSES)
    for day in range(31):
        for cause in CAUSES:
            count = sum(on <= day and why == cause for on, why in ended)
            assert curves[cause].at(day) == pytest.approx(count / len(ended) if ended else 0)


@given(two_causes)
def test_is_lower_than_when_a_referral_is_taken_for_silence(seen: list[Observation]) -> None:
    honest = aalen_johansen(seen, CAUSES)["settled"]
    naive = kaplan_meier([(day, cause if cause == "settled" else None) for day, cause in seen])
    assert all(honest.at(day) <= 1 - naive.at(day) + 1e-9 for day in range(32))


@given(two_causes, st.randoms(use_true_random=False))
def test_does_not_depend_on_the_order_of_the_records(
    seen: list[Observation], random: Random
) -> None:
    shuffled = list(seen)
    random.shuffle(shuffled)
    assert aalen_johansen(shuffled, CAUSES) == aalen_johansen(seen, CAUSES)


def test_reaches_half_on_the_day_it_gets_there() -> None:
    seen = [(4, "settled"), (9, "settled"), (12, None), (12, None)]
    curve = aalen_johansen(seen, CAUSES)["settled"]
    assert curve.first_day_at_least(0.5) == 9
    assert curve.first_day_at_least(0.51) is None
    assert (curve.at(3), curve.at(4), curve.at(8)) == (0, 0.25, 0.25)


def test_reaches_half_although_fractions_add_up_a_hair_short() -> None:
    seen = [(day, "settled") for day in range(49)] + [(60, None)] * 49
    assert aalen_johansen(seen, CAUSES)["settled"].first_day_at_least(0.5) == 48


def test_of_nobody_is_empty() -> None:
    curve = kaplan_meier([])
    assert (curve.of, curve.points, curve.at(7)) == (0, (), 1)


def test_counts_everyone_who_started() -> None:
    assert kaplan_meier(WORKED).of == 6
    assert aalen_johansen(WORKED, CAUSES)["elsewhere"].of == 6


def test_refuses_a_negative_day_and_a_cause_nobody_asked_for() -> None:
    with pytest.raises(ValueError, match="negative"):
        kaplan_meier([(-1, None)])
    with pytest.raises(ValueError, match="elsewhere"):
        aalen_johansen(WORKED, ["settled"])
