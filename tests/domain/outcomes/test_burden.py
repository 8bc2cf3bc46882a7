"""The burden of an episode ..."""

import pytest

from clients.domain.burden import Burden, Kept, burden, kept
from clients.domain.endpoints import DatedValue
from tests.domain.outcomes.records import day, record, trained


def test_peaks_at_the_highest_value_in_or_outside_training() -> None:
    sessions = (trained(1, 4), trained(3, None))
    assert burden(record(*sessions)).peak == 4
    assert burden(record(*sessions, other_values=(DatedValue(day(2), 6),))).peak == 6
    assert burden(record(trained(3, None))).peak is None


def test_is_the_area_under_the_weekly_score_in_score_weeks() -> None:
    # 40 to 20 over one week is 30; 20 to 0 over two weeks is 20.
    scores = (DatedValue(day(21), 0), DatedValue(day(0), 40), DatedValue(day(7), 20))
    assert burden(record(weekly=scores)).weekly_area == pytest.approx(50)
    assert burden(record(weekly=scores[1:])).weekly_area == pytest.approx(30)


def test_has_no_area_under_a_single_score() -> None:
    assert burden(record(weekly=(DatedValue(day(0), 40),))).weekly_area is None


def test_keeps_the_days_with_limits_and_with_a_painkiller() -> None:
    noor = record(days_limited=5, painkiller_days=2)
    assert burden(noor) == Burden(None, None, days_limited=5, painkiller_days=2)


def test_stands_beside_what_was_kept_of_the_plan() -> None:
    noor = record(planned_sessions=9, done_sessions=8, planned_sets=27, sets_as_written=20)
    sam = record(planned_sessions=4, done_sessions=1, planned_sets=12, sets_as_written=3)
    assert kept([noor, sam]) == Kept(9, 13, 23, 39)
    assert kept([record()]) == Kept(8, 9, 0, 0)
    assert burden(record()) == Burden(None, None, 0, 0)
    assert kept([]) == Kept(0, 0, 0, 0)
