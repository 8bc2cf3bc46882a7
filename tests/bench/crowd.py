"""Ada and her clients, made through the actions the product uses, each on a phone of their own.

Only signing in is cut short: passwords are hashed cheaply here and sessions are written directly,
because five hundred slow hashes measure nothing. One client, Noor, signs in as everybody does.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.test import override_settings

from clients.actions import enrolment
from clients.actions import plans as plan_actions
from clients.domain.facts import Profile
from clients.domain.form import due_questions
from clients.models import Client
from coachapi.accounts import actions as accounts
from coachapi.accounts import sessions
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from coachapi.ids import new_id
from tests.bench.load import Ask
from tests.bench.programs import DAYS, program

PASSWORD = "a-long-password"  # noqa: S105 - of the bench's people
ZONE = "Europe/London"
PLACES = (("knee_front", "left"), ("back_low", "midline"), ("shoulder_front", "right"))


@dataclass(frozen=True, slots=True)
class Phone:
    """A client, signed in."""

    client: Client
    user: User
    token: str

    def report(self, number: int, at: dt.datetime) -> tuple[uuid.UUID, Ask]:
        """This client's report of that number, each of another place: its id and the request."""
        report_id = new_id()
        place = PLACES[number % len(PLACES)]
        return report_id, Ask("PUT", f"/v1/reports/{report_id}", self.token, said(place, at))

    def bare(self, at: dt.datetime) -> Ask:
        """The same request to the view that only inserts."""
        address = f"/bench/{self.client.pk}/{new_id()}"
        return Ask("PUT", address, self.token, said(PLACES[0], at))


def coach(at: dt.datetime, name: str = "Ada") -> User:
    """A coach who owns a practice."""
    email = f"{name.lower()}@bench.example"
    ada = User.objects.create_user(email, PASSWORD, name=f"{name} Lund", time_zone=ZONE)
    with acting_as(ada.pk):
        accounts.found_practice(name="Harbour Strength", country="GB", time_zone=ZONE, by=ada)
    return ada


def clients(
    ada: User, number: int, at: dt.datetime, *, named: str = "Client", planned: bool = True
) -> list[Phone]:
    """So many clients of this coach, with a running plan each of 16 weeks, 4 days, 6 lifts."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        return [client(ada, f"{named} {each}", at, planned=planned) for each in range(number)]


def client(ada: User, name: str, at: dt.datetime, *, planned: bool = True) -> Phone:
    """One client: invited, accepted, given the plan, signed in."""
    email = f"{name.lower().replace(' ', '-')}@bench.example"
    with acting_as(ada.pk):
        place = Coach.objects.get(user=ada)
        made, token = enrolment.invite(
            place=place, name=name, email=email, time_zone=ZONE, by=ada, at=at
        )
    who = enrolment.accept(
        token=token, password=PASSWORD, purposes=["coach_sees"], signed_in=None, at=at
    )
    assert who.user is not None  # accepted
    if not planned:
        return Phone(who, who.user, sessions.begin(who.user))
    with acting_as(ada.pk):
        plan_actions.assign(
            client=made,
            document=program(),
            program=None,
            starts_on=at.date(),
            weekdays=[(at.weekday() + day) % 7 for day in DAYS],
            today=at.date(),
            by=ada,
            at=at,
        )
    return Phone(who, who.user, sessions.begin(who.user))


def said(place: tuple[str, str], at: dt.datetime) -> dict[str, Any]:
    """A report as a phone sends it: 6 of 10, the exercise stopped, every warning tile answered."""
    tiles = due_questions([place], Profile(), at=at, on=at.date()).tiles
    return {
        "kind": "symptom",
        "source": "spontaneous",
        "performed_at": at.isoformat(),
        "zone": ZONE,
        "regions": [{"region": place[0], "side": place[1], "pain_worst": 6}],
        "timing": ["during_set"],
        "effect": "stopped_exercise",
        "onset": "today_gradual",
        "exercise": {"exercise": "ht_barbell", "set_index": 2, "kg": 120, "reps": 8, "rir": 2},
        "red_flags": {
            "none_of_these": True,
            "tiles_shown": [tile.id for tile in tiles],
            "tiles_tapped": [],
            "answers": {},
        },
    }
