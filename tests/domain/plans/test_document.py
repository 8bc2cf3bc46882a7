"""A program document …"""

import copy
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.domain.document import (
    WEEKDAYS,
    BadDocument,
    Phase,
    ProgramDocument,
    Week,
    Workout,
    expand,
    number_of_sessions,
    parse,
    to_json,
)
from programs.domain.exercises import library
from programs.domain.loadable import to_kg
from programs.domain.prescription import Alternate, Media, Prescription, SetTarget
from programs.domain.progression_rules import Deload, Progression, RirTargets

LIBRARY = library()
IDS = [UUID(int=number) for number in range(1, 200)]
FIRST = "/phases/0/weeks/0/workouts/0/prescriptions/0"


def glutes() -> dict[str, Any]:
    """Glutes three times a week for four weeks, as a coach sends it."""
    thrust = {
        "slot": "A",
        "exercise": "ht_barbell",
        "rest_seconds": 120,
        "superset": "X",
        "alternates": ["ht_smith"],
        "setup": [{"param": "feet", "value": "flat"}],
        "sets": [
            {"kind": "warmup", "reps_min": 5, "percent": 40},
            {"count": 3, "reps_min": 8, "reps_max": 10, "percent": 75, "rir": 2},
        ],
    }
    plank = {
        "slot": "B",
        "exercise": "plank",
        "superset": "X",
        "sets": [{"count": 2, "seconds": 30}],
    }
    workouts = [
        {"name": f"Glutes {day}", "prescriptions": [copy.deepcopy(thrust), copy.deepcopy(plank)]}
        for day in "ABC"
    ]
    return {
        "name": "Glutes 3×/week",
        "phases": [{"name": "Build", "weeks": [{"repeat": 4, "workouts": workouts}]}],
    }


def faults(raw: object) -> dict[str, str]:
    """Pointer → code of every fault."""
    with pytest.raises(BadDocument) as caught:
        parse(raw, exercises=LIBRARY)
    for fault in caught.value.faults:
        assert fault.sentence.endswith(".")
    return {fault.pointer: fault.code for fault in caught.value.faults}


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, str]:
    """The faults of the glutes program once its first prescription is changed."""
    raw = glutes()
    change(raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0])
    return faults(raw)


def test_is_read_with_counts_written_out_and_one_number_of_reps_for_both_ends() -> None:
    document = parse(glutes(), exercises=LIBRARY)
    first = document.phases[0].weeks[0].workouts[0].prescriptions[0]
    assert first.sets[0] == SetTarget("warmup", 5, 5, percent=D(40))
    assert first.work_sets == (SetTarget("work", 8, 10, percent=D(75), rir=D(2)),) * 3
    assert (first.alternates, first.setup) == ((Alternate("ht_smith"),), (("feet", "flat"),))


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"exercise": "hip_thurst"}, "exercise", "unknown_exercise"),
        ({"alternates": ["x"]}, "alternates/0", "unknown_exercise"),
        ({"sets": []}, "sets", "zero_sets"),
        ({"sets": [{"count": 0, "reps_min": 5}]}, "sets/0/count", "zero_sets"),
        ({"sets": [{"kind": "warmup", "reps_min": 5}]}, "sets", "no_work_set"),
        (
            {"sets": [{"reps_min": 5}, {"kind": "warmup", "reps_min": 5}]},
            "sets",
            "warmup_after_work",
        ),
        ({"sets": [{"reps_min": 8, "reps_max": 5}]}, "sets/0/reps_max", "reps_reversed"),
        ({"sets": [{"reps_max": 5}]}, "sets/0/reps_min", "missing_member"),
        ({"sets": [{"reps_min": 5, "percent": 140}]}, "sets/0/percent", "out_of_range"),
        ({"sets": [{"reps_min": 5, "load_kg": math.nan}]}, "sets/0/load_kg", "not_a_number"),
        ({"sets": [{"reps_min": 5, "load_kg": "NaN"}]}, "sets/0/load_kg", "not_a_number"),
        ({"sets": [{"reps_min": 5, "load_kg": "1" * 99}]}, "sets/0/load_kg", "not_a_number"),
        ({"sets": [{"reps_min": 5, "load_kg": "0.0001"}]}, "sets/0/load_kg", "out_of_range"),
        ({"sets": [{"reps_min": 5, "load_kg": "60.0001"}]}, "sets/0/load_kg", "too_exact"),
        ({"sets": [{"reps_min": 5, "load_kg": -5}]}, "sets/0/load_kg", "out_of_range"),
        ({"sets": [{"reps_min": 5.5}]}, "sets/0/reps_min", "too_exact"),
        ({"sets": [{"reps_min": True}]}, "sets/0/reps_min", "not_a_number"),
        ({"sets": [{"reps_min": 5, "rir": 11}]}, "sets/0/rir", "out_of_range"),
        ({"sets": [{"reps_min": 5, "amrap": "yes"}]}, "sets/0/amrap", "wrong_type"),
        ({"sets": [{"reps_min": 5, "kind": "drop"}]}, "sets/0/kind", "unknown_value"),
        ({"sets": [{"reps_min": 5, "seconds": 30}]}, "sets/0", "reps_or_seconds"),
        ({"sets": [{"rir": 2}]}, "sets/0", "reps_or_seconds"),
        ({"sets": [{"reps_min": 5, "load_kg": 60, "percent": 70}]}, "sets/0", "load_or_percent"),
        ({"sets": [{"reps_min": 5, "weight": 60}]}, "sets/0/weight", "unknown_member"),
        ({"sets": [{"reps_min": 5, "count": 11}] * 2}, "sets", "too_many_sets"),
        ({"sets": [{"reps_min": 5}] * 21}, "sets", "wrong_length"),
        ({"sets": ["3x8"]}, "sets/0", "wrong_type"),
        ({"sets": "3x8"}, "sets", "wrong_type"),
        ({"sets": None}, "sets", "missing_member"),
        ({"slot": ""}, "slot", "wrong_length"),
        ({"slot": 7}, "slot", "wrong_type"),
        ({"note": "a\x00b"}, "note", "bad_text"),
        ({"note": "a\ud800b"}, "note", "bad_text"),
        ({"rest_seconds": 4000}, "rest_seconds", "out_of_range"),
        ({"setup": [{"param": "feet"}]}, "setup/0/value", "missing_member"),
        ({"a/b~c": 1}, "a~1b~0c", "unknown_member"),
        ({"sets": [{"reps_min": 5, "load_kg": 60, "load_lb": 135}]}, "sets/0", "load_or_percent"),
        ({"sets": [{"reps_min": 5, "load_lb": "2200.01"}]}, "sets/0/load_lb", "out_of_range"),
        ({"sets": [{"reps_min": 5, "load_lb": "135.125"}]}, "sets/0/load_lb", "too_exact"),
        ({"sets": [{"reps_min": 5, "load_lb": 0}]}, "sets/0/load_lb", "out_of_range"),
        ({"sets": [{"reps_min": 5, "last_plus_kg": -101}]}, "sets/0/last_plus_kg", "out_of_range"),
        ({"sets": [{"reps_min": 5, "last_plus_lb": -221}]}, "sets/0/last_plus_lb", "out_of_range"),
        ({"sets": [{"reps_min": 5, "rir": 2, "rpe": 8}]}, "sets/0", "rir_or_rpe"),
        ({"sets": [{"reps_min": 5, "rpe": 11}]}, "sets/0/rpe", "out_of_range"),
        (
            {
                "sets": [
                    {"kind": "warmup", "reps_min": 5, "last_plus_kg": 1},
                    {"reps_min": 5},
                ]
            },
            "sets/0",
            "warmup_by_last_time",
        ),
        ({"cues": ["x" * 201]}, "cues/0", "wrong_length"),
        ({"media": [{"url": "http://example.com/a"}]}, "media/0/url", "not_https"),
        ({"media": [{"url": "https://example.com/a b"}]}, "media/0/url", "not_https"),
        ({"media": [{"url": "https://me:secret@example.com/"}]}, "media/0/url", "not_https"),
        ({"media": [{"title": "From the side"}]}, "media/0/url", "missing_member"),
        ({"alternates": [{"direction": "easier"}]}, "alternates/0/exercise", "missing_member"),
        (
            {"alternates": [{"exercise": "ht_smith", "direction": "up"}]},
            "alternates/0/direction",
            "unknown_value",
        ),
    ],
)
def test_is_refused_where_it_cannot_be_meant(
    change: dict[str, object], pointer: str, code: str
) -> None:
    found = broken(lambda first: first.update(change))
    assert found == {f"{FIRST}/{pointer}": code}


def test_takes_the_heaviest_and_the_longest_that_is_accepted() -> None:
    raw = glutes()
    first = raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0]
    first["sets"] = [{"reps_min": 200, "percent": 110, "rir": 10, "count": 20}]
    first["setup"] = [{"param": "x" * 60, "value": "y" * 200}] * 10
    first["rest_seconds"] = 3600
    assert len(parse(raw, exercises=LIBRARY).phases[0].weeks[0].workouts[0].prescriptions) == 2
    first["sets"][0] |= {"percent": "110.1", "reps_min": 201, "count": 21}
    first["setup"].append({"param": "x", "value": "y"})
    assert faults(raw) == {
        f"{FIRST}/sets/0/percent": "out_of_range",
        f"{FIRST}/sets/0/reps_min": "out_of_range",
        f"{FIRST}/sets/0/count": "out_of_range",
        f"{FIRST}/setup": "wrong_length",
    }


def test_asks_whether_an_exercise_that_is_like_it_was_meant() -> None:
    raw = glutes()
    raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0]["exercise"] = "barbel_hip_thust"
    with pytest.raises(BadDocument) as caught:
        parse(raw, exercises=LIBRARY)
    assert "did you mean ht_barbell (Barbell hip thrust)" in caught.value.faults[0].sentence


def test_keeps_pounds_and_rpe_as_they_were_typed() -> None:
    raw = glutes()
    first = raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0]
    first["sets"] = [{"reps_min": 5, "load_lb": 135, "rpe": 8}]
    read = parse(raw, exercises=LIBRARY)
    (one,) = read.phases[0].weeks[0].workouts[0].prescriptions[0].sets
    assert (one.load_kg, one.rir) == (D("61.235"), 2)
    (row,) = to_json(read)["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0]["sets"]
    assert (D(row["load_lb"]), D(row["rpe"])) == (135, 8)


def test_puts_the_workouts_of_a_week_all_on_days_or_all_in_an_order() -> None:
    raw = glutes()
    workouts = raw["phases"][0]["weeks"][0]["workouts"]
    workouts[0]["day"], workouts[2]["day"] = "mon", "mon"
    at = "/phases/0/weeks/0/workouts"
    assert faults(raw) == {f"{at}/1/day": "missing_member", f"{at}/2/day": "day_twice"}
    workouts[0]["day"], workouts[1]["day"], workouts[2]["day"] = "tue", "someday", "fri"
    assert faults(raw)[f"{at}/1/day"] == "unknown_value"


def test_is_refused_with_a_slot_used_twice_in_a_workout() -> None:
    second = FIRST.removesuffix("0") + "1"
    assert broken(lambda first: first.update(slot="B")) == {f"{second}/slot": "slot_twice"}


def test_names_a_superset_in_four_letters_at_most() -> None:
    named = glutes()
    for row in named["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"]:
        row["superset"] = "ABCD"
    assert parse(named, exercises=LIBRARY)
    for row in named["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"]:
        row["superset"] = "ABCDE"
    assert set(faults(named)) == {f"{FIRST}/superset", f"{FIRST[:-1]}1/superset"}


def test_is_refused_with_every_fault_at_once() -> None:
    raw = glutes()
    raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0]["exercise"] = "x"
    raw["phases"][0]["weeks"][0]["workouts"][1]["prescriptions"][1]["sets"] = []
    raw["phases"][0]["weeks"][0]["repeat"] = 0
    raw["name"] = ""
    workouts = "/phases/0/weeks/0/workouts"
    assert faults(raw) == {
        "/name": "wrong_length",
        "/phases/0/weeks/0/repeat": "out_of_range",
        f"{workouts}/0/prescriptions/0/exercise": "unknown_exercise",
        f"{workouts}/1/prescriptions/1/sets": "zero_sets",
    }


def test_is_refused_with_a_superset_across_workouts_or_of_one() -> None:
    raw = glutes()
    workouts = raw["phases"][0]["weeks"][0]["workouts"]
    del workouts[0]["prescriptions"][1], workouts[1]["prescriptions"][0]
    workouts[2]["prescriptions"][1]["superset"] = "Y"
    workouts[2]["prescriptions"][0].pop("superset")
    at = "/phases/0/weeks/0/workouts/{}/prescriptions/{}/superset"
    assert faults(raw) == {
        at.format(0, 0): "superset_across_workouts",
        at.format(1, 0): "superset_across_workouts",
        at.format(2, 1): "superset_alone",
    }


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, {"": "wrong_type"}),
        ([], {"": "wrong_type"}),
        ({}, {"/name": "missing_member", "/phases": "missing_member"}),
        ({"name": "x", "phases": []}, {"/phases": "wrong_length"}),
        ({"name": "x", "phases": {}}, {"/phases": "wrong_type"}),
        (
            {"name": "x", "phases": [{"name": "p", "weeks": [{"repeat": 60, "workouts": []}] * 2}]},
            {"/phases": "too_many_weeks"},
        ),
    ],
)
def test_is_refused_as_a_whole_when_it_is_no_program(raw: object, expected: dict[str, str]) -> None:
    assert faults(raw) == expected


def test_shows_no_more_than_the_start_of_a_long_text() -> None:
    raw = glutes() | {"name": "x" * 1000}
    with pytest.raises(BadDocument, match="/name: Text of 1 to 120") as caught:
        parse(raw, exercises=LIBRARY)
    assert caught.value.faults[0].value == "x" * 80 + "…"


# Out and in again.

texts = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=9)
names = texts.filter(lambda text: bool(text.strip()))
targets = st.builds(
    lambda reps, more, load, rir: SetTarget("work", reps, reps + more, load_kg=load, rir=rir),
    st.integers(1, 20),
    st.integers(0, 5),
    st.none() | st.decimals(1, 200, places=3),
    st.none() | st.integers(0, 10).map(D),
)
pounds = st.builds(
    lambda reps, load, rpe: SetTarget(
        "work", reps, reps, load_kg=to_kg(load, "lb"), rir=10 - rpe, unit="lb", effort="rpe"
    ),
    st.integers(1, 20),
    st.decimals(1, 500, places=2),
    st.integers(5, 10).map(D),
)
as_last = st.builds(
    lambda reps, plus: SetTarget("work", reps, reps, last_plus_kg=plus),
    st.integers(1, 20),
    st.decimals(-20, 20, places=3),
)
warmups = st.builds(
    lambda percent: SetTarget("warmup", 5, 5, percent=percent), st.decimals(1, 60, places=1)
)
holds = st.builds(lambda seconds: SetTarget("work", seconds=seconds), st.integers(1, 90))
most = st.builds(
    lambda low: SetTarget("work", low, None, amrap=True), st.none() | st.integers(1, 9)
)
prescriptions = st.builds(
    lambda lift, warm, sets, note, setup, more: Prescription(
        "A", lift, (*warm, *sets), 60, note=note, setup=tuple(setup), **more
    ),
    st.sampled_from(["ht_barbell", "plank", "sq_back"]),
    st.lists(warmups, max_size=3),
    st.lists(st.one_of(targets, holds, most, pounds, as_last), min_size=1, max_size=5),
    st.just("") | names,
    st.lists(st.tuples(names, names), max_size=2),
    st.fixed_dictionaries(
        {
            "cues": st.lists(names, max_size=2).map(tuple),
            "media": st.just(()) | names.map(lambda one: (Media("https://example.com/a", one),)),
            "alternates": st.sampled_from(
                [(), (Alternate("ht_smith", "easier"), Alternate("sq_back", "harder"))]
            ),
            "progression": st.none()
            | st.builds(
                Progression,
                st.none() | st.builds(RirTargets, st.just((D(3), D(2)))),
                st.builds(Deload, st.integers(2, 9), st.just(D("80.5")), st.integers(1, 3)),
                st.integers(0, 4),
            ),
        }
    ),
)
weeks = st.builds(
    Week,
    st.lists(st.builds(Workout, names, prescriptions.map(lambda one: (one,))), max_size=3).flatmap(
        lambda some: st.sampled_from(
            [
                tuple(some),
                tuple(replace(one, day=WEEKDAYS[6 - at]) for at, one in enumerate(some)),
            ]
        )
    ),
    st.integers(1, 9),
)
documents = st.builds(
    ProgramDocument,
    names,
    st.lists(
        st.builds(Phase, names, st.lists(weeks, min_size=1, max_size=3).map(tuple)),
        min_size=1,
        max_size=2,
    ).map(tuple),
    st.just("") | names,
)


@given(documents)
@settings(max_examples=100)
def test_comes_back_from_json_exactly(document: ProgramDocument) -> None:
    assert parse(to_json(document), exercises=LIBRARY) == document


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "phases", "weeks", "workouts", "prescriptions", "sets", "slot"]
            )
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(junk)
@settings(max_examples=200)
def test_is_read_or_refused_and_never_anything_else(raw: object) -> None:
    try:
        parse(raw, exercises=LIBRARY)
    except BadDocument as refused:
        assert refused.faults


# Given to a client.


def dated(**more: Any) -> Any:
    given = {"starts_on": date(2025, 11, 3), "weekdays": (0, 2, 4), "session_ids": IDS} | more
    return expand(parse(glutes(), exercises=LIBRARY), **given)


def test_becomes_a_session_for_every_workout_of_every_week() -> None:
    plan = dated()
    assert len(plan.sessions) == number_of_sessions(parse(glutes(), exercises=LIBRARY)) == 12
    assert [one.on.isoformat() for one in plan.sessions[2:5]] == [
        "2025-11-07", "2025-11-10", "2025-11-12",
    ]  # fmt: skip
    assert [(one.week, one.index, one.name) for one in plan.sessions[2:4]] == [
        (1, 3, "Glutes C"),
        (2, 1, "Glutes A"),
    ]
    assert [one.id for one in plan.sessions] == IDS[:12]
    assert all(one.planned_on == one.on and one.state == "planned" for one in plan.sessions)
    assert all(item.was is None for one in plan.sessions for item in one.items)


def test_goes_on_the_days_it_names_unless_others_are_given() -> None:
    raw = glutes()
    for workout, day in zip(
        raw["phases"][0]["weeks"][0]["workouts"], ("fri", "mon", "sun"), strict=True
    ):
        workout["day"] = day
    given = {"starts_on": date(2025, 11, 5), "session_ids": IDS}  # a Wednesday
    own = expand(parse(raw, exercises=LIBRARY), weekdays=(), **given)
    assert [(one.name, one.on.isoformat(), one.index) for one in own.sessions[:4]] == [
        ("Glutes A", "2025-11-07", 1),
        ("Glutes C", "2025-11-09", 2),
        ("Glutes B", "2025-11-10", 3),
        ("Glutes A", "2025-11-14", 1),
    ]
    other = expand(parse(raw, exercises=LIBRARY), weekdays=(1, 3, 5), **given)
    assert [(one.name, one.on.isoformat()) for one in other.sessions[:2]] == [
        ("Glutes A", "2025-11-06"),
        ("Glutes B", "2025-11-08"),
    ]


def test_counts_the_turns_of_a_repeated_week() -> None:
    raw = glutes()
    weeks = raw["phases"][0]["weeks"]
    weeks.append({"repeat": 2, "workouts": weeks[0]["workouts"][:1]})
    plan = expand(
        parse(raw, exercises=LIBRARY),
        starts_on=date(2025, 11, 3),
        weekdays=(0, 2, 4),
        session_ids=IDS,
    )
    assert [one.turn for one in plan.sessions] == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 1]


def test_starts_its_weeks_on_the_day_it_is_given_from() -> None:
    plan = dated(starts_on=date(2025, 11, 5))
    assert [one.on.isoformat() for one in plan.sessions[:4]] == [
        "2025-11-05", "2025-11-07", "2025-11-10", "2025-11-12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"weekdays": (0, 0, 2)}, "different days"),
        ({"weekdays": (0, 2, 7)}, "different days"),
        ({"weekdays": (0, 2)}, "week 1 has more workouts"),
        ({"weekdays": ()}, "week 1 has more workouts"),
        ({"session_ids": IDS[:11]}, "fewer ids"),
    ],
)
def test_is_not_given_on_days_or_ids_that_do_not_fit(more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        dated(**more)
