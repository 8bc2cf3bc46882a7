"""Soreness that passes the filter is a log; everything in doubt is a symptom (domain §3.3, D15)."""

from dataclasses import replace
from typing import Any

import pytest

from clients.domain.levels import Effect, Kind, Level, Spread
from clients.domain.report import Medication, Report, Soreness
from tests.domain.triage.build import ADULT, earlier, judged, report, rows, site

SORE = Soreness(hours_after=24, eases_on_moving=True, muscle_trained=True, new_or_more_sets=True)


def sore(region: str = "thigh_front", worst: int = 4, sides: Any = None, **said: Any) -> Report:
    places = [(region, side) for side in sides or ("left", "right")]
    sites = said.pop("sites", tuple(site(place, worst) for place in places))
    base = {"timing": frozenset({"later_same_day"}), "soreness": SORE}
    return report(sites=sites, kind=Kind.SORENESS, **{**base, **said})


def test_passes_as_a_log_with_a_next_morning_check() -> None:
    verdict = judged(sore())
    assert (verdict.level, verdict.rows) == (Level.LOG, ("D15",))
    assert [due.kind for due in verdict.follow_ups] == ["next_morning"]
    assert verdict.due_after == ()


def test_on_both_sides_it_need_not_be_the_muscle_that_was_trained() -> None:
    unsaid = replace(SORE, muscle_trained=None)
    assert "D15" in rows(judged(sore(soreness=unsaid)))
    assert "D15" not in rows(judged(sore(soreness=unsaid, sides=("left",))))


@pytest.mark.parametrize(
    "region",
    ["upper_trap", "upper_arm", "forearm", "abdomen", "back_upper", "back_mid", "back_low",
     "buttock", "thigh_front", "thigh_back", "thigh_inner", "thigh_outer", "calf"],
)  # fmt: skip
def test_every_muscle_of_the_list_may_be_sore(region: str) -> None:
    assert "D15" in rows(judged(sore(region)))


@pytest.mark.parametrize(
    "region", ["knee_front", "groin", "hip_side", "hip_front", "si_region", "shoulder_front",
               "chest_front", "ribs", "neck", "achilles", "hand"]
)  # fmt: skip
def test_no_other_region_may(region: str) -> None:
    assert "D15" not in rows(judged(sore(region, aggravators=frozenset())))


@pytest.mark.parametrize(
    "said",
    [
        {"soreness": replace(SORE, hours_after=11)},
        {"soreness": replace(SORE, hours_after=73)},
        {"soreness": replace(SORE, hours_after=None)},
        {"soreness": replace(SORE, eases_on_moving=False)},
        {"soreness": replace(SORE, eases_on_moving=None)},
        {"soreness": replace(SORE, new_or_more_sets=None)},
        {"soreness": replace(SORE, muscle_trained=False), "sides": ("left",)},
        {"worst": 6},
        {"sites": (site(("calf", "left"), None), site(("calf", "right"), 2))},
        {"effect": Effect.STOPPED_EXERCISE},
        {"effect": None},
        {"quality": frozenset({"sharp"})},
        {"quality": frozenset({"clicking_locking"})},
        {"timing": frozenset({"night"})},
        {"timing": frozenset()},
        {"spread": Spread.BELOW_KNEE},
        {"medication": Medication(kind="simple_painkiller")},
        {"medication": Medication(taken_within_8h=True)},
        {"yes": ("U7",)},
        {"tiles_none": False},
        {"unreadable": ("onset",)},
        {"note_signals": frozenset({"U7"})},
        {"sites": ()},
        {"region": "back_low", "sides": ("left",)},
        {"region": "back_low", "sides": ("left", "right", "midline")},
    ],
)
def test_in_doubt_it_is_a_symptom(said: dict[str, Any]) -> None:
    assert "D15" not in rows(judged(sore(**said)))


@pytest.mark.parametrize("hours", [12, 72])
def test_the_hours_are_inclusive(hours: int) -> None:
    assert "D15" in rows(judged(sore(soreness=replace(SORE, hours_after=hours))))


def test_one_side_is_enough_when_the_muscle_was_trained() -> None:
    assert "D15" in rows(judged(sore(sides=("left",), effect=Effect.EASED_LOAD, worst=5)))


def test_with_dark_urine_it_is_urgent() -> None:
    assert judged(sore(yes=("U7",))).level is Level.URGENT


@pytest.mark.parametrize(
    ("region", "feed"), [("back_low", True), ("buttock", True), ("calf", False)]
)
def test_low_back_and_buttock_are_in_the_feed_without_a_push(region: str, feed: bool) -> None:
    notice = judged(sore(region)).notice
    assert (notice.feed, notice.at_once, notice.channels) == (feed, False, 0)


def test_it_counts_for_no_trend_and_no_second_session() -> None:
    before = earlier(3, 9)
    sore_then = replace(sore(worst=5), id=before.id, performed_at=before.performed_at,
                        session_on=before.session_on, session_id=before.session_id)  # fmt: skip
    now = report(place=("thigh_front", "left"), worst=4)
    assert "D10" not in rows(judged(now, sore_then))
    failed = replace(sore_then, soreness=Soreness())
    assert "D10" in rows(judged(now, failed))


def test_pregnancy_still_needs_a_clearance() -> None:
    verdict = judged(sore(), profile=replace(ADULT, pregnant=True))
    assert verdict.level is Level.REFER
