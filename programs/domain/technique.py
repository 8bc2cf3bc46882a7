"""Technique: checklists, faults, the stop rule, and when a coach is asked to look (domain §1).

Position decides, never load: nothing here warns because a set is heavy (S-06).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from programs.domain.datafile import Row, read
from programs.domain.exercise import PATTERNS, Mark

POSITION_LOST = "position_lost"
"""The set counts, the lost rep does not (S-04)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One yes-or-no line of a checklist; `attribution` names whose cue it is (S-07)."""

    id: str
    text: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines a client answers after a set, or a coach on video, with load or without (S-05).

    `pass_least` = so many lines must be yes; None = there is no mark to reach.
    """

    id: str
    name: str
    patterns: tuple[str, ...]
    items: tuple[Item, ...]
    pass_least: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Fault:
    """A named fault, reported by client or coach for a set (S-03)."""

    id: str
    text: str
    patterns: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class StopRule:
    """When the stop rule is shown, and when losing position becomes a task (S-04, D18)."""

    text: str
    rir_most: int
    percent_least: int
    ends_for_task: int
    days: int
    task_load_factor: Decimal
    mark: Mark


@dataclass(frozen=True, slots=True)
class SetEnd:
    """How one set of an exercise ended, on the client's local date."""

    exercise: str
    on: date
    end: str


@dataclass(frozen=True, slots=True)
class TechniqueTask:
    """A task for the coach, not a level: recheck the lift and take the load × factor (D18)."""

    exercise: str
    reason: str
    load_factor: Decimal


def checklists() -> Mapping[str, Checklist]:
    """Every checklist by id."""
    return _book()[0]


def faults() -> Mapping[str, Fault]:
    """Every named fault by id."""
    return _book()[1]


def set_ends() -> Mapping[str, str]:
    """Why a set ended, id and words."""
    return _book()[2]


def stop_rule() -> StopRule:
    """The stop rule with its words and numbers."""
    return _book()[3]


def stop_rule_applies(rir: Decimal | int | None, percent_e1rm: Decimal | int | None) -> bool:
    """Whether the stop rule is shown for a set as planned: RIR 1 or less, or 90 % and above."""
    rule = stop_rule()
    near_failure = rir is not None and rir <= rule.rir_most
    near_max = percent_e1rm is not None and percent_e1rm >= rule.percent_least
    return near_failure or near_max


def passes(checklist_id: str, answers: Mapping[str, bool]) -> bool:
    """Whether enough lines of a checklist are yes; a line without answer is not a yes.

    Raises KeyError for an unknown checklist, ValueError for an unknown line.
    """
    checklist = checklists()[checklist_id]
    known = {item.id for item in checklist.items}
    unknown = set(answers) - known
    if unknown:
        raise ValueError(f"{checklist_id} has no line {', '.join(sorted(unknown))}")
    return sum(answers.values()) >= (checklist.pass_least or 0)


def technique_task(ends: Iterable[SetEnd], exercise: str, today: date) -> TechniqueTask | None:
    """The task after two sets of an exercise ended for position in 14 days, else None (D18)."""
    rule = stop_rule()
    since = today - timedelta(days=rule.days)
    lost = sum(
        one.exercise == exercise and one.end == POSITION_LOST and since <= one.on <= today
        for one in ends
    )
    if lost < rule.ends_for_task:
        return None
    reason = f"position lost in {lost} sets within {rule.days} days"
    return TechniqueTask(exercise, reason, rule.task_load_factor)


def checklist_task(
    checklist_id: str, answers: Mapping[str, bool], exercise: str, *, pain: int = 0
) -> TechniqueTask | None:
    """The task after a checklist below its mark in a set without pain, else None (D18).

    With pain the report is judged instead. Raises KeyError and ValueError as `passes`.
    """
    if passes(checklist_id, answers) or pain > 0:
        return None
    checklist = checklists()[checklist_id]
    reason = f"{checklist.name}: {sum(answers.values())} of {len(checklist.items)}"
    return TechniqueTask(exercise, reason, stop_rule().task_load_factor)


def digest() -> str:
    """sha256 of the technique data, a part of the rule set's hash."""
    return read("programs.domain", "technique.toml").digest


@cache
def _book() -> tuple[dict[str, Checklist], dict[str, Fault], dict[str, str], StopRule]:
    top = read("programs.domain", "technique.toml").top()
    lists = {row.text("id"): _checklist(row) for row in top.rows("checklist")}
    named = {row.text("id"): _fault(row) for row in top.rows("fault")}
    ends = dict(_end(row) for row in top.rows("set_end"))
    rule = _rule(top.row("stop_rule"))
    top.done()
    return lists, named, ends, rule


def _checklist(row: Row) -> Checklist:
    items = tuple(_item(item) for item in row.rows("item"))
    least = row.whole("pass_least", least=1, most=len(items)) if row.has("pass_least") else None
    made = Checklist(
        id=row.text("id"),
        name=row.text("name"),
        patterns=row.list_of("patterns", PATTERNS),
        items=items,
        pass_least=least,
        mark=Mark(row.one_of("mark", tuple(Mark))),
    )
    row.done()
    return made


def _item(row: Row) -> Item:
    made = Item(row.text("id"), row.text("text"), row.text("attribution", ""))
    row.done()
    return made


def _fault(row: Row) -> Fault:
    made = Fault(
        id=row.text("id"),
        text=row.text("text"),
        patterns=row.list_of("patterns", PATTERNS),
        mark=Mark(row.one_of("mark", tuple(Mark))),
    )
    row.done()
    return made


def _end(row: Row) -> tuple[str, str]:
    made = row.text("id"), row.text("text")
    row.done()
    return made


def _rule(row: Row) -> StopRule:
    made = StopRule(
        text=row.text("text"),
        rir_most=row.whole("rir_most", most=10),
        percent_least=row.whole("percent_least", most=100),
        ends_for_task=row.whole("ends_for_task", least=1, most=10),
        days=row.whole("days", least=1, most=60),
        task_load_factor=row.number("task_load_factor", most=1),
        mark=Mark(row.one_of("mark", tuple(Mark))),
    )
    row.done()
    return made
