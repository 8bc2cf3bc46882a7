"""Worked cases: what a client says, the level we expect, and the verdict the rules reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID

from clients.domain import body
from clients.domain.bands import Settings
from clients.domain.facts import History, Profile
from clients.domain.levels import (
    AGGRAVATORS,
    ONSET_LEAST_DAYS,
    QUALITIES,
    Effect,
    Feel,
    Kind,
    Spread,
)
from clients.domain.questions import bank
from clients.domain.report import Report
from clients.domain.triage import decide
from clients.domain.verdict import Verdict
from programs.domain.datafile import Row, read

AT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
LEVELS = ("log", "monitor", "modify", "modify high", "incomplete", "refer", "urgent", "emergency")
ABOUT = ("pregnant", "cancer_history", "clinician_limits")
OPEN = "open"
_SORE = {"eases_on_moving": True, "muscle_trained": True, "new_or_more_sets": True}


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case: `said` as a phone would send it, `expect` "modify high" or another level."""

    number: int
    title: str
    said: Mapping[str, object]
    earlier: tuple[tuple[int, int], ...]
    about: tuple[str, ...]
    expect: str
    verdict: Verdict

    @property
    def level(self) -> str:
        """The level reached, with its priority where that matters."""
        high = self.verdict.level == "modify" and self.verdict.priority == "high"
        return f"{self.verdict.level}{' high' if high else ''}"


@cache
def worked_cases() -> tuple[WorkedCase, ...]:
    """Every case of cases.toml, judged. Raises BadData."""
    top = read("clients.domain", "cases.toml").top()
    top.text("version")
    cases = tuple(_case(number, row) for number, row in enumerate(top.rows("case"), start=1))
    top.done()
    return cases


def _case(number: int, row: Row) -> WorkedCase:
    title, expect = row.text("title"), row.one_of("expect", LEVELS)
    said, about, earlier = _said(row), row.list_of("about", ABOUT, ()), _earlier(row)
    row.done()
    before = tuple(
        _report(index, {**said, "regions": _with(said, worst)}, days)
        for index, (days, worst) in enumerate(earlier, start=2)
    )
    profile = Profile(
        born_on=date(1990, 5, 1),
        confirmed_on=date(2026, 2, 1),
        pregnant="pregnant" in about,
        cancer_history="cancer_history" in about,
        clinician_limits="clinician_limits" in about,
        steroids=False,
        weak_bones=False,
    )
    history = History(reports=before)
    verdict = decide(_report(1, said, 0), history, profile, Settings(), at=AT)
    return WorkedCase(number, title, said, earlier, about, expect, verdict)


def _report(number: int, said: Mapping[str, object], days: int) -> Report:
    at = AT - timedelta(days=days)
    return body.read(said, id=UUID(int=number), performed_at=at, zone="UTC", session_on=at.date())


def _with(said: Mapping[str, object], worst: int) -> list[object]:
    places = said["regions"]
    assert isinstance(places, list)
    return [{"region": one["region"], "side": one["side"], "pain_worst": worst} for one in places]


def _earlier(row: Row) -> tuple[tuple[int, int], ...]:
    found = []
    for one in row.rows("earlier") if row.has("earlier") else ():
        found.append((one.whole("days", least=1, most=60), one.whole("worst", most=10)))
        one.done()
    return tuple(found)


def _said(row: Row) -> dict[str, object]:
    """The body as a phone would send it."""
    said: dict[str, object] = {
        "kind": row.one_of("kind", tuple(Kind), Kind.SYMPTOM),
        "regions": _places(row),
        "timing": list(row.list_of("timing", default=("during_set",))),
        "effect": row.one_of("effect", tuple(Effect), Effect.NONE),
        "quality": list(row.list_of("quality", QUALITIES, ())),
        "red_flags": _flags(row),
    }
    if row.has("spread"):
        said["spread"] = row.one_of("spread", tuple(Spread))
    if row.has("onset"):
        said["onset"] = row.one_of("onset", ONSET_LEAST_DAYS)
    if row.has("aggravators"):
        said["aggravators"] = list(row.list_of("aggravators", AGGRAVATORS))
    if row.flag("painkiller", False):
        said["medication"] = {"taken_within_8h": True}
    if row.has("sore_hours"):
        said["soreness"] = {**_SORE, "hours_after": row.whole("sore_hours")}
    return said


def _places(row: Row) -> list[dict[str, object]]:
    names = {"worst": "pain_worst", "before": "pain_before", "rest": "pain_rest"}
    names["morning"] = "pain_next_morning"
    values: dict[str, object] = {
        wire: row.whole(name, most=10) for name, wire in names.items() if row.has(name)
    }
    if row.has("feel"):
        values["morning_feel"] = row.one_of("feel", tuple(Feel))
    places = [place.split() for place in row.list_of("places")]
    made = [{"region": region, "side": side, **values} for region, side in places]
    for site, worst in zip(made, row.numbers("each") if row.has("each") else (), strict=False):
        site["pain_worst"] = int(worst)
    return made


def _flags(row: Row) -> dict[str, object]:
    """Tiles and answers: every question no but those the case names."""
    if row.one_of("tiles", ("none", OPEN), "none") == OPEN:
        return {}
    questions = bank().questions
    given = {one.id: "no" for one in questions.values() if not one.opens}
    given |= dict.fromkeys(row.list_of("yes", questions, ()), "yes")
    if row.has("answers"):
        replies = row.row("answers")
        given |= {id_: replies.text(id_) for id_ in replies.keys()}  # noqa: SIM118 - not a mapping
    shown = [tile.id for tile in bank().tiles]
    return {"none_of_these": True, "tiles_shown": shown, "answers": given}
