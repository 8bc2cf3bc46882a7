"""From a report to a verdict: the heart. Plain functions, no clock, no database (domain §3).

`gather` works out the facts, `judge` evaluates every row, and here the highest level wins:
level = highest, actions = the strictest of the rows at that level, notice = the fastest of all.
"""

from collections.abc import Iterable
from datetime import datetime

from clients.domain.action_sets import ACTION_SETS, fastest, labelled, permits
from clients.domain.bands import Settings, severity
from clients.domain.cases import SiteFacts
from clients.domain.facts import History, Profile
from clients.domain.followups import asked_again, morning_check, morning_open, reminders
from clients.domain.form import Form, due_questions
from clients.domain.gathered import Gathered, gather
from clients.domain.judging import Found, judge
from clients.domain.levels import Kind, Level, Priority, Reply
from clients.domain.questions import Weight
from clients.domain.report import Report, Site
from clients.domain.rules import rule_set
from clients.domain.table import Match
from clients.domain.verdict import Due, Notice, Pause, Permits, Reason, SiteVerdict, Verdict
from programs.domain.regions import region

__all__ = [
    "Due", "Form", "History", "Level", "Notice", "Pause", "Permits", "Priority", "Profile",
    "Reason", "Report", "Settings", "Site", "SiteVerdict", "Verdict", "decide", "due_questions",
]  # fmt: skip

CRISIS = "X1"
SORE_FEED = ("back_low", "buttock")
_LOG: Weight = (Level.LOG, Priority.NORMAL)


def decide(
    report: Report, history: History, profile: Profile, settings: Settings, *, at: datetime
) -> Verdict:
    """Judge a report with everything known; the same input always gives the same verdict.

    `at` is the moment of judging. Run it again on every update of the report, with all answers
    so far, and for the client's other open reports (domain §3.1 I-3).
    """
    facts = gather(report, history, profile, settings, at)
    found = judge(facts)
    sites = tuple(
        _site(facts, site, (*rows, *found.common))
        for site, rows in zip(facts.sites, found.sites, strict=True)
    )
    every = _unique([match for rows in found.sites for match in rows] + list(found.common))
    level, priority = _weight(every)
    action_set = _action_set(level, every)
    left = bool(facts.due_now or facts.due_after or facts.missing)
    rules = rule_set()
    return Verdict(
        level=level,
        priority=priority,
        sites=sites,
        reasons=_reasons(facts, found),
        rows=tuple(dict.fromkeys(match.row for match in every)),
        due_now=facts.due_now,
        due_after=facts.due_after,
        missing=facts.missing,
        notice=_notice(facts, every),
        action_set=labelled(action_set, questions_left=left),
        permits=permits(action_set, questions_left=left),
        blocks_client=level >= Level.URGENT or bool(facts.due_now or facts.missing),
        merged_into=facts.merged_into,
        pauses=_pause(facts, level, sites, every),
        follow_ups=_follow_ups(facts, level),
        to_clear=tuple(dict.fromkeys(match.clears for match in every if match.clears)),
        tasks=found.tasks,
        route=_route(facts.kind),
        crisis_line=CRISIS in facts.report.note_signals,
        rule_version=rules.version,
        digest=rules.digest,
    )


def _weight(matches: Iterable[Match]) -> Weight:
    """Highest level; at incomplete the priority of the answered part counts too."""
    weights = [match.weight for match in matches]
    level = max((weight[0] for weight in weights), default=Level.LOG)
    counted = [p for lev, p in weights if lev is level or level is Level.INCOMPLETE]
    return level, max(counted, default=Priority.NORMAL)


def _action_set(level: Level, matches: Iterable[Match]) -> str:
    """The strictest of the rows at the level; by hand stays by hand; nothing from refer up."""
    if level not in (Level.MONITOR, Level.MODIFY):
        return "A0"
    rows = list(matches)
    if any(match.by_hand for match in rows):
        return "A5"
    return max(
        (match.action_set for match in rows if match.weight[0] is level),
        key=list(ACTION_SETS).index,
    )


def _site(facts: Gathered, site: SiteFacts, matches: tuple[Match, ...]) -> SiteVerdict:
    level, priority = _weight(matches)
    case = site.case
    return SiteVerdict(
        region=case.site.region,
        side=case.site.side,
        level=level,
        priority=priority,
        v=case.v,
        severity=severity(case.v),
        morning=case.morning,
        reasons=tuple(_reason(match) for match in _heaviest_first(matches)),
    )


def _reason(match: Match, site: Site | None = None) -> Reason:
    where = {"region": site.region, "side": site.side} if site else {}
    return Reason(match.row, match.sentence, {**match.facts, **where})


def _reasons(facts: Gathered, found: Found) -> tuple[Reason, ...]:
    """Every reason of the report, the heaviest first, each with the site it speaks of."""
    pairs = [
        (match, site.case.site)
        for site, rows in zip(facts.sites, found.sites, strict=True)
        for match in rows
    ]
    every = [*pairs, *((match, None) for match in found.common)]
    ordered = sorted(every, key=lambda pair: (pair[0].weight[0].rank, pair[0].weight[1].rank))
    return tuple(_reason(match, site) for match, site in reversed(ordered))


def _heaviest_first(matches: Iterable[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: match.weight, reverse=True)


def _unique(matches: Iterable[Match]) -> list[Match]:
    """Each row once for the report as a whole, however many sites it matched, heaviest first."""
    kept: list[Match] = []
    for match in _heaviest_first(matches):
        if match not in kept:
            kept.append(match)
    return kept


def _notice(facts: Gathered, matches: Iterable[Match]) -> Notice:
    """The fastest of all matching rows; D23 with answers missing is told as urgent."""
    rows = list(matches)
    weights = [match.weight for match in rows]
    weights += [(match.notice, Priority.HIGH) for match in rows if match.notice]
    told = fastest(weights, at_once=facts.warned or any(match.at_once for match in rows))
    sore = facts.kind is Kind.SORENESS and any(
        place[0] in SORE_FEED for place in facts.report.places
    )
    return told if not sore else _fed(told)


def _fed(notice: Notice) -> Notice:
    """Soreness in low back or buttock: shown in the feed, without a push (ruling 7)."""
    return Notice(
        notice.coach_within_s, notice.backup_after_s, notice.channels, notice.at_once, True,
        notice.digest, notice.client_now,
    )  # fmt: skip


def _pause(
    facts: Gathered, level: Level, sites: tuple[SiteVerdict, ...], matches: Iterable[Match]
) -> Pause:
    """The safety pause of domain §3.1 I-4; words of a note alone pause nothing (I-5)."""
    lift = facts.report.exercise
    also = frozenset(kind for match in matches for kind in match.also)
    regions = tuple(dict.fromkeys(one.region for one in sites if one.level >= Level.REFER))
    incomplete = bool(facts.due_now or facts.missing) and not facts.by_note_only
    exercise = lift.exercise if lift and incomplete else None
    if level >= Level.URGENT or any(region(one).blocks_all for one in regions):
        return Pause("everything", also=also)
    if level is Level.REFER:
        return Pause("patterns", exercise, lift.pattern if lift else None, regions, also)
    return Pause("exercise" if incomplete else "none", exercise, also=also)


def _follow_ups(facts: Gathered, level: Level) -> tuple[Due, ...]:
    """What is to be asked later: the next morning, H2 once more, and what is left open."""
    report, on, hour = facts.report, facts.past.own.on, facts.settings.ask_hour
    found: list[Due] = []
    waits = any(site.case.v != 0 and morning_open(site.case.site) for site in facts.sites)
    judged = facts.kind in (Kind.SYMPTOM, Kind.SORENESS)
    if judged and waits and level < Level.URGENT:
        found.append(morning_check(report, on, hour))
    unsure = tuple(one.question.id for one in facts.weighed if one.reply is Reply.UNSURE)
    if "H2" in unsure:
        found.append(asked_again(report, on, hour, ("H2",)))
    now = (*facts.missing, *facts.due_now)
    if now:
        found += reminders(report, on, hour, now, now=True)
    elif facts.due_after:
        found += reminders(report, on, hour, facts.due_after, now=False)
    return tuple(found)


def _route(kind: Kind) -> str:
    """Where it is shown: triage, the coach's inbox (D19) or the history (D20)."""
    if kind in (Kind.SYMPTOM, Kind.SORENESS):
        return "triage"
    return "inbox" if kind is Kind.TECHNIQUE_QUESTION else "history"
