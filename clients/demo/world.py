"""The demo's world: two practices, twelve clients, twelve weeks, told through actions only.

Everything in it lies in the past, so none of its alerts may leave now: a client's whole life is one
transaction, and its last act marks what was due more than an hour ago as accepted at its own time.
Until that transaction commits no worker sees a row, so not one letter about the past is sent. What
is younger than an hour goes out in earnest: it is what the visitor comes to see.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.db.models import F

from clients.actions import enrolment, plans
from clients.demo import programs
from clients.demo.coaching import Story
from clients.demo.lives import LIVES, Part
from clients.demo.people import PASSWORD, PEOPLE, DemoPerson
from clients.domain.moments import local_date
from coachapi.accounts import actions as accounts
from coachapi.accounts import addresses
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from coachapi.notifications.models import Delivery
from coachapi.refusals import Refused
from programs.actions.programs import write

if TYPE_CHECKING:
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
    hashed = make_password(PASSWORD)
    users = {each: _user(each, hashed) for each in PEOPLE}
    for practice in dict.fromkeys(each.practice for each in PEOPLE):
        _practice({each: users[each] for each in PEOPLE if each.practice == practice}, now)


def _practice(people: dict[DemoPerson, User], now: dt.datetime) -> None:
    """A practice with its coaches, its programs and, one after the other, its clients' lives."""
    coaches = {each.role: user for each, user in people.items() if each.role != "client"}
    lead = coaches["owner"]
    with acting_as(lead.pk):
        id_ = accounts.found_practice(
            name=next(iter(people)).practice, country=COUNTRY, time_zone=ZONE, by=lead
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
            client = _joined(person, people[person], part, place, cover, now)
            _live(client, part, written[part.program], lead, now)


def _user(person: DemoPerson, hashed: str) -> User:
    """An account with the password all share: hashing it once spares a second of waiting."""
    user = User.objects.create_user(person.email, None, name=person.name, time_zone=ZONE)
    user.password = hashed
    user.save(update_fields=["password"])
    addresses.prove(user)
    return user


def _joined(
    person: DemoPerson,
    user: User,
    part: Part,
    place: Coach,
    cover: Coach | None,
    now: dt.datetime,
) -> Any:
    """Invited two days before the first Monday, and agreed within the hour."""
    met = _monday(now) - dt.timedelta(days=2)
    client, token = enrolment.invite(
        place=place, name=person.name, email=person.email, time_zone=ZONE, by=place.user, at=met
    )
    client = enrolment.accept(
        token=token,
        password="",
        purposes=["coach_sees", "statistics"],
        signed_in=user,
        at=met + dt.timedelta(hours=1),
    )
    if cover is not None and part.covered:
        at = met + dt.timedelta(hours=2)
        enrolment.add_cover(client=client, coach=cover, by=place.user, at=at)
    return client


def _live(client: Any, part: Part, program: Program, lead: User, now: dt.datetime) -> None:
    """The program from a Monday ten weeks ago on, and then the story."""
    monday, weekday = _monday(now), local_date(now, ZONE).weekday()
    plans.assign(
        client=client,
        document=programs.written_for(part.program, part.kg),
        program=program,
        starts_on=monday.date(),
        weekdays=[(weekday + days) % 7 for days in part.days],
        today=monday.date(),
        by=lead,
        at=monday - dt.timedelta(days=1),
    )
    life = Story(client, lead=lead, now=now, rng=random.Random(f"{SAME_DICE} {client.name}"))
    part.story(life)
    life.lives_to(now)
    _sent_long_ago(client, now)


def _monday(now: dt.datetime) -> dt.datetime:
    """Nine in the morning of the Monday on which everybody began."""
    today = local_date(now, ZONE)
    on = today - dt.timedelta(days=today.weekday()) - BEGAN
    return dt.datetime.combine(on, dt.time(9), dt.UTC)


def _sent_long_ago(client: Any, now: dt.datetime) -> None:
    """What was due more than an hour ago counts as accepted then (see above)."""
    Delivery.objects.filter(
        client_id=client.pk, state="pending", due_at__lt=now - STILL_NEWS
    ).update(state="accepted", accepted_at=F("due_at") + dt.timedelta(seconds=1))
