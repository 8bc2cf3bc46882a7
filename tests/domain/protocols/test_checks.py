"""A regression is judged by its exposures: stop, fail, success, partial, or still running."""

from datetime import date, timedelta

import pytest

from clients.domain.checks import (
    Exposure,
    Morning,
    Next,
    Outcome,
    after,
    check,
    clean,
    extension_days,
    first_exposure_worse,
    stuck,
)

DAY0 = date(2026, 11, 9)
SETTLED, NOT_SETTLED, OVERLOAD, UNKNOWN = Morning


def exposed(day: int, worst: int | None, morning: Morning = SETTLED, **more: object) -> Exposure:
    return Exposure(DAY0 + timedelta(days=day), worst, morning, **more)  # type: ignore[arg-type]


def outcome(*exposures: Exposure, before: int = 5, flag: bool = False) -> Outcome:
    return check(exposures, value_before=before, applied_on=DAY0, new_flag=flag).outcome


def test_two_clean_exposures_in_a_row_are_success() -> None:
    assert outcome(exposed(0, 2), exposed(3, 0)) is Outcome.SUCCESS
    assert outcome(exposed(0, 4), exposed(3, 2), exposed(7, 1)) is Outcome.SUCCESS


@pytest.mark.parametrize(
    "second",
    [
        exposed(3, 3),
        exposed(3, None),
        exposed(3, 2, NOT_SETTLED),
        exposed(3, 2, UNKNOWN),
        exposed(3, 2, painkiller=True),
    ],
)
def test_one_exposure_that_is_not_clean_breaks_the_pair(second: Exposure) -> None:
    assert not clean(second)
    assert outcome(exposed(0, 2), second, exposed(7, 2), before=3) is Outcome.RUNNING


def test_exposures_before_it_was_applied_do_not_count() -> None:
    assert outcome(exposed(-3, 1), exposed(0, 1)) is Outcome.RUNNING
    assert outcome(exposed(-3, 7)) is Outcome.RUNNING


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (5, 3, Outcome.PARTIAL),  # two points
        (4, 3, Outcome.RUNNING),  # one point, 25 %
        (6, 5, Outcome.RUNNING),  # 17 %
        (7, 5, Outcome.PARTIAL),
        (5, 2, Outcome.RUNNING),  # below 3 but not twice
        (3, 5, Outcome.RUNNING),
    ],
)
def test_a_fall_of_two_points_or_30_percent_to_3_to_5_is_partial(
    before: int, now: int, expected: Outcome
) -> None:
    assert outcome(exposed(0, now), before=before) is expected


def test_the_latest_value_decides_on_partial() -> None:
    assert outcome(exposed(0, 5), exposed(3, 3)) is Outcome.PARTIAL
    assert outcome(exposed(0, 3), exposed(3, 5)) is Outcome.RUNNING


@pytest.mark.parametrize(("worst", "expected"), [(5, Outcome.RUNNING), (6, Outcome.FAIL)])
def test_six_or_more_on_the_regression_fails(worst: int, expected: Outcome) -> None:
    assert outcome(exposed(0, worst)) is expected


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        ("none", Outcome.RUNNING),
        ("eased_load", Outcome.RUNNING),
        ("stopped_exercise", Outcome.FAIL),
        ("stopped_session", Outcome.FAIL),
        ("limits_daily_life", Outcome.FAIL),
        ("cannot_use", Outcome.FAIL),
        ("a_newer_word", Outcome.FAIL),
    ],
)
def test_stopping_because_of_it_fails(effect: str, expected: Outcome) -> None:
    assert outcome(exposed(0, 3, effect=effect), before=3) is expected


def test_overload_on_two_exposures_fails() -> None:
    assert outcome(exposed(0, 3, OVERLOAD), before=3) is Outcome.RUNNING
    assert outcome(exposed(0, 3, OVERLOAD), exposed(3, 1), exposed(7, 2, OVERLOAD)) is Outcome.FAIL


def test_success_gives_way_to_what_fails_later() -> None:
    assert outcome(exposed(0, 1), exposed(3, 1), exposed(7, 6)) is Outcome.FAIL


@pytest.mark.parametrize(("day", "expected"), [(31, Outcome.FAIL), (32, Outcome.SUCCESS)])
def test_three_or_more_within_28_days_of_settling_is_a_relapse(day: int, expected: Outcome) -> None:
    assert outcome(exposed(0, 1), exposed(3, 1), exposed(day, 3), before=3) is expected


def test_a_warning_answer_stops_at_once() -> None:
    assert outcome(exposed(0, 1), exposed(3, 1), flag=True) is Outcome.STOP


@pytest.mark.parametrize(
    ("days", "values", "expected"),
    [
        ((0, 4, 9, 14), (3, 3, 4, 3), True),
        ((0, 4, 9, 13), (3, 3, 4, 3), False),
        ((0, 9, 14), (3, 3, 3), False),
        ((0, 4, 9, 14), (3, 2, 4, 3), False),
        ((-1, 4, 9, 13), (3, 3, 3, 3), False),
    ],
)
def test_four_values_of_three_over_14_days_are_stuck(
    days: tuple[int, ...], values: tuple[int, ...], expected: bool
) -> None:
    found = [(DAY0 + timedelta(days=day), v) for day, v in zip(days, values, strict=True)]
    assert stuck(found, since=DAY0) is expected


def test_stuck_exposures_fail() -> None:
    four = [exposed(day, 3) for day in (0, 5, 10, 14)]
    assert outcome(*four, before=3) is Outcome.FAIL
    assert outcome(*four[:3], exposed(13, 3), before=3) is Outcome.RUNNING


def test_a_first_exposure_worse_by_two_is_told_the_same_day() -> None:
    assert first_exposure_worse([exposed(0, 5), exposed(3, 1)], value_before=3)
    assert not first_exposure_worse([exposed(0, 4), exposed(3, 7)], value_before=3)
    assert not first_exposure_worse([exposed(0, None)], value_before=3)
    assert not first_exposure_worse([], value_before=0)


@pytest.mark.parametrize(
    ("was", "before", "days", "expected"),
    [
        (Outcome.PARTIAL, False, 21, 14),
        (Outcome.PARTIAL, False, 35, 7),
        (Outcome.PARTIAL, False, 50, 0),
        (Outcome.PARTIAL, True, 21, 0),
        (Outcome.RUNNING, False, 21, 0),
        (Outcome.FAIL, False, 21, 0),
    ],
)
def test_only_a_partial_outcome_is_extended_once_and_to_42_days(
    was: Outcome, before: bool, days: int, expected: int
) -> None:
    assert extension_days(was, extended_before=before, days_in_episode=days) == expected


@pytest.mark.parametrize(
    ("was", "failed", "days", "review", "old", "expected"),
    [
        (Outcome.STOP, 0, 5, False, False, Next.REFER),
        (Outcome.FAIL, 1, 5, False, False, Next.NEXT_OPTION),
        (Outcome.FAIL, 2, 5, False, False, Next.REFER),
        (Outcome.FAIL, 1, 42, False, False, Next.REFER),
        (Outcome.SUCCESS, 1, 42, True, True, Next.LADDER),
        (Outcome.PARTIAL, 0, 21, False, False, Next.GO_ON),
        (Outcome.PARTIAL, 0, 21, True, True, Next.EXTEND_OR_NEXT),
        (Outcome.RUNNING, 0, 10, False, True, Next.GO_ON),
        (Outcome.RUNNING, 0, 14, True, True, Next.REFER),
        (Outcome.RUNNING, 0, 14, True, False, Next.NEXT_OPTION),
        (Outcome.RUNNING, 0, 42, False, False, Next.REFER),
    ],
)
def test_what_follows_an_outcome(
    was: Outcome, failed: int, days: int, review: bool, old: bool, expected: Next
) -> None:
    found = after(
        was,
        failed_options=failed,
        days_in_episode=days,
        review_reached=review,
        old_when_reported=old,
    )
    assert found is expected


def test_every_outcome_says_why() -> None:
    assert check([exposed(0, 6)], value_before=5, applied_on=DAY0).reason == (
        "6 of 10 on the regression on 09 Nov."
    )
    partial = check([exposed(0, 3)], value_before=5, applied_on=DAY0).reason
    assert partial == "Down from 5 to 3, not yet at 2 or below."
