"""A yes to a warning question raises to its level of domain §3.2, and coupled ones higher."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from clients.domain.levels import Level, Priority, Reply, Spread
from clients.domain.questions import bank, shown
from tests.domain.triage.build import (
    ADULT,
    KNEE,
    LOW_BACK,
    NOW,
    answered,
    earlier,
    judged,
    loudness,
    report,
    rows,
    site,
)  # fmt: skip

E, U, R, N = Level.EMERGENCY, Level.URGENT, Level.REFER, Level.MONITOR

# Every question with the level of a single yes, copied from domain §3.2.
SINGLE = {
    "U1": E, "U2a": E, "U2b": U, "U3": E, "U4": E, "U5": E, "U6": U, "U6s": E, "U7": U, "U8": U,
    "U9": U, "U9s": E,
    "L1": E, "L2": E, "L3": E, "L4": U, "L5": E, "L6": U, "L6s": E, "L7": R, "L7s": U, "L8a": U,
    "L8b": N, "L8bs": U, "L9": R, "L10": R, "L11": R, "L12": U, "L13": R, "L14": R, "L15": E,
    "L17": U, "L17s": E,
    "H1": U, "H2": U, "H3a": None, "H3b": None, "H3c": None, "H3d": None, "H4a": E, "H4b": R,
    "H4bs": E, "H5": R,
    "K1": U, "K2": U, "K3": U, "K4": R, "K5": U,
    "S1": U, "S2": E, "S3a": U, "S3b": R, "N1": U, "N1s": E, "N2": U, "N3": E,
    "P1": U, "M1a": U, "M1b": R, "W1": R, "W2": R,
}  # fmt: skip

# Pairs and what they make together (domain §3.2, machine form).
COUPLED = [
    (("U2b", "U1"), E), (("U2b", "U3"), E), (("U8", "U1"), E), (("U8", "U3"), E),
    (("L4", "L1"), E), (("L4", "L2"), E), (("L4", "L3"), E), (("L4", "L5"), E), (("L4", "L6"), E),
    (("L6", "L6s"), E), (("L7", "L7s"), U), (("L17", "L17s"), E),
    (("L8b", "L8bs"), U),
    (("L9", "L10"), U), (("L9", "L11"), U), (("L9", "L12"), U), (("L9", "L6"), U),
    (("L9", "L7"), U), (("L9", "L17"), U), (("L10", "L11"), U), (("L10", "L6"), U),
    (("L10", "L17"), U), (("H4b", "H4bs"), E), (("N1", "N1s"), E), (("U6", "U6s"), E),
    (("U9", "U9s"), E),
]  # fmt: skip

SCOPES = {
    "L1": {"back_low", "si_region", "groin", "buttock"}, "L15": {"back_low", "abdomen"},
    "L17": {"back_mid", "back_upper", "neck"}, "H1": {"hip_side", "thigh_back"},
    "H2": {"groin", "hip_front", "thigh_front"}, "H4a": {"groin"}, "H5": {"buttock"},
    "K1": {"knee", "knee_back"}, "K2": {"ankle", "foot", "toes", "knee"},
    "K3": {"calf", "achilles"}, "K4": {"shin", "sole"}, "K5": {"heel"},
    "S1": {"shoulder", "shoulder_back", "forearm"}, "S3b": {"wrist", "hand", "elbow_inner"},
    "N1": {"neck", "upper_trap"}, "L10": {"ribs", "shin", "thigh_back", "groin"},
    "U8": {"calf", "general"}, "L8a": {"tailbone"}, "L4": {"buttock"},
}  # fmt: skip
NOT_FOR = {
    "L15": {"groin", "head"}, "L17": {"back_low"}, "H2": {"buttock", "knee"}, "H1": {"knee"},
    "H4a": {"hip_front"}, "K1": {"ankle"}, "K3": {"shin"}, "S3a": {"shoulder"}, "N1": {"head"},
    "L10": {"knee", "calf"}, "U8": {"back_low"}, "L8a": {"groin"}, "L4": {"hip_front"},
    "S1": {"neck"},
}  # fmt: skip


def test_the_list_here_is_the_whole_bank() -> None:
    assert set(SINGLE) == set(bank().questions)


@pytest.mark.parametrize(("question", "level"), SINGLE.items(), ids=SINGLE)
def test_a_single_yes(question: str, level: Level | None) -> None:
    verdict = judged(report(worst=0, yes=(question,)))
    # An opened sub-question that is not asked yet leaves incomplete open, never more than refer.
    if level is None:
        assert verdict.level in (Level.LOG, Level.INCOMPLETE)
    else:
        assert verdict.level == max(level, _open(verdict.due_now, verdict.due_after))
    row = {E: "D01", U: "D02", R: "D03", N: question}.get(level or Level.LOG)
    assert row is None or row in rows(verdict)


def _open(now: tuple[str, ...], after: tuple[str, ...]) -> Level:
    if now:
        return Level.INCOMPLETE
    return Level.MONITOR if after else Level.LOG


@pytest.mark.parametrize(("pair", "level"), COUPLED, ids=["+".join(p) for p, _ in COUPLED])
def test_two_answers_together(pair: tuple[str, str], level: Level) -> None:
    assert judged(report(place=LOW_BACK, worst=0, yes=pair)).level is level


@pytest.mark.parametrize("pair", [pair for pair, _ in COUPLED], ids=lambda p: "+".join(p))
def test_two_answers_couple_across_open_reports_too(pair: tuple[str, str]) -> None:
    first, second = pair
    before = earlier(1, yes=(second,), worst=0)
    verdict = judged(report(worst=0, yes=(first,)), before)
    alone = judged(report(worst=0, yes=(first,)))
    together = {frozenset(p): level for p, level in COUPLED}[frozenset(pair)]
    own = max([weight for weight in [SINGLE[first]] if weight])
    raised = any(second in rule.some for rule in bank().questions[first].raises)
    assert loudness(verdict) >= loudness(alone)
    assert verdict.level is (together if raised else own)


def test_a_closed_report_no_longer_couples() -> None:
    before = earlier(1, yes=("L10",), worst=0)
    now = report(place=LOW_BACK, worst=0, yes=("L9",))
    assert judged(now, before).level is U
    assert judged(now, before, closed=frozenset({before.id})).level is R


COUPLED_IDS = ("L1", "L4", "L6", "L9", "L10", "L11", "L12", "L17")


@pytest.mark.parametrize("given", list(product((False, True), repeat=len(COUPLED_IDS))))
def test_any_further_yes_never_lowers_over_all_combinations(given: tuple[bool, ...]) -> None:
    held = [id_ for id_, yes in zip(COUPLED_IDS, given, strict=True) if yes]
    level = loudness(judged(report(place=LOW_BACK, yes=held)))
    for id_, yes in zip(COUPLED_IDS, given, strict=True):
        if not yes:
            assert loudness(judged(report(place=LOW_BACK, yes=[*held, id_]))) >= level


@pytest.mark.parametrize(
    ("quality", "spread"),
    [("tingling", None), ("numb", None)] + [(None, s) for s in Spread if s is not Spread.NONE],
)
def test_l9_with_nerve_is_urgent(quality: str | None, spread: Spread | None) -> None:
    marked = report(
        place=LOW_BACK,
        worst=0,
        yes=("L9",),
        quality=frozenset({quality} if quality else ()),
        spread=spread,
    )
    expected = E if spread is Spread.BOTH_LEGS else U
    assert judged(marked).level is expected


def test_both_legs_counts_as_l5_and_nothing_else_is_derived() -> None:
    assert judged(report(place=LOW_BACK, spread=Spread.BOTH_LEGS)).level is E
    night = report(place=LOW_BACK, timing=frozenset({"night"}))
    assert judged(answered(night, {"L9": None})).due_after == ("L9",)
    assert judged(night).level is Level.MONITOR


class TestBriefFaintness:
    def test_brief_is_monitor(self) -> None:
        verdict = judged(report(worst=0, answers={"U2b": Reply.BRIEF}))
        assert (verdict.level, verdict.action_set) == (N, "A1")
        assert "U2b" in rows(verdict)

    @pytest.mark.parametrize(("days", "level"), [((1, 27), R), ((1, 29), N), ((1,), N)])
    def test_the_third_in_28_days_is_referred(self, days: tuple[int, ...], level: Level) -> None:
        brief = {"U2b": Reply.BRIEF}
        before = [earlier(day, 10 + day, worst=0, answers=brief) for day in days]
        assert judged(report(worst=0, answers=brief), *before).level is level

    def test_with_u1_it_is_emergency(self) -> None:
        assert judged(report(worst=0, answers={"U2b": Reply.BRIEF}, yes=("U1",))).level is E


class TestHipAcheUnsure:
    GROIN = ("groin", "right")
    H3 = ("H3a", "H3b", "H3c", "H3d")

    def test_h3_is_due_and_the_report_incomplete_until_then(self) -> None:
        verdict = judged(report(place=self.GROIN, worst=1, answers={"H2": Reply.UNSURE}))
        assert verdict.level is Level.INCOMPLETE
        assert set(verdict.due_now) >= set(self.H3)

    @pytest.mark.parametrize("which", H3)
    @pytest.mark.parametrize("reply", [Reply.YES, Reply.UNSURE])
    def test_any_yes_or_unsure_is_urgent(self, which: str, reply: Reply) -> None:
        given = {**dict.fromkeys(self.H3, Reply.NO), which: reply, "H2": Reply.UNSURE}
        assert judged(report(place=self.GROIN, worst=1, answers=given)).level is U

    def test_all_no_is_modify_high_without_impact_and_asked_again(self) -> None:
        given = {**dict.fromkeys(self.H3, Reply.NO), "H2": Reply.UNSURE, "H1": Reply.NO}
        verdict = judged(report(place=self.GROIN, worst=1, answers=given))
        assert (verdict.level, verdict.priority) == (Level.MODIFY, Priority.HIGH)
        assert verdict.action_set == "A4"
        assert verdict.pauses.also == {"impact"}
        again = [due for due in verdict.follow_ups if due.kind == "ask_again"]
        assert [due.items for due in again] == [("H2",)]
        assert [due.ask_at for due in again] == [datetime(2026, 3, 3, 7, tzinfo=UTC)]  # 8 in Berlin


class TestSmallStrain:
    @pytest.mark.parametrize(
        "fragile",
        [{"weak_bones": True}, {"steroids": True}, {"born_on": date(1954, 5, 1)}],
    )
    def test_is_urgent_with_weak_bones_steroids_or_over_70(self, fragile: dict[str, Any]) -> None:
        profile = replace(ADULT, **fragile)
        assert judged(report(place=LOW_BACK, yes=("L8b",)), profile=profile).level is U

    def test_at_exactly_70_is_not_over_70(self) -> None:
        profile = replace(ADULT, born_on=date(1955, 7, 1))
        assert profile.age(NOW.date()) == 70
        assert judged(report(place=LOW_BACK, yes=("L8b",)), profile=profile).level is N

    def test_asks_about_bones_only_when_the_profile_leaves_it_open(self) -> None:
        strain = report(place=LOW_BACK, yes=("L8b",))
        assert judged(strain).due_after == ()
        long_ago = replace(ADULT, confirmed_on=date(2025, 6, 1))
        assert judged(strain, profile=long_ago).due_after == ("L8bs",)

    def test_asks_about_bones_when_the_profile_does_not_say(self) -> None:
        profile = replace(ADULT, weak_bones=None)
        assert judged(report(place=LOW_BACK, yes=("L8b",)), profile=profile).due_after == ("L8bs",)


@pytest.mark.parametrize(("question", "regions"), SCOPES.items(), ids=SCOPES)
def test_a_question_is_shown_for_its_regions(question: str, regions: set[str]) -> None:
    scope = bank().questions[question].shown_for
    assert {one for one in regions if shown(scope, (one, "left"))} == regions


@pytest.mark.parametrize(("question", "regions"), NOT_FOR.items(), ids=NOT_FOR)
def test_a_question_is_not_shown_elsewhere(question: str, regions: set[str]) -> None:
    scope = bank().questions[question].shown_for
    assert not any(shown(scope, (one, "left")) for one in regions)


def test_s2_is_for_the_left_shoulder_and_either_arm() -> None:
    scope = bank().questions["S2"].shown_for
    assert shown(scope, ("shoulder_front", "left"))
    assert not shown(scope, ("shoulder_front", "right"))
    assert shown(scope, ("upper_arm", "right"))


def test_an_answer_the_question_does_not_take_is_no_answer() -> None:
    verdict = judged(report(place=LOW_BACK, answers={"L1": Reply.UNSURE}))
    assert verdict.level is Level.INCOMPLETE
    assert "L1" in verdict.due_now


def test_a_flag_counts_for_the_sites_it_is_shown_for() -> None:
    two = report(sites=(site(KNEE, 1), site(("shin", "left"), 1)), yes=("K4",))
    verdict = judged(two)
    assert [one.level for one in verdict.sites] == [Level.LOG, Level.REFER]
    assert verdict.pauses.regions == ("shin",)
    assert verdict.pauses.also == {"impact"}


def test_a_flag_that_fits_no_site_counts_for_all() -> None:
    verdict = judged(report(place=KNEE, worst=0, yes=("L1",)))
    assert [one.level for one in verdict.sites] == [E]
