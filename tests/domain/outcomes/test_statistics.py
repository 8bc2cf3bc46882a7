"""A share and its interval ..."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from clients.domain.statistics import (
    beta_posterior,
    episodes_to_tell_apart,
    percent,
    percentile,
    wilson,
)

counts = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("events", "of", "low", "high"),
    [(7, 9, 45, 94), (18, 24, 55, 88), (3, 3, 44, 100), (0, 3, 0, 56)],
)
def test_reads_as_the_worked_examples_of_the_trade(
    events: int, of: int, low: int, high: int
) -> None:
    assert tuple(percent(end) for end in wilson(events, of)) == (low, high)


def test_has_the_worked_posterior_of_7_of_9() -> None:
    share = beta_posterior(7, 9)
    assert (percent(share.mean), percent(share.low), percent(share.high)) == (73, 44, 93)


@given(counts)
def test_is_the_librarys_wilson_interval(count: tuple[int, int]) -> None:
    expected = stats.binomtest(*count).proportion_ci(0.95, method="wilson")
    assert wilson(*count) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(counts)
def test_is_the_librarys_posterior(count: tuple[int, int]) -> None:
    events, of = count
    library = stats.beta(events + 1, of - events + 1)
    share = beta_posterior(events, of)
    assert share.mean == pytest.approx(library.mean(), abs=1e-12)
    assert (share.low, share.high) == pytest.approx(library.ppf([0.025, 0.975]), abs=1e-9)


@given(counts)
def test_lies_within_0_and_1_and_holds_the_share_itself(count: tuple[int, int]) -> None:
    low, high = wilson(*count)
    assert 0 <= low <= count[0] / count[1] <= high <= 1


@given(counts)
def test_is_mirrored_when_settled_and_not_settled_change_places(count: tuple[int, int]) -> None:
    events, of = count
    low, high = wilson(events, of)
    assert wilson(of - events, of) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_knows_nothing_before_the_first_episode() -> None:
    share = beta_posterior(0, 0)
    assert (share.mean, share.low, share.high) == pytest.approx((0.5, 0.025, 0.975))
    with pytest.raises(ValueError, match="at least one"):
        wilson(0, 0)


@pytest.mark.parametrize(("events", "of"), [(4, 3), (-1, 3)])
def test_refuses_what_is_not_a_count(events: int, of: int) -> None:
    with pytest.raises(ValueError, match="is not a count"):
        wilson(events, of)
    with pytest.raises(ValueError, match="is not a count"):
        beta_posterior(events, of)


@pytest.mark.parametrize(("first", "second", "episodes"), [(0.6, 0.8, 82), (0.7, 0.8, 294)])
def test_takes_many_episodes_to_tell_from_another(
    first: float, second: float, episodes: int
) -> None:
    assert episodes_to_tell_apart(first, second) == episodes
    assert episodes_to_tell_apart(second, first) == episodes


@pytest.mark.parametrize(("first", "second"), [(0.6, 0.6), (0, 0.5), (0.5, 1), (0.5, 0), (1, 0.5)])
def test_cannot_be_told_from_itself_or_from_certainty(first: float, second: float) -> None:
    with pytest.raises(ValueError, match="two different shares"):
        episodes_to_tell_apart(first, second)


@pytest.mark.parametrize(("share", "whole"), [(0.005, 1), (0.0049, 0), (0.125, 13), (1, 100)])
def test_rounds_halves_upward(share: float, whole: int) -> None:
    assert percent(share) == whole


@given(st.lists(st.integers(0, 99), min_size=1, max_size=40), st.integers(1, 100))
def test_has_percentiles_that_occurred(values: list[int], hundredths: int) -> None:
    found = percentile(values, hundredths / 100)
    assert found is not None
    # Nearest rank, in whole numbers: the least value with that many at or below it.
    at_or_below = [sum(v <= value for v in values) * 100 for value in sorted(values)]
    enough = [n >= hundredths * len(values) for n in at_or_below]
    assert found == sorted(values)[enough.index(True)]


@pytest.mark.parametrize("share", [0, -0.5, 1.01])
def test_has_no_percentile_outside_its_values(share: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile([1], share)


def test_has_no_percentile_of_nothing() -> None:
    assert percentile([], 0.5) is None
