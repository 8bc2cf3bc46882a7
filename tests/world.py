"""The cast of the action tests, and what happens to them.

Ada coaches Noor, and Jo covers for her; Bo coaches Sam; nobody sees across. It is Monday noon,
4 May 2026, for ever: every helper says when it is, nothing asks a clock.

    w = World.opened()
    w.trains(w.noor)                                    # today's session, three hip thrusts
    report = w.hurts(w.noor, sore_back(4))              # what the phone sends
    w.says_no_to_the_rest(report)                       # the questions after the session
    change = w.applies(report, "LB-HT.b")               # Ada chooses the American hip thrust

Everything goes through the product's own actions, signed in as the person who does it, so that
row-level security judges the tests as it judges people. Works under ``db`` and ``committed``.
Every text of a practice carries its ``CANARY``: a word that nobody outside may ever read.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from clients import models
from clients.actions import enrolment, follow_ups, plans, regressions, sets, symptoms, training
from clients.actions.moment import Moment
from clients.queries import options, people
from coachapi.accounts.actions import add_coach, found_practice
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_as
from coachapi.ids import new_id
from programs.actions import programs
from programs.models import Program
from tests.bodies import MONDAY, TODAY, Body, sore_back
from tests.isolation.phone import Person

ZONE = "Europe/London"
CANARY = {"Harbour": "kanariharbour", "Quist": "kanariquist"}

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def client_api(user: User) -> Person:
    """The user's phone, signed in with a real token: ``phone.ok("GET", "/v1/today")``."""
    return Person.signed_in(user)


coach_api = client_api  # one API, one kind of token; the name says who is meant


@dataclass
class World:
    """Everybody, and the verbs. Each verb opens the door as the person who acts."""

    ada: User
    jo: User
    bo: User
    noor: models.Client
    sam: models.Client
    glutes: Program

    @classmethod
    def opened(cls) -> World:
        """Two practices; Noor and Sam each three weeks into twelve of "Glutes 3×/week"."""
        ada, jo, bo = (_coach(name) for name in ("Ada", "Jo", "Bo"))
        harbour, quist = _practice("Harbour", ada), _practice("Quist", bo)
        with acting_as(ada.pk):
            cover = add_coach(practice_id=harbour.practice_id, user=jo, by=ada)
            glutes = programs.write(place=harbour, raw=_document("Harbour"), by=ada, at=MONDAY)
        noor, sam = _client("Noor", harbour, ada), _client("Sam", quist, bo)
        with acting_as(ada.pk):
            enrolment.add_cover(client=noor, coach=cover, by=ada, at=MONDAY - 30 * DAY)
        world = cls(ada, jo, bo, noor, sam, glutes.program)
        world.assigned(noor, by=ada, practice="Harbour")
        world.assigned(sam, by=bo, practice="Quist")
        return world

    def assigned(self, who: models.Client, *, by: User, practice: str) -> models.Plan:
        """The program from Monday three weeks ago: Monday, Wednesday, Friday."""
        starts_on = TODAY - 21 * DAY
        with acting_as(by.pk):
            return plans.assign(
                client=who,
                document=_document(practice),
                program=None,
                starts_on=starts_on,
                weekdays=[0, 2, 4],
                today=starts_on,
                by=by,
                at=MONDAY - 21 * DAY,
            )

    def session(self, who: models.Client, on: dt.date = TODAY) -> models.Session:
        """The client's session of a day; today's unless another is asked for."""
        with acting_as(_user(who).pk):
            return models.Session.objects.get(client=who, on=on)

    def logged(
        self,
        who: models.Client,
        *,
        on: dt.date = TODAY,
        set_id: uuid.UUID | None = None,
        rev: int | None = None,
        **more: Any,
    ) -> tuple[models.SetLog, bool]:
        """One hip thrust, 120 kg × 8 at RIR 2; ``more`` replaces what was done."""
        at = _at_noon(on)
        body = {
            "session_id": self.session(who, on).pk,
            "exercise_id": "ht_barbell",
            "slot": "A1",
            "set_index": 0,
            "reps": 8,
            "weight_kg": 120,
            "rir": 2,
            "performed_at": at,
            "zone": ZONE,
        }
        with acting_as(_user(who).pk):
            return sets.log(
                client=who, set_id=set_id or new_id(), body=body | more, rev=rev, received_at=at
            )

    def trains(self, who: models.Client, on: dt.date = TODAY, **more: Any) -> models.Session:
        """A whole session: three sets of the first lift, then finished."""
        for index in range(3):
            self.logged(who, on=on, set_index=index, **more)
        with acting_as(_user(who).pk):
            return training.finish_session(
                client=who, session_id=self.session(who, on).pk, at=_at_noon(on) + HOUR
            )

    def aches(self, who: models.Client) -> models.SymptomReport:
        """Low back, 4 of 10 in today's hip thrusts, 3 of 10 ten days before; all answered."""
        self.trains(who, TODAY - 10 * DAY)
        self.says_no_to_the_rest(self.hurts(who, sore_back(3), at=MONDAY - 10 * DAY))
        self.trains(who)
        return self.says_no_to_the_rest(self.hurts(who, sore_back(4)))

    def hurts(
        self,
        who: models.Client,
        body: Body,
        *,
        at: dt.datetime = MONDAY,
        report_id: uuid.UUID | None = None,
    ) -> models.SymptomReport:
        """The report as it stands after it was sent and judged."""
        with acting_as(_user(who).pk):
            sent: dict[str, Any] = {"said": body, "moment": Moment(at, ZONE, at), "by": _user(who)}
            row, _ = symptoms.report(client=who, report_id=report_id or new_id(), **sent)
            return _as_it_stands(row.pk)

    def says_more(
        self,
        report: models.SymptomReport,
        said: Body,
        *,
        source: str = "after_session",
        at: dt.datetime | None = None,
        answer_id: uuid.UUID | None = None,
    ) -> models.SymptomReport:
        """An answer about a report; the report as it stands afterwards."""
        who = report.client
        when = at or report.performed_at + 30 * MINUTE
        with acting_as(_user(who).pk):
            symptoms.answer(
                client=who,
                report_id=report.pk,
                answer_id=answer_id or new_id(),
                said=said,
                source=source,
                moment=Moment(when, ZONE, when),
                by=_user(who),
            )
            return _as_it_stands(report.pk)

    def says_no_to_the_rest(self, report: models.SymptomReport) -> models.SymptomReport:
        """No to every question left for after the session."""
        left = self.verdict(report).body["due_after"]
        return self.says_more(report, {"answers": dict.fromkeys(left, "no")}) if left else report

    def after_exposure(
        self, change: models.Regression, on: dt.date, worst: int, morning: int
    ) -> None:
        """Train under the change on a day, and answer for it the next morning at nine."""
        who = change.client
        self.trains(who, on)
        place = change.report.said["regions"][0]
        felt = {key: place[key] for key in ("region", "side")}
        at = _at_noon(on) + 21 * HOUR
        with acting_as(_user(who).pk):
            asked = models.FollowUp.objects.get(regression=change, session__on=on)
            follow_ups.answer(
                client=who,
                follow_up_id=asked.pk,
                answer_id=new_id(),
                said={"regions": [felt | {"pain_worst": worst, "pain_next_morning": morning}]},
                moment=Moment(at, ZONE, at),
                by=_user(who),
            )

    def verdict(self, report: models.SymptomReport) -> models.Verdict:
        """The latest verdict on a report."""
        with acting_as(_user(report.client).pk):
            return models.Verdict.objects.filter(report=report).order_by("-number")[0]

    def choice(
        self, report: models.SymptomReport, *, at: dt.datetime | None = None
    ) -> options.Choice:
        """What the lead coach is offered for a report."""
        lead = self.lead_of(report.client)
        with acting_as(lead.pk):
            client = people.coached_client(lead, report.client_id)
            row = models.SymptomReport.objects.get(pk=report.pk)
            return options.choice(row, client=client, at=at or report.performed_at + HOUR)

    def applies(
        self,
        report: models.SymptomReport,
        option_id: str,
        *,
        basis: str | None = None,
        at: dt.datetime | None = None,
    ) -> models.Regression:
        """The lead coach applies an option an hour later, from the page as it stands then."""
        when = at or report.performed_at + HOUR
        lead = self.lead_of(report.client)
        known = basis or self.choice(report, at=when).basis
        with acting_as(lead.pk):
            made = regressions.apply(
                client=people.coached_client(lead, report.client_id),
                report_id=report.pk,
                option_id=option_id,
                basis=known,
                by=lead,
                at=when,
            )
            return models.Regression.objects.select_related("client__user", "report").get(
                pk=made.pk
            )

    def lead_of(self, who: models.Client) -> User:
        """Ada for Noor, Bo for Sam."""
        return self.ada if who.pk == self.noor.pk else self.bo

    def acts(self, who: models.Client, by: User | None = None) -> dict[str, Any]:
        """The arguments every act of a coach shares, two hours past noon."""
        return {"client": who, "by": by or self.lead_of(who), "at": MONDAY + 2 * HOUR}


def _coach(name: str) -> User:
    # Without a password: signing in is tested elsewhere, and hashing one takes a tenth of a second.
    return User.objects.create_user(f"{name.lower()}@test.example", None, name=name, time_zone=ZONE)


def _practice(name: str, by: User) -> Coach:
    with acting_as(by.pk):
        found_practice(name=f"{name} {CANARY[name]}", country="GB", time_zone=ZONE, by=by)
        return Coach.objects.get(user=by)


def _client(name: str, place: Coach, by: User) -> models.Client:
    """Invited, signed in, agreed that the coach sees what they report and that it is counted."""
    practice = "Harbour" if by.name == "Ada" else "Quist"
    met = MONDAY - 30 * DAY
    email = f"{name.lower()}@test.example"
    user = User.objects.create_user(email, None, name=f"{name} {CANARY[practice]}", time_zone=ZONE)
    with acting_as(by.pk):
        _, token = enrolment.invite(
            place=place, name=user.name, email=email, time_zone=ZONE, by=by, at=met
        )
    purposes = ["coach_sees", "statistics"]
    enrolment.accept(token=token, password="", purposes=purposes, signed_in=user, at=met)
    with acting_as(user.pk):
        return people.own_client(user)


def _as_it_stands(id_: uuid.UUID) -> models.SymptomReport:
    return models.SymptomReport.objects.select_related("client__user", "client__health").get(pk=id_)


def _user(who: models.Client) -> User:
    assert who.user is not None
    return who.user


def _at_noon(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(12), dt.UTC)


def _document(practice: str) -> Body:
    """Hip thrust and row, three days a week, twelve weeks."""

    def lift(slot: str, exercise: str, kg: int) -> Body:
        work = {"kind": "work", "count": 3, "reps_min": 8, "reps_max": 8, "load_kg": kg, "rir": 2}
        note = f"slow and level {CANARY[practice]}"
        return {"slot": slot, "exercise": exercise, "sets": [work], "note": note}

    lifts = [lift("A1", "ht_barbell", 120), lift("B1", "row_chest", 40)]
    days = [{"name": f"Day {day} {CANARY[practice]}", "prescriptions": lifts} for day in "ABC"]
    week = {"repeat": 12, "workouts": days}
    name = f"Glutes 3×/week {CANARY[practice]}"
    return {"name": name, "phases": [{"name": "Base", "weeks": [week]}]}
