"""The library over the API …"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coachapi.door import acting_as
from programs.models import Exercise
from tests.api.test_lists import paged
from tests.isolation.cast import Cast, document
from tests.isolation.phone import Person

SLED = {"name": "Sled push", "pattern": "squat", "equipment": ["bench"], "like": "sq_back"}


def ids(person: Person, query: str = "") -> list[str]:
    return [each["id"] for each in paged(person, f"exercises{query or '?'}", 60)]


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(answer.content)
    assert (answer.status_code, body["code"]) == (status, code), body
    return body


def test_is_searched_by_name_pattern_equipment_and_demand(ada: Person) -> None:
    assert ids(ada, "?q=barbel+hip+thurst")[0] == "ht_barbell"
    assert set(ids(ada, "?pattern=calf")) < set(ids(ada))
    assert "ht_barbell" not in ids(ada, "?equipment=bands")
    gentle = ids(ada, "?pattern=hinge&region=back_low&demand=low")
    assert gentle
    assert set(gentle) < set(ids(ada, "?pattern=hinge&region=back_low&demand=high"))
    assert ids(ada, "?region=head&demand=high") == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("?pattern=twist", "#/pattern"),
        ("?region=back_low", "#/demand"),
        ("?demand=low", "#/region"),
        ("?region=tail&demand=low", "#/region"),
        ("?colour=red", "#/colour"),
    ],
)
def test_says_what_may_be_asked(query: str, pointer: str, ada: Person) -> None:
    body = problem(ada.send("GET", f"/v1/exercises{query}"), 422, "validation_error")
    assert [each["pointer"] for each in body["errors"]] == [pointer]


def test_takes_an_own_exercise_rated_like_a_known_one(
    ada: Person, jo: Person, bo: Person, cast: Cast
) -> None:
    made = ada.ok("POST", "/v1/exercises", SLED)
    assert (made["own"], made["rated"], made["like"]) == (True, True, "sq_back")
    assert made["drawing"] is None
    known = ada.ok("GET", "/v1/exercises/sq_back")
    assert made["cues"] == known["cues"]
    assert {each["region"] for each in made["easier"]} >= {"back_low"}
    assert made["id"] in ids(jo, "?q=sled")
    assert made["id"] not in ids(bo, "?q=sled")
    assert made["id"] not in ids(cast.people["noor"])
    problem(bo.send("GET", f"/v1/exercises/{made['id']}"), 404, "not_found")


def test_takes_an_own_exercise_that_nobody_rated_and_says_so(ada: Person) -> None:
    made = ada.ok("POST", "/v1/exercises", {"name": "Prowler", "pattern": "squat"})
    assert (made["rated"], made["cues"], made["easier"]) == (False, [], [])
    assert made["id"] not in ids(ada, "?region=back_low&demand=high")


def test_refuses_a_likeness_that_would_not_hold(ada: Person) -> None:
    for like in ("ht_barbell", "no_such_thing"):
        body = problem(
            ada.send("POST", "/v1/exercises", SLED | {"like": like}), 422, "exercise.not_like_that"
        )
        assert body["errors"][0]["pointer"] == "#/like"
    taken = SLED | {"name": "barbell HIP thrust"}
    problem(ada.send("POST", "/v1/exercises", taken), 409, "exercise.name_taken")


def test_changes_and_archives_an_own_exercise_and_no_other(ada: Person) -> None:
    made = ada.ok("POST", "/v1/exercises", SLED)
    where = f"/v1/exercises/{made['id']}"
    ada.ok("PUT", where, {"name": "Prowler", "loading": "body_weight_plus"})
    assert ada.ok("GET", where)["loading"] == "body_weight_plus"
    ada.ok("POST", f"{where}/archive")
    assert made["id"] not in ids(ada)
    assert made["id"] in ids(ada, "?archived=true")
    ada.ok("POST", f"{where}/unarchive")
    assert made["id"] in ids(ada)
    for method, path in (("PUT", ""), ("POST", "/archive")):
        answer = ada.send(method, f"/v1/exercises/ht_barbell{path}", {"name": "Mine"})
        problem(answer, 404, "not_found")


def test_shows_a_practices_cues_films_and_alternates_to_that_practice(
    ada: Person, jo: Person, bo: Person
) -> None:
    added = {
        "cues": ["Shins upright"],
        "media": [{"url": "https://example.com/thrust", "title": "From the side"}],
        "alternates": [{"exercise": "ht_smith", "direction": "same"}],
    }
    ada.ok("PUT", "/v1/exercises/ht_barbell/note", added)
    seen = jo.ok("GET", "/v1/exercises/ht_barbell")
    assert {key: seen[key] for key in added} == added
    assert bo.ok("GET", "/v1/exercises/ht_barbell")["media"] == []
    ada.ok("PUT", "/v1/exercises/ht_barbell/note", {})
    assert jo.ok("GET", "/v1/exercises/ht_barbell")["media"] == []


def test_refuses_bad_films_and_alternates_with_a_pointer_to_each(ada: Person) -> None:
    sent = {
        "media": [{"url": "http://example.com"}],
        "alternates": ["ht_barbell", {"exercise": "ht_barbel"}],
        "cues": "one",
    }
    body = problem(ada.send("PUT", "/v1/exercises/ht_barbell/note", sent), 422, "exercise.faults")
    assert {each["pointer"]: each["code"] for each in body["errors"]} == {
        "#/media/0/url": "not_https",
        "#/alternates/0": "own_alternate",
        "#/alternates/1/exercise": "unknown_exercise",
        "#/cues": "wrong_type",
    }


def test_lets_a_program_use_an_own_exercise_of_that_practice_alone(ada: Person, bo: Person) -> None:
    made = ada.ok("POST", "/v1/exercises", SLED)
    raw = document("harbour")
    raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][1]["exercise"] = made["id"]
    ada.ok("POST", "/v1/programs", raw)
    ada.ok("POST", f"/v1/exercises/{made['id']}/archive")
    ada.ok("POST", "/v1/programs", raw)
    problem(bo.send("POST", "/v1/programs", raw), 422, "program.faults")


@pytest.mark.parametrize("path", ["exercises?", "exercises?q=hip+thrust", "programs?"])
def test_comes_in_pages_that_neither_repeat_nor_drop_a_row(path: str, ada: Person) -> None:
    for number in range(3):
        ada.ok("POST", "/v1/programs", document("harbour") | {"name": f"Glutes {number}"})
    whole = ada.ok("GET", f"/v1/{path}&limit=200")
    pages = paged(ada, path, 2)
    assert whole["next_cursor"] is None and len(whole["items"]) > 3
    assert [each["id"] for each in pages] == [each["id"] for each in whole["items"]]
    first = ada.ok("GET", f"/v1/{path}&limit=1")["next_cursor"]
    other = "programs?" if path.startswith("exercises") else "exercises?"
    problem(ada.send("GET", f"/v1/{other}&cursor={first}"), 422, "bad_cursor")
    problem(ada.send("GET", f"/v1/{path}&limit=0"), 422, "validation_error")


def test_asks_the_database_as_often_for_one_own_exercise_as_for_many(ada: Person) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            ada.ok("GET", "/v1/exercises")
        return len(asked)

    count()
    few = count()
    for number in range(6):
        ada.ok("POST", "/v1/exercises", SLED | {"name": f"Sled {number}"})
    assert count() == few <= 9


def test_of_everybody_cannot_be_written_or_taken_by_a_practice(cast: Cast) -> None:
    with acting_as(cast.people["ada"].id), connection.cursor() as cursor:
        place = "(SELECT practice_id FROM accounts_coach WHERE user_id = app_user() LIMIT 1)"
        cursor.execute(
            f"UPDATE programs_exercise SET practice_id = {place}, changed_at = now()"
            " WHERE id = 'ht_barbell'"
        )
        assert cursor.rowcount == 0
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        acting_as(cast.people["noor"].id),
    ):
        Exercise.objects.create(
            id="own_x",
            name="x",
            pattern="squat",
            position=0,
            practice_id=cast.lives["noor"].client.practice_id,
            changed_at="2026-01-01T00:00:00Z",
        )
