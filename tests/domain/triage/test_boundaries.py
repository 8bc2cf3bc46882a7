"""Borders are where domain §3.5 and §3.6 put them: bands, mornings, clocks, zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from clients.domain.bands import MorningState, Settings, baseline, counted, morning_state
from clients.domain.facts import EpisodeFact, Morning
from clients.domain.followups import Placement, morning_asked, morning_due, placement
from clients.domain.levels import Effect, Feel, Level
from clients.domain.lookback import session_of
from clients.domain.report import Medication, Report
from tests.domain.triage.build import (
    KNEE,
    LOW_BACK,
    NOW,
    TODAY,
    earlier,
    judged,
    report,
    session,
    site,
    uuid,
)  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "below", "above"),
    [(2, 3, Level.LOG, Level.MONITOR), (5, 6, Level.MONITOR, Level.MODIFY),
     (7, 8, Level.MODIFY, Level.REFER)],
)  # fmt: skip
def test_band_borders(low: int, high: int, below: Level, above: Level) -> None:
    assert (judged(report(worst=low)).level, judged(report(worst=high)).level) == (below, above)


@pytest.mark.parametrize("question", ["U1", "K1", "K4"])
def test_a_flag_with_pain_0_still_counts(question: str) -> None:
    assert judged(report(worst=0, yes=(question,))).level >= Level.REFER


def test_two_regions_keep_their_own_levels() -> None:
    verdict = judged(report(sites=(site(KNEE, 1), site(LOW_BACK, 7))))
    assert [one.level for one in verdict.sites] == [Level.LOG, Level.MODIFY]
    assert verdict.level is Level.MODIFY


def test_an_answer_after_the_options_raises_the_verdict_for_apply_to_re_check() -> None:
    first = report(place=LOW_BACK, worst=4)
    edited = replace(first, sites=(site(LOW_BACK, 4, rest=7),))
    assert (judged(first).action_set, judged(edited).action_set) == ("A1", "A0")


class TestBands:
    @pytest.mark.parametrize(("value", "counts"), [(0, 0), (1, 3), (9, 10), (10, 10)])
    def test_a_painkiller_counts_two_higher(self, value: int, counts: int) -> None:
        assert counted(value, painkiller=True) == counts
        assert counted(value, painkiller=False) == value

    @pytest.mark.parametrize(
        "borders",
        [{"green": -1}, {"green": 5, "amber": 6}, {"green": 3, "amber": 3}, {"amber": 8},
         {"refer": 9}, {"amber": 7, "refer": 7}, {"rest_refer": 7}, {"rest_refer": 0},
         {"ask_hour": 3}, {"ask_hour": 12}],
    )  # fmt: skip
    def test_borders_outside_what_is_published_are_refused(self, borders: dict[str, int]) -> None:
        with pytest.raises(ValueError, match="bands|morning"):
            Settings(**borders)

    def test_an_owner_may_move_them_inside(self) -> None:
        settings = Settings(green=4, amber=7, refer=8)
        assert judged(report(worst=4), settings=settings).level is Level.LOG
        assert judged(report(worst=7), settings=settings).level is Level.MONITOR

    def test_v_is_the_highest_known_value(self) -> None:
        one = site(KNEE, 1, now=2, before=3, rest=4, next_morning=5)
        assert judged(report(sites=(one,))).sites[0].v == 5
        assert judged(report(worst=None)).sites[0].v is None

    def test_a_morning_value_with_a_painkiller_counts_higher(self) -> None:
        one = site(KNEE, 1, next_morning=2, morning_painkiller=True)
        assert judged(report(sites=(one,))).sites[0].v == 4


class TestBaseline:
    def morning(self, value: int, ago: int, **said: Any) -> Morning:
        said = {"trained": False, "region": KNEE[0], "side": KNEE[1], **said}
        return Morning(value=value, on=TODAY - timedelta(days=ago), **said)

    def test_is_pain_before_then_the_last_quiet_morning_then_0(self) -> None:
        quiet = (self.morning(2, 14), self.morning(3, 5))
        assert baseline(site(KNEE, 5, before=1), quiet, TODAY) == 1
        assert baseline(site(KNEE, 5), quiet, TODAY) == 3
        assert baseline(site(KNEE, 5), (), TODAY) == 0

    @pytest.mark.parametrize("said", [{"trained": True}, {"side": "right"}, {"ago": 15}])
    def test_only_mornings_of_this_place_without_training_in_14_days(self, said: Any) -> None:
        said = {"ago": 3, **said}
        assert baseline(site(KNEE, 5), (self.morning(4, **said),), TODAY) == 0

    def test_makes_overload_less_likely(self) -> None:
        one = report(sites=(site(KNEE, 3, next_morning=4),))
        assert "D09" in judged(one).rows
        assert "D09" not in judged(one, mornings=(self.morning(3, 3),)).rows


class TestMorningState:
    @pytest.mark.parametrize(
        ("value", "feel", "more", "state"),
        [
            (None, None, {}, MorningState.UNKNOWN),
            (None, Feel.BETTER, {}, MorningState.UNKNOWN),
            (None, Feel.WORSE, {}, MorningState.NOT_SETTLED),
            (1, None, {}, MorningState.SETTLED),
            (1, Feel.SAME, {}, MorningState.SETTLED),
            (2, Feel.BETTER, {}, MorningState.OVERLOAD),
            (1, Feel.WORSE, {}, MorningState.NOT_SETTLED),
            (0, Feel.WORSE, {}, MorningState.NOT_SETTLED),
            (1, Feel.SAME, {"morning_late": True}, MorningState.UNKNOWN),
            (2, Feel.SAME, {"morning_late": True}, MorningState.OVERLOAD),
            (1, Feel.WORSE, {"morning_late": True}, MorningState.NOT_SETTLED),
            (0, Feel.SAME, {"morning_painkiller": True}, MorningState.UNKNOWN),
            (1, Feel.SAME, {"morning_painkiller": True}, MorningState.OVERLOAD),
        ],
    )
    def test_at_baseline_0(self, value: Any, feel: Any, more: Any, state: MorningState) -> None:
        one = site(KNEE, 5, next_morning=value, morning_feel=feel, **more)
        assert morning_state(one, 0) is state

    @pytest.mark.parametrize(
        ("value", "feel", "state"),
        [(4, None, MorningState.SETTLED), (5, None, MorningState.OVERLOAD),
         (3, Feel.WORSE, MorningState.OVERLOAD), (2, Feel.WORSE, MorningState.NOT_SETTLED)],
    )  # fmt: skip
    def test_at_baseline_3(self, value: int, feel: Any, state: MorningState) -> None:
        assert morning_state(site(KNEE, 5, next_morning=value, morning_feel=feel), 3) is state

    def test_a_painkiller_of_the_report_makes_no_settled_morning(self) -> None:
        taken = Medication(taken_within_8h=True)
        one = report(sites=(site(KNEE, 1, next_morning=0),), medication=taken)
        assert judged(one).sites[0].morning == MorningState.UNKNOWN

    def test_unknown_counts_as_neither_and_the_level_can_only_rise_on_the_answer(self) -> None:
        before = judged(report(worst=3)).level
        for value in range(11):
            for feel in (None, *Feel):
                one = site(KNEE, 3, next_morning=value, morning_feel=feel)
                assert judged(report(sites=(one,))).level >= before


class TestNextMorning:
    @pytest.mark.parametrize(
        ("zone", "on", "due"),
        [
            ("Europe/Berlin", date(2026, 3, 2), datetime(2026, 3, 3, 3, tzinfo=UTC)),
            # Clocks go forward on 29 March 2026 and back on 25 October 2026.
            ("Europe/Berlin", date(2026, 3, 28), datetime(2026, 3, 29, 2, tzinfo=UTC)),
            ("Europe/Berlin", date(2026, 10, 24), datetime(2026, 10, 25, 3, tzinfo=UTC)),
            ("Pacific/Auckland", date(2026, 3, 2), datetime(2026, 3, 2, 15, tzinfo=UTC)),
            ("America/Los_Angeles", date(2026, 3, 2), datetime(2026, 3, 3, 12, tzinfo=UTC)),
            ("Asia/Kathmandu", date(2026, 3, 2), datetime(2026, 3, 2, 22, 15, tzinfo=UTC)),
        ],
    )
    def test_is_due_at_four_local_on_the_next_day(self, zone: str, on: date, due: datetime) -> None:
        assert morning_due(on, zone) == due

    def test_is_asked_at_the_clients_hour(self) -> None:
        assert morning_asked(TODAY, "Europe/Berlin", 9) == datetime(2026, 3, 3, 8, tzinfo=UTC)
        verdict = judged(report(worst=1), settings=Settings(ask_hour=9))
        assert verdict.follow_ups[0].ask_at == datetime(2026, 3, 3, 8, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("hour", "minute", "where"),
        [(3, 59, Placement.EARLY), (4, 0, Placement.ON_TIME), (12, 0, Placement.ON_TIME),
         (12, 1, Placement.LATE)],
    )  # fmt: skip
    def test_is_on_time_from_four_to_noon(self, hour: int, minute: int, where: Placement) -> None:
        at = datetime(2026, 3, 3, hour - 1, minute, tzinfo=UTC)  # Berlin is an hour ahead
        assert placement(at, TODAY, "Europe/Berlin") is where

    def test_is_too_late_after_48_hours_or_a_newer_exposure(self) -> None:
        due = morning_due(TODAY, "Europe/Berlin")
        late = due + timedelta(hours=47, minutes=59)
        assert placement(late, TODAY, "Europe/Berlin") is Placement.LATE
        assert placement(due + timedelta(hours=48), TODAY, "Europe/Berlin") is Placement.TOO_LATE
        newer = (due + timedelta(hours=10),)
        assert placement(late, TODAY, "Europe/Berlin", exposures=newer) is Placement.TOO_LATE
        same = (due - timedelta(hours=12),)
        assert placement(late, TODAY, "Europe/Berlin", exposures=same) is Placement.LATE

    def test_is_asked_only_when_something_hurts_and_nobody_must_call(self) -> None:
        def kinds(one: Report) -> list[str]:
            return [due.kind for due in judged(one).follow_ups]

        assert kinds(report(worst=1)) == ["next_morning"]
        assert kinds(report(worst=0)) == []
        assert kinds(report(worst=1, yes=("K1",))) == []
        assert kinds(report(sites=(site(KNEE, 1, next_morning=1),))) == []


class TestSessionOfAReport:
    def test_is_the_one_it_names(self) -> None:
        one = report(session_id=uuid(7))
        assert session_of(one, (session(8, NOW),)).key == str(uuid(7))

    def test_is_the_latest_started_in_36_hours_before(self) -> None:
        one = report(session_id=None)
        sessions = [session(n, NOW - timedelta(hours=h)) for n, h in ((1, 36), (2, 20), (3, 37))]
        assert session_of(one, sessions).key == str(uuid(2))
        assert session_of(one, sessions[:1]).key == str(uuid(1))
        assert session_of(one, sessions[2:]).key == "2026-03-02"
        assert session_of(one, [session(4, NOW + timedelta(hours=1))]).key == "2026-03-02"

    def test_decides_which_morning_is_asked(self) -> None:
        one = report(session_id=None, worst=1)
        held = session(2, NOW - timedelta(hours=20))
        due = judged(one, sessions=(held,)).follow_ups[0].due_at
        assert due == morning_due(held.on, one.zone)

    def test_local_dates_count_for_the_fortnight(self) -> None:
        # 23:30 in Los Angeles is the next day in UTC; its own date counts.
        late = datetime(2026, 2, 17, 7, 30, tzinfo=UTC)
        first = replace(
            report(2, place=("knee_front", "right")),
            performed_at=late, zone="America/Los_Angeles", session_on=date(2026, 2, 16),
        )  # fmt: skip
        assert "D10" in judged(report(session_on=date(2026, 3, 2)), first).rows
        assert "D10" not in judged(report(session_on=date(2026, 3, 3)), first).rows


class TestLastingMoreThan14Days:
    @pytest.mark.parametrize(("days", "holds"), [(15, True), (14, False)])
    def test_counts_from_the_first_report_of_the_episode(self, days: int, holds: bool) -> None:
        first = earlier(days, worst=1)
        assert ("D10" in judged(report(worst=3), first).rows) is holds

    def test_a_report_on_the_day_it_settled_is_before_it(self) -> None:
        on = TODAY - timedelta(days=20)
        episode = EpisodeFact(*KNEE, TODAY - timedelta(days=50), settled_on=on)
        assert "D10" not in judged(report(worst=3), earlier(20), episodes=(episode,)).rows
        assert "D10" in judged(report(worst=3), earlier(19), episodes=(episode,)).rows

    def test_a_first_report_that_is_old_and_light_stays_low(self) -> None:
        second = judged(report(worst=1, onset="over_6_wk"), earlier(3, worst=1))
        assert "D10" not in second.rows


def test_at_refer_the_first_contact_is_within_four_hours_and_cover_then() -> None:
    notice = judged(report(worst=1, effect=Effect.CANNOT_USE)).notice
    assert (notice.coach_within_s, notice.backup_after_s) == (14400, 14400)


def test_emergency_goes_out_on_two_channels_with_backup_after_ten_minutes() -> None:
    notice = judged(report(yes=("U1",))).notice
    assert (notice.channels, notice.coach_within_s, notice.backup_after_s) == (2, 60, 600)
    assert notice.client_now
