"""Every row that matches a report, each with the site it speaks of (domain §3.4, §3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from clients.domain.cases import SiteFacts
from clients.domain.followups import morning_open, silent_from
from clients.domain.gathered import Gathered
from clients.domain.levels import Kind, Level, Priority
from clients.domain.lookback import hurts
from clients.domain.questions import Weight, shown
from clients.domain.said import Weighed
from clients.domain.table import EVEN_IF_SORE, ROWS, Match, match, matches
from clients.domain.trends import Trend

POSITION_DAYS = timedelta(days=14)
CHECKLIST_ITEMS = 5
STEPS: tuple[Weight, ...] = (
    (Level.LOG, Priority.NORMAL),
    (Level.MONITOR, Priority.NORMAL),
    (Level.MODIFY, Priority.NORMAL),
    (Level.MODIFY, Priority.HIGH),
)
"""The steps of a trend; it never refers by itself (domain §3.4)."""
FLAG_ROWS = {Level.EMERGENCY: "D01", Level.URGENT: "D02", Level.REFER: "D03"}
TALK_ROWS = {
    Kind.TECHNIQUE_QUESTION: ("D19", "a question about technique."),
    Kind.POSITIVE_HISTORY: ("D20", "a good story; kept if the client agrees."),
    Kind.OTHER: ("D20", "neither pain nor a question about technique."),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The matches of each site, in the order of the report, and those of the report as a whole."""

    sites: tuple[tuple[Match, ...], ...]
    common: tuple[Match, ...]
    tasks: tuple[str, ...]


def judge(facts: Gathered) -> Found:
    """Evaluate every row; choosing among them is the verdict's business."""
    common = [*_clearance_rows(facts), *_open_questions(facts)]
    tasks = _technique(facts, common) + _silence(facts, common)
    tasks += ("ladder_e",) if facts.clearances else ()
    sites: list[tuple[Match, ...]] = []
    for index, site in enumerate(facts.sites):
        flags = [flag for one in facts.weighed if (flag := _flag(one, facts, index))]
        found = [*flags, *_site_rows(facts, site)]
        found += _trend_rows(site, [*found, *common], facts.cleared)
        tasks += tuple(task for trend in site.trends for task in trend.tasks)
        sites.append(tuple(found))
    if not facts.sites:
        common += [flag for one in facts.weighed if (flag := _flag(one, facts, None))]
    if facts.kind in TALK_ROWS:
        row, why = TALK_ROWS[facts.kind]
        common.append(match(row, Level.LOG, Priority.NORMAL, "A0", why))
    return Found(tuple(sites), tuple(common), tuple(dict.fromkeys(tasks)))


def _site_rows(facts: Gathered, site: SiteFacts) -> list[Match]:
    """D04–D24 of one site; soreness that passed the filter skips most of them (D15)."""
    if facts.kind is Kind.SYMPTOM:
        return list(matches(site.case, facts.cleared, ROWS))
    if facts.kind is not Kind.SORENESS:
        return []
    sore = match("D15", Level.LOG, Priority.NORMAL, "A0", "soreness after training.")
    return [sore, *matches(site.case, facts.cleared, EVEN_IF_SORE)]


def _flag(one: Weighed, facts: Gathered, index: int | None) -> Match | None:
    """A warning answer as a row: D01–D03, or by its own id below refer (U2b brief, H2 unsure)."""
    level, priority = one.weight
    if level is Level.LOG or not _speaks_of(one, facts, index):
        return None
    question = one.question
    answer = "yes" if one.reply == "yes" else f"“{one.reply}”"
    why = f"{answer} to {question.id}: {question.text}"
    action_set = {Level.MODIFY: "A4", Level.MONITOR: "A1"}.get(level, "A0")
    found = match(FLAG_ROWS.get(level, question.id), level, priority, action_set, why)
    return Match(
        row=found.row,
        weight=found.weight,
        action_set=found.action_set,
        sentence=found.sentence,
        facts={"question": question.id},
        clears=question.id if level >= Level.REFER else None,
        also=question.pauses,
    )


def _speaks_of(one: Weighed, facts: Gathered, index: int | None) -> bool:
    """A flag counts for the sites its question is shown for; for all when it fits none."""
    scope = one.question.shown_for
    fits = [shown(scope, place) for place in facts.report.places]
    return index is None or not any(fits) or fits[index]


def _clearance_rows(facts: Gathered) -> list[Match]:
    """D21: with limits modify by hand; without, at least monitor; the coach at once."""
    rows = []
    for one in facts.clearances:
        if one.limits:
            why = "cleared with limits; the coach writes by hand."
            found = match("D21", Level.MODIFY, Priority.NORMAL, "A5", why)
        else:
            found = match("D21", Level.MONITOR, Priority.NORMAL, "A1", "cleared.")
        rows.append(
            Match(
                found.row,
                found.weight,
                found.action_set,
                found.sentence,
                by_hand=one.limits,
                at_once=True,
            )  # fmt: skip
        )
    return rows


def _open_questions(facts: Gathered) -> list[Match]:
    """D05 while the form is not complete, D05b while after-session questions are open."""
    open_now = (*facts.missing, *facts.due_now)
    if open_now:
        why = f"Incomplete: {len(open_now)} left: {', '.join(open_now)}."
        weight = (Level.INCOMPLETE, Priority.NORMAL)
        return [Match("D05", weight, "A0", why)]
    if facts.due_after:
        why = f"questions left for after the session: {', '.join(facts.due_after)}."
        return [match("D05b", Level.MONITOR, Priority.NORMAL, "A1", why)]
    return []


def _trend_rows(site: SiteFacts, found: Iterable[Match], cleared: frozenset[str]) -> list[Match]:
    """D16: levels of their own, and at most one step above what the other rows ask for."""
    step = _stepped(found)
    rows = [
        _trend_row(trend, step if trend.step_up else trend.weight or STEPS[0])
        for trend in site.trends
    ]
    return [row for row in rows if row.clears not in cleared]


def _stepped(found: Iterable[Match]) -> Weight:
    """One step above the answered part; questions left (D05b) are no part of it."""
    below = [one.weight for one in found if one.weight in STEPS and one.row != "D05b"]
    base = max(below, default=STEPS[0])
    return STEPS[min(STEPS.index(base) + 1, len(STEPS) - 1)]


def _trend_row(trend: Trend, weight: Weight) -> Match:
    action_set = {Level.MODIFY: "A2", Level.MONITOR: "A1"}.get(weight[0], "A0")
    return match(trend.id, *weight, action_set, trend.sentence)


def _technique(facts: Gathered, common: list[Match]) -> tuple[str, ...]:
    """D18: position lost twice in 14 d, or checklist below 4 of 5, without pain: a task."""
    pain = any(hurts(site.case.site) for site in facts.sites)
    score = facts.report.checklist_score
    lift = facts.report.exercise
    since = facts.past.own.on - POSITION_DAYS
    lost = [
        one
        for one in facts.past.history.position_lost
        if lift is not None and one.exercise == lift.exercise and since <= one.on
    ]
    low = score is not None and score < CHECKLIST_ITEMS - 1
    if pain or not (low or len(lost) >= 2):
        return ()
    why = "technique to look at: position or checklist."
    common.append(match("D18", Level.LOG, Priority.NORMAL, "A0", why))
    return ("technique",)


def _silence(facts: Gathered, common: list[Match]) -> tuple[str, ...]:
    """TR7: the next morning unanswered 48 h after it fell due: a task, no level."""
    waits = any(
        site.case.v != 0 and morning_open(site.case.site)
        for site in facts.sites
        if facts.kind in (Kind.SYMPTOM, Kind.SORENESS)
    )
    if not waits or facts.at < silent_from(facts.past.own.on, facts.report.zone):
        return ()
    why = "no answer to the next-morning check for 48 hours."
    common.append(match("TR7", Level.LOG, Priority.NORMAL, "A0", why))
    return ("ask_follow_up",)
