"""Two practices with everybody who may, may no longer and may never see Noor, built by actions.

Harbour: Olga owns it and coaches nobody; Ada coaches Noor, Eli and Wes; Jo covers Noor; Max
covered her until now; Dee covered her and was switched off. Wes has taken back his consent that
Ada sees his answers. Quarry is Bo's, who coaches Sam. Each client's name, notes and programs carry
a word of their own (``canary``) that nobody else may ever read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from clients import models
from clients.actions import enrolment
from clients.models import Client
from coachapi import clock
from coachapi.accounts import addresses
from coachapi.accounts.actions import add_coach, found_practice
from coachapi.accounts.models import Absence, Coach, User
from coachapi.door import acting_as
from coachapi.notifications.models import Alert
from programs.actions import programs
from tests.isolation.phone import Person, fresh

ZONE = "Europe/London"
LIFTS = ("ht_barbell", "row_chest")


def canary(name: str) -> str:
    """A word that stands in everything of one person and nowhere else."""
    return f"kanari{name.lower()}"


def document(name: str) -> dict[str, Any]:
    """A program of three days a week for eight weeks."""
    sets = [{"kind": "work", "count": 3, "reps_min": 8, "reps_max": 8, "load_kg": 120, "rir": 2}]
    rows = [{"kind": "work", "count": 3, "reps_min": 10, "reps_max": 12, "rir": 2}]
    lifts = [
        {"slot": "A1", "exercise": LIFTS[0], "sets": sets, "rest_seconds": 120},
        {"slot": "B1", "exercise": LIFTS[1], "sets": rows},
    ]
    days = [{"name": f"Day {day}", "prescriptions": lifts} for day in "ABC"]
    return {
        "name": f"Base {canary(name)}",
        "phases": [{"name": "Base", "weeks": [{"repeat": 8, "workouts": days}]}],
    }


def report_body(person: Person, region: str, side: str = "midline", **more: Any) -> dict[str, Any]:
    """What a phone sends about one place that hurts, moderate, nothing tapped."""
    tiles = person.ok("GET", f"/v1/report-form?region={region}")["tiles"]
    return {
        "performed_at": clock.now().isoformat(),
        "zone": ZONE,
        "regions": [{"region": region, "side": side, "pain_worst": 5}],
        "timing": ["during_set"],
        "effect": "eased_load",
        "red_flags": {"none_of_these": True, "tiles_shown": [each["id"] for each in tiles]},
        "exercise": {"exercise": LIFTS[0], "set_index": 2},
        "source": "in_session",
        **more,
    }


def set_body(session_id: str, **more: Any) -> dict[str, Any]:
    """A set as a phone logs it."""
    return {
        "session_id": session_id,
        "exercise_id": LIFTS[0],
        "slot": "A1",
        "set_index": 0,
        "reps": 8,
        "weight": 120,
        "performed_at": clock.now().isoformat(),
        "zone": ZONE,
        **more,
    }


@dataclass
class Life:
    """A client with a plan, a session begun, a change that runs, and an open report."""

    person: Person
    client: Client
    session: str = ""
    later: str = ""
    later_on: str = ""
    plan: str = ""
    set: str = ""
    set_sent: dict[str, Any] | None = None
    answered: str = ""
    report: str = ""
    report_sent: dict[str, Any] | None = None
    regression: str = ""
    review_on: str = ""
    follow_up: str = ""
    alert: str = ""
    notification: str = ""
    absence: str = ""
    delivery: str = ""
    grant: str = ""
    clip: str = ""
    clip_sent: dict[str, Any] | None = None
    brought: str = ""
    brought_sent: dict[str, Any] | None = None
    device: str = ""
    message: str = ""
    message_sent: dict[str, Any] | None = None
    check_in: str = ""
    check_in_sent: dict[str, Any] | None = None
    option: str = ""
    basis: str = ""

    @property
    def canary(self) -> bytes:
        """The word of this client."""
        return canary(self.person.name.split()[0]).encode()


def coach(name: str, practice: Any = None, *, by: User | None = None) -> Person:
    """A coach: the owner of a new practice, or one whom the owner adds to theirs."""
    user = User.objects.create_user(f"{name.lower()}@coaches.example", name=name, time_zone=ZONE)
    addresses.prove(user)
    with acting_as((by or user).pk):
        if by is None:
            found_practice(name=f"{practice}", country="GB", time_zone=ZONE, by=user)
        else:
            add_coach(practice_id=practice, user=user, by=by)
    return Person.signed_in(user)


def place_of(person: Person) -> Coach:
    """Where somebody coaches."""
    with acting_as(person.id):
        return Coach.objects.get(user=person.user)


def client_of(person: Person, name: str) -> Life:
    """A client who accepts the coach's invitation and agrees to be seen."""
    assert person.user is not None
    place = place_of(person)
    with acting_as(person.id):
        _, token = enrolment.invite(
            place=place,
            name=f"{name} {canary(name)}",
            email=f"{name.lower()}@clients.example",
            time_zone=ZONE,
            by=person.user,
            at=clock.now(),
        )
    client = enrolment.accept(
        token=token,
        password="",
        purposes=["coach_sees", "statistics"],
        signed_in=None,
        at=clock.now(),
    )
    assert client.user is not None
    return Life(Person.signed_in(client.user), client)


def cover(life: Life, lead: Person, other: Person) -> None:
    """Let another coach of the practice be told what the first does not see in time."""
    body = {"coach_id": str(place_of(other).pk)}
    lead.ok("POST", f"/v1/clients/{life.client.pk}/cover", body)


def live(life: Life, lead: Person) -> None:
    """Give the client a plan, a begun session, a running change and one more open report."""
    name = life.person.name.split()[0]
    today = clock.now().date()
    days = sorted({(today + dt.timedelta(days=n)).weekday() for n in (0, 2, 4)})
    body = {"document": document(name), "starts_on": str(today), "weekdays": days}
    life.plan = lead.ok("POST", f"/v1/clients/{life.client.pk}/plan", body)["plan_id"]
    shown = life.person.ok("GET", "/v1/today")
    life.session, life.later = shown["sessions"][0]["id"], shown["coming"][-1]["id"]
    life.later_on = shown["coming"][-1]["date"]
    life.device = fresh()
    life.person.ok("PUT", f"/v1/devices/{life.device}", {"platform": "android", "model": name})
    life.set, life.set_sent = fresh(), set_body(life.session, note=canary(name))
    life.person.ok("PUT", f"/v1/sets/{life.set}", life.set_sent)
    life.answered = fresh()
    said = report_body(life.person, "back_low", session_id=life.session, note=canary(name))
    life.person.ok("PUT", f"/v1/reports/{life.answered}", said)
    option, basis = first_option(lead, life.answered)
    made = lead.ok(
        "POST", f"/v1/inbox/{life.answered}/apply", {"option_id": option, "basis": basis}
    )
    life.regression, life.review_on = made["regression_id"], made["review_on"]
    life.grant = lead.ok("POST", f"/v1/clients/{life.client.pk}/grants", way_back(life))["id"]
    life.report = fresh()
    rows = {"exercise": LIFTS[1], "set_index": 1}
    said = report_body(life.person, "elbow", "left", exercise=rows, note=canary(name))
    life.report_sent = said
    life.person.ok("PUT", f"/v1/reports/{life.report}", life.report_sent)
    life.option, life.basis = first_option(lead, life.report)
    with acting_as(life.person.id):
        due = models.FollowUp.objects.filter(client=life.client, asks="client", report=life.report)
        life.follow_up = str(due.order_by("due_at")[0].pk)
    writes(life)
    with acting_as(lead.id):
        alert = Alert.objects.get(kind="symptom.reported", about_id=life.answered)
        life.alert = str(alert.pk)
        on = clock.now().date() + dt.timedelta(days=300)
        away = Absence.objects.create(user_id=lead.id, first_on=on, last_on=on)
        life.absence = str(away.pk)
    life.notification = life.person.ok("GET", "/v1/notifications")["items"][0]["id"]
    with acting_as(lead.id):
        life.delivery = str(alert.deliveries.get(channel="email").pk)


def way_back(life: Life) -> dict[str, Any]:
    """The way back of the running change, allowed until its review."""
    return {"way": "up", "regression_id": life.regression, "until": life.review_on}


def writes(life: Life) -> None:
    """A message to the coach, and a weekly check of the low back."""
    name = life.person.name.split()[0]
    said = {"performed_at": clock.now().isoformat(), "zone": ZONE}
    life.message, life.message_sent = fresh(), {"text": f"Thanks {canary(name)}", **said}
    life.person.ok("PUT", f"/v1/messages/{life.message}", life.message_sent)
    place = {"region": "back_low", "side": "midline", "answers": [1, 1, 0, 1]}
    life.check_in = fresh()
    life.check_in_sent = {"kind": "weekly", "note": canary(name), **place, **said}
    life.person.ok("PUT", f"/v1/check-ins/{life.check_in}", life.check_in_sent)
    life.brought, life.brought_sent = fresh(), {"text": past(name), "zone": ZONE}
    life.person.ok("PUT", f"/v1/imports/{life.brought}", life.brought_sent)
    life.clip = fresh()
    life.clip_sent = {"exercise_id": LIFTS[0], "note": canary(name), "sha256": "0" * 64}
    life.clip_sent |= {"content_type": "video/mp4", "size_bytes": 1}
    life.person.ok("PUT", f"/v1/media/{life.clip}", life.clip_sent)
    with acting_as(life.person.id):  # as a worker leaves it
        models.Media.objects.filter(pk=life.clip).update(state="ready", clip="a.mp4")


def past(name: str) -> str:
    """A file of another app with one set."""
    names = "title,start_time,exercise_title,exercise_notes,set_index,set_type,weight_kg,reps"
    return f'{names}\nLegs,"22 Dec 2025, 08:00",Squat,{canary(name)},0,normal,60,8\n'


def first_option(lead: Person, report_id: str) -> tuple[str, str]:
    """The first option offered for a report, with the basis it was read on."""
    shown = lead.ok("GET", f"/v1/inbox/{report_id}")
    offered = shown["options"] or shown["more"]
    return offered[0]["option_id"] if offered else "", shown["basis"]


@dataclass
class Cast:
    """Everybody, and what they have."""

    people: dict[str, Person]
    lives: dict[str, Life]
    program: str
    foreign_program: str
    own_exercise: str
    invitation: str
    spare_coach: str
    job: str
    endpoint: str

    @property
    def document(self) -> dict[str, Any]:
        """A program of nobody's."""
        return document("nobody")


def build() -> Cast:
    """Make the two practices; about two seconds."""
    people = {"anonymous": Person("nobody")}
    olga = people["olga"] = coach("Olga", "Harbour")
    bo = people["bo"] = coach("Bo", "Quarry")
    harbour = place_of(olga).practice_id
    for name in ("Ada", "Jo", "Max", "Dee"):
        people[name.lower()] = coach(name, harbour, by=olga.user)
    ada = people["ada"]
    lives = {name: client_of(ada, name.title()) for name in ("noor", "eli", "wes")}
    lives["sam"] = client_of(bo, "Sam")
    for name in ("max", "dee", "jo"):
        cover(lives["noor"], ada, people[name])
    for name, life in lives.items():
        people[name] = life.person
        live(life, bo if name == "sam" else ada)
    people["max"].ok("DELETE", f"/v1/clients/{lives['noor'].client.pk}/cover")
    User.objects.filter(pk=people["dee"].id).update(is_active=False)
    lives["wes"].person.ok("DELETE", "/v1/consents/coach_sees")
    program = program_of(ada, "harbour")
    return Cast(
        people=people,
        lives=lives,
        program=program,
        foreign_program=program_of(bo, "quarry"),
        own_exercise=own_exercise_of(ada, "Sled drag"),
        invitation=invitation_of(ada),
        spare_coach=str(place_of(olga).pk),
        job=job_of(ada, program, lives["noor"]),
        endpoint=endpoint_of(olga),
    )


def program_of(person: Person, name: str) -> str:
    """A template of the coach's practice."""
    assert person.user is not None
    place = place_of(person)
    with acting_as(person.id):
        made = programs.write(place=place, raw=document(name), by=person.user, at=clock.now())
    return str(made.program_id)


def own_exercise_of(person: Person, name: str) -> str:
    """An exercise of the coach's practice that nobody rated, with a cue of its own."""
    made = person.ok("POST", "/v1/exercises", {"name": name, "pattern": "hip_thrust"})
    person.ok("PUT", f"/v1/exercises/{made['id']}/note", {"cues": [f"Lean in {canary(name)}"]})
    return str(made["id"])


def job_of(person: Person, program: str, life: Life) -> str:
    """Work for many clients that is done: one was refused."""
    at = clock.now()
    with acting_as(person.id):
        job = models.Job.objects.create(
            by=person.user,
            kind="assign",
            program_id=program,
            template=1,
            total=1,
            at=at,
            finished_at=at,
        )
        models.JobItem.objects.create(
            job=job, client=life.client, place=0, state="refused", sentence="No.", done_at=at
        )
    return str(job.pk)


def endpoint_of(person: Person) -> str:
    """A webhook of the owner's practice, which hears of what hardly ever happens."""
    body = {"url": "https://hooks.example.org/", "events": ["regression.undone"]}
    return str(person.ok("POST", "/v1/webhooks", body)["id"])


def invitation_of(person: Person) -> str:
    """The token of an invitation that nobody has used."""
    body = {"name": "Una", "email": "una@clients.example", "time_zone": ZONE}
    link = person.ok("POST", "/v1/invitations", body)["link"]
    return str(link.partition("#")[2])
