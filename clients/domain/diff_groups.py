"""A preview folded for reading: equal changes on the same weekday stand in one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clients.domain.diff import Row
from programs.domain.exercise import Library
from programs.domain.words import name_of


@dataclass(frozen=True, slots=True)
class Group:
    """One change, on every day it happens: from what, to what, how many work sets each time.

    `becomes` is empty where nothing is done. `same_lift` = only the sets change.
    """

    days: tuple[date, ...]
    was_lift: str
    was: str
    becomes_lift: str
    becomes: str
    sets: int
    same_lift: bool
    paused: bool


def grouped(rows: Iterable[Row], book: Library) -> tuple[Group, ...]:
    """The rows of a preview by weekday and change, in the order of their first day.

    `book` names the lifts, a practice's own among them.
    """
    days: dict[tuple[object, ...], list[date]] = {}
    first: dict[tuple[object, ...], Row] = {}
    for row in sorted(rows, key=lambda each: (each.on, each.slot)):
        key = (
            row.on.weekday(),
            row.was_exercise,
            row.was,
            row.becomes_exercise,
            row.becomes,
            row.paused,
        )
        days.setdefault(key, []).append(row.on)
        first.setdefault(key, row)
    return tuple(_group(first[key], tuple(found), book) for key, found in days.items())


def _group(row: Row, days: tuple[date, ...], book: Library) -> Group:
    return Group(
        days=days,
        was_lift=name_of(book, row.was_exercise or ""),
        was=row.was or "",
        becomes_lift=name_of(book, row.becomes_exercise or ""),
        becomes=row.becomes or "",
        sets=row.sets,
        same_lift=row.was_exercise == row.becomes_exercise,
        paused=row.paused,
    )
