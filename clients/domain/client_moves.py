"""What a client may do with a session without asking: under the coach's policy for this client."""

from datetime import date, timedelta
from typing import Literal

from clients.domain.frequency import DAYS_IN_WEEK
from programs.domain.prescription import PlannedSession

Policy = Literal["strict", "week", "free"]
POLICIES: tuple[Policy, ...] = ("strict", "week", "free")


def check_move(
    session: PlannedSession, to: date, *, policy: str, plan_starts_on: date, today: date
) -> str:
    """Why this client may not move this session there, in a sentence; empty when they may.

    `week`: inside the plan's 7-day block the session was written for; `free`: any day from today.
    """
    if policy == "strict":
        return "Your coach keeps the days of your plan. Ask for another day."
    if session.state not in {"planned", "skipped"}:
        return "This session has begun, so it stays on its day."
    if to < today:
        return f"{_day(to)} is past. Choose today or later."
    first, last = week_of(session, plan_starts_on)
    if policy == "week" and not first <= to <= last:
        return f"Your coach lets you move it within its week: {_day(first)} to {_day(last)}."
    return ""


def check_swap(session: PlannedSession, slot: str, exercise: str | None, *, policy: str) -> str:
    """Why this client may not swap this place to an exercise, in a sentence; empty when they may.

    None = back to what the plan says. Only what the coach listed, and never where a change runs.
    """
    item = next((each for each in session.items if each.written.slot == slot), None)
    if item is None:
        return f"There is no place {slot} in this session."
    if exercise is None:
        return ""
    if policy == "strict":
        return "Your coach keeps the exercises of your plan. Ask for another one."
    if session.state not in {"planned", "skipped"}:
        return "This session has begun; log what you do instead."
    if exercise not in {each.exercise for each in item.written.alternates}:
        return "Your coach has not listed this exercise for this place."
    return ""


def week_of(session: PlannedSession, plan_starts_on: date) -> tuple[date, date]:
    """First and last day of the plan week a session was written for."""
    written_for = session.planned_on or session.on
    block = (written_for - plan_starts_on).days // DAYS_IN_WEEK
    first = plan_starts_on + timedelta(days=block * DAYS_IN_WEEK)
    return first, first + timedelta(days=DAYS_IN_WEEK - 1)


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"
