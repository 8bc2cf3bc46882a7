"""The free-text acceptance tests T1 and T2, and the story, as structured reports (domain §1)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from clients.domain.facts import ActiveRegression
from clients.domain.form import due_questions
from clients.domain.levels import Effect, Level, Reply, Spread
from clients.domain.report import Lift, Report
from tests.domain.triage.build import (
    ADULT,
    LOW_BACK,
    NOW,
    TODAY,
    ZONE,
    answered,
    earlier,
    judged,
    report,
    site,
    uuid,
    without,
)  # fmt: skip

BACK_MID = ("back_mid", "midline")
BRIDGE = Lift("gb_barbell", "hip_thrust", None, Decimal("59.9"), 10)
PARSED = Report(
    id=uuid(1),
    performed_at=NOW,
    zone=ZONE,
    session_on=TODAY,
    sites=(site(BACK_MID, None, rest=0),),
    timing=frozenset({"outside_training"}),
    onset="2-6_wk",
    aggravators=frozenset({"press_on_it", "arch", "bend"}),
    changes_8w=frozenset({"equipment", "technique"}),
    exercise=BRIDGE,
)


class TestT1:
    def complete(self, worst: int) -> Report:
        every_no = report(place=BACK_MID).answers
        return replace(
            PARSED,
            sites=(site(BACK_MID, worst, rest=0),),
            effect=Effect.NONE,
            tiles_none=True,
            tiles_shown=report().tiles_shown,
            answers=every_no,
        )

    def test_as_parsed_it_is_incomplete_and_asks_for_pain_and_the_back_questions(self) -> None:
        verdict = judged(PARSED)
        assert verdict.level is Level.INCOMPLETE
        assert "pain_worst.back_mid.midline" in verdict.missing
        assert {"L1", "L2", "L3", "L5", "L6"} <= set(verdict.due_now)
        assert {"L8a", "L8b", "L9", "L15", "L17"} <= set(verdict.due_after)
        assert verdict.action_set == "A0"

    def test_all_no_and_up_to_five_is_modify_because_it_is_old_and_still_loaded(self) -> None:
        for worst in range(1, 6):
            verdict = judged(self.complete(worst))
            assert (verdict.level, verdict.action_set) == (Level.MODIFY, "A2")
            assert verdict.rows[0] == "D10"

    def test_it_does_not_say_stop_everything(self) -> None:
        assert judged(self.complete(4)).pauses.kind == "none"

    def test_not_better_at_day_14_it_is_referred(self) -> None:
        first = self.complete(4)
        at_end = replace(
            report(2, place=BACK_MID, worst=3), performed_at=NOW + timedelta(days=14),
            session_on=TODAY + timedelta(days=14),
        )  # fmt: skip
        active = ActiveRegression(*BACK_MID, TODAY, TODAY + timedelta(days=14))
        assert judged(at_end, first, regressions=(active,)).level is Level.REFER


class TestT2:
    PARSED = Report(
        id=uuid(1), performed_at=NOW, zone=ZONE, session_on=TODAY,
        sites=(site(("knee", "left"), None), site(("knee", "right"), None),
               site(("foot", "left"), None)),
    )  # fmt: skip

    def test_is_one_incomplete_report_of_three_region_sides(self) -> None:
        verdict = judged(self.PARSED)
        assert verdict.level is Level.INCOMPLETE
        assert [(one.region, one.side) for one in verdict.sites] == [
            ("knee", "left"), ("knee", "right"), ("foot", "left"),
        ]  # fmt: skip
        assert {"timing", "effect", "pain_worst.foot.left"} <= set(verdict.missing)

    def test_asks_the_questions_of_many_places(self) -> None:
        verdict = judged(self.PARSED)
        assert {"W1", "W2"} <= set(verdict.due_after)
        assert "U6" in verdict.due_now  # fever, hot joint
        assert "TR9" in verdict.rows


class TestTheStory:
    def test_noors_second_four_in_a_fortnight_is_modify_by_d10_and_known_at_once(self) -> None:
        lift = Lift("ht_barbell", "hip_thrust", "heavy", Decimal(120), 8, 2)
        first = earlier(10, place=LOW_BACK, worst=3, exercise=lift)
        now = report(place=LOW_BACK, worst=4, effect=Effect.EASED_LOAD, exercise=lift)
        verdict = judged(now, first)
        assert (verdict.level, verdict.rows[0], verdict.action_set) == (Level.MODIFY, "D10", "A2")
        assert verdict.notice.at_once
        assert verdict.permits.swap == "yes"

    def test_sams_numbness_between_the_legs_is_an_emergency_without_options(self) -> None:
        now = report(place=LOW_BACK, worst=5, yes=("L1",))
        verdict = judged(now)
        assert (verdict.level, verdict.action_set) == (Level.EMERGENCY, "A0")
        assert verdict.blocks_client
        assert verdict.pauses.kind == "everything"
        assert (verdict.notice.coach_within_s, verdict.notice.channels) == (60, 2)


class TestTheForm:
    def test_shows_at_most_ten_tiles_whatever_hurts(self) -> None:
        pregnant = replace(ADULT, pregnant=True)
        places = (LOW_BACK, ("groin", "left"), ("calf", "left"))
        form = due_questions(places, pregnant, at=NOW, on=TODAY)
        assert len(form.tiles) == 10

    def test_shows_the_tiles_of_the_place(self) -> None:
        def ids(place: tuple[str, str]) -> list[str]:
            return [tile.id for tile in due_questions([place], ADULT, at=NOW, on=TODAY).tiles]

        always = ["chest", "head", "ill", "urine", "fall", "medicines"]
        assert ids(("hand", "left")) == always
        assert ids(LOW_BACK) == [*always, "nerves"]
        assert ids(("calf", "left")) == [*always[:4], "calf", *always[4:]]
        assert ids(("groin", "left")) == [*always, "nerves", "stand"]

    def test_a_tile_holds_the_questions_of_the_place(self) -> None:
        def stand(place: tuple[str, str]) -> tuple[str, ...]:
            return due_questions([place], ADULT, at=NOW, on=TODAY).tiles[-1].questions

        assert stand(("thigh_back", "left")) == ("H1",)
        assert stand(("hip_front", "left")) == ("H1", "H2")

    def test_asks_after_the_session_on_the_first_report_of_a_region_in_28_days(self) -> None:
        def asked(ago: timedelta | None, pain: int = 1) -> bool:
            last = {} if ago is None else {"shin": NOW - ago}
            form = due_questions(
                [("shin", "left")], ADULT, at=NOW, on=TODAY, last_asked=last, pain=pain
            )
            return "K4" in form.addons

        hours = timedelta(hours=28 * 24)
        assert asked(None) and asked(hours + timedelta(seconds=1))
        assert not asked(hours) and not asked(timedelta(days=1))
        assert asked(timedelta(days=1), pain=4)
        assert not asked(timedelta(days=1), pain=3)

    def test_an_earlier_report_counts_only_with_its_set_answered(self) -> None:
        now = answered(report(place=("shin", "left"), worst=1), without(["K4"]))
        full = earlier(3, place=("shin", "right"), worst=1)
        assert judged(now, full).due_after == ()
        assert judged(now, answered(full, without(["K4"]))).due_after == ("K4",)
        assert judged(now, replace(full, kind=full.kind)).level is Level.LOG

    def test_asks_s2_with_the_tiles_for_chest_and_ribs(self) -> None:
        form = due_questions([("ribs", "left")], ADULT, at=NOW, on=TODAY)
        assert form.now == ("S2",)

    def test_asks_about_cancer_only_when_the_profile_leaves_it_open(self) -> None:
        def addons(**fact: object) -> tuple[str, ...]:
            profile = replace(ADULT, **fact)  # type: ignore[arg-type]
            return due_questions([LOW_BACK], profile, at=NOW, on=TODAY).addons

        assert "L10" not in addons()
        assert "L10" in addons(cancer_history=True)
        assert "L10" in addons(cancer_history=None)
        assert "L10" in addons(confirmed_on=TODAY - timedelta(days=90))
        assert "L13" not in addons()
        assert "L13" in addons(born_on=TODAY.replace(year=2002))
        assert "L13" in addons(born_on=None)

    def test_asks_still_the_same_after_90_days(self) -> None:
        def facts(days: int) -> bool:
            profile = replace(ADULT, confirmed_on=TODAY - timedelta(days=days))
            return due_questions([LOW_BACK], profile, at=NOW, on=TODAY).facts

        assert facts(90) and not facts(89)
        assert due_questions([], replace(ADULT, confirmed_on=None), at=NOW, on=TODAY).facts

    def test_opens_sub_questions_with_their_parent(self) -> None:
        def form(**yes: Reply) -> tuple[tuple[str, ...], tuple[str, ...]]:
            found = due_questions([LOW_BACK], ADULT, at=NOW, on=TODAY, answers=yes)
            return found.now, found.addons

        assert form(L6=Reply.YES)[0] == ("L6s",)
        assert "L7s" in form(L7=Reply.YES)[1]
        assert form(L6=Reply.NO)[0] == ()

    def test_a_sub_question_of_a_question_due_at_once_is_due_at_once(self) -> None:
        found = due_questions(
            [LOW_BACK], ADULT, at=NOW, on=TODAY, answers={"L7": Reply.YES}, quality=["numb"]
        )
        assert found.now == ("L7", "L7s")

    def test_the_spread_makes_questions_due_after_the_session(self) -> None:
        def addons(spread: Spread) -> set[str]:
            last = {"hand": NOW - timedelta(days=1)}
            place = ("hand", "left")
            found = due_questions(
                [place], ADULT, at=NOW, on=TODAY, spread=spread, last_asked=last, pain=1
            )
            return set(found.addons)

        assert addons(Spread.BELOW_KNEE) == {"L7"}
        assert addons(Spread.BELOW_ELBOW) == {"N2", "S3a", "S3b"}
        assert addons(Spread.BOTH_ARMS) == {"N2"}
        assert addons(Spread.AROUND_CHEST) == {"L17"}
        assert addons(Spread.NONE) == set()
