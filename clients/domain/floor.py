"""What a phone can decide by itself, without signal: a floor under the server's level.

It judges one report with the client's profile and nothing that came before (product decision 15).
On the phone: the warning answers with their raises (D01–D03), D04, questions left (D05, D05b),
D06, D07, D08, D10 by the onset answer, D11, D12, D14, the soreness filter (D15), D17, D19, D20,
D23, D24. The server's alone: the next morning (D09, D13), D10 by other sessions and by the lift's
load, trends (D16), D18, clearances (D21), repeats (D22), what a note says, and every answer of
other reports. Each of these can only raise a new report's level, except that a repeat of the same
report may fill in what was left open; so the phone's level is a floor. The evaluator in
clients/static/clients/rules/evaluator.js does the same; shared vectors keep the two equal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from clients.domain.action_sets import ACTION_SETS
from clients.domain.bands import MorningState, Settings
from clients.domain.cases import SiteFacts
from clients.domain.facts import History, Profile
from clients.domain.form import due_questions
from clients.domain.gathered import Gathered, gather
from clients.domain.judging import judge
from clients.domain.levels import Kind, Level, Priority
from clients.domain.questions import bank
from clients.domain.report import Report
from clients.domain.said import replies
from clients.domain.table import Match

NOT_HERE = ("D18", "TR7")


@dataclass(frozen=True, slots=True)
class SiteFloor:
    """Level of one region-side as far as the phone can tell; `v` 0–10, None = not known."""

    region: str
    side: str
    level: Level
    priority: Priority
    v: int | None
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """What the phone decides: the server's level is this one or higher.

    `missing`, `due_now` make it incomplete (D05); `due_after` are asked after the session (D05b).
    `action_set` names the set of domain §3.5, before questions left narrow it.
    """

    level: Level
    priority: Priority
    rows: tuple[str, ...]
    sites: tuple[SiteFloor, ...]
    due_now: tuple[str, ...]
    due_after: tuple[str, ...]
    missing: tuple[str, ...]
    action_set: str


def floor(
    report: Report,
    profile: Profile,
    *,
    borders: Settings | None = None,
    last_asked: Mapping[str, datetime] | None = None,
) -> Floor:
    """Judge a report as the phone does; `last_asked` = when a region's add-ons were answered.

    `borders` = those of the client's practice, without them those that ship.
    """
    known = replace(report, note_signals=frozenset())
    facts = gather(known, History(), profile, borders or Settings(), known.performed_at)
    facts = _without_past(facts, last_asked or {})
    found = judge(facts)
    common = [one for one in found.common if one.row not in NOT_HERE]
    sites = tuple(
        _site(site, [*rows, *common]) for site, rows in zip(facts.sites, found.sites, strict=True)
    )
    every = [*(match for rows in found.sites for match in rows), *common]
    level, priority = _heaviest(every)
    return Floor(
        level=level,
        priority=priority,
        rows=_rows(every),
        sites=sites,
        due_now=facts.due_now,
        due_after=facts.due_after,
        missing=facts.missing,
        action_set=_action_set(level, every),
    )


def _without_past(facts: Gathered, last_asked: Mapping[str, datetime]) -> Gathered:
    """The same facts without what only the server can know: mornings, trends, the load zone."""
    report, sites = facts.report, tuple(_bare(site) for site in facts.sites)
    given = replies(report, bank())
    values = [site.case.v for site in sites if site.case.v is not None]
    form = due_questions(
        report.places,
        facts.profile,
        at=report.performed_at,
        on=report.session_on,
        last_asked=last_asked,
        pain=max(values, default=None),
        answers=given,
        quality=report.quality,
        timing=report.timing,
        spread=report.spread,
    )
    hurts = facts.kind is Kind.SYMPTOM
    now = tuple(id_ for id_ in bank().questions if id_ in form.at_once and id_ not in given)
    after = tuple(id_ for id_ in form.addons if id_ not in given)
    return replace(
        facts, sites=sites, due_now=now if hurts else (), due_after=after if hurts else ()
    )


def _bare(site: SiteFacts) -> SiteFacts:
    case = replace(site.case, morning=MorningState.UNKNOWN, first_report=False)
    return SiteFacts(case, ())


def _site(site: SiteFacts, matches: list[Match]) -> SiteFloor:
    level, priority = _heaviest(matches)
    place = site.case.site
    return SiteFloor(place.region, place.side, level, priority, site.case.v, _rows(matches))


def _rows(matches: Iterable[Match]) -> tuple[str, ...]:
    return tuple(sorted({match.row for match in matches}))


def _heaviest(matches: Iterable[Match]) -> tuple[Level, Priority]:
    """Highest level; at incomplete the priority of the answered part counts too (D05)."""
    weights = [match.weight for match in matches]
    level = max((weight[0] for weight in weights), default=Level.LOG)
    counted = [p for one, p in weights if one is level or level is Level.INCOMPLETE]
    return level, max(counted, default=Priority.NORMAL)


def _action_set(level: Level, matches: Iterable[Match]) -> str:
    """The strictest set of the rows at the level; by hand stays by hand (domain §3.5)."""
    if level not in (Level.MONITOR, Level.MODIFY):
        return "A0"
    rows = list(matches)
    if any(match.by_hand for match in rows):
        return "A5"
    sets = (match.action_set for match in rows if match.weight[0] is level)
    return max(sets, key=list(ACTION_SETS).index)
