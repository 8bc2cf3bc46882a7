"""Small plans for the tests of this folder: "Glutes 3×/week" and what it is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from clients.domain.overlay import Grid, Op, Overlay
from programs.domain.loadable import Loadable
from programs.domain.prescription import (
    Item,
    Plan,
    PlannedSession,
    Prescription,
    SessionState,
    SetTarget,
)

MONDAY = date(2025, 11, 3)
BAR = Grid(Loadable.barbell())
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def work(reps: int = 8, kg: float | None = 120, rir: int | None = 2, **more: object) -> SetTarget:
    load = None if kg is None else Decimal(str(kg))
    left = None if rir is None else Decimal(rir)
    return replace(SetTarget("work", reps, reps, load_kg=load, rir=left), **more)  # type: ignore[arg-type]


def warmup(reps: int = 5, kg: float | None = 60, percent: float | None = None) -> SetTarget:
    return SetTarget(
        "warmup",
        reps,
        reps,
        load_kg=None if kg is None else Decimal(str(kg)),
        percent=None if percent is None else Decimal(str(percent)),
    )


def rx(
    exercise: str = "ht_barbell",
    *,
    slot: str = "A",
    sets: Sequence[SetTarget] | None = None,
    superset: str | None = None,
    **more: object,
) -> Prescription:
    made = Prescription(slot, exercise, tuple(sets or (work(),) * 3), 120, superset=superset)
    return replace(made, **more)  # type: ignore[arg-type]


def weeks(
    days: str,
    *items: Prescription,
    count: int = 1,
    starts_on: date = MONDAY,
    states: Iterable[SessionState] = (),
) -> Plan:
    """A plan with the same prescriptions on the named days ("Mon Wed Fri") of every week."""
    given = list(states)
    sessions = []
    for week in range(count):
        for index, day in enumerate(days.split(), start=1):
            on = starts_on + timedelta(weeks=week, days=WEEKDAYS.index(day))
            state = given.pop(0) if given else "planned"
            number = UUID(int=week * 100 + index)
            kept = tuple(Item(item) for item in items)
            sessions.append(PlannedSession(number, on, week + 1, index, day, state, kept, on))
    return Plan(starts_on, tuple(sessions))


def overlay(
    *ops: Op,
    id: str = "o1",
    pattern: str | None = "hip_thrust",
    exercises: tuple[str, ...] = (),
    starts_on: date = MONDAY,
    ended_on: date | None = None,
    days: int = 14,
    grids: tuple[Grid, ...] = (BAR,),
) -> Overlay:
    review_on = starts_on + timedelta(days=days)
    return Overlay(
        id, "r1", starts_on, ended_on, review_on, pattern, exercises, ops, "low back", grids
    )


def shape(plan: Plan) -> list[str]:
    """One word per session: the exercise of its first place, or what became of it."""
    shown = []
    for session in plan.sessions:
        first = session.items[0]
        lift = first.now.exercise if first.now else "paused" if first.paused else "-"
        shown.append(f"{session.on:%a} {lift}")
    return shown


def loads(prescription: Prescription | None) -> list[float | None]:
    """The loads of all sets in kg, warm-ups first."""
    assert prescription is not None
    return [None if one.load_kg is None else float(one.load_kg) for one in prescription.sets]
