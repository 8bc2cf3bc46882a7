"""A practice's own exercise in a client's plan …"""

from __future__ import annotations

import datetime as dt
from typing import Any

from coachapi import clock
from tests.isolation.cast import Cast, client_of, document, report_body
from tests.isolation.phone import Person, fresh


def given(ada: Person, *, like: str | None) -> tuple[Person, str, str, Any]:
    """A new client of Ada's whose plan names an own hip thrust; the first session she sees."""
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
    ada.ok("POST", f"/v1/clients/{life.client.pk}/plan", body)
    week = life.person.ok("GET", f"/v1/week?first={today}")
    return life.person, str(life.client.pk), own, week["sessions"][0]


def test_is_shown_and_logged_on_the_phone(ada: Person, cast: Cast) -> None:
    ula, _, own, session = given(ada, like="ht_barbell")
    shown = session["items"][0]["prescription"]
    assert (shown["exercise"]["id"], shown["exercise"]["name"]) == (own, "Sled thrust")
    logged = {
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
    ula.ok("PUT", f"/v1/sets/{fresh()}", logged)
    refused = cast.people["sam"].send("PUT", f"/v1/sets/{fresh()}", logged)
    assert refused.status_code in {404, 422}


def test_that_nobody_rated_is_blocked_while_a_referral_is_open(ada: Person) -> None:
    ula, client, own, _ = given(ada, like=None)
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
