"""What a coach has allowed a phone to do at once, without signal (product decision 6, ruling 3).

A named option down, or one rung of the ladder up; both marked provisional until the coach confirms
or undoes it. Everything must be known and fit: in doubt the phone waits for the coach.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clients.domain.action_sets import permits
from clients.domain.checks import EFFECTS, TOO_MUCH, Exposure, Morning, clean
from clients.domain.floor import Floor
from clients.domain.form import due_questions
from clients.domain.ladder_data import ladder
from clients.domain.levels import Kind, Level, Reply
from clients.domain.facts import Profile
from clients.domain.questions import bank
from clients.domain.report import Report

MOST_PAIN = 5
MILD_EFFECTS = EFFECTS[:2]
SYNCED_WITHIN = timedelta(days=7)
BLOCKING = ("incomplete", "refer", "urgent", "emergency")

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DownGrant:
    """A named option the phone may use: for these places and exercises, until a local date.

    `most_pain` 1–5 is the coach's own border; `classes` are those of the option's operations.
    """

    option: str
    places: frozenset[Place]
    exercises: frozenset[str]
    classes: frozenset[str]
    most_pain: int
    until: date


@dataclass(frozen=True, slots=True)
class UpGrant:
    """The way back up, a rung at a time, until a local date: on `rung` of `rungs` since `since`."""

    ladder: str
    rung: int
    rungs: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Phone:
    """What the phone knows of itself: the moment, its local date, and the last sync.

    `open_levels` = levels of the client's other reports not yet closed, as of that sync.
    """

    now: datetime
    today: date
    synced_at: datetime | None
    open_levels: tuple[str, ...] = ()


def limits() -> Mapping[str, object]:
    """The numbers and words of these conditions, for the phone's rule document."""
    return {
        "most_pain": MOST_PAIN,
        "too_much": TOO_MUCH,
        "effects": list(MILD_EFFECTS),
        "synced_within_s": int(SYNCED_WITHIN.total_seconds()),
        "blocking": list(BLOCKING),
    }


def may_step_down(
    grant: DownGrant, report: Report, judged: Floor, profile: Profile, phone: Phone
) -> tuple[str, ...]:
    """Why the phone may not use the option now; empty when it may. `judged` = floor(report)."""
    raise NotImplementedError


def may_step_up(
    grant: UpGrant, exposures: Sequence[Exposure], phone: Phone
) -> tuple[str, ...]:
    """Why the phone may not climb one rung now; empty when it may."""
    raise NotImplementedError
