"""Words for people name places, lifts and answers, and nothing more."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from clients.domain.diff import Row
from clients.domain.diff_groups import grouped
from clients.domain.levels import Effect, Feel, Reply, Spread
from clients.domain.report import Lift, Medication, Report, Site
from clients.domain.said_words import answered, everything, retold
from clients.domain.words_for_people import (
    exercise_name,
    level_words,
    set_number,
    short_reason,
)
from programs.domain.exercises import library
from programs.domain.place_words import region_words
from programs.domain.regions import all_regions


@pytest.mark.parametrize(
    ("region", "side", "words"),
    [
        ("back_low", "midline", "Low back, middle"),
        ("back_low", "left", "Low back, left"),
        ("knee_front", "right", "Right knee, front"),
        ("buttock", "left", "Left buttock"),
        ("tailbone", "midline", "Tailbone"),
        ("hip", "midline", "Hip"),
        ("never_drawn", "midline", "Never drawn"),
        ("back_low", "unheard of", "Low back"),
    ],
)
def test_a_place_is_named_as_a_person_says_it(region: str, side: str, words: str) -> None:
    assert region_words(region, side) == words


def test_every_region_and_side_has_words_of_its_own() -> None:
    places = [(each.id, str(side)) for each in all_regions() for side in each.sides]
    named = [region_words(*place) for place in places]
    assert all("_" not in words for words in named)
    assert len(set(named)) == len(named)


def test_an_exercise_has_the_library_s_name() -> None:
    assert exercise_name("ht_american") == "American hip thrust"
    assert exercise_name("my_own_lift") == "My own lift"
    assert exercise_name("") == ""


def test_high_is_said_of_modify_alone() -> None:
    assert level_words("modify", "high") == "Modify · high"
    assert (level_words("refer", "high"), level_words("modify")) == ("Refer", "Modify")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ({"exercise": {"set_index": 2}}, 3),
        ({"exercise": {"set_index": 0}}, 1),
        ({"exercise": {"set_index": True}}, None),
        ({"exercise": "squat"}, None),
        ({}, None),
    ],
)
def test_a_set_is_counted_from_one(said: dict[str, object], number: int | None) -> None:
    assert set_number(said) == number


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Modify: 3–5 in two sessions within 14 days.", "3–5 in two sessions within 14 days."),
        ("Modify (high): 6 of 10.", "6 of 10."),
        ("Modify: yes to L7: Pain below the knee?", "Yes: Pain below the knee?"),
        ("Incomplete: 11 left: U1, U2a.", "Incomplete: 11 answers are missing."),
        ("Incomplete: 1 left: L7.", "Incomplete: 1 answer is missing."),
        ("Modify: questions left for after the session: L4, L7.", "Questions left for later."),
        (
            "Monitor: questions left for after the session: K3.",
            "Monitor: questions left for later.",
        ),
    ],
)
def test_a_reason_beside_a_badge_needs_no_letters(sentence: str, words: str) -> None:
    assert short_reason(sentence, "modify") == words


def _report(**parts: object) -> Report:
    return Report(
        id=uuid4(),
        performed_at=datetime(2026, 11, 22, 18, 0, tzinfo=UTC),
        zone="Europe/London",
        session_on=date(2026, 11, 22),
        **parts,  # type: ignore[arg-type]
    )


def test_a_report_is_retold_in_the_order_a_coach_asks() -> None:
    told = _report(
        sites=(Site("back_low", "midline", worst=4),),
        exercise=Lift("ht_barbell", kg=Decimal(120), reps=8, rir=2),
        effect=Effect.EASED_LOAD,
        timing=frozenset({"during_set", "night"}),
        tiles_none=True,
    )
    words = " ".join(retold(told, 3, "kg")).replace("\u00a0", " ")
    assert words == (
        "Low back, middle: 4 of 10 in set 3. Barbell hip thrust, 120 kg × 8 at RIR 2."
        " Felt at night. Lowered the weight. No warning signs."
    )
    assert "264.6 lb" in " ".join(retold(told, 3, "lb")).replace("\u00a0", " ")


def test_unanswered_warnings_are_never_called_none() -> None:
    assert retold(_report(), None, "kg") == (
        "No place given.",
        "The warning questions are not answered.",
    )
    told = _report(answers={"L1": Reply.YES, "L2": Reply.NO, "X9": Reply.UNSURE})
    assert "No warning signs." not in retold(told, None, "kg")
    assert [reply for _, reply in answered(told)] == ["Yes", "Not sure"]
    assert "between your legs" in answered(told)[0][0]


def test_every_other_answer_is_listed_by_name() -> None:
    site = Site("groin", "left", worst=3, next_morning=0, morning_feel=Feel.SAME)
    told = _report(
        sites=(site,),
        timing=frozenset({"after_set"}),
        effect=Effect.NONE,
        onset="1-2_wk",
        quality=frozenset({"sharp"}),
        aggravators=frozenset(),
        spread=Spread.BELOW_KNEE,
        medication=Medication(kind="simple_painkiller"),
        changes_8w=frozenset({"load_jump"}),
        checklist_score=3,
    )
    found = dict(everything(told))
    assert found["Left groin: next morning"] == "0 of 10"
    assert found["Left groin: next morning, against before"] == "the same"
    assert found["Worse with"] == "None of these"
    assert found["Runs to"] == "below knee"
    assert found["Checklist"] == "3 of 5"
    assert len(found) == 12
    assert everything(_report()) == ()


def test_equal_changes_of_a_weekday_stand_in_one_line() -> None:
    row = Row(
        session_id=uuid4(),
        on=date(2026, 11, 23),
        slot="A1",
        was="3 × 8",
        becomes="3 × 12",
        sets=3,
        was_exercise="ht_barbell",
        becomes_exercise="ht_american",
        parts=("exercise",),
        paused=False,
    )
    week_later = replace(row, on=date(2026, 11, 30))
    other_day = replace(row, on=date(2026, 11, 25), becomes=None, becomes_exercise=None)
    first, second = grouped([week_later, other_day, row], library())
    assert first.days == (date(2026, 11, 23), date(2026, 11, 30))
    assert (first.becomes_lift, first.same_lift) == ("American hip thrust", False)
    assert (second.becomes, second.becomes_lift) == ("", "")
