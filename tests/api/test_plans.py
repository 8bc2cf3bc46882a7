"""A plan over the API: read in few queries, edited by two coaches at once, given to many."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from clients import models
from clients.actions import jobs, plans
from coachapi import clock
from coachapi.door import acting_as
from coachapi.ids import new_id
from programs.actions import programs
from programs.models import ProgramRevision
from tests.bench.programs import program
from tests.bodies import MONDAY, sore_back
from tests.isolation.phone import Person
from tests.workers import Worker
from tests.world import DAY, World, client_api, coach_api

FILM = {"url": "https://film.example/sled", "title": "From the side"}
OWN = {"name": "Harbour sled push", "pattern": "lunge", "like": "lunge_walk"}
ENDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@pytest.fixture
def w(opened_world: World, db: None) -> World:
    return opened_world


def grown() -> dict[str, Any]:
    """16 weeks, 4 days, 6 lifts, each with a progression, one by the log, one in percent."""
    document = json.loads(json.dumps(program()))  # the days share no row
    for workout in document["phases"][0]["weeks"][0]["workouts"]:
        for row in workout["prescriptions"]:
            row["progression"] = {"kind": "linear", "add_kg": 2.5, "every": 2}
        first, second = workout["prescriptions"][:2]
        first["progression"] = {"kind": "log_gated", "add_kg": 2.5}
        del second["progression"], second["sets"][0]["load_kg"]
        second["sets"][0]["percent"] = 75
    return document


def given(w: World, document: dict[str, Any]) -> models.Plan:
    """Noor follows this from today on."""
    today = clock.now().date()
    with acting_as(w.ada.pk):
        plans.end(client=w.noor, today=today, by=w.ada)
        return plans.assign(
            client=w.noor,
            document=document,
            program=None,
            starts_on=today,
            weekdays=sorted({(today + n * DAY).weekday() for n in (0, 1, 3, 4)}),
            today=today,
            by=w.ada,
            at=clock.now(),
        )


def queries(ask: Callable[[], Any]) -> int:
    """How many a request takes once the door is open (ruling 27)."""
    with CaptureQueriesContext(connection) as seen:
        ask()
    statements = [each["sql"] for each in seen.captured_queries]
    start = next(n for n, each in enumerate(statements) if "set_config('app.user_id'" in each)
    inside = [
        each
        for each in statements[start + 1 :]
        if not each.startswith(ENDS) and "set_config('app.user_id'" not in each
    ]
    return len(inside)


def test_a_plan_is_read_in_three_queries_a_week_is_small_and_a_logged_set_changes_neither(
    w: World,
) -> None:
    plan = given(w, grown())
    ada, noor = coach_api(w.ada), client_api(w.noor.user)  # type: ignore[arg-type]
    path = f"/v1/plans/{plan.pk}"
    today = noor.ok("GET", "/v1/today")["sessions"][0]

    def log(number: int) -> None:
        body = {
            "session_id": today["id"],
            "exercise_id": "ht_barbell",
            "slot": "A1",
            "set_index": number,
            "reps": 8,
            "weight": 120,
            "rir": 2,
            "performed_at": clock.now().isoformat(),
            "zone": "Europe/London",
        }
        noor.ok("PUT", f"/v1/sets/0192f000-0000-7000-8000-00000000000{number}", body)

    log(0)  # the first set begins the session: that is a change
    before = ada.send("GET", path)
    log(1)
    log(2)
    after = ada.send("GET", path, **{"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 304
    noor.ok("PUT", f"/v1/sessions/{today['id']}", {"state": "done", "at": clock.now().isoformat()})
    whole = ada.ok("GET", path)
    assert len(whole["sessions"]) == 64 and whole["weeks"] == 16
    assert queries(lambda: ada.ok("GET", path)) == 3
    week = noor.send("GET", "/v1/week?days=7")
    assert len(week.content) <= 30_000, len(week.content)


def test_today_and_the_week_are_read_in_few_queries_whatever_happened(
    w: World,
) -> None:
    ada, noor = coach_api(w.ada), client_api(w.noor.user)  # type: ignore[arg-type]
    document = grown()
    own = ada.ok("POST", "/v1/exercises", OWN)["id"]
    row = document["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][5]
    row |= {"exercise": own, "cues": ["Short steps."], "media": [FILM]}
    added = {"cues": ["Lean in."], "media": [FILM]}
    ada.ok("PUT", f"/v1/exercises/{own}/note", added)
    given(w, document)
    # One statement each for the client and all that waits, the revision with the own exercises,
    # the sessions with their sets, the changes, and the reports.
    counted = {"/v1/today": 5, "/v1/week?days=28": 4}

    def count() -> dict[str, int]:
        return {path: queries(partial(noor.ok, "GET", path)) for path in counted}

    assert count() == counted
    for days in (0, 2):
        report = w.says_no_to_the_rest(w.hurts(w.noor, sore_back(4), at=MONDAY + days * DAY))
        w.trains(w.noor, w.session(w.noor).on + days * DAY)
    w.applies(report, "LB-HT.b")
    said = {"text": "How is it?", "performed_at": clock.now().isoformat(), "zone": "Europe/London"}
    ada.ok("PUT", f"/v1/clients/{w.noor.pk}/messages/{new_id()}", said)
    first = noor.ok("GET", "/v1/today")["sessions"][0]["id"]
    noor.ok("PUT", f"/v1/sessions/{first}", {"state": "started", "at": clock.now().isoformat()})
    noor.ok("PUT", f"/v1/sessions/{first}", {"state": "done", "at": clock.now().isoformat()})
    shown = noor.ok("GET", "/v1/today")
    assert len(shown["reports"]) == 2 and shown["reports"][0]["change"]["title"]
    assert len(shown["follow_ups"]) > 1 and shown["changes"] and shown["unread_messages"] == 1
    assert shown["sessions"][0]["state"] == "done"
    place = shown["sessions"][0]["items"][5]["prescription"]
    assert (place["cues"], place["media"]) == (["Short steps."], [FILM])
    assert {name: place["exercise"][name] for name in added} == added
    assert count() == counted


def test_two_coaches_at_once_lose_nothing_that_was_typed(w: World) -> None:
    plan = given(w, program())
    ada, jo = coach_api(w.ada), coach_api(w.jo)
    session = ada.ok("GET", f"/v1/plans/{plan.pk}?week=1")["sessions"][-1]
    path = f"/v1/plans/{plan.pk}/sessions/{session['id']}"
    read = ada.send("GET", path)
    workout = json.loads(read.content)["workout"]
    mine = {"workout": workout | {"name": "Ada's day"}, "scope": "following", "reason": "travel"}
    held = {"If-Match": read.headers["ETag"]}
    assert jo.send("PATCH", path, {"dropped": True}, **held).status_code == 200
    late = ada.send("PATCH", path, mine, **held)
    said = json.loads(late.content)
    assert (late.status_code, said["code"], said["revision"]) == (412, "plan.changed_meanwhile", 2)
    assert said["yours"] == mine and said["theirs"]["dropped"] is True
    again = ada.send("PATCH", path, mine | {"dropped": False}, **{"If-Match": '"2"'})
    assert again.status_code == 200
    history = ada.ok("GET", f"/v1/plans/{plan.pk}/revisions")["items"]
    assert [(each["author"], each["kind"]) for each in history] == [
        ("Ada", "edited"),
        ("Jo", "edited"),
        ("Ada", "assigned"),
    ]
    shown = ada.ok("GET", f"/v1/plans/{plan.pk}/revisions/3?against=1")["difference"]
    assert {each["name"] for each in shown["renamed"]} == {"Ada's day"}
    undone = ada.send("POST", f"/v1/plans/{plan.pk}/revisions", {"to": 1}, **{"If-Match": '"3"'})
    assert json.loads(undone.content)["kind"] == "undone"
    back = ada.ok("GET", f"/v1/plans/{plan.pk}/revisions/4?against=1")["difference"]
    assert back["sessions_changed"] == 0


def test_an_edit_without_a_version_is_not_taken(w: World) -> None:
    plan = given(w, program())
    ada = coach_api(w.ada)
    session = ada.ok("GET", f"/v1/plans/{plan.pk}?week=1")["sessions"][0]
    answer = ada.send("PATCH", f"/v1/plans/{plan.pk}/sessions/{session['id']}", {"dropped": True})
    assert answer.status_code == 428


# A program for many …


def template(w: World, **changes: Any) -> ProgramRevision:
    with acting_as(w.ada.pk):
        return ProgramRevision.objects.filter(program=w.glutes).latest("number")


def test_is_one_job_with_an_outcome_for_each_client(w: World) -> None:
    ada = coach_api(w.ada)
    body = {
        "client_ids": [str(w.noor.pk)],
        "starts_on": str(clock.now().date() + 7 * DAY),
        "weekdays": [0, 2, 4],
    }
    path = f"/v1/programs/{w.glutes.pk}/assignments"
    first = ada.ok("POST", path, body)
    assert (first["total"], first["waiting"], first["clients"][0]["state"]) == (1, 1, "waiting")
    jobs.work(job_id=first["id"], by_id=w.ada.pk)
    jobs.work(job_id=first["id"], by_id=w.ada.pk)  # run twice, done once
    refused = ada.ok("GET", f"/v1/jobs/{first['id']}")
    assert (refused["refused"], refused["clients"][0]["code"]) == (1, "plan.already_running")
    assert "since Mon 13 Apr" in refused["clients"][0]["sentence"]
    second = ada.ok("POST", path, body | {"end_running": True})
    jobs.work(job_id=second["id"], by_id=w.ada.pk)
    done = ada.ok("GET", f"/v1/jobs/{second['id']}")
    assert (done["done"], done["refused"], done["finished_at"] is None) == (1, 0, False)
    assert ada.ok("GET", f"/v1/plans/{done['clients'][0]['plan_id']}")["template_revision"] == 1
    past = ada.send("POST", path, body | {"starts_on": "2020-01-06"})
    assert (past.status_code, json.loads(past.content)["code"]) == (422, "plan.bad_start")
    theirs = ada.send("POST", path, body | {"client_ids": [str(w.sam.pk)]})
    assert theirs.status_code == 404


def test_flows_from_the_template_and_keeps_what_deviates(w: World) -> None:
    ada = coach_api(w.ada)
    given_ = ada.ok(
        "POST",
        f"/v1/programs/{w.glutes.pk}/assignments",
        {
            "client_ids": [str(w.noor.pk)],
            "starts_on": str(clock.now().date()),
            "weekdays": [0, 2, 4],
            "end_running": True,
        },
    )
    jobs.work(job_id=given_["id"], by_id=w.ada.pk)
    plan_id = ada.ok("GET", f"/v1/jobs/{given_['id']}")["clients"][0]["plan_id"]
    ahead = [each for each in ada.ok("GET", f"/v1/plans/{plan_id}")["sessions"] if each["open"]]
    path = f"/v1/plans/{plan_id}/sessions/{ahead[3]['id']}"
    read = ada.ok("GET", path)
    own = read["workout"]
    own["prescriptions"][0]["sets"][0]["load_kg"] = "100"
    assert ada.send("PATCH", path, {"workout": own}, **{"If-Match": '"1"'}).status_code == 200
    with acting_as(w.ada.pk):
        document = template(w).document
        for workout in document["phases"][0]["weeks"][0]["workouts"]:
            workout["prescriptions"][0]["sets"][0]["load_kg"] = "110"
        programs.rewrite(program=w.glutes, raw=document, expected=1, by=w.ada, at=clock.now())
    [shown] = ada.ok("GET", f"/v1/programs/{w.glutes.pk}/flow")["clients"]
    assert (shown["stands_on"], shown["up_to_date"], shown["restrictions"]) == (1, False, [])
    assert [each["session_id"] for each in shown["kept"]] == [ahead[3]["id"]]
    assert shown["difference"]["sessions_changed"] == len(ahead) - 1
    whom = {"revision": 2, "client_ids": [str(w.noor.pk)]}
    flow = ada.ok("POST", f"/v1/programs/{w.glutes.pk}/flow", whom)
    jobs.work(job_id=flow["id"], by_id=w.ada.pk)
    sessions = ada.ok("GET", f"/v1/plans/{plan_id}")["sessions"]
    lines = {each["id"]: each["items"][0]["line"] for each in sessions}
    assert "100 kg" in lines[ahead[3]["id"]] and "110 kg" in lines[ahead[4]["id"]]
    [after] = ada.ok("GET", f"/v1/programs/{w.glutes.pk}/flow")["clients"]
    assert after["up_to_date"] is True


def test_a_workout_on_another_day_moves_in_plans_on_the_template_s_days(w: World) -> None:
    ada, noor = coach_api(w.ada), client_api(w.noor.user)  # type: ignore[arg-type]
    today = clock.now().date()
    with acting_as(w.ada.pk):
        document = template(w).document
        workouts = document["phases"][0]["weeks"][0]["workouts"]
        for workout, day in zip(workouts, ("mon", "wed", "fri"), strict=True):
            workout["day"] = day
        programs.rewrite(program=w.glutes, raw=document, expected=1, by=w.ada, at=clock.now())
        plans.end(client=w.noor, today=today, by=w.ada)
        plan = plans.assign(
            client=w.noor,
            document=document,
            program=w.glutes,
            template=2,
            starts_on=today,
            weekdays=[],
            today=today,
            by=w.ada,
            at=clock.now(),
        )
        workouts[1]["day"] = "thu"
        programs.rewrite(program=w.glutes, raw=document, expected=2, by=w.ada, at=clock.now())
    ada.ok("PUT", f"/v1/clients/{w.noor.pk}/policy", {"moves": "free"})
    before = ada.ok("GET", f"/v1/plans/{plan.pk}")["sessions"]
    wednesdays = [each for each in before if on(each).weekday() == 2]
    mine = wednesdays[2]
    sunday = on(mine) + 4 * DAY
    noor.ok("PUT", f"/v1/sessions/{mine['id']}/date", {"date": str(sunday)})
    [shown] = ada.ok("GET", f"/v1/programs/{w.glutes.pk}/flow")["clients"]
    assert [each["session_id"] for each in shown["kept"]] == [mine["id"]]
    flow = {"revision": 3, "client_ids": [str(w.noor.pk)]}
    job = ada.ok("POST", f"/v1/programs/{w.glutes.pk}/flow", flow)
    jobs.work(job_id=job["id"], by_id=w.ada.pk)
    after = {each["id"]: on(each) for each in ada.ok("GET", f"/v1/plans/{plan.pk}")["sessions"]}
    assert after[mine["id"]] == sunday
    for each in wednesdays[3:]:
        assert after[each["id"]] == on(each) + DAY
    assert {id_: day for id_, day in after.items() if day.weekday() in {0, 4}} == {
        each["id"]: on(each) for each in before if on(each).weekday() in {0, 4}
    }


def on(session: dict[str, Any]) -> dt.date:
    """The day of a session."""
    return dt.date.fromisoformat(session["date"])


@pytest.mark.worker
def test_is_done_by_a_worker_that_was_rung(committed: None, worker: Worker) -> None:
    w = World.opened()
    ada = coach_api(w.ada)
    body = {
        "client_ids": [str(w.noor.pk)],
        "starts_on": str(clock.now().date() + 7 * DAY),
        "weekdays": [0, 2, 4],
        "end_running": True,
    }
    asked = ada.ok("POST", f"/v1/programs/{w.glutes.pk}/assignments", body)
    worker.until(lambda: _finished(ada, asked["id"]))
    assert ada.ok("GET", f"/v1/jobs/{asked['id']}")["done"] == 1


def _finished(ada: Person, job_id: str) -> bool:
    return ada.ok("GET", f"/v1/jobs/{job_id}")["finished_at"] is not None


# What was done of an exercise …


def test_history_and_records_are_worked_out_from_the_log(w: World) -> None:
    w.trains(w.noor, w.session(w.noor).on - 3 * DAY)
    w.trains(w.noor, weight_kg=125)
    noor, ada = client_api(w.noor.user), coach_api(w.ada)  # type: ignore[arg-type]
    own = noor.ok("GET", "/v1/exercises/ht_barbell/history")
    assert [(each["on"], each["best_e1rm_kg"]) for each in own["days"]] == [
        ("2026-05-01", 160.0),
        ("2026-05-04", 166.667),
    ]
    records = {each["kind"]: (each["on"], each["value"]) for each in own["records"]}
    assert records == {
        "heaviest": ("2026-05-04", 125.0),
        "e1rm": ("2026-05-04", 166.667),
        "volume": ("2026-05-04", 3000.0),
    }
    theirs = ada.ok("GET", f"/v1/clients/{w.noor.pk}/exercises/ht_barbell/history?since=2026-05-02")
    assert len(theirs["days"]) == 1 and theirs["records"] == own["records"]
    assert noor.ok("GET", "/v1/records")["items"][0]["exercise"] == "Barbell hip thrust"
    assert noor.send("GET", "/v1/exercises/no_such/history").status_code == 404


def test_own_exercises_are_trained_logged_and_exported_like_any_other(w: World) -> None:
    ada, noor = coach_api(w.ada), client_api(w.noor.user)  # type: ignore[arg-type]
    made = ada.ok("POST", "/v1/exercises", OWN)
    document = json.loads(json.dumps(program()))
    document["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0]["exercise"] = made["id"]
    plan = given(w, document)
    session = noor.ok("GET", "/v1/today")["sessions"][0]
    shown = session["items"][0]["prescription"]["exercise"]
    assert shown["name"] == OWN["name"]
    body = {
        "session_id": session["id"],
        "exercise_id": made["id"],
        "slot": "A1",
        "set_index": 0,
        "reps": 8,
        "weight": 20,
        "performed_at": clock.now().isoformat(),
        "zone": "Europe/London",
    }
    noor.ok("PUT", "/v1/sets/0192f000-0000-7000-8000-000000000001", body)
    unknown = noor.send(
        "PUT", "/v1/sets/0192f000-0000-7000-8000-000000000002", body | {"exercise_id": "no_such"}
    )
    assert json.loads(unknown.content)["code"] == "set.unknown_exercise"
    assert len(noor.ok("GET", f"/v1/exercises/{made['id']}/history")["days"]) == 1
    sheet = ada.send("GET", f"/v1/plans/{plan.pk}/xlsx")
    rows = load_workbook(io.BytesIO(sheet.content)).active.iter_rows(values_only=True)
    assert [row[5] for row in rows][1] == OWN["name"]
