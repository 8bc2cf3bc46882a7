"""The coach of the simulated practice: what interrupts them, when they look, what they click.

Reports run through the real rules (`triage.decide`) and the real telling (`telling.decide`,
`telling.again`, `turns.turn`); rows, clock and channels are lists and numbers here. The coach looks
at the desk three times a day, and within three quarters of an hour when awake and interrupted.
"""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from clients.domain import telling, triage
from clients.domain.bands import Settings
from clients.domain.facts import ActiveRegression, Clearance, EpisodeFact, History, SessionFact
from clients.domain.levels import Level, Priority
from clients.domain.reader import URGENT, Reader, weight_of
from clients.domain.report import Report, Site
from clients.domain.turns import LAST_STEP, turn
from clients.domain.verdict import Verdict
from tests.simulation.practice import HEALTHY, START, ZONE, Life
from tests.simulation.rows import Alert, Client, Episode, Interruption

ADA, JO = Reader(UUID(int=1), "lead", ZONE), Reader(UUID(int=2), "cover", ZONE)
LOOKS = ((7, 30), (12, 30), (18, 30))
AWAKE = (dt.time(6, 30), dt.time(22, 30))
CALM = dt.timedelta(days=28)


class Desk:
    """The whole run. ``coalesce`` off: every loud report interrupts, no threads and no caps."""

    def __init__(self, lives: list[Life], *, weeks: int, borders: Settings, coalesce: bool) -> None:
        self.clients = [Client(life) for life in lives]
        self.weeks, self.borders, self.coalesce = weeks, borders, coalesce
        self.dice = random.Random(weeks)  # noqa: S311 - a simulation
        self.fired: list[Interruption] = []
        self.for_cover = 0
        self.reminders = 0  # of an emergency or urgent report that nobody has taken on
        self.digest: list[dt.date] = []
        self.flags: list[tuple[dt.datetime, dt.datetime]] = []
        self.reports = 0
        self._events: list[tuple[dt.datetime, int, Callable[[], None]]] = []
        self._order = count()

    def run(self) -> Desk:
        """Twelve weeks, or however many; returns itself."""
        for client in self.clients:
            for day, at in list(client.life.sessions(self.weeks)):
                self._at(at, lambda c=client, d=day, t=at: self._session(c, d, t))  # type: ignore[misc]
        for day in range(7 * self.weeks + 2):
            for hour, minute in LOOKS:
                at = START + dt.timedelta(days=day, hours=hour, minutes=minute)
                self._at(at, lambda t=at: self._look(t))  # type: ignore[misc]
        while self._events:
            _, _, event = heapq.heappop(self._events)
            event()
        return self

    def _at(self, at: dt.datetime, event: Callable[[], None]) -> None:
        heapq.heappush(self._events, (at.astimezone(dt.UTC), next(self._order), event))

    # What clients do.

    def _session(self, client: Client, day: int, at: dt.datetime) -> None:
        session = SessionFact(UUID(int=client.life.number * 10_000 + 5_000 + day), at, at.date())
        client.sessions.append(session)
        report = client.life.says(day, at + dt.timedelta(minutes=30))
        worst = {site.place: site.worst or 0 for site in report.sites} if report else {}
        for episode in client.episodes:
            self._calms(episode, worst.get(episode.place, 0), at)
        if report is None:
            return
        self.reports += 1
        self._judge(client, report, report.performed_at)
        morning = client.life.next_morning(report)
        if morning is not None:
            later = START + dt.timedelta(days=day + 1, hours=8, minutes=client.life.number % 60)
            self._at(later, lambda: self._answer(client, report, morning, later))

    def _calms(self, episode: Episode, value: int, at: dt.datetime) -> None:
        if value >= 3:
            episode.calm, episode.settled = 0, None
            return
        episode.calm += 1
        if episode.calm >= 2 and episode.settled is None:
            episode.settled = at
        if episode.settled is not None and at - episode.settled >= CALM:
            episode.resolved = True

    def _answer(self, client: Client, first: Report, said: Site, at: dt.datetime) -> None:
        known = next(one for one in client.reports if one.id == first.id)
        sites = (replace(known.sites[0], next_morning=said.next_morning), *known.sites[1:])
        client.reports = [one for one in client.reports if one.id != first.id]
        self._judge(client, replace(known, sites=sites), at)

    def _judge(self, client: Client, report: Report, at: dt.datetime) -> None:
        verdict = triage.decide(report, self._history(client), HEALTHY, self.borders, at=at)
        client.reports.append(report)
        episodes = [self._episode(client, site.place, at) for site in report.sites]
        word = f"{verdict.level}{'+' if verdict.priority is Priority.HIGH else ''}"
        if (report.id, word) not in client.told:
            client.told.add((report.id, word))
            self._tell(client, report, verdict, word, episodes, at)

    def _history(self, client: Client) -> History:
        facts = [
            EpisodeFact(
                *each.place,
                started_on=each.opened.date(),
                settled_on=each.settled.date() if each.settled else None,
                resolved_on=each.settled.date() if each.resolved and each.settled else None,
            )
            for each in client.episodes
        ]
        running = [
            ActiveRegression(
                *each.place, each.regressed.date(), each.regressed.date() + dt.timedelta(days=21)
            )
            for each in client.episodes
            if each.regressed is not None and not each.resolved
        ]
        return History(
            reports=tuple(client.reports[-40:]),
            closed=frozenset(client.closed),
            sessions=tuple(client.sessions[-20:]),
            episodes=tuple(facts),
            regressions=tuple(running),
            clearances=tuple(client.clearances),
        )

    def _episode(self, client: Client, place: tuple[str, str], at: dt.datetime) -> Episode:
        for each in client.episodes:
            if each.place == place and not each.resolved:
                return each
        client.episodes.append(Episode(place, at))
        return client.episodes[-1]

    # What the coach is told.

    def _tell(
        self,
        client: Client,
        report: Report,
        verdict: Verdict,
        word: str,
        episodes: list[Episode],
        at: dt.datetime,
    ) -> None:
        notice = verdict.notice
        within = _span(notice.coach_within_s)
        weight = weight_of(word, within)
        alert = Alert(report, verdict, weight, at, episodes)
        if weight < (Level.MONITOR, Priority.NORMAL):
            client.closed.add(report.id)
            return
        client.alerts.append(alert)
        soon = notice.coach_within_s is not None and (
            verdict.level is not Level.INCOMPLETE or notice.coach_within_s < 24 * 3600
        )
        news = telling.News("reports", weight, notice.at_once or soon, within)
        before = self._told(client, alert) if self.coalesce else []
        said = telling.decide(news, ADA, before, at=at)
        if said["feed"].way is telling.Way.DIGEST:
            self.digest.append(at.date())
        push = said["push"]
        if weight >= URGENT:
            self.flags.append((at, at if push.way is telling.Way.NOW else push.until or at))
        if push.way in {telling.Way.NOW, telling.Way.HOLD}:
            self._push(client, alert, push.until or at, "held" if push.until else "now")
        every = telling.clock(news, before, _span(notice.backup_after_s))
        if every is not None:
            alert.every = every
            self._at(at + every, lambda: self._step(client, alert, at + every))

    def _told(self, client: Client, alert: Alert) -> list[telling.Told]:
        mine = {id(each) for each in alert.episodes}
        return [
            telling.Told(
                each.alert.weight,
                alert.at - telling.WINDOW if each.withheld else each.due,
                not mine.isdisjoint(id(episode) for episode in each.alert.episodes),
                each.alert.acked is not None,
            )
            for each in client.pushed
        ]

    def _push(self, client: Client, alert: Alert, due: dt.datetime, why: str) -> None:
        made = Interruption(alert, due, why)
        client.pushed.append(made)
        self._at(due, lambda: self._fire(client, made))

    def _fire(self, client: Client, made: Interruption) -> None:
        if made.alert.acked is not None:
            made.withheld = True
            return
        self.fired.append(made)
        self._wakes(client, made.due)
        if made.alert.weight >= URGENT:  # never held back, so never "again": counted apart
            self.reminders += made.why == "step"
            return
        for episode in made.alert.episodes:
            episode.interruptions += 1
            if made.alert.weight > episode.heaviest:
                episode.rises += episode.heaviest > (Level.LOG, Priority.HIGH)
                episode.heaviest = made.alert.weight

    def _wakes(self, client: Client, at: dt.datetime) -> None:
        """Awake, the coach opens the client's row within three quarters of an hour."""
        if AWAKE[0] <= at.astimezone(ZoneInfo(ZONE)).time() <= AWAKE[1]:
            after = at + dt.timedelta(minutes=self.dice.uniform(3, 45))
            self._at(after, lambda: self._open(client, after))

    def _step(self, client: Client, alert: Alert, at: dt.datetime) -> None:
        """Nobody has taken it on: the next in turn, as the relay does."""
        if alert.acked is not None or alert.step >= LAST_STEP or alert.every is None:
            return
        alert.step += 1
        for reader in turn((ADA, JO), alert.weight, alert.step, at=at).readers:
            before = self._told(client, alert) if reader is ADA else []
            said = telling.again(alert.weight, reader, before, every=alert.every, at=at)
            if said["push"].way is telling.Way.NEVER:
                continue
            if reader.place == "lead":
                self._push(client, alert, said["push"].until or at, "step")
            else:
                self.for_cover += 1
        later = at + alert.every
        self._at(later, lambda: self._step(client, alert, later))

    # What the coach does.

    def _look(self, at: dt.datetime) -> None:
        for client in self.clients:
            self._open(client, at)

    def _open(self, client: Client, at: dt.datetime) -> None:
        for alert in [each for each in client.alerts if each.acked is None]:
            alert.acked = at
            for episode in alert.episodes[:1]:
                episode.clicks += self._decide(client, alert, at)
        client.alerts = [each for each in client.alerts if each.acked is None]

    def _decide(self, client: Client, alert: Alert, at: dt.datetime) -> int:
        """Open the row, then: watch; choose and apply; or have it, tell them, later clear it."""
        if alert.weight[0] >= Level.REFER:
            back = at + dt.timedelta(days=self.dice.uniform(2, 9))
            self._at(back, lambda: self._cleared(client, alert, back))
            return 2 + 3
        client.closed.add(alert.report.id)
        fresh = [each for each in alert.episodes if each.regressed is None]
        if alert.weight[0] is Level.MODIFY and fresh:
            for episode in fresh:
                episode.regressed = at
            return 3
        return 2

    def _cleared(self, client: Client, alert: Alert, at: dt.datetime) -> None:
        ids = frozenset({alert.report.id})
        client.clearances.append(Clearance(at, ids, frozenset(alert.verdict.to_clear), False))
        client.closed.add(alert.report.id)


def _span(seconds: int | None) -> dt.timedelta | None:
    return None if seconds is None else dt.timedelta(seconds=seconds)
