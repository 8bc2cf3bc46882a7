"""The same report within ten minutes is one report with the union of what was said (D22)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clients.domain.levels import Effect, Feel, Kind, Level, Reply, Spread
from clients.domain.merging import joined_aggravators, repeats, united
from clients.domain.report import Medication, Soreness
from tests.domain.triage.build import (
    KNEE,
    LIFT,
    LOW_BACK,
    NOW,
    TILES,
    judged,
    loudness,
    report,
    site,
    uuid,
)  # fmt: skip

FIRST = report(1)


def again(minutes: float = 5, **said: Any) -> Any:
    return report(2, performed_at=NOW + timedelta(minutes=minutes), **said)


def test_the_second_merges_into_the_first_and_the_first_into_none() -> None:
    assert judged(again(), FIRST).merged_into == uuid(1)
    assert judged(FIRST, again()).merged_into is None


def test_both_are_judged_on_the_union() -> None:
    worse = again(worst=7, yes=("K4",))
    for one, other in ((FIRST, worse), (worse, FIRST)):
        verdict = judged(one, other)
        assert verdict.level is Level.REFER
        assert verdict.sites[0].v == 7


@pytest.mark.parametrize(
    ("other", "merges"),
    [
        (again(10), True),
        (again(10.1), False),
        (again(-10), True),
        (again(place=("knee_front", "right")), False),
        (again(sites=(site(KNEE, 4), site(LOW_BACK, 1))), False),
        (again(exercise=replace(LIFT, exercise="sq_back")), False),
        (again(exercise=None), False),
        (again(kind=Kind.SORENESS), True),
        (again(kind=Kind.OTHER), False),
        (again(sites=()), False),
        (replace(again(), id=FIRST.id), False),
    ],
)
def test_same_region_sides_exercise_and_ten_minutes(other: Any, merges: bool) -> None:
    assert bool(repeats(FIRST, (other,))) is merges


def test_a_merged_report_counts_for_no_second_session() -> None:
    assert "D10" not in judged(again(session_id=uuid(77)), FIRST).rows


def test_the_union_takes_the_higher_of_each() -> None:
    one = replace(
        FIRST,
        kind=Kind.SORENESS,
        sites=(site(KNEE, 3, rest=1, next_morning=2, morning_feel=Feel.BETTER),),
        effect=None,
        onset=None,
        aggravators=frozenset({"bend"}),
        spread=Spread.NONE,
        medication=Medication("none", None, 2),
        soreness=Soreness(24, True, True, True),
        note_signals=frozenset({"L1"}),
        unreadable=("onset",),
    )
    two = again(
        sites=(site(KNEE, 5, now=4, morning_feel=Feel.SAME, morning_late=True),),
        effect=Effect.NONE,
        onset="1-6_d",
        quality=frozenset({"sharp"}),
        aggravators=frozenset({"arch"}),
        spread=Spread.BELOW_KNEE,
        medication=Medication("prescription", True, 1),
        soreness=Soreness(24, True, None, True),
    )
    both = united(two, (one,))
    whole = both.sites[0]
    assert (both.id, both.kind, both.effect, both.onset) == (
        FIRST.id, Kind.SYMPTOM, Effect.NONE, "1-6_d",
    )  # fmt: skip
    assert (whole.worst, whole.now, whole.rest, whole.next_morning) == (5, 4, 1, 2)
    assert (whole.morning_feel, whole.morning_late) == (Feel.SAME, True)
    assert (both.aggravators, both.spread) == ({"bend", "arch"}, Spread.BELOW_KNEE)
    assert both.medication == Medication("prescription", True, 2)
    assert both.soreness == Soreness(24, True, None, True)
    assert (both.note_signals, both.unreadable) == ({"L1"}, ("onset",))


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [(None, None, None), (None, {"bend"}, {"bend"}), ({"bend"}, None, {"bend"})],
)
def test_aggravators_not_asked_in_one_are_those_of_the_other(one: Any, two: Any, both: Any) -> None:
    def asked(named: Any) -> Any:
        return None if named is None else frozenset(named)

    merged = united(replace(FIRST, aggravators=asked(one)), (again(aggravators=asked(two)),))
    assert merged.aggravators == asked(both)


def test_no_painkiller_in_one_and_no_answer_in_the_other_is_none() -> None:
    merged = united(FIRST, (again(medication=Medication("none")),))
    assert merged.medication == Medication("none")


def test_two_soreness_reports_stay_soreness() -> None:
    one = replace(FIRST, kind=Kind.SORENESS)
    assert united(one, (again(kind=Kind.SORENESS),)).kind is Kind.SORENESS


def test_none_of_these_answers_only_the_tiles_of_its_own_screen() -> None:
    one = replace(FIRST, tiles_shown=frozenset({"ill"}))
    two = again(tiles_none=False, tiles_shown=TILES)
    merged = united(one, (two,))
    assert merged.tiles_none and merged.tiles_shown == {"ill"}


def test_a_tile_tapped_in_one_is_open_in_both() -> None:
    merged = united(FIRST, (again(tiles_tapped=frozenset({"ill"})),))
    assert "U6" in judged(merged).due_now


def test_a_yes_in_either_is_a_yes() -> None:
    for one, two in ((("K4",), ()), ((), ("K4",))):
        merged = united(report(1, yes=one), (again(yes=two),))
        assert merged.answers["K4"] is Reply.YES


@pytest.mark.parametrize("said", [{}, {"worst": 9}, {"yes": ("U1",)}, {"effect": None}])
def test_a_repeat_never_lowers(said: Any) -> None:
    one, two = judged(FIRST), judged(again(**said))
    assert loudness(judged(FIRST, again(**said))) >= max(loudness(one), loudness(two)) or (
        said.get("effect", 0) is None
    )


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (None, None, None),
        (None, {"arm_move"}, {"arm_move"}),
        (set(), {"arm_move"}, set()),
        ({"press_on_it", "sit"}, {"press_on_it"}, {"press_on_it", "sit"}),
        ({"bend"}, {"sit", "press_on_it"}, {"bend", "sit"}),
    ],
)
def test_what_makes_a_chest_pain_less_grave_counts_only_if_both_say_so(
    one: set[str] | None, other: set[str] | None, joined: set[str] | None
) -> None:
    first, second = (None if each is None else frozenset(each) for each in (one, other))
    assert joined_aggravators(first, second) == joined
