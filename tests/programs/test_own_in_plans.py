"""A practice's own exercise in a client's plan …"""

from __future__ import annotations

import datetime as dt
from typing import Any

from coachapi import clock
from tests.isolation.cast import Cast, client_of, document, report_body
from tests.isolation.phone import Person, fresh


def given(ada: Person, *, like: str | None) -> tuple[Person, str, str, str, Any]:
    """A new client of Ada's, her plan with an own hip thrust, and the first session she sees."""
    fields = {"name": "Sled thrust", "pattern": "hip_thrust", "like": like}
    own = ada.ok("POST", "/v1/exercises", fields)["id"]
    raw = document("own")
    for day in raw["phases"][0]["weeks"][0]["workouts"]:
        day["prescriptions"] = [
            day["prescriptions"][0] | {"exercise": own},
            day["prescriptions"][1],
        ]
    life = client_of(ada, "Ula")
    today = clock.now().date()
    days = sorted({(today + dt.timedelta(days=ahead)).weekday() for ahead in (0, 2, 4)})
    body = {"document": raw, "starts_on": str(today), "weekdays": days}
    plan = ada.ok("POST", f"/v1/clients/{life.client.pk}/plan", body)["plan_id"]
    week = life.person.ok("GET", f"/v1/week?first={today}")
    return life.person, str(life.client.pk), own, plan, week["sessions"][0]


def set_of(session: Any, own: str) -> dict[str, Any]:
    """A set of it, as the phone sends it."""
    return {
        "session_id": session["id"],
        "slot": "A1",
        "exercise_id": own,
        "set_index": 0,
        "reps": 8,
        "weight": 100,
        "weight_unit": "kg",
        "performed_at": clock.now().isoformat(),
        "zone": "Europe/London",
    }


def test_is_shown_and_logged_on_the_phone(ada: Person, cast: Cast) -> None:
    ula, _, own, _, session = given(ada, like="ht_barbell")
    shown = session["items"][0]["prescription"]
    assert (shown["exercise"]["id"], shown["exercise"]["name"]) == (own, "Sled thrust")
    logged = set_of(session, own)
    ula.ok("PUT", f"/v1/sets/{fresh()}", logged)
    refused = cast.people["sam"].send("PUT", f"/v1/sets/{fresh()}", logged)
    assert refused.status_code in {404, 422}


def test_has_the_name_it_has_now_in_history_records_and_differences(ada: Person) -> None:
    ula, client, own, plan, session = given(ada, like="ht_barbell")
    ula.ok("PUT", f"/v1/sets/{fresh()}", set_of(session, own))
    ada.ok("PUT", f"/v1/exercises/{own}", {"name": "Glute rocket"})
    assert ula.ok("GET", f"/v1/exercises/{own}/history")["exercise"] == "Glute rocket"
    assert ula.ok("GET", "/v1/records")["items"][0]["exercise"] == "Glute rocket"
    page = ada.browser.get(f"/desk/clients/{client}/exercises/{own}/").content.decode()
    assert "Glute rocket" in page
    coming = ada.ok("GET", f"/v1/plans/{plan}")["sessions"][1]["id"]
    path = f"/v1/plans/{plan}/sessions/{coming}"
    workout = ada.ok("GET", path)["workout"]
    workout["prescriptions"][0]["sets"][0]["load_kg"] = 90
    ada.ok("PATCH", path, {"workout": workout}, **{"If-Match": '"1"'})
    [place] = ada.ok("GET", f"/v1/plans/{plan}/revisions/2")["difference"]["places"]
    assert place["was"].startswith("Glute rocket") and place["becomes"].startswith("Glute rocket")
    history = ada.browser.get(f"/desk/clients/{client}/plan/history/").content.decode()
    assert "Glute rocket" in history


def test_that_nobody_rated_is_blocked_while_a_referral_is_open(ada: Person) -> None:
    ula, client, own, _, _ = given(ada, like=None)
    said = report_body(ula, "shoulder_front", "left") | {"effect": "stopped_set"}
    said["regions"][0]["pain_worst"] = 9
    answer = ula.ok("PUT", f"/v1/reports/{fresh()}", said)
    assert answer["level"] == "refer", answer
    today = clock.now().date()
    raw = document("again")
    raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][1]["exercise"] = own
    ada.ok("DELETE", f"/v1/clients/{client}/plan")
    body = {"document": raw, "starts_on": str(today), "weekdays": [0, 2, 4]}
    refused = ada.send("POST", f"/v1/clients/{client}/plan", body)
    assert refused.status_code == 409, refused.content[:400]
    assert own.encode() in refused.content
