"""A program over the API …"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.programs import program as four_by_six
from tests.isolation.cast import document
from tests.isolation.phone import Person

FIRST = "/phases/0/weeks/0/workouts/0/prescriptions/0"


def written(person: Person, name: str = "harbour") -> str:
    return str(person.ok("POST", "/v1/programs", document(name))["id"])


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(answer.content)
    assert (answer.status_code, body["code"]) == (status, code), body
    return body


def test_of_sixteen_weeks_is_written_in_one_request_of_few_queries(ada: Person) -> None:
    whole = four_by_six()
    whole["phases"][0]["weeks"] = [
        {"workouts": week["workouts"]} for week in whole["phases"][0]["weeks"] for _ in range(16)
    ]
    ada.ok("POST", "/v1/programs", whole)
    with CaptureQueriesContext(connection) as asked:
        made = ada.ok("POST", "/v1/programs", whole)
    assert len(asked) <= 15
    assert len(made["document"]["phases"][0]["weeks"]) == 16
    (row,) = ada.ok("GET", "/v1/programs?q=" + "glutes 4x")["items"][:1]
    assert row["weeks"] == 16


def test_with_faults_is_refused_as_a_whole_with_a_pointer_to_each(ada: Person) -> None:
    raw = document("x")
    days = raw["phases"][0]["weeks"][0]["workouts"]
    lifts = days[0]["prescriptions"] = json.loads(json.dumps(days[0]["prescriptions"]))
    lifts[0]["exercise"] = "barbell_hip_thrst"
    lifts[0]["sets"] = [{"count": 0, "reps_min": 8, "reps_max": 5, "percent": 140}]
    lifts[1]["superset"] = "X"
    days[1]["prescriptions"] = json.loads(json.dumps(days[1]["prescriptions"]))
    days[1]["prescriptions"][0]["superset"] = "X"
    before = ada.ok("GET", "/v1/programs")
    body = problem(ada.send("POST", "/v1/programs", raw), 422, "program.faults")
    found = {each["pointer"]: each["code"] for each in body["errors"]}
    assert found == {
        f"#{FIRST}/exercise": "unknown_exercise",
        f"#{FIRST}/sets/0/count": "zero_sets",
        f"#{FIRST}/sets/0/reps_max": "reps_reversed",
        f"#{FIRST}/sets/0/percent": "out_of_range",
        f"#{FIRST[:-1]}1/superset": "superset_across_workouts",
        "#/phases/0/weeks/0/workouts/1/prescriptions/0/superset": "superset_across_workouts",
    }
    assert "did you mean ht_barbell" in body["errors"][0]["detail"] + json.dumps(body)
    assert ada.ok("GET", "/v1/programs") == before


def test_is_changed_by_addressed_edits_all_or_none(ada: Person) -> None:
    where = f"/v1/programs/{written(ada)}"
    edits = [
        {"op": "split", "at": "/phases/0/weeks/0", "after": 3},
        {"op": "merge", "at": FIRST, "value": {"rest_seconds": 90}},
    ]
    problem(ada.send("PATCH", where, {"edits": edits}), 428, "precondition_required")
    answer = ada.send("PATCH", where, {"edits": edits}, **{"If-Match": '"1"'})
    assert answer.headers["ETag"] == '"2"'
    weeks = json.loads(answer.content)["document"]["phases"][0]["weeks"]
    assert [each["repeat"] for each in weeks] == [3, 5]
    assert weeks[0]["workouts"][0]["prescriptions"][0]["rest_seconds"] == 90
    bad = [*edits[1:], {"op": "remove", "at": "/phases/7"}]
    sent = ada.send("PATCH", where, {"edits": bad}, **{"If-Match": '"2"'})
    body = problem(sent, 422, "program.faults")
    assert [each["pointer"] for each in body["errors"]] == ["#/edits/1/at"]
    for nothing in ([], {}, {"edits": None}):
        problem(ada.send("PATCH", where, nothing, **{"If-Match": '"2"'}), 422, "program.faults")
    assert ada.ok("GET", where)["revision"] == 2


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_that_two_coaches_change_at_once_shows_both_versions(
    method: str, ada: Person, jo: Person
) -> None:
    where = f"/v1/programs/{written(ada)}"
    theirs = document("harbour") | {"note": "Jo was here"}
    jo.ok("PUT", where, theirs, **{"If-Match": '"1"'})
    mine: Any = document("harbour") | {"note": "Ada was here"}
    if method == "PATCH":
        mine = {"edits": [{"op": "replace", "at": "/note", "value": "Ada was here"}]}
    body = problem(
        ada.send(method, where, mine, **{"If-Match": '"1"'}), 412, "program.changed_meanwhile"
    )
    assert (body["revision"], body["by"]) == (2, "Jo")
    assert (body["theirs"]["note"], body["yours"]["note"]) == ("Jo was here", "Ada was here")
    assert ada.ok("GET", where)["document"]["note"] == "Jo was here"


def test_keeps_every_revision_and_goes_back_to_one(ada: Person, jo: Person) -> None:
    where = f"/v1/programs/{written(ada)}"
    jo.ok("PUT", where, document("harbour") | {"note": "new"}, **{"If-Match": '"1"'})
    found = ada.ok("GET", f"{where}/revisions")["items"]
    assert [(each["revision"], each["author"]) for each in found] == [(2, "Jo"), (1, "Ada")]
    first = ada.ok("GET", f"{where}/revisions/1")["document"]
    ada.ok("PUT", where, first, **{"If-Match": '"2"'})
    assert ada.ok("GET", where)["document"] == first


def test_is_copied_archived_and_brought_back(ada: Person, jo: Person) -> None:
    where = f"/v1/programs/{written(ada)}"
    copied = jo.ok("POST", f"{where}/copy", {})
    assert copied["document"]["name"].endswith("(copy)")
    named = jo.ok("POST", f"{where}/copy", {"name": "Mine"})
    assert named["document"]["name"] == "Mine"
    jo.ok("POST", f"{where}/archive")
    listed = {each["id"] for each in ada.ok("GET", "/v1/programs")["items"]}
    put_away = {each["id"] for each in ada.ok("GET", "/v1/programs?archived=true")["items"]}
    assert {copied["id"], named["id"]} <= listed
    assert where.rpartition("/")[2] in put_away - listed
    jo.ok("POST", f"{where}/unarchive")
    assert not ada.ok("GET", "/v1/programs?archived=true")["items"]


def test_that_is_private_is_its_authors_and_the_owners(
    ada: Person, jo: Person, olga: Person
) -> None:
    program = written(ada)
    where = f"/v1/programs/{program}"
    body = jo.send("PUT", f"{where}/visibility", {"visibility": "private"})
    problem(body, 403, "program.not_yours_to_hide")
    ada.ok("PUT", f"{where}/visibility", {"visibility": "private"})
    problem(jo.send("GET", where), 404, "not_found")
    problem(jo.send("GET", f"{where}/revisions"), 404, "not_found")
    problem(jo.send("POST", f"{where}/copy", {}), 404, "not_found")
    assert program not in {each["id"] for each in jo.ok("GET", "/v1/programs")["items"]}
    assert olga.ok("GET", where)["revision"] == 1
    ada.ok("PUT", where, document("harbour"), **{"If-Match": '"1"'})
    olga.ok("PUT", f"{where}/visibility", {"visibility": "practice"})
    assert jo.ok("GET", where)["revision"] == 2


def test_is_found_by_a_name_with_a_typo(ada: Person) -> None:
    for name in ("Glutes three times", "Upper body", "Marathon base"):
        ada.ok("POST", "/v1/programs", document("x") | {"name": name})
    found = ada.ok("GET", "/v1/programs?q=gluts+three")["items"]
    assert found[0]["name"] == "Glutes three times"
    assert "Upper body" not in {each["name"] for each in found}
