"""One client's weeks, told in order of time through the same actions that the product offers.

Nothing here sleeps or shifts a clock: every act says when it was (``at=``), counted back from now.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from clients.actions import episodes, follow_ups, sets, symptoms, training
from clients.actions.moment import Moment
from clients.demo import said
from clients.domain.moments import local_date
from clients.queries import plans, waiting
from coachapi.accounts.models import User
from coachapi.ids import new_id
from programs.domain.prescription import Item, Prescription, SetTarget
from programs.domain.prescription_json import items_from_json

TRAINS_AT, ANSWERS_AT = dt.time(17, 30), dt.time(22)
HURTS_AFTER, SESSION_LASTS = dt.timedelta(minutes=25), dt.timedelta(minutes=70)
RECENT = dt.timedelta(days=28)  # sets no older than this bear on loads (domain §6)
SILENT_FOR, CALM_FOR = dt.timedelta(hours=48), dt.timedelta(days=28)  # TR7, E3
NEXT_DAY = ("next_morning", "exposure")


class Life:
    """A client on a plan, as far as it has been told; ``now`` is where the story ends."""

    def __init__(self, client: Any, *, lead: User, now: dt.datetime, rng: random.Random) -> None:
        self.client, self.lead, self.now, self.rng = client, lead, now, rng
        written = plans.standing(client.pk).written.sessions
        self._ahead = sorted(written, key=lambda each: (each.on, each.index))
        self._place, self._mornings, self._silent = ("back_low", "midline"), [(0, 0)], False
        self.at = self._clock(self._ahead[0].on, dt.time(6))
        self.session_id, self.lift = uuid.UUID(int=0), ""
        self.report_id = self.regression_id = uuid.UUID(int=0)

    def trains(self, until: int, *, misses: float = 0.06, **last_set: Any) -> None:
        """Train what the phone shows until so many days ago; ``last_set`` says how it ended."""
        last_day = local_date(self.now, self.client.time_zone) - dt.timedelta(days=until)
        while self._ahead and self._ahead[0].on <= last_day:
            session = self._ahead.pop(0)
            starts = self._clock(session.on, TRAINS_AT)
            last_one = not self._ahead or self._ahead[0].on > last_day
            if starts + SESSION_LASTS > self.now:
                break
            if self.rng.random() < misses and not last_one:
                training.skip_session(client=self.client, session_id=session.id)
                continue
            self._train(session.id, starts, last_set if last_one else {})
        self.lives_to(self._clock(last_day, ANSWERS_AT))
        for calm in waiting.calm_episodes_of(self.client.pk, settled_by=last_day - CALM_FOR):
            episodes.close_if_calm(episode_id=calm.pk, at=self.at)

    def trains_up_to(self, lift: str, *, another: bool = False) -> None:
        """Train on until the session trained last began with this lift; at least one if another."""
        while self.lift != lift or another:
            session, another = self._ahead.pop(0), False
            self._train(session.id, self._clock(session.on, TRAINS_AT), {})

    def trains_now(self, minutes_ago: int, *, ends: bool = False, **last_set: Any) -> None:
        """Start the next session so many minutes ago, and be in it still unless it ``ends``."""
        starts = self.now - dt.timedelta(minutes=minutes_ago)
        self._train(self._ahead.pop(0).id, starts, last_set, ends=ends)

    def skips_until(self, days_ago: int) -> None:
        """Leave the planned sessions out and say nothing."""
        last_day = local_date(self.now, self.client.time_zone) - dt.timedelta(days=days_ago)
        while self._ahead and self._ahead[0].on <= last_day:
            training.skip_session(client=self.client, session_id=self._ahead.pop(0).id)
        self.lives_to(self._clock(last_day, ANSWERS_AT))

    @property
    def days_ago(self) -> int:
        """How many days ago the story has got to."""
        zone = self.client.time_zone
        return (local_date(self.now, zone) - local_date(self.at, zone)).days

    def will_say(self, *answers: tuple[int, int]) -> None:
        """Worst and next morning (0–10) of the next exposures; the last one holds from then on."""
        self._mornings, self._silent = list(answers), False

    def falls_silent(self) -> None:
        """Answer nothing more."""
        self._silent = True

    def reports(
        self, region: str, side: str, value: int, *, minutes_ago: int | None = None, **body: Any
    ) -> None:
        """Say that it hurts: in the session trained last, or so many minutes ago."""
        self._place = (region, side)
        felt = self.started + HURTS_AFTER
        if minutes_ago is not None:
            felt = self.now - dt.timedelta(minutes=minutes_ago)
        self._report(
            said.hurts(
                self._place,
                value,
                at=felt,
                zone=self.client.time_zone,
                lift=self.lift,
                session_id=self.session_id,
                **body,
            ),
            felt,
        )

    def feels_sore(self, region: str, *, minutes_ago: int) -> None:
        """Say that both sides are sore from yesterday's training."""
        sore = {"hours_after": 26, "eases_on_moving": True, "muscle_trained": True}
        self.reports(
            region,
            "bilateral",
            3,
            minutes_ago=minutes_ago,
            kind="soreness",
            effect="none",
            timing=["later_same_day"],
            onset="1-6_d",
            quality=["ache"],
            soreness=sore | {"new_or_more_sets": True},
        )

    def asks(self, note: str, *, minutes_ago: int) -> None:
        """Ask the coach about technique: no pain, nothing changed."""
        when = self.now - dt.timedelta(minutes=minutes_ago)
        body = said.hurts(self._place, 0, at=when, zone=self.client.time_zone, lift=self.lift)
        body |= {"kind": "technique_question", "note": note, "regions": [], "effect": "none"}
        self._report(body, when)

    def answers_questions(self) -> None:
        """Answer no to every question that was left for after the session, half an hour later."""
        verdict = self.told.verdicts.order_by("-number")[0]
        if verdict.body["due_after"]:
            body = said.all_no(verdict.body["due_after"])
            self._answer("after_session", body, self.at + dt.timedelta(minutes=30))

    def lives_to(self, until: dt.datetime) -> None:
        """Let time pass: answer what is asked by then, or let it be told that nobody answered."""
        until = min(until, self.now)
        for asked in waiting.questions_of(self.client.pk, until=until):
            if asked.asks == "client" and asked.kind in NEXT_DAY and not self._silent:
                self._answer_in_the_morning(asked, until)
            else:
                told = asked.due_at + (SILENT_FOR if asked.asks == "client" else dt.timedelta())
                if told <= until:
                    follow_ups.tell_due(client_id=self.client.pk, follow_up_id=asked.pk, at=told)
        self.at = max(self.at, until)

    def _train(
        self, id_: uuid.UUID, starts: dt.datetime, last_set: dict[str, Any], *, ends: bool = True
    ) -> None:
        self.lives_to(starts)
        session = training.open_session(client=self.client, session_id=id_, at=starts)
        self.session_id, self.started, self.at = id_, starts, starts
        shown = [item for item in items_from_json(session.frozen or []) if item.now]
        self.lift = shown[0].written.exercise if shown else ""
        for place, item in enumerate(_worth_logging(shown)):
            assert item.now is not None
            # More sets, or more lifts, would only make the demo slower to fill.
            sets = item.now.work_sets[: 2 if self.now - starts < RECENT else 1]
            for number, target in enumerate(sets):
                done = starts + dt.timedelta(minutes=8 + 14 * place + 4 * number)
                ended = last_set if place == 0 and number == len(sets) - 1 else {}
                self._log(item.now, number, target, done, ended)
        if ends:
            done = starts + SESSION_LASTS
            training.finish_session(client=self.client, session_id=id_, at=done)
            self.at = done

    def _log(
        self,
        lift: Prescription,
        number: int,
        target: SetTarget,
        at: dt.datetime,
        ended: dict[str, Any],
    ) -> None:
        """A set as asked for; now and then one rep short, never better than asked."""
        reps = target.reps_max
        if reps is not None and number and self.rng.random() < 0.15:
            reps -= 1
        body = {
            "session_id": self.session_id,
            "exercise_id": lift.exercise,
            "slot": lift.slot,
            "set_index": number,
            "reps": reps,
            "seconds": target.seconds,
            "weight_kg": target.load_kg,
            "weight_entered": target.load_kg,
            "rir": target.rir,
            "performed_at": at,
            "zone": self.client.time_zone,
        }
        sets.log(client=self.client, set_id=new_id(), body=body | ended, rev=None, received_at=at)

    def _report(self, body: dict[str, Any], at: dt.datetime) -> None:
        self.at = max(self.at, at)
        self.told, _ = symptoms.report(
            client=self.client,
            report_id=new_id(),
            said=body,
            moment=self._moment(at),
            by=self.client.user,
        )
        self.report_id = self.told.pk

    def _answer_in_the_morning(self, asked: Any, until: dt.datetime) -> None:
        at = asked.ask_at + dt.timedelta(minutes=self.rng.randrange(5, 50))
        if at > until:
            return
        worst, morning = self._mornings[0]
        if asked.kind == "next_morning":
            body = said.morning(self._place, morning)
        else:
            body = said.after_exposure(self._place, worst, morning)
            del self._mornings[: len(self._mornings) > 1]
        follow_ups.answer(
            client=self.client,
            follow_up_id=asked.pk,
            answer_id=new_id(),
            said=body,
            moment=self._moment(at),
            by=self.client.user,
        )

    def _answer(self, source: str, body: dict[str, Any], at: dt.datetime) -> None:
        self.at = max(self.at, min(at, self.now))
        symptoms.answer(
            client=self.client,
            report_id=self.report_id,
            answer_id=new_id(),
            said=body,
            source=source,
            moment=self._moment(self.at),
            by=self.client.user,
        )

    def _moment(self, at: dt.datetime) -> Moment:
        return Moment(at, self.client.time_zone, at + dt.timedelta(seconds=2))

    def _clock(self, on: dt.date, at: dt.time) -> dt.datetime:
        return dt.datetime.combine(on, at, ZoneInfo(self.client.time_zone)).astimezone(dt.UTC)


def _worth_logging(shown: list[Item]) -> Iterable[Item]:
    """The main lift, and whatever a change has touched."""
    return [item for place, item in enumerate(shown) if place == 0 or item.because]
