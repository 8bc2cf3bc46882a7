"""The lines of a session as a coach types them, and the session in the program's own grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from clients.domain.sets_text import NotMeant, read, written
from coachapi.refusals import Fault
from programs.domain import sheet_words
from programs.domain.document import Workout
from programs.domain.exercise import Library
from programs.domain.loadable import Unit
from programs.domain.prescription import Prescription
from programs.domain.words import name_of

NEW_ROWS = 2
NEW_SLOTS = ("X", "Y", "Z", "W")
MOST_ROWS = 40
_FAULT = re.compile(r"#/workout/prescriptions/(\d+)(?:/|$)")


@dataclass
class Line:
    """One place as typed: what it is, whether it goes, what is wrong with it."""

    slot: str
    exercise: str = ""
    sets: str = ""
    rest: str = ""
    note: str = ""
    tempo: str = ""
    superset: str = ""
    growth: str = ""  # its progression, as a spreadsheet's cell says it
    gone: bool = False
    exercise_id: str = ""
    beside: str = ""  # warm-ups: kept as they are
    wrong: list[str] = field(default_factory=list)

    @property
    def more(self) -> str:
        """What stands folded away under the line, in short."""
        named = {_("tempo"): self.tempo, _("superset"): self.superset, "": self.growth}
        return ", ".join(f"{name} {each}".strip() for name, each in named.items() if each)


@dataclass(frozen=True, slots=True)
class Stood:
    """A session as its coach sees it: loads worked out, and the rule behind each place."""

    shown: Workout
    behind: Workout

    def lines(self, unit: Unit, book: Library) -> list[Line]:
        """A line for each place."""
        return [
            _line(each, self.growth(each.slot), unit, book) for each in self.shown.prescriptions
        ]

    def growth(self, slot: str) -> str:
        """The progression of a place in words, however long it has gone on; nothing without."""
        for each in self.behind.prescriptions:
            if each.slot == slot and each.progression is not None:
                return sheet_words.write_growth(replace(each.progression, behind=0))
        return ""


NOTHING = Stood(Workout("", ()), Workout("", ()))


def _line(one: Prescription, growth: str, unit: Unit, book: Library) -> Line:
    warm = len(one.sets) - len(one.work_sets)
    return Line(
        slot=one.slot,
        exercise=name_of(book, one.exercise),
        sets=written(one, unit),
        rest="" if one.rest_seconds is None else str(one.rest_seconds),
        note=one.note,
        tempo=one.tempo or "",
        superset=one.superset or "",
        growth=growth,
        exercise_id=one.exercise,
        beside=_("%(n)s warm-up sets") % {"n": warm} if warm else "",
    )


def blank(
    lines: Sequence[Line], slots: Sequence[str] = NEW_SLOTS, most: int = NEW_ROWS
) -> list[Line]:
    """Lines for what is added, each with a slot that is free."""
    taken = {each.slot for each in lines}
    return [Line(slot) for slot in slots if slot not in taken][:most]


def typed(post: Any) -> list[Line]:
    """The lines as they came back, in the order they stand in."""

    def said(name: str, slot: str) -> str:
        return str(post.get(f"{name}-{slot}", "")).strip()

    return [
        Line(
            slot=slot[:12],
            exercise=said("exercise", slot),
            sets=said("sets", slot),
            rest=said("rest", slot),
            note=post.get(f"note-{slot}", ""),
            tempo=said("tempo", slot),
            superset=said("superset", slot),
            growth=said("growth", slot),
            gone=bool(post.get(f"gone-{slot}")),
        )
        for slot in post.getlist("slot")[:MOST_ROWS]
    ]


def moved(lines: list[Line], way: str, slot: str) -> list[Line]:
    """The lines with one a place further up or down; the first and the last stay."""
    at = next((n for n, each in enumerate(lines) if each.slot == slot), None)
    to = None if at is None else at + {"up": -1, "down": 1}.get(way, 0)
    if at is None or to is None or not 0 <= to < len(lines):
        return lines
    result = list(lines)
    result.insert(to, result.pop(at))
    return result


@dataclass(frozen=True, slots=True)
class Made:
    """A session in the program's grammar, the lines its places came from, and the rules it ends."""

    workout: dict[str, Any]
    lines: tuple[Line, ...]
    ends: frozenset[str]

    def told(self, faults: Iterable[Fault]) -> list[str]:
        """Each fault put on the line it is about; those about no line are returned."""
        rest = []
        for each in faults:
            found = _FAULT.match(each.pointer)
            if found and int(found[1]) < len(self.lines):
                self.lines[int(found[1])].wrong.append(each.detail)
            else:
                rest.append(each.detail)
        return rest


def made(
    name: str,
    lines: Iterable[Line],
    stood: Stood,
    rows: Mapping[str, dict[str, Any]],
    unit: Unit,
    book: Library,
) -> Made:
    """What was typed; what is wrong with a line is noted on it. ``rows`` are those shown, by slot,
    in the program's grammar: what the form does not ask of a place stays in them.
    """
    held = {each.slot: each for each in stood.shown.prescriptions}
    ids = {each.name.casefold(): each.id for each in book.values()}
    kept: list[tuple[Line, dict[str, Any]]] = []
    ends = set()
    for line in lines:
        is_blank = not (line.exercise or line.sets) and line.slot not in rows
        if line.gone or is_blank:
            continue
        row = dict(rows.get(line.slot, {"slot": line.slot, "rest_seconds": 120}))
        was = held.get(line.slot)
        _exercise(line, row, ids)
        if was is None or line.sets != written(was, unit):
            _sets(line, row)
        _rest(line, row)
        for member, text in (
            ("note", line.note),
            ("tempo", line.tempo),
            ("superset", line.superset),
        ):
            row.pop(member, None)
            if text.strip():
                row[member] = text.strip()
        grew = stood.growth(line.slot)
        same_lift = was is not None and was.exercise == line.exercise_id
        if line.growth and not (same_lift and line.growth == grew):
            _growth(line, row)
        elif grew and not line.growth:
            ends.add(line.slot)
        kept.append((line, row))
    workout = {
        "name": name.strip() or stood.shown.name,
        "prescriptions": [row for _line_, row in kept],
    }
    return Made(workout, tuple(line for line, _row in kept), frozenset(ends))


def _exercise(line: Line, row: dict[str, Any], ids: dict[str, str]) -> None:
    line.exercise_id = ids.get(line.exercise.casefold(), "")
    if not line.exercise_id:
        line.wrong.append(
            _("“%(name)s” is no exercise of the library; choose one from the list.")
            % {"name": line.exercise}
        )
    row["exercise"] = line.exercise_id


def _sets(line: Line, row: dict[str, Any]) -> None:
    try:
        work = read(line.sets)
    except NotMeant as no:
        line.wrong.append(str(no))
        return
    warm = [each for each in row.get("sets", []) if each.get("kind") == "warmup"]
    row["sets"] = [*warm, *work]


def _growth(line: Line, row: dict[str, Any]) -> None:
    try:
        row["progression"] = sheet_words.read_growth(line.growth)
    except sheet_words.NotMeant as no:
        line.wrong.append(str(no))


def _rest(line: Line, row: dict[str, Any]) -> None:
    if not line.rest:
        row.pop("rest_seconds", None)
    elif line.rest.isascii() and line.rest.isdigit():
        row["rest_seconds"] = int(line.rest)
    else:
        line.wrong.append(_("“%(rest)s” is no rest in seconds.") % {"rest": line.rest})
