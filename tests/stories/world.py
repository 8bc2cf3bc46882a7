"""What every story begins with: a coach, a cover coach, a client with a plan, and a clock."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from tests.stories.people import ZONE, Answer, Person, Say, instant, new_id

PASSWORD = "coach-and-client"  # noqa: S105 - of demo people
ADA = ("Ada Lund", "ada@demo.example")
JO = ("Jo Marsh", "jo@demo.example")
THRUST_KG = 120


@dataclass
class World:
    """A running server, its two coaches, and a way to let time pass."""

    base: str
    say: Say
    ada: Person
    jo: Person

    @classmethod
    def open(cls, base: str, say: Say, headers: Mapping[str, str] | None = None) -> Self:
        """Sign both coaches in."""
        sent = headers or {}
        ada = Person.sign_in(base, *ADA, PASSWORD, sent)
        return cls(base, say, ada, Person.sign_in(base, *JO, PASSWORD, sent))

    def now(self) -> dt.datetime:
        """The server's time, which the demo's clock may have moved."""
        said = self.ada.get("/demo/clock")
        return dt.datetime.fromisoformat(said["now"])

    def pass_time(self, **ahead: float) -> dt.datetime:
        """Move the demo's clock forward."""
        minutes = dt.timedelta(**ahead) / dt.timedelta(minutes=1)
        self.ada.post("/demo/clock", {"minutes": minutes}).ok()
        return self.now()


@dataclass
class Client:
    """A client of Ada's, on the phone."""

    world: World
    phone: Person
    id: str

    @classmethod
    def join(cls, world: World, name: str, *, covered: bool = True) -> Client:
        """Ada invites; the client reads who will see what, consents, and signs in."""
        email = f"{name.split()[0].lower()}-{secrets.token_hex(4)}@demo.example"
        invited = world.ada.post(
            "/v1/invitations", {"name": name, "email": email, "time_zone": ZONE}
        ).ok()
        token = invited["link"].partition("#")[2]
        stranger = Person(world.base, name, headers=world.ada.headers)
        offer = stranger.post("/v1/invitations/preview", {"token": token}).ok()
        world.say(f"{name} reads: {offer['consents']['coach_sees']}")
        accepted = {
            "token": token,
            "password": "a-long-password",
            "consents": ["coach_sees", "statistics"],
        }
        stranger.post("/v1/invitations/accept", accepted).ok(201)
        phone = Person.sign_in(world.base, name, email, "a-long-password", world.ada.headers)
        if covered:
            jo = world.jo.get("/v1/me")["coaches_in"][0]["coach_id"]
            world.ada.post(f"/v1/clients/{invited['client_id']}/cover", {"coach_id": jo}).ok()
        return cls(world, phone, invited["client_id"])

    def given(self, document: dict[str, Any], weekdays: Sequence[int], starts_on: dt.date) -> None:
        """Ada assigns a program."""
        body = {
            "document": document,
            "starts_on": starts_on.isoformat(),
            "weekdays": list(weekdays),
        }
        made = self.world.ada.post(f"/v1/clients/{self.id}/plan", body).ok(201)
        self.world.say(f"Ada assigns “{made['name']}”: {made['sessions']} sessions.")

    def today(self) -> dict[str, Any]:
        """What the phone shows."""
        shown: dict[str, Any] = self.phone.get("/v1/today")
        return shown

    def train(
        self, session: dict[str, Any], *, sets: int = 3, kg: float | None = None, at: dt.datetime
    ) -> None:
        """Log the first exercise of a session as it stands, and finish."""
        item = next(each for each in session["items"] if each["prescription"])
        target = item["prescription"]["sets"][0]
        for index in range(sets):
            body = {
                "session_id": session["id"],
                "exercise_id": item["prescription"]["exercise"]["id"],
                "slot": item["slot"],
                "set_index": index,
                "reps": target["reps_min"] or 8,
                "weight": kg if kg is not None else target["weight_kg"],
                "rir": target["rir"],
                "performed_at": instant(at),
                "zone": ZONE,
                "prescription_hash": item["hash"],
            }
            self.phone.put(f"/v1/sets/{new_id()}", body).ok()
        self.phone.put(f"/v1/sessions/{session['id']}", {"state": "done", "at": instant(at)}).ok()

    def hurts(
        self,
        places: Sequence[tuple[str, str, int]],
        *,
        at: dt.datetime,
        session: str | None = None,
        exercise: str | None = "ht_barbell",
        effect: str = "eased_load",
        yes: Sequence[str] = (),
        report_id: str | None = None,
    ) -> dict[str, Any]:
        """Report in five taps: where, how strong, when, what changed, the warnings."""
        query = "&".join(f"region={region}" for region, _, _ in places)
        form = self.phone.get(f"/v1/report-form?{query}")
        tiles = [tile["id"] for tile in form["tiles"]]
        tapped = [
            tile["id"]
            for tile in form["tiles"]
            if any(question["id"] in yes for question in tile["questions"])
        ]
        answers = {
            question["id"]: "yes" if question["id"] in yes else "no"
            for tile in form["tiles"]
            if tile["id"] in tapped
            for question in tile["questions"]
        }
        body = {
            "kind": "symptom",
            "source": "in_session" if session else "spontaneous",
            "performed_at": instant(at),
            "zone": ZONE,
            "regions": [
                {"region": region, "side": side, "pain_worst": worst}
                for region, side, worst in places
            ],
            "timing": ["during_set"],
            "effect": effect,
            "red_flags": {
                "tiles_shown": tiles,
                "tiles_tapped": tapped,
                "answers": answers,
                "none_of_these": True,  # of the tiles not tapped
            },
            "session_id": session,
            "exercise": {"exercise": exercise, "set_index": 2} if exercise else None,
        }
        sent: dict[str, Any] = self.phone.put(f"/v1/reports/{report_id or new_id()}", body).ok()
        return sent

    def answers_the_rest(self, report: dict[str, Any], *, at: dt.datetime) -> dict[str, Any]:
        """The second screen, after the session: every question left, each a no."""
        if not report["questions_later"]:
            return report
        body = {
            "performed_at": instant(at),
            "zone": ZONE,
            "answers": dict.fromkeys(report["questions_later"], "no"),
        }
        said = self.phone.put(f"/v1/reports/{report['id']}/answers/{new_id()}", body).ok()
        answered: dict[str, Any] = said["report"]
        return answered

    def answers_due(self, value: int, *, at: dt.datetime) -> int:
        """Answer every question that is due with the same low value; returns how many."""
        due = self.today()["follow_ups"]
        for each in due:
            places = [
                {
                    "region": place["region"],
                    "side": place["side"],
                    "pain_worst": value,
                    "pain_next_morning": value,
                    "morning_feel": "same",
                }
                for place in each["places"]
            ]
            body = {
                "performed_at": instant(at),
                "zone": ZONE,
                "regions": places,
                "answers": dict.fromkeys(each["questions"], "no"),
            }
            self.phone.put(f"/v1/follow-ups/{each['id']}/answers/{new_id()}", body).ok()
        return len(due)


def applied(world: World, report_id: str, option_id: str) -> Answer:
    """Ada reads the report and applies one of its options, as one click would."""
    shown = world.ada.get(f"/v1/inbox/{report_id}")
    body = {"option_id": option_id, "basis": shown["basis"]}
    return world.ada.post(f"/v1/inbox/{report_id}/apply", body)


def program(name: str, days: Sequence[Sequence[tuple[str, int, float | None]]]) -> dict[str, Any]:
    """A 16-week program: for each day the exercises with reps and kg, three sets each, RIR 2."""
    workouts = [
        {
            "name": f"Day {letter}",
            "prescriptions": [
                {
                    "slot": f"{letter}{place}",
                    "exercise": exercise,
                    "rest_seconds": 120,
                    "sets": [_sets(reps, kg)],
                }
                for place, (exercise, reps, kg) in enumerate(lifts, start=1)
            ],
        }
        for letter, lifts in zip("ABCDEFG", days, strict=False)
    ]
    return {
        "name": name,
        "phases": [{"name": "Base", "weeks": [{"repeat": 16, "workouts": workouts}]}],
    }


def _sets(reps: int, kg: float | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "kind": "work",
        "count": 3,
        "reps_min": reps,
        "reps_max": reps,
        "rir": 2,
    }
    return made if kg is None else {**made, "load_kg": kg}


GLUTES = program(
    "Glutes 3×/week",
    [[("ht_barbell", 8, THRUST_KG), ("row_chest", 10, None)] for _ in range(3)],
)
