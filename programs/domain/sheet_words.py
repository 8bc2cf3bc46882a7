"""The small languages of a spreadsheet's cells, written and read back: reps, growth, lists."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from programs.domain.document_progression import progression_json
from programs.domain.exercise import Exercise
from programs.domain.prescription import Alternate, Media, SetTarget
from programs.domain.progression_rules import Progression

Found = tuple[str | None, ...]

_NUMBER = r"-?\d{1,6}(?:[.,]\d{1,3})?"
_REPS = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?(\s*\+)?")
_SECONDS = re.compile(r"(\d{1,5})\s*s(?:ec)?")
_LINE = re.compile(r"(.+?)\s*\((easier|same|harder)\)")

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "linear",
            rf"linear\s+\+?({_NUMBER})\s*(kg|lb|%)(?:\s+every\s+(\d{{1,3}})(?:\s+weeks?)?)?"
            rf"(?:\s+up to\s+({_NUMBER})\s*(kg|lb))?",
        ),
        ("double", rf"double\s+\+?({_NUMBER})\s*(kg|lb)"),
        (
            "log_gated",
            rf"log\s+\+?({_NUMBER})\s*(kg|lb)(?:\s+after\s+(\d{{1,2}}))?"
            rf"(?:\s+fails\s+(\d{{1,2}})\s+drop\s+({_NUMBER})\s*%)?",
        ),
        ("percentages", rf"percent\s+({_NUMBER}(?:\s+{_NUMBER})*)"),
        ("rir", rf"rir\s+({_NUMBER}(?:\s+{_NUMBER})*)"),
    )
)
_DELOAD = re.compile(
    rf"deload every\s+(\d{{1,3}})(?:\s+load\s+({_NUMBER})\s*%)?(?:\s+sets\s+(\d{{1,3}}))?"
)
_BEHIND = re.compile(r"behind\s+(\d{1,3})")

GROWTHS = (
    "linear +2.5 kg every 2 up to 140 kg",
    "double +2.5 kg",
    "log +2.5 kg after 2 fails 3 drop 10 %",
    "percent 70 72.5 75",
    "rir 3 2 1",
    "deload every 4 load 80 % sets 2",
)
"""What may stand under progression, one of each; a deload may follow another after a comma."""


class NotMeant(ValueError):
    """A cell that says nothing in the language of its column; the message says what would."""


def number(text: str) -> Decimal:
    """A number with a decimal point or comma. Raises NotMeant.

    1,000 may be a thousand or one: it is refused.
    """
    if re.fullmatch(r"-?\d{1,3},\d{3}", text):
        raise NotMeant(f"{text} may be a thousand or a decimal; write it with a point or without.")
    if not re.fullmatch(rf"\+?{_NUMBER}", text):
        raise NotMeant("A number is expected; its unit stands in the header.")
    return Decimal(text.replace(",", "."))


def read_reps(text: str) -> dict[str, Any]:
    """8 · 8-12 · 8+ (as many as possible, at least 8) · AMRAP · 30 s. Raises NotMeant."""
    plain = text.strip().lower()
    if plain == "amrap":
        return {"amrap": True}
    held = _SECONDS.fullmatch(plain)
    if held:
        return {"seconds": int(held[1])}
    reps = _REPS.fullmatch(plain)
    if not reps:
        raise NotMeant("Accepted: 8, 8-12, 8+, AMRAP or 30 s.")
    low, high, more = reps.groups()
    members: dict[str, Any] = {"reps_min": int(low)}
    if high:
        members["reps_max"] = int(high)
    return members | ({"amrap": True} if more else {})


def write_reps(target: SetTarget) -> str:
    """The cell that `read_reps` reads back."""
    if target.seconds is not None:
        return f"{target.seconds} s"
    low, high = target.reps_min, target.reps_max
    if low is None:
        return "AMRAP"
    reps = str(low) if high is None or (high == low and not target.amrap) else f"{low}-{high}"
    return f"{reps}+" if target.amrap else reps


def read_growth(text: str) -> dict[str, Any]:
    """A progression out of its cell, as a document has it. Raises NotMeant."""
    members: dict[str, Any] = {}
    for part in re.split(r"\s*,\s+", re.sub(r"\s+", " ", text.strip().lower())):
        members |= _part(part)
    if "kind" not in members:
        if "deload" not in members:
            raise _no_growth()
        members["kind"] = "deload"
    return members


def write_growth(progression: Progression) -> str:
    """The cell that `read_growth` reads back."""
    raw = _plain(progression_json(progression))
    kind, parts = raw["kind"], []
    unit = "lb" if "add_lb" in raw else "kg"
    if kind in {"double", "log_gated"}:
        parts.append(f"{'double' if kind == 'double' else 'log'} +{raw[f'add_{unit}']} {unit}")
    if kind == "log_gated":
        parts[0] += f" after {raw['after']}"
        if "fails" in raw:
            parts[0] += f" fails {raw['fails']} drop {raw['drop_percent']} %"
    if kind == "linear":
        added = raw.get("add_percent") or raw[f"add_{unit}"]
        sign = "" if Decimal(added) < 0 else "+"
        parts.append(f"linear {sign}{added} {'%' if 'add_percent' in raw else unit}")
        parts[0] += f" every {raw['every']}"
        if f"most_{unit}" in raw:
            parts[0] += f" up to {raw[f'most_{unit}']} {unit}"
    if kind in {"percentages", "rir"}:
        parts.append(" ".join(["percent" if kind == "percentages" else "rir", *raw["weeks"]]))
    if "deload" in raw:
        deload = raw["deload"]
        load = f" load {deload['load_percent']} %" if "load_percent" in deload else ""
        sets = f" sets {deload['sets']}" if "sets" in deload else ""
        parts.append(f"deload every {deload['every']}{load}{sets}")
    if "behind" in raw:
        parts.append(f"behind {raw['behind']}")
    return ", ".join(parts)


def read_alternates(text: str, exercises: Mapping[str, Exercise]) -> list[dict[str, str]]:
    """A name or id a line, its direction in brackets."""
    found = []
    for line in _lines(text):
        held = _LINE.fullmatch(line)
        name, direction = held.groups() if held else (line, "same")
        found.append({"exercise": known_as(exercises, name), "direction": direction})
    return found


def write_alternates(alternates: Iterable[Alternate]) -> str:
    """The cell that `read_alternates` reads back."""
    return "\n".join(f"{one.exercise} ({one.direction})" for one in alternates)


def read_media(text: str) -> list[dict[str, str]]:
    """An address a line, its title after it."""
    pairs = [line.partition(" ") for line in _lines(text)]
    return [{"url": url} | ({"title": title} if title else {}) for url, _, title in pairs]


def write_media(media: Iterable[Media]) -> str:
    """The cell that `read_media` reads back."""
    return "\n".join(f"{one.url} {one.title}".strip() for one in media)


def read_setup(text: str) -> list[dict[str, str]]:
    """What to set up and how, `feet: flat` a line. Raises NotMeant."""
    pairs = [line.partition(": ") for line in _lines(text)]
    if not all(param and value for param, _, value in pairs):
        raise NotMeant("A line such as feet: flat is expected.")
    return [{"param": param, "value": value} for param, _, value in pairs]


def write_setup(setup: Iterable[tuple[str, str]]) -> str:
    """The cell that `read_setup` reads back."""
    return "\n".join(f"{param}: {value}" for param, value in setup)


def read_cues(text: str) -> list[str]:
    """A cue a line."""
    return _lines(text)


def known_as(exercises: Mapping[str, Exercise], typed: str) -> str:
    """The id of an exercise named by id or by its whole name; else what was typed."""
    if typed in exercises:
        return typed
    folded = " ".join(typed.split()).casefold()
    named = (one.id for one in exercises.values() if one.name.casefold() == folded)
    return next(named, typed)


def _plain(value: Any) -> Any:
    """The same with every number in digits alone: 10, and not 1E+1."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    try:
        return f"{Decimal(value):f}" if isinstance(value, str) else value
    except InvalidOperation:
        return value


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _part(part: str) -> dict[str, Any]:
    """One of the comma's parts."""
    behind = _BEHIND.fullmatch(part)
    if behind:
        return {"behind": int(behind[1])}
    deload = _DELOAD.fullmatch(part)
    if deload:
        every, load, sets = deload.groups()
        given = {
            "every": int(every),
            "load_percent": _point(load),
            "sets": int(sets) if sets else None,
        }
        return {"deload": {key: value for key, value in given.items() if value is not None}}
    for kind, pattern in _RULES:
        found = pattern.fullmatch(part)
        if found:
            return {"kind": kind} | _READ[kind](found.groups())
    raise _no_growth()


def _linear(found: Found) -> dict[str, Any]:
    added, unit, every, most, most_unit = found
    key = "add_percent" if unit == "%" else f"add_{unit}"
    members: dict[str, Any] = {key: _point(added)}
    if every:
        members["every"] = int(every)
    return members | ({f"most_{most_unit}": _point(most)} if most else {})


def _log(found: Found) -> dict[str, Any]:
    added, unit, after, fails, drop = found
    members: dict[str, Any] = {f"add_{unit}": _point(added)}
    if after:
        members["after"] = int(after)
    return members | ({"fails": int(fails), "drop_percent": _point(drop)} if fails else {})


def _point(text: str | None) -> str | None:
    return text and text.replace(",", ".")


def _no_growth() -> NotMeant:
    return NotMeant(f"Accepted: {'; '.join(GROWTHS)}.")


def _double(found: Found) -> dict[str, Any]:
    return {f"add_{found[1]}": _point(found[0])}


def _weekly(found: Found) -> dict[str, Any]:
    return {"weeks": [_point(each) for each in (found[0] or "").split()]}


_READ: Mapping[str, Callable[[Found], dict[str, Any]]] = {
    "linear": _linear,
    "double": _double,
    "log_gated": _log,
    "percentages": _weekly,
    "rir": _weekly,
}
