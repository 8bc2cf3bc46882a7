"""What a coach has allowed a phone to do at once, without signal (product decision 6, ruling 3).

A named option down, or one rung of the ladder up; both marked provisional until the coach confirms
or undoes it. Everything must be known and fit: in doubt the phone waits for the coach.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clients.domain.action_sets import permits
from clients.domain.bands import Settings
from clients.domain.checks import CALM, EFFECTS, TOO_MUCH, Exposure, Morning, clean
from clients.domain.facts import Profile
from clients.domain.floor import Floor, floor
from clients.domain.ladder_data import ladder
from clients.domain.levels import Reply
from clients.domain.questions import bank
from clients.domain.report import Report
from clients.domain.said import replies

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
        "calm": CALM,
        "too_much": TOO_MUCH,
        "effects": list(MILD_EFFECTS),
        "synced_within_s": int(SYNCED_WITHIN.total_seconds()),
        "blocking": list(BLOCKING),
    }


def may_step_down(
    grant: DownGrant,
    report: Report,
    profile: Profile,
    phone: Phone,
    *,
    borders: Settings | None = None,
    last_asked: Mapping[str, datetime] | None = None,
) -> tuple[str, ...]:
    """Why the phone may not use the option now; empty when it may (ruling 3)."""
    judged = floor(report, profile, borders=borders, last_asked=last_asked)
    values = [site.v for site in judged.sites]
    least, most = 1, min(grant.most_pain, MOST_PAIN)
    given = replies(report, bank()).values()
    lift = report.exercise.exercise if report.exercise else None
    against = {
        **_standing(grant.until, phone),
        "other_place": not values or not set(report.places) <= grant.places,
        "other_exercise": lift not in grant.exercises,
        "incomplete": bool(judged.missing or judged.due_now),
        "tiles": not report.tiles_none or bool(report.tiles_tapped) or any(_warns(given)),
        "pain": any(value is None or not least <= value <= most for value in values),
        "effect": report.effect not in MILD_EFFECTS,
        "not_permitted": not _permitted(grant.classes, judged),
    }
    return tuple(why for why, holds in against.items() if holds)


def may_step_up(grant: UpGrant, exposures: Sequence[Exposure], phone: Phone) -> tuple[str, ...]:
    """Why the phone may not climb one rung now; empty when it may (ruling 3, domain §5 "Ladders").

    `exposures` in order of date; those before `since` belong to the rung below.
    """
    way = ladder(grant.ladder)
    here = [one for one in exposures if grant.since <= one.on <= phone.today]
    run = _clean_run(here)
    against = {
        **_standing(grant.until, phone),
        "confirm": way.confirm,
        "at_the_top": grant.rung >= grant.rungs,
        "trouble": any(_trouble(one) for one in here),
        "not_clean": run < way.clean or (way.whole_weeks and run < len(here)),
        "too_soon": (phone.today - grant.since).days < way.days,
    }
    return tuple(why for why, holds in against.items() if holds)


def _standing(until: date, phone: Phone) -> dict[str, bool]:
    """Conditions of every step: in time, synced within 7 days, nothing open that blocks."""
    synced = phone.synced_at
    fresh = synced is not None and timedelta(0) <= phone.now - synced <= SYNCED_WITHIN
    return {
        "expired": phone.today > until,
        "not_synced": not fresh,
        "open_report": any(level in BLOCKING for level in phone.open_levels),
    }


def _warns(given: Iterable[Reply]) -> Iterable[bool]:
    return (reply is not Reply.NO for reply in given)


def _permitted(classes: frozenset[str], judged: Floor) -> bool:
    """Every operation's class is a plain yes in the action set; questions left narrow it (D05b)."""
    left = bool(judged.missing or judged.due_now or judged.due_after)
    allowed = permits(judged.action_set, questions_left=left)
    return bool(classes) and all(getattr(allowed, name) == "yes" for name in classes)


def _trouble(one: Exposure) -> bool:
    much = one.worst is not None and one.worst >= TOO_MUCH
    return much or one.morning is Morning.OVERLOAD or one.effect not in MILD_EFFECTS


def _clean_run(here: Sequence[Exposure]) -> int:
    """Clean exposures in a row up to the latest one."""
    run = 0
    for one in reversed(here):
        if not clean(one):
            break
        run += 1
    return run
