"""Trends see over time what one report cannot (domain §3.4)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clients.domain.facts import ActiveRegression, Clearance, EpisodeFact, WeeklyValue
from clients.domain.levels import Kind, Level, Priority, Spread
from clients.domain.report import Medication, Report
from clients.domain.verdict import Verdict
from tests.domain.triage.build import (
    KNEE,
    LOW_BACK,
    NOW,
    TODAY,
    answered,
    earlier,
    judged,
    report,
    rows,
    site,
    without,
)  # fmt: skip

SHIN = ("shin", "right")


def days_ago(days: int) -> Any:
    return TODAY - timedelta(days=days)


def rising(values: tuple[int, ...], span: int = 20, field: str = "worst") -> Verdict:
    """The verdict on the last value, the first made `span` days before."""
    gap = span / (len(values) - 1)
    made: list[Report] = []
    for index, value in enumerate(values):
        days = span - gap * index
        sites = (site(KNEE, value),)
        if field != "worst":
            sites = (replace(site(KNEE, 0), **{field: value}),)
        number = 20 + index
        made.append(report(number, performed_at=NOW - timedelta(days=days), sites=sites))
    return judged(made[-1], *made[:-1])


class TestTR1:
    @pytest.mark.parametrize(
        ("values", "span", "holds"),
        [
            ((0, 1, 2), 20, True),
            ((0, 0, 2), 21, True),
            ((0, 1, 2), 22, False),
            ((1, 1, 2), 20, False),
            ((0, 3, 2), 20, False),
            ((1, 3), 20, False),
            ((9, 0, 1, 2), 30, True),
        ],
    )
    def test_three_values_within_21_days_none_lower_and_two_higher(
        self, values: tuple[int, ...], span: int, holds: bool
    ) -> None:
        assert ("TR1" in rows(rising(values, span))) is holds

    @pytest.mark.parametrize("field", ["rest", "next_morning"])
    def test_of_the_same_field(self, field: str) -> None:
        assert "TR1" in rows(rising((0, 1, 2), field=field))

    @pytest.mark.parametrize(
        ("values", "level", "priority"),
        [
            ((0, 1, 2), Level.MONITOR, Priority.NORMAL),
            ((1, 2, 3), Level.MODIFY, Priority.NORMAL),
            ((3, 4, 5), Level.MODIFY, Priority.HIGH),
            ((6, 7, 8), Level.REFER, Priority.HIGH),
        ],
    )
    def test_raises_by_one_step_and_never_to_refer(
        self, values: tuple[int, ...], level: Level, priority: Priority
    ) -> None:
        verdict = rising(values, span=10)
        assert (verdict.level, verdict.priority) == (level, priority)

    def test_in_modify_the_coach_is_told_within_four_hours(self) -> None:
        assert rising((3, 4, 5), span=10).notice.coach_within_s == 14400

    def test_a_closed_report_is_no_part_of_it(self) -> None:
        first, second, last = (report(30 + n, worst=n, performed_at=NOW - timedelta(days=9 - n))
                               for n in range(3))  # fmt: skip
        assert "TR1" in rows(judged(last, first, second))
        assert "TR1" not in rows(judged(last, first, second, closed=frozenset({first.id})))

    def test_values_of_one_session_are_one_value(self) -> None:
        same = report().session_id
        first = earlier(0.2, 5, worst=0, session_id=same)
        second = earlier(0.1, 6, worst=1, session_id=same)
        assert "TR1" not in rows(judged(report(worst=2), first, second))

    def test_questions_left_are_no_step_to_stand_on(self) -> None:
        made = [earlier(days, 40 + days, worst=2 - days // 5) for days in (10, 5)]
        assert judged(answered(report(worst=2), without(["K1"])), *made).level is Level.MONITOR


class TestTR2:
    @pytest.mark.parametrize(
        ("settled", "worst", "holds"), [(28, 3, True), (29, 3, False), (5, 2, False)]
    )
    def test_relapse_within_28_days_of_settling(
        self, settled: int, worst: int, holds: bool
    ) -> None:
        episode = EpisodeFact(*KNEE, days_ago(60), settled_on=days_ago(settled))
        verdict = judged(report(worst=worst), episodes=(episode,))
        assert ("TR2" in rows(verdict)) is holds
        assert (verdict.level is Level.MODIFY) is holds
        assert (set(verdict.tasks) == {"reopen_episode", "option_failed"}) is holds

    def test_a_report_before_settling_does_not_make_it_last_14_days(self) -> None:
        episode = EpisodeFact(*KNEE, days_ago(60), settled_on=days_ago(30))
        old = earlier(50, worst=4)
        assert "D10" not in rows(judged(report(worst=4), old, episodes=(episode,)))
        unsettled = replace(episode, settled_on=None)
        assert "D10" in rows(judged(report(worst=4), episodes=(unsettled,)))


class TestTR3:
    def resolved(self, *starts: int) -> tuple[EpisodeFact, ...]:
        return tuple(
            EpisodeFact(*KNEE, days_ago(n), days_ago(n - 5), days_ago(n - 30)) for n in starts
        )

    def test_back_for_a_day_after_it_was_resolved_is_a_new_episode(self) -> None:
        verdict = judged(report(worst=3, onset="1-6_d"), episodes=self.resolved(100))
        assert "TR3" in rows(verdict)
        assert verdict.tasks == ("new_episode",)
        assert verdict.level is Level.MONITOR

    @pytest.mark.parametrize(
        ("said", "starts"),
        [({"onset": "today_sudden"}, (100,)), ({"onset": "1-6_d", "worst": 2}, (100,)),
         ({"onset": "1-6_d"}, ())],
    )  # fmt: skip
    def test_not_on_the_same_day_nor_below_three(self, said: Any, starts: Any) -> None:
        assert "TR3" not in rows(judged(report(**said), episodes=self.resolved(*starts)))

    def test_an_earlier_value_a_day_before_counts_as_a_day(self) -> None:
        one = earlier(1, worst=3)
        assert "TR3" in rows(judged(report(worst=3), one, episodes=self.resolved(100)))
        half = earlier(0.5, worst=3)
        assert "TR3" not in rows(judged(report(worst=3), half, episodes=self.resolved(100)))

    @pytest.mark.parametrize(
        ("starts", "level"), [((100, 170), Level.REFER), ((100, 190), Level.MONITOR)]
    )
    def test_the_third_in_180_days_is_referred(self, starts: Any, level: Level) -> None:
        verdict = judged(report(worst=3, onset="1-6_d"), episodes=self.resolved(*starts))
        assert verdict.level is level

    def test_an_open_episode_is_not_counted_twice(self) -> None:
        open_one = EpisodeFact(*KNEE, days_ago(5))
        episodes = (*self.resolved(100), open_one)
        verdict = judged(report(worst=3, onset="1-6_d"), episodes=episodes)
        assert verdict.level is Level.MONITOR


class TestTR4:
    REGRESSION = ActiveRegression(*KNEE, days_ago(20), TODAY + timedelta(days=1))

    def stuck(self, gap: int = 5, worst: int = 3, **context: Any) -> Verdict:
        before = [earlier(gap * n, 50 + n, worst=worst) for n in (3, 2, 1)]
        context = {"regressions": (self.REGRESSION,), **context}
        return judged(report(worst=worst), *before, **context)

    def test_four_values_over_two_weeks_mean_the_option_failed(self) -> None:
        verdict = self.stuck()
        assert "TR4" in rows(verdict)
        assert "option_failed" in verdict.tasks
        assert verdict.level is Level.MODIFY

    @pytest.mark.parametrize(
        "said", [{"gap": 4}, {"worst": 2}, {"regressions": ()},
                 {"regressions": (replace(REGRESSION, started_on=days_ago(14)),)}]
    )  # fmt: skip
    def test_not_sooner_nor_lower_nor_without_a_change(self, said: Any) -> None:
        assert "TR4" not in rows(self.stuck(**said))

    @pytest.mark.parametrize(
        ("episode", "level"),
        [
            ({"failed_options": 1}, Level.REFER),
            ({"failed_options": 0}, Level.MODIFY),
            ({"regressed_days": 42}, Level.REFER),
            ({"regressed_days": 41}, Level.MODIFY),
        ],
    )
    def test_two_failures_or_42_days_are_referred(self, episode: Any, level: Level) -> None:
        fact = EpisodeFact(*KNEE, days_ago(20), **episode)
        assert self.stuck(episodes=(fact,)).level is level

    @pytest.mark.parametrize(
        ("ends", "outcome", "onset", "level"),
        [
            (0, None, "2-6_wk", Level.REFER),
            (1, None, "2-6_wk", Level.MODIFY),
            (0, "partial", "2-6_wk", Level.MODIFY),
            (0, "success", "2-6_wk", Level.MODIFY),
            (0, "failed", "2-6_wk", Level.REFER),
            (0, None, "1-2_wk", Level.MODIFY),
        ],
    )
    def test_old_at_first_and_no_better_at_the_end_is_referred(
        self, ends: int, outcome: str | None, onset: str, level: Level
    ) -> None:
        first = earlier(14, worst=4, onset=onset)
        active = ActiveRegression(*KNEE, days_ago(14), TODAY + timedelta(days=ends), outcome)
        verdict = judged(report(worst=3), first, regressions=(active,))
        assert verdict.level is level

    def test_without_pain_nothing_is_stuck(self) -> None:
        fact = EpisodeFact(*KNEE, days_ago(20), failed_options=2)
        assert judged(report(worst=0), episodes=(fact,)).level is Level.LOG
        assert judged(report(worst=1), episodes=(fact,)).level is Level.REFER


class TestTR5:
    def test_a_new_region_beside_an_active_one_raises_and_asks_again(self) -> None:
        asked = earlier(20, 60, place=SHIN, worst=0)
        one = answered(report(place=SHIN, worst=1), without(["K4"]))
        near = earlier(10, place=KNEE, worst=1)
        verdict = judged(one, asked, near, closed=frozenset({asked.id}))
        assert "TR5" in rows(verdict)
        assert verdict.due_after == ("K4",)
        assert judged(one, asked, closed=frozenset({asked.id})).due_after == ()

    @pytest.mark.parametrize(
        "near", [earlier(15, worst=1), earlier(3, worst=0), earlier(3, place=SHIN, worst=1)]
    )
    def test_not_beside_an_old_painless_or_same_region(self, near: Report) -> None:
        assert "TR5" not in rows(judged(report(place=SHIN, worst=1), near))

    @pytest.mark.parametrize(
        ("before", "now", "holds"),
        [
            (None, Spread.BELOW_KNEE, True),
            (Spread.NONE, Spread.BELOW_ELBOW, True),
            (Spread.BELOW_KNEE, Spread.BELOW_KNEE, False),
            (None, Spread.AROUND_CHEST, False),
        ],
    )
    def test_now_below_knee_or_elbow(self, before: Any, now: Spread, holds: bool) -> None:
        one = earlier(3, place=LOW_BACK, worst=1, spread=before)
        verdict = judged(report(place=LOW_BACK, worst=1, spread=now), one)
        assert ("TR5" in rows(verdict)) is holds

    def test_spread_in_the_first_report_is_no_trend(self) -> None:
        one = report(place=LOW_BACK, worst=1, spread=Spread.BELOW_KNEE)
        assert "TR5" not in rows(judged(one))


class TestTR6:
    TAKEN = Medication(taken_within_8h=True)

    @pytest.mark.parametrize(("days", "level"), [(3, Level.REFER), (2, Level.LOG)])
    def test_said_days_of_the_last_seven(self, days: int, level: Level) -> None:
        one = report(worst=0, medication=Medication(days_of_7=days))
        assert judged(one).level is level

    @pytest.mark.parametrize(
        ("days", "holds"), [((1, 6), True), ((1, 7), False), ((0.1, 1), False)]
    )
    def test_counted_days_with_a_painkiller(self, days: Any, holds: bool) -> None:
        before = [
            earlier(day, 70 + n, worst=1, medication=self.TAKEN) for n, day in enumerate(days)
        ]
        verdict = judged(report(worst=0, medication=self.TAKEN), *before)
        assert ("TR6" in rows(verdict)) is holds


class TestTR7:
    def test_silence_for_48_hours_after_it_was_due_is_a_task_and_no_level(self) -> None:
        due = judged(report(worst=1)).follow_ups[0].due_at
        late = judged(report(worst=1), at=due + timedelta(hours=48))
        assert (late.level, late.tasks) == (Level.LOG, ("ask_follow_up",))
        assert "TR7" in rows(late)
        assert judged(report(worst=1), at=due + timedelta(hours=47, minutes=59)).tasks == ()

    @pytest.mark.parametrize(
        "one", [report(worst=0), report(sites=(site(KNEE, 1, next_morning=0),)),
                Report(report().id, NOW, "UTC", TODAY, kind=Kind.OTHER)]
    )  # fmt: skip
    def test_not_without_pain_nor_once_answered(self, one: Report) -> None:
        assert judged(one, at=NOW + timedelta(days=9)).tasks == ()


class TestTR8:
    def week(self, ago: int, score: int, substantial: bool = False) -> WeeklyValue:
        return WeeklyValue(*KNEE, days_ago(ago), score, substantial)

    @pytest.mark.parametrize(
        ("weeks", "holds"),
        [
            (((15, 8), (8, 16), (1, 24)), True),
            (((15, 8), (8, 16), (1, 16)), False),
            (((8, 8), (1, 16)), False),
            (((29, 8), (8, 16), (1, 24)), False),
            (((1, 50, True),), True),
            (((14, 50, True),), True),
            (((15, 50, True),), False),
            (((8, 50, True), (1, 8)), False),
        ],
    )
    def test_two_rises_running_or_substantial(self, weeks: Any, holds: bool) -> None:
        weekly = tuple(self.week(*week) for week in weeks)
        verdict = judged(report(worst=0), weekly=weekly)
        assert ("TR8" in rows(verdict)) is holds
        assert (verdict.level is Level.MODIFY) is holds

    def test_of_this_region_side_only(self) -> None:
        weekly = (replace(self.week(1, 60, True), side="right"),)
        assert judged(report(worst=0), weekly=weekly).level is Level.LOG


class TestTR9:
    THREE = (("knee_front", "left"), ("knee_front", "right"), ("foot", "left"))

    def test_three_region_sides_are_modify_with_more_questions(self) -> None:
        one = report(sites=tuple(site(place, 1) for place in self.THREE))
        verdict = judged(answered(one, without(["W1", "W2"])))
        assert verdict.level is Level.MODIFY
        assert "TR9" in rows(verdict)
        assert verdict.due_after == ("W1", "W2")
        assert verdict.tasks == ("many_sites",)

    def test_they_add_up_over_14_days(self) -> None:
        first = earlier(14, 80, place=self.THREE[0], worst=1)
        second = earlier(3, 81, place=self.THREE[1], worst=1)
        last = report(place=self.THREE[2], worst=1)
        assert "TR9" in rows(judged(last, first, second))
        older = earlier(15, 80, place=self.THREE[0], worst=1)
        assert "TR9" not in rows(judged(last, older, second))
        assert "TR9" not in rows(judged(last, first, second, closed=frozenset({first.id})))

    def test_a_site_without_pain_is_not_active(self) -> None:
        sites = (site(self.THREE[0], 1), site(self.THREE[1], 1), site(self.THREE[2], 0))
        assert "TR9" not in rows(judged(report(sites=sites)))
        unknown = (*sites[:2], site(self.THREE[2], None))
        assert "TR9" in rows(judged(report(sites=unknown)))
        calm = (*sites[:2], replace(unknown[2], next_morning=0))
        assert "TR9" in rows(judged(report(sites=calm)))


def test_a_trend_that_refers_can_be_cleared() -> None:
    one = report(worst=1, medication=Medication(days_of_7=3))
    assert judged(one).to_clear == ("TR6",)
    record = Clearance(NOW, frozenset({one.id}), frozenset({"TR6"}), limits=False)
    assert judged(one, clearances=(record,)).level is Level.MONITOR
