"""What a change would do to a plan, row by row, and what it leaves alone: the coach's preview."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from uuid import UUID

from programs.domain.loadable import Unit, from_kg
from programs.domain.prescription import Item, Plan, PlannedSession, Prescription, SetTarget


@dataclass(frozen=True, slots=True)
class Row:
    """One place that changes: `was` and `becomes` as sentences of sets, None where nothing is done.

    `sets` are the work sets that change, `parts` the names of what changes, for example
    ("exercise", "sets").
    """

    session_id: UUID
    on: date
    slot: str
    was: str | None
    becomes: str | None
    sets: int
    was_exercise: str | None
    becomes_exercise: str | None
    parts: tuple[str, ...]
    paused: bool


@dataclass(frozen=True, slots=True)
class Diff:
    """All that changes between two views of one plan, and the facts of what does not.

    `kept_exercises` are those no row touches, `kept_places` their number of prescriptions in the
    sessions ahead, `kept_sessions` the sessions ahead that stay whole, `past_sessions` those
    begun, missed or excused before, which never change.
    """

    sessions_changed: int
    sets_changed: int
    rows: tuple[Row, ...]
    kept_sessions: int
    kept_exercises: tuple[str, ...]
    kept_places: int
    past_sessions: int


def diff(before: Plan, after: Plan, *, unit: Unit = "kg", until: date | None = None) -> Diff:
    """Compare two views of one plan up to a date, not included; callers give the review date.

    Raises ValueError when the views are of different plans.
    """
    rows: list[Row] = []
    ahead: list[PlannedSession] = []
    past = 0
    for old, new in zip(before.sessions, after.sessions, strict=True):
        if old.id != new.id or len(old.items) != len(new.items):
            raise ValueError("a diff compares two views of one plan")
        changed = list(_rows(old, new, unit)) if until is None or new.on < until else []
        if old.state != "planned" and not changed:
            past += 1
        elif until is None or new.on < until:
            ahead.append(old)
            rows.extend(changed)
    touched = {row.session_id for row in rows}
    places = {(row.session_id, row.slot) for row in rows}
    kept, kept_places = _kept(ahead, places)
    return Diff(
        sessions_changed=len(touched),
        sets_changed=sum(row.sets for row in rows),
        rows=tuple(rows),
        kept_sessions=len(ahead) - len(touched),
        kept_exercises=kept,
        kept_places=kept_places,
        past_sessions=past,
    )


def describe(prescription: Prescription, unit: Unit = "kg") -> str:
    """The work sets in one line, loads in kg or lb: "3 × 8–12 · 60 kg · RIR 3"."""
    groups = [
        _sets(len(list(same)), target, unit) for target, same in groupby(prescription.work_sets)
    ]
    parts = [" + ".join(groups)]
    if prescription.tempo:
        parts.append(f"tempo {prescription.tempo}")
    if prescription.limit:
        parts.append(prescription.limit)
    return " · ".join(parts)


def weight(load_kg: Decimal, unit: Unit) -> str:
    """A load as read on the plates, to a tenth: "57.5 kg", "130 lb"."""
    value = from_kg(load_kg, unit).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{_plain(value)} {unit}"


def _rows(old: PlannedSession, new: PlannedSession, unit: Unit) -> Iterable[Row]:
    for was, becomes in zip(old.items, new.items, strict=True):
        if was.now != becomes.now or was.paused != becomes.paused:
            yield _row(new, was, becomes, unit)


def _row(session: PlannedSession, was: Item, becomes: Item, unit: Unit) -> Row:
    old, new = was.now, becomes.now
    return Row(
        session_id=session.id,
        on=session.on,
        slot=becomes.written.slot,
        was=describe(old, unit) if old else None,
        becomes=describe(new, unit) if new else None,
        sets=len((old or becomes.written).work_sets),
        was_exercise=old.exercise if old else None,
        becomes_exercise=new.exercise if new else None,
        parts=parts(old, new),
        paused=becomes.paused,
    )


def parts(old: Prescription | None, new: Prescription | None) -> tuple[str, ...]:
    """The names of what differs between two prescriptions; one missing: the exercise."""
    if old is None or new is None:
        return ("exercise",)
    names = [field.name for field in fields(Prescription)]
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _kept(
    ahead: Iterable[PlannedSession], changed: set[tuple[UUID, str]]
) -> tuple[tuple[str, ...], int]:
    """The exercises no row touches, in name order, and how many prescriptions of theirs stay."""
    stays: list[str] = []
    moves: set[str] = set()
    for session in ahead:
        for item in session.items:
            written = item.written
            if (session.id, written.slot) in changed:
                moves.add(written.exercise)
            elif item.now is not None:
                stays.append(written.exercise)
    kept = [exercise for exercise in stays if exercise not in moves]
    return tuple(sorted(set(kept))), len(kept)


def _sets(count: int, target: SetTarget, unit: Unit) -> str:
    parts = [f"{count} × {_amount(target)}"]
    if target.load_kg is not None:
        parts.append(weight(target.load_kg, unit))
    elif target.percent is not None:
        parts.append(f"{_plain(target.percent)} % e1RM")
    if target.rir is not None:
        parts.append(f"RIR {_plain(target.rir)}")
    return " · ".join(parts)


def _amount(target: SetTarget) -> str:
    if target.seconds is not None:
        return f"{target.seconds} s"
    low, high = target.reps_min, target.reps_max
    if target.amrap:
        return f"{low}+" if low else "AMRAP"
    if high is None or low == high:
        return f"{low}"
    return f"{low}–{high}" if low is not None else f"up to {high}"


def _plain(value: Decimal) -> str:
    """A number without idle zeros: 60, not 60.0 and not 6E+1."""
    return f"{value.normalize():f}"
