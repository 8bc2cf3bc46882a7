"""What a line of Strong's and of Hevy's export says; the words of a fault are for a person."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from clients.domain.past_sets import Outcome, PastSet

METRES = {"km": Decimal(1000), "mi": Decimal("1609.344"), "m": Decimal(1), "yd": Decimal("0.9144")}


class Fault(ValueError):
    """A line that cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line by the names of its columns; a missing column is empty."""

    line: int
    cells: Mapping[str, str]
    raw: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def plain(name: str) -> str:
    """A column's name without case, accents, units' brackets and marks."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


# Column names as the apps write them, also in German, to ours.
_STRONG = {
    "date": "date", "datum": "date",
    "workout name": "workout", "workoutname": "workout", "trainingsname": "workout",
    "name des trainings": "workout",
    "exercise name": "exercise", "ubungsname": "exercise", "name der ubung": "exercise",
    "set order": "order", "reihenfolge festlegen": "order", "satz reihenfolge": "order",
    "satzreihenfolge": "order",
    "weight": "weight", "gewicht": "weight",
    "weight kg": "weight_kg", "gewicht kg": "weight_kg",
    "weight lbs": "weight_lb", "weight lb": "weight_lb",
    "weight unit": "unit", "gewichtseinheit": "unit",
    "reps": "reps", "wiederholungen": "reps", "wdh": "reps",
    "distance": "distance", "entfernung": "distance", "distance unit": "distance_unit",
    "distance meters": "distance_m", "distance km": "distance_km",
    "seconds": "seconds", "sekunden": "seconds",
    "notes": "note", "notizen": "note", "rpe": "rpe",
}  # fmt: skip
_HEVY = {
    "title": "workout", "start time": "date", "exercise title": "exercise",
    "exercise notes": "note", "set index": "order", "set type": "type",
    "weight kg": "weight_kg", "weight lbs": "weight_lb", "reps": "reps",
    "distance km": "distance_km", "distance miles": "distance_mi",
    "duration seconds": "seconds", "rpe": "rpe",
}  # fmt: skip

Made = PastSet | Outcome
Reader = tuple[str, Mapping[str, str], Callable[[Row], Made]]


def reader_for(names: Sequence[str]) -> Reader | None:
    ours = set(names)
    if {"exercise title", "set index", "start time"} <= ours:
        return "hevy", _HEVY, _of_hevy
    meant = {_STRONG[name] for name in names if name in _STRONG}
    if {"date", "exercise", "order"} <= meant:
        return "strong", _STRONG, _of_strong
    return None


def _of_strong(row: Row) -> Made:
    order = row["order"]
    if plain(order) in {"rest timer", "pausentimer", "note", "notiz"}:
        return Outcome(row.line, "rest", "A rest or a note, no set.")
    kind = {"w": "warmup", "d": "drop", "f": "failure"}.get(order.lower(), "work")
    number = int(order) if order.isdigit() else row.line  # a letter says no place: keep the file's
    return _set(row, at=_strong_time(row["date"]), order=number, kind=kind)


def _of_hevy(row: Row) -> Made:
    kind = {"normal": "work", "warmup": "warmup", "dropset": "drop", "failure": "failure"}
    order = _whole(row, "order") or 0
    return _set(
        row, at=_hevy_time(row["date"]), order=order, kind=kind.get(row["type"].lower(), "work")
    )


def _set(row: Row, *, at: datetime, order: int, kind: str) -> Made:
    if not row["exercise"]:
        raise Fault("It names no exercise.")
    weight, unit = _weight(row)
    reps, seconds = _whole(row, "reps"), _whole(row, "seconds")
    metres = _metres(row)
    if reps is None and seconds is None and metres is None:
        return Outcome(row.line, "empty", "Neither reps, seconds nor a distance.")
    return PastSet(
        line=row.line,
        at=at,
        workout=row["workout"][:120],
        exercise=row["exercise"][:120],
        order=order,
        kind=kind,
        reps=reps,
        weight=weight,
        unit=unit,
        seconds=seconds,
        metres=metres,
        rpe=_rpe(row),
        note=row["note"][:500],
        raw=row.raw,
    )


def _weight(row: Row) -> tuple[Decimal | None, str | None]:
    for name, unit in (("weight_kg", "kg"), ("weight_lb", "lb")):
        found = _number(row, name, most=2000)
        if found:
            return found, unit
    found = _number(row, "weight", most=2000)
    said = {"kg": "kg", "kgs": "kg", "lb": "lb", "lbs": "lb"}.get(row["unit"].lower())
    if row["unit"] and said is None:
        raise Fault(f"The unit {row['unit'][:20]!r} is not known; accepted: kg, lbs.")
    return (found, said) if found else (None, None)


def _metres(row: Row) -> Decimal | None:
    for name, unit in (("distance_m", "m"), ("distance_km", "km"), ("distance_mi", "mi")):
        found = _number(row, name, most=1_000_000)
        if found:
            return found * METRES[unit]
    found = _number(row, "distance", most=1_000_000)
    factor = METRES.get(row["distance_unit"].lower())
    return found * factor if found and factor else None  # without a unit it stays in the raw row


def _rpe(row: Row) -> Decimal | None:
    found = _number(row, "rpe", most=10)
    return found if found else None


def _whole(row: Row, name: str) -> int | None:
    """A whole number; 0 stands for "not said" in these files, but not as the place of a set."""
    found = _number(row, name, most=1_000_000)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise Fault(f"{name} is {found}, not a whole number.")
    return int(found) if found or name == "order" else None


def _number(row: Row, name: str, *, most: int) -> Decimal | None:
    text = row[name].replace(",", ".")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise Fault(f"{name} is {row[name][:40]!r}, not a number.") from None
    if not found.is_finite() or not 0 <= found <= most:
        raise Fault(f"{name} is {row[name][:40]!r}; accepted: 0 to {most}.")
    return found


def _strong_time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Fault(f"The date {text[:40]!r} is not like 2025-12-22 08:00:00.") from None
    return _sane(found.replace(tzinfo=None), text)


_MONTHS = (
    "jan ene gen janv", "feb fev fevr febbr", "mar mars mrz marz maerz", "apr abr avr avril",
    "may mai mag mayo maio", "jun juin giu juni junio", "jul juil lug juli julio",
    "aug ago aout agosto", "sep set sept", "oct okt ott out", "nov", "dec dez dic",
)  # fmt: skip
_MONTH = {name: number for number, all_ in enumerate(_MONTHS, 1) for name in all_.split()}


_HEVY_TIME = re.compile(
    r"(\d{1,2})\.? +(\S+?)\.? +(\d{4}),? +(\d{1,2}):(\d{2})(?: *([ap]m))?", re.IGNORECASE
)


def _hevy_time(text: str) -> datetime:
    """«22 Dec 2025, 08:00», the month in one of six languages."""
    found = _HEVY_TIME.match(text)
    if found is None:
        return _strong_time(text)
    day, name, year, hour, minute, half = found.groups()
    word = plain(name).replace(" ", "")
    month = _MONTH.get(word) or _MONTH.get(word[:4]) or _MONTH.get(word[:3])
    hours = int(hour) % 12 + (12 if half.lower() == "pm" else 0) if half else int(hour)
    try:
        return _sane(_local(int(year), month or 0, int(day), hours, int(minute)), text)
    except ValueError:
        raise Fault(f"The time {text[:40]!r} is not like 22 Dec 2025, 08:00.") from None


def _local(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - these files know no zone


def _sane(found: datetime, text: str) -> datetime:
    if not 1990 <= found.year <= 2100:
        raise Fault(f"The date {text[:40]!r} lies outside 1990 to 2100.")
    return found
