"""Levels, the decision table, trends and what may be changed, as sections of the pack."""

from __future__ import annotations

from clients.domain.action_sets import ACTION_SETS, NOTICES
from clients.domain.client_words import client_words
from clients.domain.levels import Level, Priority
from clients.domain.questions import weight
from clients.domain.verdict import Notice
from clients.reviewing.decision_table import ROWS, TRENDS, TableRow
from clients.reviewing.pages import Cell, Section, Table, Text
from clients.reviewing.questions import badge

PERMITTED = {"yes": "yes", "no": "no", "with": "with a swap or removal",
             "with_any": "with another change", "by_hand": "by hand"}  # fmt: skip
SET_WORDS = {
    "A0": "nothing is offered",
    "A1": "checks first, then easier versions; nothing is taken out",
    "A2": "everything, taking out last",
    "A3": "as A2, a check alone is not enough",
    "A4": "a strictly lower exercise, or taking it out",
    "A5": "nothing is offered; the coach writes by hand",
}


TOLD = {("D21", ""): "at once", ("D24", ""): "at once", ("D23", "incomplete"): "5 minutes"}
"""Rows that are told faster than their level."""


def sections() -> tuple[Section, ...]:
    """Levels first, then the rows that give them."""
    return (_levels(), _table(), _sets())


def _levels() -> Section:
    rows = tuple(
        (
            badge(key),
            client_words(str(key[0])),
            _told(notice),
            _backup(notice),
            "yes" if key[0] in (Level.MONITOR, Level.MODIFY) else "none",
        )
        for key, notice in reversed(list(NOTICES.items()))
        if key != (Level.INCOMPLETE, Priority.NORMAL)
    )
    return Section(
        "Levels",
        (
            Text(
                "The highest level of all rows that match holds, for each place and for the"
                " client. Silence and time never lower it. Leaving refer, urgent or emergency"
                " needs a clearance record by a professional; a coach cannot talk it down."
            ),
            Table(
                ("Level", "The client reads", "Coach told within", "Then cover", "Options"),
                rows, (17, 33, 18, 18, 14),
            ),
            Text(
                "At emergency and urgent every session is paused; at refer the pattern it was felt"
                " in and everything that loads the place medium or more. Logging and reporting are"
                " never paused. The words always say that the app is not watched round the clock."
            ),
        ),
    )  # fmt: skip


def _told(notice: Notice) -> str:
    if notice.coach_within_s is None:
        return "daily digest" if notice.digest else "in the history"
    return _span(notice.coach_within_s) + (", two channels" if notice.channels > 1 else "")


def _backup(notice: Notice) -> str:
    return f"after {_span(notice.backup_after_s)}" if notice.backup_after_s else "no"


def _span(seconds: int) -> str:
    if seconds >= 3600:
        hours = seconds // 3600
        return f"{hours} hour{'s' if hours > 1 else ''}"
    minutes = seconds // 60
    return f"{minutes} minute{'s' if minutes > 1 else ''}"


def rows_of(rows: tuple[TableRow, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Rows with the level each gives, how fast the coach is told, and the set."""
    found: list[tuple[Cell, ...]] = []
    for row in rows:
        for place, (word, action_set) in enumerate(row.gives or (("", ""),)):
            name, condition, note = (row.id, row.condition, row.note) if not place else ("", "", "")
            if not word:
                found.append((name, condition, note, "", ""))
                continue
            key = weight(word.replace(" ", "_"))
            level: Cell = badge(key)
            told = TOLD.get((row.id, word)) or TOLD.get((row.id, "")) or _told(NOTICES[key])
            found.append((name, condition, level, f"{told}. {note}" if note else told, action_set))
    return tuple(found)


def _table() -> Section:
    head = ("Row", "When", "Level", "Coach told", "Set")
    return Section(
        "Decision table",
        (
            Text(
                "Every row is evaluated. Level: the highest. Set of permitted changes: the"
                " strictest of the rows at that level. Notice: the fastest of all rows that match."
            ),
            Table(head, rows_of(ROWS), (8, 46, 15, 24, 7)),
            Table(
                head, rows_of(TRENDS), (8, 46, 15, 24, 7),
                "Trends (D16): the same place, episode not closed, soreness left out",
            ),
            Text(
                "One level up means log, monitor, modify, modify high; a trend takes at most one"
                " such step, on top of what the other rows give, and never refers by it."
            ),
        ),
    )  # fmt: skip


def _sets() -> Section:
    classes = ("check", "ease", "range", "swap", "freq", "remove")
    rows = tuple(
        (name, SET_WORDS[name], *(PERMITTED[getattr(one, each)] for each in classes))
        for name, one in ACTION_SETS.items()
    )
    head = ("Set", "In words", "Check", "Ease", "Range", "Swap", "Fewer sessions", "Take out")
    return Section(
        "What a coach may be offered",
        (
            Text(
                "Classes of change: check (recheck, set-up), ease (load, reps, reps in reserve,"
                " sets, tempo), range, swap, fewer sessions, take out for at most 14 days. The"
                " coach decides; the software applies nothing."
            ),
            Table(head, rows, (7, 30, 10, 11, 10, 11, 11, 10)),
            Text(
                "While questions for after the session are open, nothing is swapped or taken out."
                " A phone without signal may use one named option that a coach allowed beforehand,"
                " or climb one rung: only with every tile answered “none of these”, 5 of 10 at"
                " most, load eased at most, nothing referred or incomplete open, and the last sync"
                " at most 7 days ago. It is provisional until the coach confirms it."
            ),
        ),
    )
