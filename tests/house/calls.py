"""What the calls of the access table send: always something that the right person may send."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from clients.queries import rules
from programs.actions import imports
from tests.isolation.cast import Cast, Life, way_back
from tests.isolation.phone import fresh

ROW = {"slot": "A1", "exercise": "row_chest", "sets": [{"kind": "work", "reps_min": 8}]}


@dataclass(frozen=True)
class Row:
    """One address and method with the status each person gets."""

    method: str
    path: str
    expected: dict[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def ids_of(life: Life, cast: Cast) -> dict[str, str]:
    """What an address names, of this client."""
    return {
        "report_id": life.report,
        "client_id": str(life.client.pk),
        "regression_id": life.regression,
        "session_id": life.later,
        "set_id": life.set,
        "follow_up_id": life.follow_up,
        "alert_id": life.alert,
        "absence_id": life.absence,
        "message_id": life.message,
        "check_in_id": life.check_in,
        "delivery_id": life.delivery,
        "program_id": cast.program,
        "own_exercise_id": cast.own_exercise,
        "plan_id": life.plan,
        "job_id": cast.job,
        "answer_id": fresh(),
        "grant_id": life.grant,
        "import_id": life.brought,
        "media_id": life.clip,
        "clip": "nonsense",
        "option_id": life.option,
        "installation_id": life.device,
        "endpoint_id": cast.endpoint,
        "sign_in_id": fresh(),
    }


def body(row: Row, life: Life, cast: Cast) -> Any:
    """What is sent: always something that the right person may send."""
    basis = {"option_id": life.option, "basis": life.basis}
    today = life.set_sent["performed_at"] if life.set_sent else ""
    later = str(dt.date.fromisoformat(life.review_on) + dt.timedelta(days=7))
    bodies: dict[str, Any] = {
        "POST /v1/programs": cast.document,
        "POST /v1/programs/{program_id}/assignments": {
            "client_ids": [str(life.client.pk)],
            "starts_on": today[:10],
            "weekdays": [0, 2, 4],
        },
        "POST /v1/programs/{program_id}/flow": {
            "client_ids": [str(life.client.pk)],
            "revision": 1,
        },
        "POST /desk/clients/{client_id}/plan/policy/": {"moves": "free"},
        "POST /desk/clients/{client_id}/plan/history/": {"to": "1", "expected": "1"},
        "POST /desk/clients/{client_id}/plan/{session_id}/": {
            "slot": "A1",
            "name": "Day",
            "exercise-A1": "Barbell hip thrust",
            "sets-A1": "3 × 8 · 100 kg · RIR 3",
            "scope": "this",
            "expected": "1",
        },
        "POST /desk/clients/{client_id}/plan/new/": {
            "slot": "A1",
            "name": "Extra",
            "exercise-A1": "Barbell hip thrust",
            "sets-A1": "3 × 8 · 100 kg · RIR 3",
            "date": life.later_on,
            "expected": "1",
        },
        "POST /desk/clients/{client_id}/plan/{session_id}/days/": {
            "other": str(life.later),
            "week": "1",
            "expected": "1",
        },
        "POST /desk/clients/{client_id}/plan/{session_id}/day/": {
            "date": life.later_on,
            "scope": "this",
            "expected": "1",
            "do": "drop",
        },
        "POST /desk/programs/{program_id}/flow/": {
            "clients": [str(life.client.pk)],
            "revision": "1",
        },
        "POST /desk/programs/{program_id}/give/": {
            "clients": [str(life.client.pk)],
            "starts_on": today[:10],
            "weekdays": ["0", "2", "4"],
        },
        "POST /v1/plans/{plan_id}/sessions": {
            "date": life.later_on,
            "workout": {"name": "Extra", "prescriptions": [ROW]},
        },
        "PATCH /v1/plans/{plan_id}/sessions/{session_id}": {"dropped": True},
        "POST /v1/plans/{plan_id}/revisions": {"to": 1},
        "PUT /v1/clients/{client_id}/policy": {"moves": "free"},
        "PUT /v1/sessions/{session_id}/date": {"date": life.later_on},
        "PUT /v1/sessions/{session_id}/swaps/A1": {"exercise_id": None},
        "PUT /v1/programs/{program_id}": cast.document,
        "PATCH /v1/programs/{program_id}": {
            "edits": [{"op": "replace", "at": "/name", "value": "Other"}]
        },
        "PUT /v1/programs/{program_id}/visibility": {"visibility": "private"},
        "POST /v1/exercises": {"name": "Sled push", "pattern": "squat"},
        "PUT /v1/exercises/{own_exercise_id}": {"name": "Sled pull"},
        "PUT /v1/exercises/{own_exercise_id}/note": {"cues": ["Lean in"]},
        "POST /desk/exercises/new/": {
            "name": "Sled push",
            "pattern": "squat",
            "loading": "weight",
            "hands": "0",
        },
        "POST /desk/exercises/{own_exercise_id}/": {"cues": "Lean in"},
        "POST /desk/programs/new/": {"expected": "0", "text": json.dumps(cast.document)},
        "POST /desk/programs/{program_id}/edit/": {
            "expected": "1",
            "text": json.dumps(cast.document),
        },
        "POST /v1/invitations": {
            "name": "Ula",
            "email": "ula@clients.example",
            "time_zone": "Europe/London",
        },
        "POST /v1/invitations/preview": {"token": cast.invitation},
        "POST /v1/invitations/accept": {
            "token": cast.invitation,
            "password": "long-enough-words",
            "consents": ["coach_sees"],
        },
        "PUT /v1/devices/{installation_id}": {"platform": "ios"},
        "PUT /v1/sessions/{session_id}": {"state": "skipped", "at": today},
        "PUT /v1/sets/{set_id}": life.set_sent,
        "PUT /v1/check-ins/{check_in_id}": life.check_in_sent,
        "PUT /v1/messages/{message_id}": life.message_sent,
        "PUT /v1/messages/read": {"up_to": life.message},
        "PUT /v1/clients/{client_id}/messages/{answer_id}": life.message_sent,
        "PUT /v1/clients/{client_id}/messages/read": {"up_to": life.message},
        "POST /desk/clients/{client_id}/messages/": {"message_id": fresh(), "text": "Well done."},
        "PUT /v1/reports/{report_id}": life.report_sent,
        "PUT /v1/imports/{import_id}": life.brought_sent,
        "PUT /v1/media/{media_id}": life.clip_sent,
        "POST /desk/form-checks/{media_id}/": {"seen": ["chin_tuck"], "reply": "Well done."},
        "PUT /v1/reports/{report_id}/answers/{answer_id}": {"answers": {"L4": "no"}},
        "PUT /v1/follow-ups/{follow_up_id}/answers/{answer_id}": {"answers": {"L4": "no"}},
        "POST /v1/inbox/{report_id}/apply": basis,
        "POST /v1/inbox/{report_id}/clearance": {
            "seen_on": today[:10],
            "professional": "doctor",
        },
        "PUT /v1/inbox/{report_id}/answers/{answer_id}": {"answers": {"L4": "no"}},
        "POST /v1/notifications/read": {"up_to": life.notification},
        "POST /v1/regressions/{regression_id}/end": {"outcome": "settled"},
        "POST /v1/regressions/{regression_id}/extend": {"review_on": later},
        "POST /desk/regressions/{regression_id}/extend/": {"review_on": later},
        "POST /v1/clients/{client_id}/cover": {"coach_id": cast.spare_coach},
        "POST /v1/clients/{client_id}/plan": {
            "document": cast.document,
            "starts_on": today[:10],
            "weekdays": [0, 2, 4],
        },
        "POST /v1/clients/{client_id}/grants": way_back(life),
        "PUT /v1/grants/{grant_id}/uses/{answer_id}": {
            "performed_at": today,
            "zone": "Europe/London",
        },
        "POST /desk/clients/{client_id}/allowed/": {
            "regression": life.regression,
            "until": life.review_on,
        },
        "POST /desk/reports/{report_id}/apply/": {"option": life.option, "basis": life.basis},
        "POST /desk/reports/{report_id}/clearance/": {
            "seen_on": today[:10],
            "professional": "doctor",
        },
        "POST /desk/regressions/{regression_id}/end/": {"outcome": "settled"},
        "POST /desk/clients/invite/": {
            "name": "Ula",
            "email": "ula@clients.example",
            "time_zone": "Europe/London",
        },
        "POST /desk/clients/{client_id}/assign/": {
            "program": cast.program,
            "starts_on": today[:10],
            "weekdays": ["0", "2", "4"],
        },
        "PUT /v1/rule-books/protocols": {"text": rules.shipped_text("protocols")},
        "PUT /v1/rule-books/settings": {"text": rules.shipped_text("settings")},
        "POST /desk/rules/protocols/": {"text": rules.shipped_text("protocols"), "expected": "0"},
        "POST /desk/rules/settings/": {"text": rules.shipped_text("settings"), "expected": "0"},
        "PUT /v1/clients/{client_id}/technique/ht_barbell": {
            "answers": dict.fromkeys(
                ("gaze_forward", "chin_tuck", "ribs_down", "torso_level", "slight_ppt"), True
            )
        },
        "POST /desk/clients/{client_id}/technique/": {"exercise": "ht_barbell"},
        "POST /v1/webhooks": {
            "url": "https://hooks.example.org/x",
            "events": ["symptom.reported"],
        },
        "POST /desk/settings/webhooks/": {
            "url": "https://hooks.example.org/x",
            "events": ["symptom.reported"],
        },
        "POST /desk/settings/devices/": {
            "endpoint": "https://push.example.org/send/1",
            "p256dh": "B" + "A" * 86,
            "auth": "A" * 22,
        },
        "PUT /v1/emergency-contact": {"email": "mum@clients.example"},
        "POST /v1/absences": {"first_on": "2099-05-01", "last_on": "2099-05-08"},
        "PUT /v1/rota": {"coach_ids": [cast.spare_coach]},
        "PUT /v1/alert-preferences": {
            "quiet_from": None,
            "quiet_to": None,
            "passes": "refer",
            "monitor_to_digest": True,
            "digest_hour": 7,
            "channels": {"reports": ["email"]},
        },
        "POST /desk/settings/alerts/": {
            "passes": "refer",
            "monitor": "now",
            "digest_hour": "7",
            "reports": ["push"],
        },
        "POST /desk/settings/away/": {"first_on": "2099-01-01", "last_on": "2099-01-02"},
        "POST /desk/settings/rota/": {"up": cast.spare_coach},
        "POST /desk/settings/": {"theme": "auto", "time_zone": "Europe/London"},
    }
    return bodies.get(str(row), {} if row.method != "GET" else None)


def ask(row: Row, column: str, cast: Cast, ids: dict[str, str] | None = None) -> HttpResponse:
    """The call of one cell."""
    person = cast.people["ada" if column == "wes" else column]
    life = cast.lives["wes" if column == "wes" else "noor"]
    path, sent = row.path.format(**(ids or ids_of(life, cast))), body(row, life, cast)
    if row.method == "POST" and path.endswith(("/program-imports", "/programs/import/")):
        sheet = SimpleUploadedFile("program.csv", imports.sample())
        return person.upload(path, {"file": sheet})
    if row.path.startswith("/v1/"):
        seen = '"0"' if "rule-books/" in row.path else '"1"'
        versioned = row.method in ("PUT", "PATCH") or "/plans/" in row.path
        headers = {"If-Match": seen} if versioned else {}
        return person.send(row.method, path, sent, **headers)
    call = getattr(person.browser, row.method.lower())
    answer: HttpResponse = call(path) if sent is None else call(path, sent)
    return answer
