"""A practice that never was: clients who train, places that hurt for a known reason, red flags.

The truth is drawn first, from a seed: how strong each place hurts at each session. What a client
then says, and when, follows from it. One in ten is chronic: a low back or a hip that hurts all
through. Everything is pure; a report here is what `clients.domain.triage` reads.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from clients.domain.facts import Profile
from clients.domain.levels import Effect, Reply
from clients.domain.questions import bank
from clients.domain.report import Lift, Report, Site

ZONE = "Europe/London"
START = dt.datetime(2026, 1, 5, tzinfo=ZoneInfo(ZONE))
SESSIONS = (0, 2, 4)  # Monday, Wednesday, Friday
TILES = frozenset(tile.id for tile in bank().tiles)
PLAIN_NO = {
    one.id: Reply.NO for one in bank().questions.values() if one.tile is None and not one.opens
}
HEALTHY = Profile(
    born_on=dt.date(1990, 5, 1),
    pregnant=False,
    cancer_history=False,
    steroids=False,
    weak_bones=False,
    lowered_immunity=False,
    blood_thinner=False,
    clinician_limits=False,
    confirmed_on=dt.date(2026, 1, 1),
)
PLACES = (
    ("back_low", "midline"), ("hip_front", "left"), ("knee_front", "left"), ("knee_front", "right"),
    ("shoulder_front", "right"), ("elbow_outer", "left"), ("back_mid", "midline"),
    ("thigh_back", "left"), ("wrist", "right"), ("achilles", "left"),
)  # fmt: skip
CHRONIC = (("back_low", "midline"), ("hip_front", "left"), ("buttock", "right"))
FLAGS = {"back_low": "L1", "hip_front": "H2"}  # numb between the legs; a deep ache that lingers


@dataclass(frozen=True, slots=True)
class Trouble:
    """A place that hurts from a day on: how strong, for how many days, and if it is grave."""

    place: tuple[str, str]
    begins: int
    peak: float
    days: float
    chronic: bool = False
    grave_on: int | None = None

    def pain(self, day: int, noise: float) -> int:
        """How strong it is in a session of that day, 0–10."""
        since = day - self.begins
        if since < 0:
            return 0
        if self.chronic:
            return max(0, min(7, round(self.peak + noise)))
        level = self.peak * math.exp(-since / self.days)
        return max(0, min(8, round(level + noise / 2))) if level >= 0.6 else 0


@dataclass
class Life:
    """One client: when they train, what is wrong, and their own dice."""

    number: int
    hour: int
    troubles: list[Trouble]
    dice: random.Random
    told: int = field(default=0)

    def sessions(self, weeks: int) -> Iterator[tuple[int, dt.datetime]]:
        """Each session kept: the day from the start, and when it begins."""
        for day in range(7 * weeks):
            if (START + dt.timedelta(days=day)).weekday() in SESSIONS and self.dice.random() < 0.9:
                minute = self.dice.randrange(60)
                yield day, START + dt.timedelta(days=day, hours=self.hour, minutes=minute)

    def says(self, day: int, at: dt.datetime) -> Report | None:
        """What the client reports in a session, if anything hurts enough to say so."""
        felt = [(trouble, trouble.pain(day, self.dice.gauss(0, 1))) for trouble in self.troubles]
        grave = [trouble for trouble, _ in felt if trouble.grave_on == day]
        spoken = [(t, v) for t, v in felt if v >= 1 and self.dice.random() < 0.55 + v / 12]
        spoken = [(t, max(v, 3)) for t, v in felt if t in grave] or spoken
        if not spoken:
            return None
        self.told += 1
        worst = max(value for _, value in spoken)
        yes = {FLAGS[t.place[0]]: Reply.YES for t in grave}
        tapped = {tile for tile in bank().tiles if set(yes) & set(tile.questions)}
        rest = {id_: Reply.NO for tile in tapped for id_ in tile.questions}
        return Report(
            id=UUID(int=self.number * 10_000 + self.told),
            performed_at=at,
            zone=ZONE,
            session_on=at.date(),
            sites=tuple(Site(*t.place, worst=v) for t, v in spoken[:3]),
            timing=frozenset({"during_set"}),
            effect=_effect(worst, self.dice),
            answers={**PLAIN_NO, **rest, **yes},
            tiles_none=True,
            tiles_shown=TILES,
            exercise=Lift("ht_barbell", "hip_thrust", "heavy"),
            session_id=UUID(int=self.number * 10_000 + 5_000 + day),
            source="in_session",
        )

    def next_morning(self, report: Report) -> Site | None:
        """The morning's answer about the first place, four times in five."""
        if self.dice.random() > 0.8:
            return None
        site = report.sites[0]
        value = max(0, (site.worst or 0) - self.dice.choice((0, 1, 2, 2, 3)))
        return Site(*site.place, worst=site.worst, next_morning=value)


def _effect(worst: int, dice: random.Random) -> Effect:
    if worst >= 6:
        return dice.choice((Effect.EASED_LOAD, Effect.STOPPED_EXERCISE, Effect.STOPPED_SESSION))
    if worst >= 4:
        return dice.choice((Effect.NONE, Effect.EASED_LOAD, Effect.STOPPED_EXERCISE))
    return dice.choice((Effect.NONE, Effect.NONE, Effect.EASED_LOAD))


def lives(*, clients: int, weeks: int, seed: int) -> list[Life]:
    """The practice: a tenth chronic, the others troubled now and then, a few of them gravely."""
    found = []
    for number in range(1, clients + 1):
        dice = random.Random(f"{seed}:{number}")  # noqa: S311 - a simulation
        if number % 10 == 0:
            place = dice.choice(CHRONIC)
            troubles = [Trouble(place, dice.randrange(7), dice.uniform(2.0, 4.5), 0, chronic=True)]
        else:
            drawn = [_trouble(dice, weeks) for _ in range(_how_many(dice, weeks))]
            troubles = list({each.place: each for each in drawn}.values())
        found.append(Life(number, dice.choice((6, 7, 12, 17, 18, 19, 20)), troubles, dice))
    return found


def _how_many(dice: random.Random, weeks: int) -> int:
    """About one new trouble in ten weeks of training, as surveys of lifters find."""
    return sum(dice.random() < 0.1 for _ in range(weeks))


def _trouble(dice: random.Random, weeks: int) -> Trouble:
    place = dice.choice(PLACES)
    begins = dice.randrange(7 * weeks)
    grave = place[0] in FLAGS and dice.random() < 0.3
    on = next(
        day
        for day in range(begins + dice.randrange(8), begins + 30)
        if (START + dt.timedelta(days=day)).weekday() in SESSIONS
    )
    return Trouble(
        place,
        begins,
        peak=min(8.0, dice.lognormvariate(1.35, 0.4)),
        days=dice.uniform(4, 21),
        grave_on=on if grave else None,
    )
