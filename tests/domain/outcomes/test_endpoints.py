"""An episode ..."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.domain.checks import Exposure
from clients.domain.endpoints import (
    DatedValue,
    Milestone,
    Resolved,
    followed_until,
    recurred_on,
    relapsed_on,
    resolved_on,
    returned_on,
    settled_on,
)
from tests.domain.outcomes.records import day, record, settled_by, trained


def test_settles_on_the_first_of_two_clean_exposures_in_days_and_exposures() -> None:
    noor = record(trained(2, 3), trained(5), trained(8))
    assert settled_on(noor) == Milestone(day(5), day(8), days=5, exposures=2)


@pytest.mark.parametrize(
    "second",
    [
        trained(8, 3),
        trained(8, None),
        trained(8, morning="unknown"),
        trained(8, morning="not_settled"),
        trained(8, morning="overload"),
        trained(8, painkiller=True),
    ],
    ids=["worse", "unanswered", "unknown", "not settled", "overload", "painkiller"],
)
def test_does_not_settle_on_one_clean_exposure_and_another_that_is_not(second: Exposure) -> None:
    assert settled_on(record(trained(5), second)) is None
    assert settled_on(record(second, trained(9))) is None
    assert settled_on(record(trained(5), second, trained(11))) is None


def test_settles_with_2_of_10_and_not_with_3() -> None:
    assert settled_on(record(trained(1, 2), trained(4, 2))) is not None
    assert settled_on(record(trained(1, 3), trained(4, 3))) is None


def test_does_not_settle_by_days_without_training() -> None:
    assert settled_on(record(last_contact_on=day(60), ended="settled")) is None
    assert settled_on(record(trained(1), last_contact_on=day(60), ended="settled")) is None


def test_counts_from_apply_and_not_from_the_report() -> None:
    early = record(trained(-4), trained(-2), trained(3), trained(6), opened_on=day(-5))
    assert settled_on(early) == Milestone(day(3), day(6), days=3, exposures=1)


def test_can_settle_on_the_day_of_apply() -> None:
    assert settled_on(record(trained(0), trained(2))) == Milestone(day(0), day(2), 0, 1)


def test_has_no_endpoint_while_nobody_has_decided() -> None:
    undecided = replace(settled_by(3), applied_on=None, last_contact_on=day(90))
    assert settled_on(undecided) is None
    assert returned_on(undecided) is None
    assert resolved_on(undecided) is None
    assert relapsed_on(undecided) is None


@pytest.mark.parametrize("ended", ["failed_next", "referred", "withdrawn"])
def test_does_not_settle_under_an_option_that_was_stopped_before(ended: str) -> None:
    stopped = record(trained(2), trained(5), ended=ended, ended_on=day(4), last_contact_on=day(9))
    assert settled_on(stopped) is None
    assert followed_until(stopped) == day(4)
    assert settled_on(replace(stopped, ended_on=day(5))) is not None
    assert followed_until(replace(stopped, ended_on=None)) == day(9)


@pytest.mark.parametrize("ended", ["settled", "lost", "expired_unreviewed", "open"])
def test_is_followed_to_the_last_word_when_training_under_the_option_went_on(ended: str) -> None:
    going_on = record(trained(12), ended=ended, ended_on=day(4), last_contact_on=day(9))
    assert followed_until(going_on) == day(12)
    assert followed_until(replace(going_on, last_contact_on=day(15))) == day(15)


def test_reads_its_exposures_by_date_whatever_their_order() -> None:
    sessions = [trained(2, 4), trained(5), trained(8), trained(11, 5)]
    found = {settled_on(record(*order)) for order in permutations(sessions)}
    assert found == {Milestone(day(5), day(8), 5, 2)}


def test_returns_at_90_percent_of_the_load_before_twice_running() -> None:
    noor = record(trained(3, percent=89), trained(6, percent=90), trained(9, percent=100))
    assert returned_on(noor) == Milestone(day(6), day(9), days=6, exposures=2)


def test_returns_although_lighter_sessions_lie_between() -> None:
    noor = record(
        trained(6, percent=90), trained(8, 4, percent=60), trained(9), trained(12, percent=95)
    )
    assert returned_on(noor) == Milestone(day(6), day(12), 6, 1)


@pytest.mark.parametrize(
    "between",
    [
        trained(8, 3, percent=95),
        trained(8, None, percent=95),
        trained(8, 1, percent=95, painkiller=True),
    ],
    ids=["worse", "unanswered", "painkiller"],
)
def test_does_not_return_when_a_heavy_session_between_was_not_calm(between: Exposure) -> None:
    heavy = [trained(6, percent=90), between, trained(12, percent=90)]
    assert returned_on(record(*heavy)) is None


def test_returns_with_2_of_10_and_not_with_3() -> None:
    assert returned_on(record(trained(1, 2, percent=90), trained(4, 2, percent=90))) is not None
    assert returned_on(record(trained(1, 3, percent=90), trained(4, 3, percent=90))) is None


def test_does_not_return_without_a_load() -> None:
    assert returned_on(record(trained(6), trained(9))) is None


def test_resolves_28_days_after_it_settled_when_still_in_contact() -> None:
    kept = settled_by(4, last_contact_on=day(32))
    assert resolved_on(kept) == Resolved(day(32), days=32, nearly_none=True)
    assert resolved_on(replace(kept, last_contact_on=day(31))) is None


@pytest.mark.parametrize(("value", "nearly_none"), [(1, True), (2, False)])
def test_resolves_nearly_without_any_when_no_value_was_above_1(
    value: int, nearly_none: bool
) -> None:
    kept = settled_by(4, last_contact_on=day(40))
    kept = replace(kept, other_values=(DatedValue(day(20), value), DatedValue(day(33), 2)))
    assert resolved_on(kept) == Resolved(day(32), 32, nearly_none)


@pytest.mark.parametrize(
    ("number", "value", "back"), [(5, 3, 1), (32, 3, 1), (33, 3, 0), (20, 2, 0)]
)
def test_relapses_within_28_days_of_settling_at_3_and_then_does_not_resolve(
    number: int, value: int, back: int
) -> None:
    noor = settled_by(4, last_contact_on=day(60), other_values=(DatedValue(day(number), value),))
    assert relapsed_on(noor) == (day(number) if back else None)
    assert (resolved_on(noor) is None) == bool(back)


def test_relapses_by_a_training_value_and_on_the_first_such_day() -> None:
    noor = record(trained(4), trained(7), trained(14, 5), trained(10, 3), trained(9, None))
    assert relapsed_on(noor) == day(10)


def test_does_not_relapse_by_a_value_before_it_settled_or_after_the_option_was_stopped() -> None:
    before = settled_by(4, other_values=(DatedValue(day(3), 6), DatedValue(day(4), 6)))
    assert relapsed_on(before) is None
    stopped = settled_by(4, ended="referred", ended_on=day(9), last_contact_on=day(40))
    assert relapsed_on(replace(stopped, other_values=(DatedValue(day(10), 6),))) is None
    assert relapsed_on(replace(stopped, other_values=(DatedValue(day(9), 6),))) == day(9)
    assert resolved_on(stopped) is None


def test_recurs_when_a_linked_episode_opens_after_it_resolved() -> None:
    first = settled_by(4, last_contact_on=day(40))
    again = record(id="e2", opened_on=day(50), after="e1")
    sooner = record(id="e3", opened_on=day(45), after="e1")
    other = record(id="e4", opened_on=day(41), after="e9")
    assert recurred_on(first, [first, again, sooner, other]) == day(45)
    assert recurred_on(first, [first, other]) is None
    assert recurred_on(first, [replace(again, opened_on=day(32))]) is None
    assert recurred_on(replace(first, last_contact_on=day(20)), [again]) is None


exposures = st.builds(
    trained,
    st.integers(-3, 60),
    st.none() | st.integers(0, 10),
    st.sampled_from(["settled", "overload", "not_settled", "unknown"]),
    percent=st.none() | st.integers(50, 110),
    painkiller=st.booleans(),
)
several = st.lists(exposures, max_size=12)


@given(several)
def test_resolves_and_relapses_only_after_it_settled_and_never_both(
    sessions: list[Exposure],
) -> None:
    noor = record(*sessions, last_contact_on=day(90))
    settled, resolved, relapsed = settled_on(noor), resolved_on(noor), relapsed_on(noor)
    if settled is None:
        assert resolved is None
        assert relapsed is None
    else:
        assert (resolved is None) != (relapsed is None)
        assert settled.on <= settled.confirmed_on
        assert 1 <= settled.exposures < len(sessions)


@given(several, st.integers(61, 80))
def test_keeps_the_day_it_settled_whatever_comes_later(
    sessions: list[Exposure], later: int
) -> None:
    settled = settled_on(record(*sessions))
    if settled is not None:
        assert settled_on(record(*sessions, trained(later, 9, "overload"))) == settled
