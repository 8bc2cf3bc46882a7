"""People, plans and reports for the pages' tests, made through the actions the product uses."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from clients import models
from clients.actions import check_ins, enrolment, messages, sets, symptoms, training
from clients.actions import plans as plan_actions
from clients.actions.moment import Moment
from clients.domain.facts import Profile
from clients.domain.form import due_questions
from coachapi.accounts import actions as accounts
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from coachapi.ids import new_id

PASSWORD = "a-long-password"  # noqa: S105 - of test people
ZONE = "Europe/London"
LIFTS = (("ht_barbell", 8, 120.0), ("row_chest", 10, 40.0), ("leg_curl", 12, 35.0))
Place = tuple[str, str, int]


def coach(name: str = "Ada Lund", practice: str = "Harbour Strength") -> User:
    """A coach who owns a practice."""
    user = User.objects.create_user(_address(name), PASSWORD, name=name, time_zone=ZONE)
    with acting_as(user.pk):
        accounts.found_practice(name=practice, country="GB", time_zone=ZONE, by=user)
    return user


def cover(by: User, name: str = "Jo Marsh") -> User:
    """A second coach of the same practice."""
    user = User.objects.create_user(_address(name), PASSWORD, name=name, time_zone=ZONE)
    with acting_as(by.pk):
        place = Coach.objects.get(user=by)
        accounts.add_coach(practice_id=place.practice_id, user=user, by=by)
    return user


def client(
    by: User, name: str, *, at: dt.datetime, covered_by: User | None = None
) -> models.Client:
    """A client who has accepted and agreed that the coach sees what they report."""
    with acting_as(by.pk):
        place = Coach.objects.get(user=by)
        made, token = enrolment.invite(
            place=place, name=name, email=_address(name), time_zone=ZONE, by=by, at=at
        )
        if covered_by is not None:
            seat = Coach.objects.get(user=covered_by)
            enrolment.add_cover(client=made, coach=seat, by=by, at=at)
    return enrolment.accept(
        token=token, password=PASSWORD, purposes=["coach_sees"], signed_in=None, at=at
    )


def document(name: str = "Glutes 3×/week", weeks: int = 12) -> dict[str, Any]:
    """A program of three equal days a week."""
    day = {
        "name": "Day",
        "prescriptions": [
            {
                "slot": f"{letter}1",
                "exercise": lift,
                "sets": [
                    {
                        "kind": "work",
                        "count": 3,
                        "reps_min": reps,
                        "reps_max": reps,
                        "load_kg": kg,
                        "rir": 2,
                    }
                ],
            }
            for letter, (lift, reps, kg) in zip("ABC", LIFTS, strict=True)
        ],
    }
    workouts = [day | {"name": f"Day {letter}"} for letter in "ABC"]
    return {
        "name": name,
        "phases": [{"name": "Base", "weeks": [{"repeat": weeks, "workouts": workouts}]}],
    }


def planned(who: models.Client, by: User, *, at: dt.datetime, weeks_ago: int = 0) -> models.Plan:
    """Give the client the program, from a day so many weeks back, trained on that weekday first."""
    starts_on = at.date() - dt.timedelta(weeks=weeks_ago)
    days = [(starts_on.weekday() + each) % 7 for each in (0, 2, 4)]
    with acting_as(by.pk):
        return plan_actions.assign(
            client=_row(who),
            document=document(),
            program=None,
            starts_on=starts_on,
            weekdays=days,
            today=starts_on,
            by=by,
            at=at - dt.timedelta(weeks=weeks_ago),
        )


def trained(who: models.Client, on: dt.date, *, kg: float = 120, done: bool = True) -> uuid.UUID:
    """The session of a day, its first lift logged; returns the session's id."""
    at = dt.datetime.combine(on, dt.time(9, 30), dt.UTC)
    with acting_as(_user(who).pk):
        row = _row(who)
        session = models.Session.objects.get(client=row, on=on)
        for index in range(3):
            body = {
                "session_id": session.pk,
                "exercise_id": "ht_barbell",
                "slot": "A1",
                "set_index": index,
                "kind": "work",
                "reps": 8,
                "weight_kg": kg,
                "weight_entered": kg,
                "weight_unit": "kg",
                "rir": 2,
                "end_reason": "",
                "performed_at": at + dt.timedelta(minutes=5 * index),
                "zone": ZONE,
            }
            sets.log(client=row, set_id=new_id(), body=body, rev=None, received_at=at)
        if done:
            training.finish_session(
                client=row, session_id=session.pk, at=at + dt.timedelta(hours=1)
            )
    return session.pk


def hurts(
    who: models.Client,
    places: Sequence[Place],
    *,
    at: dt.datetime,
    session: uuid.UUID | None = None,
    yes: Sequence[str] = (),
    asked: bool = True,
    **more: Any,
) -> uuid.UUID:
    """A report as a phone sends it; with ``asked`` false the warning questions are unanswered."""
    report_id = new_id()
    said: dict[str, Any] = {
        "performed_at": at.isoformat(),
        "zone": ZONE,
        "kind": "symptom",
        "source": "in_session" if session else "spontaneous",
        "regions": [{"region": r, "side": s, "pain_worst": v} for r, s, v in places],
        "timing": ["during_set"],
        "effect": "eased_load",
        "onset": "today_gradual",
        "exercise": {"exercise": "ht_barbell", "set_index": 2, "kg": 120, "reps": 8, "rir": 2},
    }
    if asked:
        said["red_flags"] = _tiles([(r, s) for r, s, _ in places], at, set(yes))
    if session is not None:
        said["session_id"] = str(session)
    with acting_as(_user(who).pk):
        symptoms.report(
            client=_row(who),
            report_id=report_id,
            said=said | more,
            moment=Moment(at, ZONE, at),
            by=_user(who),
        )
    return report_id


def answers(
    who: models.Client, report_id: uuid.UUID, said: dict[str, Any], source: str, *, at: dt.datetime
) -> None:
    """An answer given later."""
    with acting_as(_user(who).pk):
        symptoms.answer(
            client=_row(who),
            report_id=report_id,
            answer_id=new_id(),
            said=said,
            source=source,
            moment=Moment(at, ZONE, at),
            by=_user(who),
        )


def answers_the_rest(who: models.Client, report_id: uuid.UUID, *, at: dt.datetime) -> None:
    """No to every question left for after the session."""
    with acting_as(_user(who).pk):
        verdict = models.Verdict.objects.filter(report=report_id).order_by("-number")[0]
        left = [*verdict.body["due_now"], *verdict.body["due_after"]]
    if left:
        answers(who, report_id, {"answers": dict.fromkeys(left, "no")}, "after_session", at=at)


def sore_back(who: models.Client, by: User, *, at: dt.datetime) -> uuid.UUID:
    """The main story: low back, 3 of 10 a week ago and 4 of 10 now; returns the report of now."""
    planned(who, by, at=at, weeks_ago=3)
    for weeks, kg in ((3, 105.0), (2, 110.0)):
        trained(who, at.date() - dt.timedelta(weeks=weeks), kg=kg)
    week_ago = at - dt.timedelta(days=7)
    session = trained(who, week_ago.date(), kg=115)
    first = hurts(who, [("back_low", "midline", 3)], at=week_ago, session=session)
    answers_the_rest(who, first, at=week_ago + dt.timedelta(hours=2))
    session = trained(who, at.date())
    now = hurts(who, [("back_low", "midline", 4)], at=at, session=session)
    answers_the_rest(who, now, at=at + dt.timedelta(minutes=1))
    return now


def _tiles(places: Sequence[tuple[str, str]], at: dt.datetime, yes: set[str]) -> dict[str, Any]:
    tiles = due_questions(places, Profile(), at=at, on=at.date()).tiles
    tapped = [tile for tile in tiles if yes & set(tile.questions)]
    asked = [question for tile in tapped for question in tile.questions]
    return {
        "none_of_these": not tapped,
        "tiles_shown": [tile.id for tile in tiles],
        "tiles_tapped": [tile.id for tile in tapped],
        "answers": {question: "yes" if question in yes else "no" for question in asked},
    }


def _row(who: models.Client) -> models.Client:
    return models.Client.objects.select_related("health", "practice", "user").get(pk=who.pk)


def _user(who: models.Client) -> User:
    assert who.user is not None  # accepted
    return who.user


def writes(client: models.Client, text: str, *, at: dt.datetime) -> models.Message:
    """The client writes."""
    assert client.user is not None
    with acting_as(client.user.pk):
        row, _ = messages.write(
            client=client,
            message_id=new_id(),
            text=text,
            about=messages.About(),
            from_coach=False,
            moment=Moment(at, ZONE, at),
            by=client.user,
        )
    return row


def checks_in(client: models.Client, said: dict[str, Any], *, at: dt.datetime) -> None:
    """The client says how ready they are."""
    assert client.user is not None
    with acting_as(client.user.pk):
        check_ins.ready(
            client=client,
            check_in_id=new_id(),
            said=said,
            moment=Moment(at, ZONE, at),
            by=client.user,
        )


def _address(name: str) -> str:
    return f"{name.split()[0].lower()}-{uuid.uuid4().hex[:8]}@test.example"
