"""Clients, plans and logs for the tests of protocols and options: Noor's numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from clients.domain.levels import Level, Priority
from clients.domain.offer_facts import Facts, Painful
from programs.domain.exercises import library
from programs.domain.prescription import Item, Plan, PlannedSession, Prescription, SetTarget
from programs.domain.protocol import Severity
from programs.domain.strength import PerformedSet

MONDAY = date(2026, 11, 2)
TODAY = date(2026, 11, 10)


def written(exercise: str, slot: str = "A", **target: Any) -> Prescription:
    """Three sets of 8 at RIR 2, with 120 kg where the exercise takes a load."""
    asked: dict[str, Any] = {"reps_min": 8, "reps_max": 8, "rir": Decimal(2)}
    if library()[exercise].has_load:
        asked["load_kg"] = Decimal(120)
    asked.update(target)
    return Prescription(slot, exercise, (SetTarget("work", **asked),) * 3, 120)


def plan(*lifts: Prescription | str, weeks: int = 4, days: tuple[int, ...] = (0, 2, 4)) -> Plan:
    """A plan from Monday 2 November 2026 with the same lifts on each day given."""
    made = [
        written(one, chr(65 + n)) if isinstance(one, str) else one for n, one in enumerate(lifts)
    ]
    sessions = []
    for week in range(weeks):
        for index, day in enumerate(days):
            on = MONDAY + timedelta(days=7 * week + day)
            state = "done" if on < TODAY else "planned"
            name = UUID(int=week * 10 + index)
            items = tuple(Item(one) for one in made)
            sessions.append(PlannedSession(name, on, week, index, "Glutes", state, items))
    return Plan(MONDAY, tuple(sessions))


def logged(exercise: str = "ht_barbell", kg: str = "120", reps: int = 8) -> PerformedSet:
    """A set at RIR 2, three days ago."""
    at = datetime(2026, 11, 7, 18, tzinfo=UTC)
    return PerformedSet(exercise, Decimal(kg), reps, Decimal(2), at)


def facts(
    region: str = "back_low",
    pattern: str = "hip_thrust",
    action_set: str = "A2",
    severity: Severity = Severity.MODERATE,
    exercise: str | None = "ht_barbell",
    lifts: tuple[Prescription | str, ...] | None = None,
    **more: Any,
) -> Facts:
    """Noor on Tuesday 10 November: one painful region-side, 120 kg × 8 at RIR 2 in the log."""
    asked: dict[str, Any] = {
        "level": Level.MODIFY,
        "priority": Priority.NORMAL,
        "action_set": action_set,
        "painful": (Painful(region, "midline", severity),),
        "pattern": pattern,
        "plan": plan(*(lifts or (exercise or "ht_barbell",))),
        "today": TODAY,
        "painful_exercise": exercise,
    }
    if exercise:
        asked["logs"] = {exercise: (logged(exercise),) * 3}
    asked.update(more)
    return Facts(**asked)
