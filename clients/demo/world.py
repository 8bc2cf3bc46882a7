"""The demo's world: two practices, twelve clients, twelve weeks, told through actions only.

Everything in it lies in the past, so none of its alerts may leave now: a client's whole life is one
transaction, and its last act marks what was due more than an hour ago as accepted at its own time.
Until that transaction commits no worker sees a row, so not one letter about the past is sent. What
is younger than an hour goes out in earnest: it is what the visitor comes to see.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.db.models import F

from clients.actions import enrolment, plans
from clients.demo import programs
from clients.demo.coaching import Story
from clients.demo.lives import LIVES, Part
from clients.demo.people import PASSWORD, PEOPLE, DemoPerson
from clients.domain.moments import local_date
from coachapi.accounts import actions as accounts
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from coachapi.notifications.models import Delivery
from coachapi.refusals import Refused
from programs.actions.programs import write
from programs.models import Program

BEGAN = dt.timedelta(weeks=10)
STILL_NEWS = dt.timedelta(hours=1)
SAME_DICE = 20_260_504  # of every seeding, so that two people see the same world
ZONE, COUNTRY = "Europe/London", "GB"


class AlreadyThere(Refused):
    """The people of the demo stand in this database."""

    code = "demo.already_there"
    title = "Not filled"

    def __init__(self) -> None:
        super().__init__("The demo is in this database already. Forget it first: make reset.")


def build(now: dt.datetime) -> None:
    """Fill an empty database with the demo's world as it stands at ``now``."""
    if User.objects.filter(email=PEOPLE[0].email).exists():
        raise AlreadyThere
    for practice in dict.fromkeys(each.practice for each in PEOPLE):
        _practice([each for each in PEOPLE if each.practice == practice], now)


def _practice(people: list[DemoPerson], now: dt.datetime) -> None:
    """A practice with its coaches, its programs and, one after the other, its clients' lives."""
    coaches = {each.role: _user(each) for each in people if each.role != "client"}
    lead = coaches["owner"]
    with acting_as(lead.pk):
        id_ = accounts.found_practice(
            name=people[0].practice, country=COUNTRY, time_zone=ZONE, by=lead
        )
        place = Coach.objects.get(user=lead)
        cover = None
        if "coach" in coaches:
            cover = accounts.add_coach(practice_id=id_, user=coaches["coach"], by=lead)
        parts = {each: LIVES[each.email] for each in people if each.role == "client"}
        began = now - BEGAN - dt.timedelta(days=10)
        written = {
            name: write(place=place, raw=programs.template(name), by=lead, at=began).program
            for name in dict.fromkeys(part.program for part in parts.values())
        }
    for person, part in parts.items():
        with acting_as(lead.pk):
            _live(person, part, place, cover, written[part.program], now)


def _user(person: DemoPerson) -> User:
    return User.objects.create_user(person.email, PASSWORD, name=person.name, time_zone=ZONE)


def _live(
    person: DemoPerson,
    part: Part,
    place: Coach,
    cover: Coach | None,
    program: Program,
    now: dt.datetime,
) -> None:
    """Invite, accept, assign, and then twelve weeks."""
    lead = place.user
    today = local_date(now, ZONE)
    monday = today - dt.timedelta(days=today.weekday()) - BEGAN
    met = dt.datetime.combine(monday - dt.timedelta(days=2), dt.time(9), dt.UTC)
    client, token = enrolment.invite(
        place=place, name=person.name, email=person.email, time_zone=ZONE, by=lead, at=met
    )
    client = enrolment.accept(
        token=token,
        password=PASSWORD,
        purposes=["coach_sees", "statistics"],
        signed_in=None,
        at=met + dt.timedelta(hours=1),
    )
    if cover is not None and part.covered:
        enrolment.add_cover(client=client, coach=cover, by=lead, at=met + dt.timedelta(hours=2))
    plans.assign(
        client=client,
        document=programs.written_for(part.program, part.kg),
        program=program,
        starts_on=monday,
        weekdays=[(today.weekday() + days) % 7 for days in part.days],
        today=monday,
        by=lead,
        at=met + dt.timedelta(hours=3),
    )
    life = Story(client, lead=lead, now=now, rng=random.Random(f"{SAME_DICE} {person.email}"))
    part.story(life)
    life.lives_to(now)
    _sent_long_ago(client, now)


def _sent_long_ago(client: Any, now: dt.datetime) -> None:
    """What was due more than an hour ago counts as accepted then (see above)."""
    Delivery.objects.filter(
        client_id=client.pk, state="pending", due_at__lt=now - STILL_NEWS
    ).update(state="accepted", accepted_at=F("due_at") + dt.timedelta(seconds=1))
