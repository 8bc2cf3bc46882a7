"""A progression that is written down …"""

from decimal import Decimal as D
from typing import Any

import pytest

from programs.domain.document import BadDocument, parse, to_json
from programs.domain.exercises import library
from programs.domain.progression_rules import Deload, Linear, LogGated, Progression

AT = "/phases/0/weeks/0/workouts/0/prescriptions/0/progression"
KG = {"reps_min": 8, "reps_max": 10, "load_kg": 60}
PERCENT = {"reps_min": 8, "percent": 70}
OPEN = {"reps_min": 8, "reps_max": 10}


def program(progression: object, *sets: dict[str, Any], repeat: int = 4) -> dict[str, Any]:
    one = {"slot": "A", "exercise": "ht_barbell", "progression": progression}
    one["sets"] = [dict(each) for each in sets or (KG,)]
    week = {"repeat": repeat, "workouts": [{"name": "A", "prescriptions": [one]}]}
    return {"name": "Thrusts", "phases": [{"name": "Build", "weeks": [week]}]}


def read(progression: object, *sets: dict[str, Any]) -> Any:
    document = parse(program(progression, *sets), exercises=library())
    assert parse(to_json(document), exercises=library()) == document
    return document.phases[0].weeks[0].workouts[0].prescriptions[0].progression


@pytest.mark.parametrize(
    ("progression", "sets"),
    [
        ({"kind": "linear", "add_kg": "2.5"}, KG),
        ({"kind": "linear", "add_lb": 5, "most_lb": 225}, {"reps_min": 5, "load_lb": 135}),
        ({"kind": "linear", "add_percent": "2.5", "every": 2}, PERCENT),
        ({"kind": "double", "add_kg": 2}, OPEN),
        ({"kind": "log_gated", "add_kg": 2, "after": 2, "fails": 3, "drop_percent": 15}, KG),
        ({"kind": "log_gated", "add_lb": 5}, KG),
        ({"kind": "percentages", "weeks": [70, 75, "77.5"]}, PERCENT),
        ({"kind": "rir", "weeks": [3, 2, 1, 0]}, OPEN),
        ({"kind": "deload", "deload": {"every": 4, "sets": 2}}, OPEN),
        ({"kind": "rir", "weeks": [3], "deload": {"every": 3, "load_percent": 80}}, KG),
    ],
)
def test_is_read_and_comes_back_exactly(progression: object, sets: dict[str, Any]) -> None:
    assert read(progression, sets) is not None


def test_is_read_as_it_is_meant() -> None:
    given = {"kind": "linear", "add_kg": "2.5", "deload": {"every": 4, "sets": 2}, "behind": 3}
    assert read(given) == Progression(Linear(D("2.5")), Deload(4, sets=2), behind=3)
    assert read({"kind": "log_gated", "add_kg": 2, "fails": 2}) == Progression(
        LogGated(D(2), fails=2, drop_percent=D(10))
    )


@pytest.mark.parametrize(
    ("progression", "sets", "pointer", "code"),
    [
        ("linear", KG, "", "wrong_type"),
        ({"add_kg": 5}, KG, "/kind", "missing_member"),
        ({"kind": "wave"}, KG, "/kind", "unknown_value"),
        ({"kind": "linear"}, KG, "", "load_or_percent"),
        ({"kind": "linear", "add_kg": 1, "add_lb": 1}, KG, "", "load_or_percent"),
        ({"kind": "linear", "add_kg": 1, "most_lb": 1}, KG, "", "two_units"),
        ({"kind": "linear", "add_percent": 1, "most_kg": 9}, PERCENT, "", "load_or_percent"),
        ({"kind": "linear", "add_percent": 21}, PERCENT, "/add_percent", "out_of_range"),
        ({"kind": "linear", "add_kg": 1, "every": 0}, KG, "/every", "out_of_range"),
        ({"kind": "linear", "add_kg": 1, "weeks": [1]}, KG, "/weeks", "unknown_member"),
        ({"kind": "linear", "add_kg": 1}, PERCENT, "", "progression_without_load"),
        ({"kind": "linear", "add_percent": 1}, KG, "", "progression_without_load"),
        ({"kind": "double"}, OPEN, "", "load_or_percent"),
        ({"kind": "double", "add_kg": -1}, OPEN, "/add_kg", "out_of_range"),
        ({"kind": "double", "add_kg": 1}, {"reps_min": 8}, "", "progression_without_range"),
        ({"kind": "double", "add_kg": 1}, {"seconds": 30}, "", "progression_without_reps"),
        ({"kind": "log_gated", "add_kg": 1}, {"seconds": 30}, "", "progression_without_reps"),
        ({"kind": "log_gated"}, KG, "", "load_or_percent"),
        ({"kind": "log_gated", "add_kg": 1, "after": 11}, KG, "/after", "out_of_range"),
        ({"kind": "log_gated", "add_kg": 1, "fails": 0}, KG, "/fails", "out_of_range"),
        ({"kind": "log_gated", "add_kg": 1, "drop_percent": 9}, KG, "/fails", "missing_member"),
        ({"kind": "percentages"}, PERCENT, "/weeks", "missing_member"),
        ({"kind": "percentages", "weeks": []}, PERCENT, "/weeks", "wrong_length"),
        ({"kind": "percentages", "weeks": [70, 140]}, PERCENT, "/weeks/1", "out_of_range"),
        ({"kind": "percentages", "weeks": [70]}, KG, "", "load_or_percent"),
        ({"kind": "rir", "weeks": [11]}, KG, "/weeks/0", "out_of_range"),
        ({"kind": "deload"}, KG, "/deload", "missing_member"),
        ({"kind": "deload", "deload": {"every": 4}}, KG, "/deload", "missing_member"),
        ({"kind": "deload", "deload": {"sets": 4}}, KG, "/deload/every", "missing_member"),
        (
            {"kind": "deload", "deload": {"every": 1, "sets": 1}},
            KG,
            "/deload/every",
            "out_of_range",
        ),
        ({"kind": "deload", "deload": 4}, KG, "/deload", "wrong_type"),
        ({"kind": "linear", "add_kg": 1, "behind": -1}, KG, "/behind", "out_of_range"),
    ],
)
def test_is_refused_where_it_cannot_be_meant(
    progression: object, sets: dict[str, Any], pointer: str, code: str
) -> None:
    with pytest.raises(BadDocument) as caught:
        parse(program(progression, sets), exercises=library())
    assert {one.pointer: one.code for one in caught.value.faults} == {AT + pointer: code}


def test_is_refused_where_it_goes_by_the_log_of_uneven_sets() -> None:
    with pytest.raises(BadDocument) as caught:
        parse(program({"kind": "log_gated", "add_kg": 1}, KG, OPEN), exercises=library())
    assert caught.value.faults[0].code == "progression_of_uneven_sets"


@pytest.mark.parametrize(
    ("progression", "sets"),
    [
        ({"kind": "linear", "add_percent": 5}, PERCENT),
        ({"kind": "linear", "add_kg": 100}, KG),
        ({"kind": "linear", "add_kg": -10}, KG),
    ],
)
def test_is_refused_before_it_runs_away(progression: object, sets: dict[str, Any]) -> None:
    with pytest.raises(BadDocument) as caught:
        parse(program(progression, sets, repeat=12), exercises=library())
    (one,) = caught.value.faults
    assert (one.pointer, one.code) == (AT, "progression_runs_away")
    assert "In week " in one.sentence
