"""Builders for triage tests: a report that is complete and says no to every question."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from clients.domain.bands import Settings
from clients.domain.facts import History, Profile, SessionFact
from clients.domain.levels import Effect, Reply
from clients.domain.questions import bank
from clients.domain.report import Lift, Report, Site
from clients.domain.triage import decide
from clients.domain.verdict import Verdict

ZONE = "Europe/Berlin"
NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
TILES = frozenset(tile.id for tile in bank().tiles)
ON_TILES = frozenset(id_ for tile in bank().tiles for id_ in tile.questions)
ADULT = Profile(
    born_on=date(1990, 5, 1),
    pregnant=False,
    cancer_history=False,
    steroids=False,
    weak_bones=False,
    lowered_immunity=False,
    blood_thinner=False,
    clinician_limits=False,
    confirmed_on=date(2026, 2, 1),
)
NO_ADDONS: Mapping[str, Reply] = {
    one.id: Reply.NO for one in bank().questions.values() if one.tile is None and not one.opens
}
KNEE = ("knee_front", "left")
LOW_BACK = ("back_low", "midline")
LIFT = Lift("ht_barbell", "hip_thrust", "heavy")


def uuid(number: int) -> UUID:
    return UUID(int=number)


def site(place: tuple[str, str] = KNEE, worst: int | None = 4, **values: Any) -> Site:
    return Site(*place, worst=worst, **values)


def report(
    number: int = 1, place: tuple[str, str] = KNEE, worst: int | None = 4, **values: Any
) -> Report:
    """A complete report, everything answered no, effect none, felt during a set."""
    at = values.pop("performed_at", NOW)
    yes = values.pop("yes", ())
    said = {**dict.fromkeys(yes, Reply.YES), **values.pop("answers", {})}
    answers = {**NO_ADDONS, **_rest_of_tiles(said), **said}
    base = Report(
        id=uuid(number),
        performed_at=at,
        zone=ZONE,
        session_on=values.pop("session_on", at.astimezone(ZoneInfo(ZONE)).date()),
        sites=values.pop("sites", (site(place, worst),)),
        timing=frozenset({"during_set"}),
        effect=Effect.NONE,
        answers=answers,
        tiles_none=True,
        tiles_shown=TILES,
        exercise=LIFT,
        session_id=values.pop("session_id", uuid(1000 + number)),
    )
    return replace(base, **values)


def _rest_of_tiles(said: Mapping[str, Reply]) -> dict[str, Reply]:
    """No to every other question of a tile that was tapped."""
    tapped = (tile for tile in bank().tiles if not said.keys().isdisjoint(tile.questions))
    return {id_: Reply.NO for tile in tapped for id_ in tile.questions}


def earlier(days: float, number: int = 2, **values: Any) -> Report:
    """A report some days before now."""
    return report(number, performed_at=NOW - timedelta(days=days), **values)


def judged(one: Report, *before: Report, **context: Any) -> Verdict:
    """The verdict now; `before` are earlier reports, the rest are parts of history or profile."""
    profile = context.pop("profile", ADULT)
    settings = context.pop("settings", Settings())
    at = context.pop("at", max(NOW, one.performed_at))
    history = History(reports=tuple(before), **context)
    return decide(one, history, profile, settings, at=at)


def session(number: int, started_at: datetime) -> SessionFact:
    return SessionFact(uuid(number), started_at, started_at.astimezone(ZoneInfo(ZONE)).date())


def answered(one: Report, answers: Mapping[str, Reply | None]) -> Report:
    """The same report with some answers changed; None takes an answer away."""
    kept = {id_: reply for id_, reply in one.answers.items() if id_ not in answers}
    kept |= {id_: reply for id_, reply in answers.items() if reply is not None}
    return replace(one, answers=kept)


def rows(verdict: Verdict) -> set[str]:
    return set(verdict.rows)


def loudness(verdict: Verdict) -> tuple[int, int]:
    return verdict.level.rank, verdict.priority.rank


def without(ids: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(ids)
