"""Each row of the decision table matches exactly on its conditions (domain §3.5).

A case is (row, what the report holds, matches or not, level when it stands alone).
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clients.domain.facts import Clearance, PositionLost
from clients.domain.levels import Effect, Feel, Kind, Level, Priority, Reply, Spread
from clients.domain.report import Medication, Report
from clients.domain.table import ROWS
from tests.domain.triage.build import (
    ADULT,
    KNEE,
    LIFT,
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

LIGHT = replace(LIFT, load_zone="light")
UNKNOWN = replace(LIFT, load_zone=None)
YOUNG = replace(ADULT, born_on=TODAY.replace(year=2009))


def at_rest(value: int) -> tuple[Any, ...]:
    return (site(KNEE, 1, rest=value),)


def morning(worst: int, value: int | None, feel: Feel | None = None, **more: Any) -> Any:
    return (site(KNEE, worst, next_morning=value, morning_feel=feel, **more),)


PLAIN: list[tuple[str, dict[str, Any], bool]] = [
    ("D01", {"yes": ("U1",)}, True),
    ("D01", {"yes": ("U6",)}, False),
    ("D02", {"yes": ("K1",)}, True),
    ("D02", {}, False),
    ("D03", {"yes": ("K4",)}, True),
    ("D03", {}, False),
    ("D04", {"worst": 8}, True),
    ("D04", {"worst": 7}, False),
    ("D04", {"worst": 0, "effect": Effect.CANNOT_USE}, True),
    ("D04", {"worst": 0, "effect": Effect.LIMITS_DAILY_LIFE}, False),
    ("D04", {"sites": at_rest(6)}, True),
    ("D04", {"sites": at_rest(5)}, False),
    ("D04", {"worst": 6, "medication": Medication(taken_within_8h=True)}, True),
    ("D04", {"sites": at_rest(4), "medication": Medication(taken_within_8h=True)}, True),
    ("D05", {"timing": frozenset()}, True),
    ("D05", {"effect": None}, True),
    ("D05", {"worst": None}, True),
    ("D05", {"sites": ()}, True),
    ("D05", {"tiles_none": False}, True),
    ("D05", {"tiles_shown": frozenset()}, True),
    ("D05", {"tiles_tapped": frozenset({"ill"})}, True),
    ("D05", {"unreadable": ("effect",)}, True),
    ("D05", {"unreadable": ("changes_8w.0",)}, False),
    ("D05", {}, False),
    ("D08", {"worst": 6}, True),
    ("D08", {"worst": 5}, False),
    ("D08", {"worst": 0, "effect": Effect.STOPPED_SESSION}, True),
    ("D08", {"worst": 4, "effect": Effect.STOPPED_EXERCISE}, True),
    ("D08", {"worst": 3, "effect": Effect.STOPPED_EXERCISE}, False),
    ("D09", {"sites": morning(3, 2)}, True),
    ("D09", {"sites": morning(3, 1)}, False),
    ("D09", {"sites": morning(3, 3, Feel.WORSE, before=2)}, True),
    ("D09", {"sites": morning(3, 2, Feel.WORSE, before=2)}, False),
    ("D09", {"sites": morning(3, 4, before=2, morning_late=True)}, True),
    ("D10", {"worst": 3, "onset": "2-6_wk"}, True),
    ("D10", {"worst": 3, "onset": "1-2_wk"}, False),
    ("D10", {"worst": 1, "onset": "2-6_wk"}, True),
    ("D10", {"worst": 1, "onset": "2-6_wk", "exercise": UNKNOWN}, True),
    ("D10", {"worst": 1, "onset": "2-6_wk", "exercise": None}, True),
    ("D10", {"worst": 1, "onset": "2-6_wk", "exercise": LIGHT}, False),
    ("D10", {"worst": 0, "onset": "over_6_wk"}, False),
    ("D10", {"worst": 6, "onset": "over_6_wk"}, False),
    ("D11", {"worst": 0, "effect": Effect.LIMITS_DAILY_LIFE}, True),
    ("D11", {"worst": 3, "effect": Effect.STOPPED_EXERCISE}, True),
    ("D11", {"worst": 4, "effect": Effect.STOPPED_EXERCISE}, False),
    ("D11", {"worst": 3, "effect": Effect.EASED_LOAD}, False),
    ("D12", {"worst": 3}, True),
    ("D12", {"worst": 5}, True),
    ("D12", {"worst": 2}, False),
    ("D12", {"worst": 6}, False),
    ("D12", {"sites": morning(3, 0)}, True),
    ("D13", {"sites": morning(2, None, Feel.WORSE)}, True),
    ("D13", {"sites": morning(2, 1, Feel.WORSE)}, True),
    ("D13", {"sites": morning(2, 1, Feel.SAME)}, False),
    ("D14", {"worst": 2}, True),
    ("D14", {"worst": 0}, True),
    ("D14", {"worst": 3}, False),
    ("D17", {"quality": frozenset({"tingling"})}, True),
    ("D17", {"quality": frozenset({"numb"})}, True),
    ("D17", {"quality": frozenset({"ache"})}, False),
    ("D24", {"place": LOW_BACK, "worst": 0}, True),
    ("D24", {"place": ("si_region", "left"), "worst": 0}, True),
    ("D24", {"place": ("tailbone", "midline"), "worst": 0}, True),
    ("D24", {"place": ("groin", "left"), "worst": 0}, True),
    ("D24", {"place": ("hip_front", "left"), "worst": 0}, True),
    ("D24", {"place": ("hip_side", "left"), "worst": 0}, True),
    ("D24", {"place": ("buttock", "left"), "worst": 0}, True),
    ("D24", {"place": ("back_mid", "midline"), "worst": 0}, False),
    ("D24", {"place": ("thigh_front", "left"), "worst": 0}, False),
]


@pytest.mark.parametrize(
    ("row", "said", "holds"),
    PLAIN,
    ids=[f"{row}-{'yes' if holds else 'no'}-{i}" for i, (row, _, holds) in enumerate(PLAIN)],
)
def test_the_row_matches_on_its_conditions_and_no_others(
    row: str, said: dict[str, Any], holds: bool
) -> None:
    assert (row in rows(judged(report(**said)))) is holds


# What the verdict is when the row decides: level, priority, set, seconds to the coach.
DECIDES: list[tuple[str, dict[str, Any], Level, Priority, str, int | None]] = [
    ("D01", {"yes": ("U1",)}, Level.EMERGENCY, Priority.HIGH, "A0", 60),
    ("D02", {"yes": ("K1",)}, Level.URGENT, Priority.HIGH, "A0", 300),
    ("D03", {"yes": ("K4",)}, Level.REFER, Priority.HIGH, "A0", 14400),
    ("D04", {"worst": 8}, Level.REFER, Priority.HIGH, "A0", 14400),
    ("D05", {"worst": 0, "effect": None}, Level.INCOMPLETE, Priority.NORMAL, "A0", 86400),
    ("D05", {"worst": 7, "effect": None}, Level.INCOMPLETE, Priority.HIGH, "A0", 14400),
    ("D08", {"worst": 6}, Level.MODIFY, Priority.HIGH, "A4", 14400),
    ("D09", {"sites": morning(2, 2)}, Level.MODIFY, Priority.NORMAL, "A3", 86400),
    ("D10", {"onset": "over_6_wk"}, Level.MODIFY, Priority.NORMAL, "A2", 86400),
    ("D11", {"worst": 0, "effect": Effect.LIMITS_DAILY_LIFE}, Level.MODIFY, Priority.HIGH, "A4",
     14400),
    ("D11", {"worst": 0, "effect": Effect.STOPPED_EXERCISE}, Level.MODIFY, Priority.NORMAL, "A2",
     86400),
    ("D12", {"worst": 4}, Level.MONITOR, Priority.NORMAL, "A1", None),
    ("D13", {"sites": morning(1, None, Feel.WORSE)}, Level.MONITOR, Priority.NORMAL, "A1", None),
    ("D14", {"worst": 1}, Level.LOG, Priority.NORMAL, "A0", None),
    ("D17", {"worst": 0, "place": ("head", "midline"), "quality": frozenset({"numb"})},
     Level.MODIFY, Priority.HIGH, "A4", 14400),
    ("D24", {"worst": 0, "place": LOW_BACK}, Level.MONITOR, Priority.NORMAL, "A1", None),
]  # fmt: skip


@pytest.mark.parametrize("case", DECIDES, ids=[f"{c[0]}-{i}" for i, c in enumerate(DECIDES)])
def test_the_row_decides_level_set_and_notice(case: Any) -> None:
    row, said, level, priority, action_set, seconds = case
    verdict = judged(report(**said))
    assert (verdict.level, verdict.priority, verdict.action_set) == (level, priority, action_set)
    assert verdict.notice.coach_within_s == seconds
    assert row in rows(verdict)


def test_every_row_function_has_a_case() -> None:
    named = {row for row, *_ in PLAIN} | {row for row, *_ in DECIDES}
    own = {"d06", "d07", "d21_standing", "d23"}  # below, they need more than a report
    assert {row.__name__ for row in ROWS} - own <= {row.lower() for row in named}


class TestD05:
    def test_tells_the_coach_after_a_day_and_reminds_three_times(self) -> None:
        verdict = judged(report(worst=0, effect=None))
        due = [
            (one.kind, one.due_at - NOW) for one in verdict.follow_ups if "questions" in one.kind
        ]
        assert due == [
            ("questions_now", timedelta(minutes=15)),
            ("questions_now", timedelta(hours=2)),
            ("questions_now", timedelta(hours=14)),  # 08:00 in Berlin
            ("questions_coach", timedelta(hours=24)),
        ]

    def test_pauses_that_exercise_and_blocks_the_client(self) -> None:
        verdict = judged(report(effect=None))
        assert (verdict.pauses.kind, verdict.pauses.exercise) == ("exercise", "ht_barbell")
        assert verdict.blocks_client
        assert verdict.missing == ("effect",)

    def test_with_a_refer_answer_stays_refer_and_still_blocks_the_client(self) -> None:
        verdict = judged(report(effect=None, yes=("K4",)))
        assert verdict.level is Level.REFER
        assert verdict.blocks_client
        assert (verdict.pauses.kind, verdict.pauses.exercise) == ("patterns", "ht_barbell")

    def test_a_tapped_tile_makes_each_of_its_questions_due(self) -> None:
        verdict = judged(report(place=LOW_BACK, tiles_tapped=frozenset({"nerves"})))
        assert verdict.due_now == ("L1", "L2", "L3", "L5", "L6")

    def test_none_of_these_answers_only_the_tiles_that_were_shown(self) -> None:
        shown = frozenset({"chest", "head", "ill", "urine", "fall", "medicines"})
        verdict = judged(report(place=LOW_BACK, tiles_shown=shown))
        assert verdict.due_now == ("L1", "L2", "L3", "L5", "L6")


class TestD05b:
    OPEN = answered(report(place=LOW_BACK, worst=1), without(["L9", "L14"]))

    def test_is_at_least_monitor_with_questions_left(self) -> None:
        knee = answered(report(worst=1), without(["K1"]))
        verdict = judged(knee)
        assert (verdict.level, verdict.action_set) == (Level.MONITOR, "A1")
        assert verdict.rows[0] == "D05b"
        assert verdict.due_after == ("K1",)
        assert verdict.questions_left
        assert not verdict.blocks_client
        assert verdict.pauses.kind == "none"

    def test_keeps_options_to_a1_without_swap(self) -> None:
        permits = judged(self.OPEN).permits
        assert (permits.check, permits.ease, permits.range, permits.freq) == ("yes",) * 4
        assert (permits.swap, permits.remove) == ("no", "no")

    @pytest.mark.parametrize(
        ("said", "label"),
        [
            ({"onset": "over_6_wk", "worst": 4}, "A1"),
            ({"worst": 2, "sites": (site(LOW_BACK, 2, next_morning=2),)}, "A1"),
            ({"worst": 6}, "A4"),
        ],
    )
    def test_never_offers_more_than_a1_whatever_the_row(
        self, said: dict[str, Any], label: str
    ) -> None:
        one = answered(report(place=LOW_BACK, **said), without(["L9"]))
        verdict = judged(one)
        assert verdict.level is Level.MODIFY
        assert (verdict.action_set, verdict.permits.swap) == (label, "no")

    def test_at_six_leaves_no_option_but_watch_and_remove(self) -> None:
        permits = judged(answered(report(worst=6), without(["K1"]))).permits
        assert "yes" not in (permits.check, permits.ease, permits.range, permits.swap, permits.freq)

    def test_reminds_after_two_hours_and_next_morning_and_gives_the_coach_a_task(self) -> None:
        due = [one for one in judged(self.OPEN).follow_ups if "questions" in one.kind]
        assert [one.kind for one in due] == ["questions_after"] * 2 + ["questions_coach"]
        assert [one.asks for one in due] == ["client", "client", "coach"]
        assert due[0].items == ("L9", "L14")


class TestD06:
    @pytest.mark.parametrize(
        "fact",
        [{"pregnant": True}, {"gave_birth_on": TODAY - timedelta(83)}, {"clinician_limits": True}],
    )
    @pytest.mark.parametrize(("worst", "level"), [(1, Level.REFER), (0, Level.LOG)])
    def test_pain_without_clearance_is_referred(
        self, fact: dict[str, Any], worst: int, level: Level
    ) -> None:
        verdict = judged(report(worst=worst, answers={}), profile=replace(ADULT, **fact))
        assert verdict.level is level
        assert ("D06" in rows(verdict)) is (level is Level.REFER)

    def test_twelve_weeks_after_birth_it_ends(self) -> None:
        profile = replace(ADULT, gave_birth_on=TODAY - timedelta(84))
        assert judged(report(worst=1), profile=profile).level is Level.LOG

    @pytest.mark.parametrize(
        ("fact", "name", "level"),
        [
            ({"pregnant": True}, "pregnant", Level.MONITOR),
            ({"clinician_limits": True}, "clinician_limits", Level.MODIFY),
        ],
    )
    def test_once_cleared_the_coach_acts_by_hand(
        self, fact: dict[str, Any], name: str, level: Level
    ) -> None:
        profile = replace(ADULT, **fact, clearances=frozenset({name}))
        verdict = judged(report(worst=1), profile=profile)
        assert (verdict.level, verdict.action_set) == (level, "A5")
        assert judged(report(worst=6), profile=profile).action_set == "A5"
        assert judged(report(worst=0), profile=profile).level is Level.LOG


@pytest.mark.parametrize(
    ("worst", "onset", "profile", "holds"),
    [
        (3, "2-6_wk", YOUNG, True),
        (2, "2-6_wk", YOUNG, False),
        (3, "1-2_wk", YOUNG, False),
        (3, "2-6_wk", ADULT, False),
        (3, "2-6_wk", replace(ADULT, born_on=None), False),
    ],
)
def test_d07_guards_the_young(worst: int, onset: str, profile: Any, holds: bool) -> None:
    verdict = judged(answered(report(worst=worst, onset=onset), {}), profile=profile)
    assert ("D07" in rows(verdict)) is holds


class TestD10Sessions:
    @pytest.mark.parametrize(
        ("days", "worst", "then", "level"),
        [
            (14, 3, 3, Level.MODIFY),
            (15, 3, 3, Level.MONITOR),
            (7, 3, 2, Level.MONITOR),
            (7, 3, 7, Level.MODIFY),
            (7, 2, 3, Level.LOG),
        ],
    )
    def test_two_sessions_of_three_within_14_days(
        self, days: int, worst: int, then: int, level: Level
    ) -> None:
        other = earlier(days, place=("knee_front", "right"), worst=then)
        assert judged(report(worst=worst), other).level is level

    def test_the_other_side_of_the_same_region_counts(self) -> None:
        other = earlier(7, place=("knee_front", "right"))
        assert "D10" in rows(judged(report(), other))

    def test_another_region_does_not_count(self) -> None:
        assert "D10" not in rows(judged(report(), earlier(7, place=("shin", "left"))))

    def test_a_knee_without_a_spot_counts_for_its_spots(self) -> None:
        assert "D10" in rows(judged(report(), earlier(7, place=("knee", "left"))))

    def test_the_same_session_counts_once_with_the_highest_value(self) -> None:
        first = earlier(0.02, session_id=report().session_id, worst=5)
        verdict = judged(report(worst=3), first)
        assert "D10" not in rows(verdict)
        assert verdict.sites[0].v == 5

    def test_the_sentence_is_one_a_coach_reads(self) -> None:
        reasons = judged(report(), earlier(7)).reasons
        assert reasons[0].sentence == "Modify: 3–5 in two sessions within 14 days."
        assert reasons[0].facts == {"region": "knee_front", "side": "left"}


@pytest.mark.parametrize(("sessions", "holds"), [(3, True), (2, False)])
def test_d13_green_in_four_sessions_of_28_days(sessions: int, holds: bool) -> None:
    before = [earlier(7 * n, n + 10, worst=1) for n in range(1, sessions + 1)]
    assert ("D13" in rows(judged(report(worst=1), *before))) is holds


def test_d13_does_not_count_sessions_without_pain() -> None:
    before = [earlier(7 * n, n + 10, worst=0) for n in range(1, 4)]
    assert "D13" not in rows(judged(report(worst=1), *before))
    ached = [earlier(7 * n, n + 10, worst=1) for n in range(1, 4)]
    assert "D13" not in rows(judged(report(worst=0), *ached))


class TestD17:
    def test_it_says_what_was_felt(self) -> None:
        verdict = judged(report(quality=frozenset({"tingling"})))
        said = [reason.sentence for reason in verdict.sites[0].reasons if reason.row == "D17"]
        assert said == ["Modify (high): tingling or numbness."]

    def test_makes_the_nerve_questions_due_at_once(self) -> None:
        bare = answered(
            report(place=("calf", "left"), quality=frozenset({"tingling"})), without(["L7"])
        )
        verdict = judged(replace(bare, tiles_shown=bare.tiles_shown - {"nerves"}))
        assert verdict.due_now == ("L1", "L2", "L3", "L5", "L6", "L7")
        assert verdict.level is Level.INCOMPLETE
        assert verdict.notice.coach_within_s == 14400

    @pytest.mark.parametrize(
        ("place", "due"),
        [(("hand", "left"), {"S3a", "S3b"}), (("upper_arm", "left"), {"S3a", "S3b"}),
         (("upper_trap", "left"), {"N2"})],
    )  # fmt: skip
    def test_of_the_arm_and_the_neck(self, place: tuple[str, str], due: set[str]) -> None:
        one = report(place=place, quality=frozenset({"numb"}))
        assert set(judged(answered(one, without(due))).due_now) == due


class TestD18AndTalk:
    LOST = (PositionLost("ht_barbell", TODAY), PositionLost("ht_barbell", TODAY - timedelta(14)))

    def test_position_lost_twice_in_14_days_is_a_task_and_no_level(self) -> None:
        verdict = judged(report(worst=0), position_lost=self.LOST)
        assert (verdict.level, verdict.tasks) == (Level.LOG, ("technique",))
        assert "D18" in rows(verdict)

    @pytest.mark.parametrize(
        ("said", "lost"),
        [
            ({"worst": 1}, LOST),
            ({"worst": 0}, LOST[:1]),
            ({"worst": 0}, (LOST[0], PositionLost("ht_barbell", TODAY - timedelta(15)))),
            ({"worst": 0}, (LOST[0], PositionLost("sq_back", TODAY))),
            ({"worst": 0, "exercise": None}, LOST),
            ({"worst": 0, "checklist_score": 4}, ()),
        ],
    )
    def test_not_with_pain_or_less_than_that(self, said: Any, lost: Any) -> None:
        assert judged(report(**said), position_lost=lost).tasks == ()

    def test_a_checklist_below_four_is_a_task(self) -> None:
        assert judged(report(worst=0, checklist_score=3)).tasks == ("technique",)

    @pytest.mark.parametrize(
        ("kind", "row", "route"),
        [
            (Kind.TECHNIQUE_QUESTION, "D19", "inbox"),
            (Kind.POSITIVE_HISTORY, "D20", "history"),
            (Kind.OTHER, "D20", "history"),
        ],
    )
    def test_talk_without_pain_is_no_symptom(self, kind: Kind, row: str, route: str) -> None:
        said = Report(report().id, NOW, "UTC", TODAY, kind=kind)
        verdict = judged(said)
        assert (verdict.level, verdict.route, verdict.rows) == (Level.LOG, route, (row,))
        assert verdict.follow_ups == () and verdict.missing == ()

    @pytest.mark.parametrize(
        "said",
        [
            {"sites": (site(KNEE, 1),)},
            {"effect": Effect.EASED_LOAD},
            {"answers": {"U6": Reply.YES}},
            {"quality": frozenset({"numb"})},
            {"spread": Spread.BELOW_KNEE},
            {"unreadable": ("regions.0.pain_worst",)},
        ],
    )
    def test_talk_with_pain_effect_or_flag_is_judged_as_a_symptom(self, said: Any) -> None:
        talk = Report(report().id, NOW, "UTC", TODAY, kind=Kind.TECHNIQUE_QUESTION, **said)
        verdict = judged(talk)
        assert verdict.route == "triage"
        assert "D05" in rows(verdict)


class TestD21:
    REFERRED = report(worst=8, yes=("K4",))

    def cleared(self, limits: bool, ids: set[str] | None = None) -> Any:
        first = judged(self.REFERRED)
        record = Clearance(
            NOW, frozenset({self.REFERRED.id}), frozenset(ids or first.to_clear), limits
        )
        return judged(self.REFERRED, clearances=(record,))

    def test_the_verdict_names_what_a_clearance_would_clear(self) -> None:
        assert set(judged(self.REFERRED).to_clear) == {"D04", "K4"}

    def test_without_limits_the_level_comes_from_the_rest(self) -> None:
        verdict = self.cleared(limits=False)
        assert (verdict.level, verdict.action_set) == (Level.MODIFY, "A4")  # still 8 of 10
        assert verdict.tasks == ("ladder_e",)
        assert verdict.notice.at_once

    def test_without_limits_it_is_at_least_monitor(self) -> None:
        flagged = report(worst=0, yes=("K4",))
        record = Clearance(NOW, frozenset({flagged.id}), frozenset({"K4"}), limits=False)
        assert judged(flagged, clearances=(record,)).level is Level.MONITOR

    def test_with_limits_it_is_modify_by_hand(self) -> None:
        verdict = self.cleared(limits=True)
        assert (verdict.level, verdict.action_set) == (Level.MODIFY, "A5")
        assert verdict.permits.swap == "by_hand"

    def test_what_it_does_not_name_keeps_counting(self) -> None:
        assert self.cleared(limits=False, ids={"K4"}).level is Level.REFER

    def test_what_is_said_after_it_counts_again(self) -> None:
        record = Clearance(NOW, frozenset({self.REFERRED.id}), frozenset({"D04", "K4"}), False)
        again = answered(self.REFERRED, {"K1": report(yes=("K1",)).answers["K1"]})
        assert judged(again, clearances=(record,)).level is Level.URGENT

    def test_a_later_report_is_not_covered(self) -> None:
        record = Clearance(NOW, frozenset({self.REFERRED.id}), frozenset({"D04", "K4"}), False)
        later = report(5, worst=8, performed_at=NOW + timedelta(days=2))
        assert judged(later, self.REFERRED, clearances=(record,)).level is Level.REFER

    def test_a_cleared_answer_of_another_report_no_longer_couples(self) -> None:
        old = earlier(1, yes=("L10",), worst=0)
        record = Clearance(NOW, frozenset({old.id}), frozenset({"L10"}), False)
        verdict = judged(report(place=LOW_BACK, yes=("L9",)), old, clearances=(record,))
        assert verdict.level is Level.REFER


class TestWhatAnotherOpenReportSays:
    CONSTANT = report(place=LOW_BACK, yes=("L9",))

    @pytest.mark.parametrize("felt", ["tingling", "numb"])
    def test_nerves_of_the_same_place_raise_an_answer_now(self, felt: str) -> None:
        before = earlier(1, place=LOW_BACK, worst=1, quality=frozenset({felt}))
        assert judged(self.CONSTANT).level is Level.REFER
        assert judged(self.CONSTANT, before).level is Level.URGENT

    def test_nerves_of_another_place_raise_nothing(self) -> None:
        before = earlier(1, place=KNEE, worst=1, quality=frozenset({"tingling"}))
        assert judged(self.CONSTANT, before).level is Level.REFER


class TestD23:
    RIBS = ("ribs", "left")

    def chest(self, *aggravators: str, **said: Any) -> Any:
        place = said.pop("place", self.RIBS)
        return report(place=place, worst=1, aggravators=frozenset(aggravators), **said)

    @pytest.mark.parametrize("place", [RIBS, ("chest_front", "midline")])
    @pytest.mark.parametrize("moved", ["press_on_it", "arm_move"])
    def test_pressing_or_moving_makes_it_modify_by_hand(self, place: Any, moved: str) -> None:
        verdict = judged(self.chest(moved, place=place))
        assert (verdict.level, verdict.priority) == (Level.MODIFY, Priority.HIGH)
        assert verdict.action_set == "A5"

    @pytest.mark.parametrize("other", [(), ("bend", "walk")])
    def test_otherwise_it_is_urgent(self, other: tuple[str, ...]) -> None:
        assert judged(self.chest(*other)).level is Level.URGENT

    def test_a_brief_faintness_is_no_plain_no(self) -> None:
        said = self.chest("press_on_it", answers={"U2b": Reply.BRIEF})
        assert judged(said).level is Level.URGENT

    @pytest.mark.parametrize("open_", [{"aggravators": None}, {"S2": None}, {"tiles_none": False}])
    def test_missing_answers_are_incomplete_and_told_as_urgent(self, open_: Any) -> None:
        said = self.chest("press_on_it")
        said = answered(said, open_) if "S2" in open_ else replace(said, **open_)
        verdict = judged(said)
        assert verdict.level is Level.INCOMPLETE
        assert {"D05", "D23"} <= rows(verdict)
        assert (verdict.notice.coach_within_s, verdict.notice.backup_after_s) == (300, 3600)

    def test_a_clearance_lifts_it(self) -> None:
        said = self.chest()
        record = Clearance(NOW, frozenset({said.id}), frozenset({"D23"}), limits=False)
        assert judged(said, clearances=(record,)).level is Level.MONITOR


class TestD24:
    @pytest.mark.parametrize("said", [{}, {"worst": 6}, {"effect": None}, {"yes": ("L9",)}])
    def test_the_coach_knows_at_once_whatever_the_level(self, said: dict[str, Any]) -> None:
        notice = judged(report(place=LOW_BACK, **said)).notice
        assert notice.at_once and notice.feed and notice.channels >= 1

    def test_elsewhere_monitor_goes_to_the_digest(self) -> None:
        notice = judged(report(worst=4)).notice
        assert (notice.at_once, notice.digest, notice.channels) == (False, True, 0)

    def test_options_are_open_with_recheck_first(self) -> None:
        permits = judged(report(place=LOW_BACK, worst=1)).permits
        assert permits.check_first and permits.swap == "yes"


class TestPauses:
    @pytest.mark.parametrize(
        ("said", "kind"),
        [
            ({"yes": ("U1",)}, "everything"),
            ({"yes": ("K1",)}, "everything"),
            ({"worst": 8}, "patterns"),
            ({"worst": 8, "place": ("head", "midline")}, "everything"),
            ({"worst": 8, "place": ("abdomen", "left")}, "everything"),
            ({"worst": 8, "place": ("general", "midline")}, "everything"),
            ({"effect": None}, "exercise"),
            ({"worst": 6}, "none"),
        ],
    )
    def test_by_level(self, said: dict[str, Any], kind: str) -> None:
        assert judged(report(**said)).pauses.kind == kind

    def test_refer_pauses_the_pattern_it_was_felt_in_and_names_the_region(self) -> None:
        pause = judged(report(worst=8)).pauses
        assert (pause.pattern, pause.regions) == ("hip_thrust", ("knee_front",))
        assert judged(report(worst=8, exercise=None)).pauses.pattern is None


class TestNoteSignals:
    def test_asks_the_question_at_once_and_tells_the_coach_and_pauses_nothing(self) -> None:
        verdict = judged(report(worst=1, note_signals=frozenset({"L1"})))
        assert (verdict.level, verdict.due_now) == (Level.INCOMPLETE, ("L1",))
        assert verdict.notice.at_once
        assert verdict.pauses.kind == "none"

    def test_none_of_these_does_not_settle_it_but_an_answer_does(self) -> None:
        one = report(place=LOW_BACK, worst=1, note_signals=frozenset({"L1"}))
        assert judged(one).due_now == ("L1",)
        assert judged(replace(one, answers={**one.answers, "L1": one.answers["L9"]})).due_now == ()

    @pytest.mark.parametrize(("reply", "told"), [(Reply.YES, True), (Reply.NO, False)])
    def test_the_coach_stays_told_unless_the_answer_is_no(self, reply: Reply, told: bool) -> None:
        one = report(worst=1, note_signals=frozenset({"L9"}), answers={"L9": reply})
        assert judged(one).notice.at_once is told

    def test_a_question_of_several_parts_is_asked_in_all_of_them(self) -> None:
        one = answered(report(worst=1, note_signals=frozenset({"M1"})), without(["M1a", "M1b"]))
        assert judged(one).due_now == ("M1a", "M1b")

    def test_raises_a_question_about_technique_as_well(self) -> None:
        talk = Report(
            report().id, NOW, "UTC", TODAY,
            kind=Kind.TECHNIQUE_QUESTION, note_signals=frozenset({"L2"}),
        )  # fmt: skip
        verdict = judged(talk)
        assert (verdict.level, verdict.due_now, verdict.missing) == (
            Level.INCOMPLETE, ("L2",), (),
        )  # fmt: skip

    def test_words_of_crisis_show_the_local_line_and_change_no_level(self) -> None:
        verdict = judged(report(worst=1, note_signals=frozenset({"X1"})))
        assert verdict.crisis_line
        assert verdict.level is Level.LOG
