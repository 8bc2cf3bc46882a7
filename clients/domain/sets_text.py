"""Work sets as a coach types them in one line, and back: "3 × 8–12 · 60 kg · RIR 3 + 1 × AMRAP"."""

import re
from dataclasses import replace
from typing import Any

from clients.domain.diff import describe
from programs.domain.loadable import Unit
from programs.domain.prescription import Prescription

_COUNT = re.compile(r"(\d{1,2})\s*[x×*]\s*(.+)", re.IGNORECASE)
_REPS = re.compile(r"(?:(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?(\s*\+)?|(amrap))(?:\s*reps?)?", re.I)
_SECONDS = re.compile(r"(\d{1,4})\s*s(?:ec(?:onds)?)?", re.IGNORECASE)
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,3})?)"
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("load_kg", re.compile(rf"{_NUMBER}\s*kg", re.IGNORECASE)),
    ("load_lb", re.compile(rf"{_NUMBER}\s*lbs?", re.IGNORECASE)),
    ("percent", re.compile(rf"{_NUMBER}\s*%(?:\s*e?1rm)?", re.IGNORECASE)),
    ("rir", re.compile(rf"rir\s*{_NUMBER}", re.IGNORECASE)),
    ("rpe", re.compile(rf"rpe\s*{_NUMBER}", re.IGNORECASE)),
)
EXAMPLE = "3 × 8–12 · 60 kg · RIR 3"


class NotMeant(ValueError):
    """A line that says no sets; the message says what would."""


def written(prescription: Prescription, unit: Unit) -> str:
    """The work sets in one line, as `read` reads them back."""
    return describe(replace(prescription, tempo=None, limit=None), unit)


def read(text: str) -> list[dict[str, Any]]:
    """The rows of work sets, in the program's own grammar. Raises NotMeant."""
    rows = [_row(part.strip()) for part in re.split(r"\s\+\s|\n|;", text.strip()) if part.strip()]
    if not rows:
        raise NotMeant(f"Say the sets, for example {EXAMPLE}.")
    return rows


def _row(text: str) -> dict[str, Any]:
    counted = _COUNT.fullmatch(text)
    if not counted:
        raise NotMeant(f"“{text}” has no number of sets. Write for example {EXAMPLE}.")
    amount, *rest = [part.strip() for part in re.split(r"[·@]|,\s", counted[2])]
    row: dict[str, Any] = {"kind": "work", "count": int(counted[1]), **_amount(amount)}
    for part in rest:
        if not part:
            continue
        name, value = _part(part)
        if name in row:
            raise NotMeant(f"“{text}” says {name.replace('_', ' ')} twice.")
        row[name] = value
    return row


def _amount(text: str) -> dict[str, Any]:
    held = _SECONDS.fullmatch(text)
    if held:
        return {"seconds": int(held[1])}
    reps = _REPS.fullmatch(text)
    if not reps:
        raise NotMeant(f"“{text}” is no number of reps. Accepted: 8, 8–12, 8+, AMRAP or 30 s.")
    if reps[4]:
        return {"amrap": True}
    low, high = int(reps[1]), int(reps[2] or reps[1])
    return {"reps_min": low, "amrap": True} if reps[3] else {"reps_min": low, "reps_max": high}


def _part(text: str) -> tuple[str, str]:
    for name, pattern in _PARTS:
        found = pattern.fullmatch(text)
        if found:
            return name, found[1].replace(",", ".")
    raise NotMeant(f"“{text}” is not understood. Accepted: 60 kg, 135 lb, 75 %, RIR 3, RPE 8.")
