"""A phone may use what a coach allowed only while every condition of ruling 3 holds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from clients.domain.checks import Exposure, Morning
from clients.domain.ladders import LadderState, Rung, next_rung
from clients.domain.levels import Effect, Reply
from clients.domain.preauthorisation import DownGrant, Phone, UpGrant, may_step_down, may_step_up
from clients.domain.report import Report
from tests.domain.triage.build import ADULT, KNEE, LIFT, LOW_BACK, NOW, TODAY, report, site

OPTION = DownGrant(
    option="LB-HT.b",
    places=frozenset({LOW_BACK}),
    exercises=frozenset({LIFT.exercise}),
    classes=frozenset({"swap", "ease"}),
    most_pain=5,
    until=TODAY,
)
PHONE = Phone(now=NOW, today=TODAY, synced_at=NOW - timedelta(days=7))
MILD = report(place=LOW_BACK, worst=4)
WAY = UpGrant(ladder="C", rung=1, rungs=5, since=TODAY - timedelta(days=6), until=TODAY)
CLEAN = [
    Exposure(TODAY - timedelta(days=days), 2, Morning.SETTLED, at_percent=60) for days in (5, 2)
]


def down(one: Report = MILD, grant: DownGrant = OPTION, phone: Phone = PHONE) -> tuple[str, ...]:
    return may_step_down(grant, one, ADULT, phone)


def test_a_step_down_with_everything_in_order() -> None:
    assert down() == ()


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (report(place=LOW_BACK, worst=6), "pain"),
        (report(place=LOW_BACK, worst=0), "pain"),
        (replace(MILD, sites=(site(LOW_BACK, 4, rest=6),)), "pain"),
        (replace(MILD, effect=Effect.STOPPED_EXERCISE), "effect"),
        (replace(MILD, effect=None), "effect"),
        (replace(MILD, tiles_none=False), "tiles"),
        (replace(MILD, tiles_tapped=frozenset({"ill"})), "tiles"),
        (replace(MILD, answers={**MILD.answers, "U2b": Reply.BRIEF}), "tiles"),
        (replace(MILD, answers={**MILD.answers, "L9": Reply.YES}), "tiles"),
        (replace(MILD, tiles_shown=frozenset({"ill"})), "incomplete"),
        (replace(MILD, timing=frozenset()), "incomplete"),
        (report(place=KNEE, worst=4), "other_place"),
        (replace(MILD, sites=(site(LOW_BACK, 4), site(KNEE, 1))), "other_place"),
        (replace(MILD, exercise=None), "other_exercise"),
        (replace(MILD, quality=frozenset({"numb"})), "not_permitted"),
        (replace(MILD, answers={}), "not_permitted"),
    ],
)
def test_a_report_that_does_not_fit(one: Report, why: str) -> None:
    assert why in down(one)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"synced_at": NOW - timedelta(days=7, seconds=1)}, "not_synced"),
        ({"synced_at": None}, "not_synced"),
        ({"synced_at": NOW + timedelta(seconds=1)}, "not_synced"),
        ({"today": TODAY + timedelta(days=1)}, "expired"),
        *(
            ({"open_levels": (level,)}, "open_report")
            for level in ("incomplete", "refer", "urgent")
        ),
    ],
)
def test_a_phone_that_knows_too_little_steps_neither_down_nor_up(change: dict, why: str) -> None:
    phone = replace(PHONE, **change)
    assert why in down(phone=phone)
    assert why in may_step_up(WAY, CLEAN, phone)


def test_the_coach_s_own_border_holds_below_five_and_never_above() -> None:
    assert down(grant=replace(OPTION, most_pain=3)) == ("pain",)
    assert "pain" in down(report(place=LOW_BACK, worst=6), replace(OPTION, most_pain=9))


def test_taking_out_is_never_permitted_at_monitor() -> None:
    assert down(grant=replace(OPTION, classes=frozenset({"remove"}))) == ("not_permitted",)


def test_a_rung_up_with_everything_clean() -> None:
    assert may_step_up(WAY, CLEAN, PHONE) == ()


@pytest.mark.parametrize(
    ("grant", "exposures", "why"),
    [
        (WAY, CLEAN[:1], "not_clean"),
        (WAY, [], "not_clean"),
        (WAY, [CLEAN[0], replace(CLEAN[1], worst=3)], "not_clean"),
        (WAY, [CLEAN[0], replace(CLEAN[1], morning=Morning.UNKNOWN)], "not_clean"),
        (WAY, [CLEAN[0], replace(CLEAN[1], painkiller=True)], "not_clean"),
        (WAY, [replace(CLEAN[0], worst=6), *CLEAN], "trouble"),
        (WAY, [*CLEAN, replace(CLEAN[1], morning=Morning.OVERLOAD)], "trouble"),
        (WAY, [*CLEAN, replace(CLEAN[1], effect="stopped_exercise")], "trouble"),
        (replace(WAY, since=TODAY - timedelta(days=4)), CLEAN, "too_soon"),
        (replace(WAY, rung=5), CLEAN, "at_the_top"),
        (replace(WAY, ladder="E"), CLEAN, "confirm"),
        (replace(WAY, ladder="B", rungs=2), CLEAN, "too_soon"),
    ],
)
def test_a_rung_that_waits(grant: UpGrant, exposures: list[Exposure], why: str) -> None:
    assert why in may_step_up(grant, exposures, PHONE)


@pytest.mark.parametrize("name", ["A", "C", "D"])
@pytest.mark.parametrize("worst", [0, 2, 3, 6])
@pytest.mark.parametrize("morning", list(Morning))
@pytest.mark.parametrize("since", [3, 4, 5, 6])
def test_what_the_phone_may_climb_the_ladder_gives(
    name: str, worst: int, morning: Morning, since: int
) -> None:
    exposures = [CLEAN[0], replace(CLEAN[1], worst=worst, morning=morning)]
    start: date = TODAY - timedelta(days=since)
    state = LadderState(name, 1, start, tuple(exposures), TODAY, base_kg=Decimal(100))
    given = next_rung(state)
    grant = replace(WAY, ladder=name, since=start)
    assert (may_step_up(grant, exposures, PHONE) == ()) == isinstance(given, Rung)
