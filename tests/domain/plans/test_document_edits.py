"""An edit of a program …"""

from typing import Any

import pytest

from programs.domain.document import BadDocument, ProgramDocument, parse, to_json, weeks_of
from programs.domain.document_edits import MOST_EDITS, edited
from programs.domain.exercises import library
from programs.domain.progression import targeted

WEEK = "/phases/0/weeks/0"
FIRST = f"{WEEK}/workouts/0/prescriptions/0"


def program() -> ProgramDocument:
    """Two weeks, the first four times, of two workouts with two lifts each."""

    def workout(name: str) -> dict[str, Any]:
        rows = [
            {
                "slot": slot,
                "exercise": exercise,
                "rest_seconds": 120,
                "tempo": "3-1-1",
                "sets": [{"count": 3, "reps_min": 8, "load_kg": 60}],
                "progression": {"kind": "linear", "add_kg": "2.5"},
            }
            for slot, exercise in (("A", "ht_barbell"), ("B", "sq_back"))
        ]
        del rows[1]["progression"]
        return {"name": name, "prescriptions": rows}

    weeks = [
        {"repeat": 4, "workouts": [workout("Mon"), workout("Thu")]},
        {"repeat": 1, "workouts": [workout("Test")]},
    ]
    raw = {"name": "Thrusts", "phases": [{"name": "Build", "weeks": weeks}]}
    return parse(raw, exercises=library())


def done(*edits: object) -> dict[str, Any]:
    """The program after the edits, as JSON; what was given is untouched."""
    before = program()
    after = edited(before, list(edits), exercises=library())
    assert before == program()
    return to_json(after)


def faults(*edits: object) -> dict[str, str]:
    with pytest.raises(BadDocument) as caught:
        edited(program(), list(edits), exercises=library())
    return {one.pointer: one.code for one in caught.value.faults}


def names(raw: dict[str, Any]) -> list[list[str]]:
    return [
        [workout["name"] for workout in week["workouts"]]
        for phase in raw["phases"]
        for week in phase["weeks"]
    ]


def test_replaces_what_stands_at_a_pointer() -> None:
    assert done({"op": "replace", "at": "/name", "value": "Other"})["name"] == "Other"
    rest = {"repeat": 2, "workouts": []}
    assert names(done({"op": "replace", "at": WEEK, "value": rest})) == [[], ["Test"]]


def test_adds_before_a_row_or_at_the_end() -> None:
    week = {"workouts": []}
    assert names(done({"op": "add", "at": WEEK, "value": week})) == [[], ["Mon", "Thu"], ["Test"]]
    last = done({"op": "add", "at": "/phases/0/weeks/-", "value": week})
    assert names(last) == [["Mon", "Thu"], ["Test"], []]
    noted = done({"op": "add", "at": f"{FIRST}/note", "value": "slowly"})
    assert noted["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0]["note"] == "slowly"


def test_changes_the_same_in_every_place_that_is_chosen() -> None:
    second = f"{WEEK}/workouts/1/prescriptions/0"
    value = {"rest_seconds": 90, "tempo": None, "progression": {"add_kg": 5}}
    raw = done({"op": "merge", "at": [FIRST, second], "value": value})
    first, other = raw["phases"][0]["weeks"][0]["workouts"]
    for changed in (first["prescriptions"][0], other["prescriptions"][0]):
        assert changed["rest_seconds"] == 90
        assert "tempo" not in changed
        assert changed["progression"] == {"kind": "linear", "add_kg": "5", "every": 1}
    assert first["prescriptions"][1]["rest_seconds"] == 120


def test_takes_away_several_rows_whatever_their_order() -> None:
    at = [f"{WEEK}/workouts/0/prescriptions/0", f"{WEEK}/workouts/1", "/phases/0/weeks/1"]
    raw = done({"op": "remove", "at": at})
    assert names(raw) == [["Mon"]]
    assert [
        one["slot"] for one in raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"]
    ] == ["B"]


def test_takes_the_tenth_row_for_later_than_the_second() -> None:
    more = [{"op": "add", "at": "/phases/0/weeks/-", "value": {"workouts": []}}] * 9
    raw = done(*more, {"op": "remove", "at": ["/phases/0/weeks/10", "/phases/0/weeks/1"]})
    assert len(raw["phases"][0]["weeks"]) == 9
    assert names(raw)[:2] == [["Mon", "Thu"], []]


def test_puts_a_copy_right_after() -> None:
    raw = done({"op": "duplicate", "at": [WEEK, "/phases/0/weeks/1"]})
    assert names(raw) == [["Mon", "Thu"], ["Mon", "Thu"], ["Test"], ["Test"]]


def test_moves_a_row_within_its_list_and_into_another() -> None:
    assert names(done({"op": "move", "at": WEEK, "to": "/phases/0/weeks/-"})) == [
        ["Test"],
        ["Mon", "Thu"],
    ]
    raw = done({"op": "move", "at": f"{WEEK}/workouts/0", "to": "/phases/0/weeks/1/workouts/0"})
    assert names(raw) == [["Thu"], ["Mon", "Test"]]


def test_splits_a_repeated_week_and_keeps_its_progression_going() -> None:
    whole = list(weeks_of(program()))
    split = edited(program(), [{"op": "split", "at": WEEK, "after": 3}], exercises=library())
    parts = list(weeks_of(split))
    assert [turn for _, turn in parts] == [0, 1, 2, 0, 0]
    for (week, turn), (part, new_turn) in zip(whole, parts, strict=True):
        for one, other in zip(week.workouts, part.workouts, strict=True):
            for left, right in zip(one.prescriptions, other.prescriptions, strict=True):
                assert targeted(left, week=turn) == targeted(right, week=new_turn)


def test_happens_after_the_one_before_it() -> None:
    raw = done(
        {"op": "duplicate", "at": "/phases/0/weeks/1"},
        {"op": "merge", "at": "/phases/0/weeks/2/workouts/0", "value": {"name": "Last"}},
    )
    assert names(raw) == [["Mon", "Thu"], ["Test"], ["Last"]]


@pytest.mark.parametrize(
    ("edit", "pointer", "code"),
    [
        ("remove", "/op", "missing_member"),
        ({}, "/op", "missing_member"),
        ({"op": "drop", "at": "/name", "value": 1}, "/op", "unknown_value"),
        ({"op": "remove"}, "/at", "missing_member"),
        ({"op": "move", "at": WEEK}, "/to", "missing_member"),
        ({"op": "remove", "at": WEEK, "value": 1}, "/value", "unknown_member"),
        ({"op": "remove", "at": 7}, "/at", "no_such_place"),
        ({"op": "remove", "at": []}, "/at", "no_such_place"),
        ({"op": "remove", "at": [7]}, "/at", "no_such_place"),
        ({"op": "remove", "at": "phases"}, "/at", "no_such_place"),
        ({"op": "remove", "at": "/phases/0/weeks/2"}, "/at", "no_such_place"),
        ({"op": "remove", "at": "/phases/0/weeks/-"}, "/at", "no_such_place"),
        ({"op": "remove", "at": "/phases/x/weeks"}, "/at", "no_such_place"),
        ({"op": "remove", "at": "/phases/x"}, "/at", "no_such_place"),
        ({"op": "remove", "at": "/tags"}, "/at", "no_such_place"),
        ({"op": "remove", "at": "/name/first"}, "/at", "no_such_place"),
        ({"op": "replace", "at": [WEEK, FIRST], "value": 1}, "/at", "no_such_place"),
        ({"op": "add", "at": "/phases/0/weeks/3", "value": {}}, "/at", "no_such_place"),
        ({"op": "duplicate", "at": "/name"}, "/at", "no_such_place"),
        ({"op": "move", "at": "/name", "to": "/note"}, "/at", "no_such_place"),
        ({"op": "move", "at": WEEK, "to": f"{WEEK}/workouts/0"}, "/to", "no_such_place"),
        ({"op": "move", "at": WEEK, "to": "/phases/0/weeks/5"}, "/to", "no_such_place"),
        ({"op": "split", "at": "/phases/0", "after": 1}, "/at", "no_such_place"),
        ({"op": "split", "at": WEEK, "after": 4}, "/after", "no_such_place"),
        ({"op": "split", "at": WEEK, "after": True}, "/after", "no_such_place"),
    ],
)
def test_is_refused_where_it_leads_nowhere(edit: object, pointer: str, code: str) -> None:
    assert faults(edit) == {f"/edits/0{pointer}": code}


def test_is_refused_with_the_pointer_of_the_program_it_would_make() -> None:
    bad = {"op": "merge", "at": FIRST, "value": {"exercise": "hip_thurst"}}
    assert faults(bad) == {f"{FIRST}/exercise": "unknown_exercise"}


def test_stops_at_the_first_that_leads_nowhere() -> None:
    lost = {"op": "remove", "at": "/phases/9"}
    assert faults({"op": "remove", "at": WEEK}, lost, lost) == {"/edits/1/at": "no_such_place"}


def test_is_refused_when_there_is_none_or_there_are_too_many() -> None:
    assert faults() == {"/edits": "wrong_length"}
    one = {"op": "replace", "at": "/name", "value": "x"}
    assert faults(*[one] * (MOST_EDITS + 1)) == {"/edits": "wrong_length"}


def test_makes_no_program_larger_than_two_years_written_out() -> None:
    grow = [
        {"op": "duplicate", "at": [f"/phases/{place}" for place in range(min(2**power, 500))]}
        for power in range(14)
    ]
    (pointer,) = faults(*grow)
    assert pointer.endswith("/at")
