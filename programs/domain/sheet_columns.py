"""The columns of a program's spreadsheet: their headers, what they hold, how a cell is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process

from programs.domain.exercise import Exercise
from programs.domain.sheet_words import (
    NotMeant,
    number,
    read_alternates,
    read_cues,
    read_growth,
    read_media,
    read_reps,
    read_setup,
)

Exercises = Mapping[str, Exercise]
Read = Callable[[str, Exercises], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A header with the member of the document it fills; `of_set` when each row has its own."""

    key: str
    member: str = ""
    read: Read | None = None
    of_set: bool = False
    stand_in: Any = None
    members: tuple[str, ...] = ()


def _text(text: str, exercises: Exercises) -> str:
    return text


def _of_set(member: str) -> Read:
    """A number, as the one member of a set it fills."""
    return lambda text, exercises: {member: str(number(text))}


def _percent(text: str, exercises: Exercises) -> dict[str, Any]:
    return {"percent": str(number(text.removesuffix("%").strip()))}


def _count(text: str, exercises: Exercises) -> dict[str, Any]:
    if not text.isascii() or not text.isdecimal():
        raise NotMeant("How many sets: a whole number.")
    return {"count": int(text[:9])}


def _kind(text: str, exercises: Exercises) -> dict[str, Any]:
    kinds = {"work": "work", "warm-up": "warmup", "warmup": "warmup", "warm up": "warmup"}
    if text.lower() not in kinds:
        raise NotMeant("Accepted: work or warm-up.")
    return {"kind": kinds[text.lower()]}


def _seconds(text: str, exercises: Exercises) -> int:
    if not text.isascii() or not text.isdecimal():
        raise NotMeant("Whole seconds are expected.")
    return int(text[:9])


COLUMNS = (
    Column("program"),
    Column("about"),
    Column("phase"),
    Column("week"),
    Column("workout"),
    Column("day", "day"),
    Column("slot", "slot"),
    Column("exercise", "exercise"),
    Column("kind", "kind", _kind, of_set=True, stand_in={}),
    Column("sets", "count", _count, of_set=True, stand_in={}, members=("sets",)),
    Column(
        "reps",
        "reps_min",
        lambda text, exercises: read_reps(text),
        of_set=True,
        stand_in={"reps_min": 1},
        members=("reps_max", "seconds", "amrap"),
    ),
    Column("load kg", "load_kg", _of_set("load_kg"), of_set=True, stand_in={}),
    Column("load lb", "load_lb", _of_set("load_lb"), of_set=True, stand_in={}),
    Column("% e1rm", "percent", _percent, of_set=True, stand_in={}),
    Column("last time + kg", "last_plus_kg", _of_set("last_plus_kg"), of_set=True, stand_in={}),
    Column("last time + lb", "last_plus_lb", _of_set("last_plus_lb"), of_set=True, stand_in={}),
    Column("rir", "rir", _of_set("rir"), of_set=True, stand_in={}),
    Column("rpe", "rpe", _of_set("rpe"), of_set=True, stand_in={}),
    Column("rest s", "rest_seconds", _seconds),
    Column("tempo", "tempo", _text),
    Column("superset", "superset", _text),
    Column("progression", "progression", lambda text, exercises: read_growth(text)),
    Column("alternates", "alternates", read_alternates),
    Column("cues", "cues", lambda text, exercises: read_cues(text)),
    Column("media", "media", lambda text, exercises: read_media(text)),
    Column("setup", "setup", lambda text, exercises: read_setup(text), stand_in=[]),
    Column("limit", "limit", _text),
    Column("checklist", "checklist", _text),
    Column("note", "note", _text),
)
NEEDED = ("week", "workout", "exercise", "reps")
KEYS = tuple(column.key for column in COLUMNS)
SAME = {
    "kg": "load kg",
    "lb": "load lb",
    "lbs": "load lb",
    "load_kg": "load kg",
    "load_lb": "load lb",
    "load (kg)": "load kg",
    "load (lb)": "load lb",
    "%e1rm": "% e1rm",
    "percent": "% e1rm",
    "type": "kind",
    "weeks": "week",
    "notes": "note",
    "rest (s)": "rest s",
    "superset/circuit": "superset",
}
"""Other headers that mean one thing only."""
UNITLESS = {
    "load": "load kg or load lb",
    "weight": "load kg or load lb",
    "rest": "rest s, in seconds",
    "last time": "last time + kg or last time + lb",
    "%": "% e1rm",
}


def address(row: int, column: int) -> str:
    """A cell as a spreadsheet names it; row 1 is the first, column 0 is A."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def columns_of(
    header: Sequence[str],
) -> tuple[dict[str, int], list[tuple[str, str, str]]]:
    """Which column stands where, and what is wrong with the header: cell, code, sentence."""
    found: dict[str, int] = {}
    wrong: list[tuple[str, str, str]] = []
    for place, written in enumerate(header):
        plain = " ".join(written.lower().split())
        key = SAME.get(plain, plain)
        cell = address(1, place)
        if not plain:
            continue
        if key in UNITLESS:
            sentence = f"{written!r} names no unit, and none is guessed; write {UNITLESS[key]}."
            wrong.append((cell, "no_unit", sentence))
        elif key not in KEYS:
            wrong.append((cell, "unknown_header", _unknown(written, plain)))
        elif key in found:
            wrong.append((cell, "header_twice", f"The header {key} stands twice."))
        else:
            found[key] = place
    missing = [key for key in NEEDED if key not in found]
    if missing:
        sentence = (
            f"The first row has the headers; {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing."
        )
        wrong.append(("A1", "missing_header", sentence))
    return found, wrong


def _unknown(written: str, plain: str) -> str:
    near = process.extractOne(plain, KEYS, score_cutoff=70)
    meant = f"; did you mean {near[0]}" if near else ""
    return f"{written[:40]!r} is no header of this layout{meant}. Known: {', '.join(KEYS)}."
