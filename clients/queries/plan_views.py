"""A client's plan to read: its weeks as they stand, a session to edit, its history as differences.

Nothing here depends on what was logged in a session that is not over (ruling 10), so that logging
a set leaves every copy of a plan true.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict
from typing import Any

from clients import models
from clients.domain.diff import Row, describe
from clients.domain.plan_diff import PlanDiff, plan_diff
from clients.domain.plan_writing import Spot, as_plan, spots
from clients.domain.swaps import BY_CLIENT
from clients.queries import plans
from clients.queries.running import unit_of
from coachapi.refusals import NotThere
from programs.domain.document import Phase, ProgramDocument, Week, Workout, to_json
from programs.domain.exercise import Library
from programs.domain.loadable import Unit
from programs.domain.prescription import Item, PlannedSession
from programs.domain.words import name_of
from programs.spreadsheets.writing import SessionDone, sessions_xlsx

MOST_REVISIONS = 100


def plan(standing: plans.Standing, *, today: dt.date, week: int | None = None) -> dict[str, Any]:
    """A whole plan, or one of its weeks, as it stands. No query."""
    part = standing.parts[0]
    unit = unit_of(part.plan.client)
    ahead = plans.open_ids(part, today=today)
    why = reasons(standing)
    sessions = sorted(standing.resolved.sessions, key=lambda each: (each.on, each.index))
    return {
        "id": part.plan.pk,
        "client_id": part.plan.client_id,
        "name": part.plan.name,
        "program_id": part.plan.program_id,
        "template_revision": part.revision.template,
        "revision": part.revision.number,
        "starts_on": part.plan.starts_on,
        "ended_on": part.plan.ended_on,
        "weekdays": part.plan.weekdays,
        "weeks": max((each.week for each in sessions), default=0),
        "sessions": [
            session(each, why, unit, standing.book, open_=each.id in ahead)
            for each in sessions
            if week is None or each.week == week
        ],
    }


def session(
    one: PlannedSession, why: dict[str, str], unit: Unit, book: Library, *, open_: bool
) -> dict[str, Any]:
    """One session as it stands."""
    return {
        "id": one.id,
        "date": one.on,
        "first_date": one.planned_on,
        "week": one.week,
        "name": one.name,
        "state": one.state,
        "open": open_,
        "items": [_item(each, why, unit, book) for each in one.items],
    }


def reasons(standing: plans.Standing) -> dict[str, str]:
    """What a change is called, by the id that stands among a place's causes."""
    titles = {str(step.regression_id): step.regression.title for step in standing.steps}
    found = {each.id: titles.get(each.regression, "") for each in standing.overlays}
    return found | {BY_CLIENT: "Swapped by the client"}


def spreadsheet(standing: plans.Standing) -> bytes:
    """A plan as XLSX, every session as it stands with the reason of each change. No query."""
    why = reasons(standing)
    rows = sorted(standing.resolved.sessions, key=lambda each: (each.on, each.index))
    return sessions_xlsx((SessionDone(each, _because(each, why)) for each in rows), standing.book)


def _because(one: PlannedSession, why: dict[str, str]) -> str:
    causes = [why[cause] for item in one.items for cause in item.because if why.get(cause)]
    return ", ".join(dict.fromkeys(causes))


def to_edit(standing: plans.Standing, session_id: uuid.UUID, *, today: dt.date) -> dict[str, Any]:
    """A session's workout as its coach edits it, loads worked out; raises ``NotThere``."""
    part = standing.parts[0]
    spot = spot_of(part, session_id)
    return {
        "session_id": session_id,
        "plan_id": part.plan.pk,
        "revision": part.revision.number,
        "date": part.rows[session_id].on,
        "week": spot.week,
        "open": session_id in plans.open_ids(part, today=today),
        "dropped": spot.place.dropped,
        "workout": workout_json(shown(part, spot)),
    }


def spot_of(part: plans.Part, session_id: uuid.UUID) -> Spot:
    """Where a session stands in what is written; raises ``NotThere``."""
    found = next((each for each in spots(part.writing) if each.place.id == session_id), None)
    if found is None:
        raise NotThere
    return found


def shown(part: plans.Part, spot: Spot) -> Workout:
    """A workout with its loads worked out, as the editor shows it."""
    rows = tuple(part.target(each, spot) for each in spot.workout.prescriptions)
    return Workout(spot.workout.name, rows)


def workout_json(workout: Workout) -> dict[str, Any]:
    """A workout in the program's own grammar."""
    document = ProgramDocument("·", (Phase("·", (Week((workout,)),)),))
    found: dict[str, Any] = to_json(document)["phases"][0]["weeks"][0]["workouts"][0]
    return found


def revisions(plan_id: uuid.UUID) -> list[models.PlanRevision]:
    """A plan's history, newest first. One query."""
    rows = models.PlanRevision.objects.filter(plan_id=plan_id).select_related("author", "plan")
    return list(rows.order_by("-number")[:MOST_REVISIONS])


def difference(
    newer: models.PlanRevision, older: models.PlanRevision | None, unit: Unit
) -> PlanDiff | None:
    """What a revision changed from another; nothing for the first. No query."""
    if older is None:
        return None
    starts_on = newer.plan.starts_on
    before, after = (as_plan(plans.writing_of(each), starts_on) for each in (older, newer))
    return plan_diff(before, after, unit=unit)


def difference_json(found: PlanDiff, book: Library) -> dict[str, Any]:
    """A difference for the wire, its lifts named from a book."""
    return {
        "sessions_changed": found.sessions_changed,
        "places": [_row(each, book) for each in found.rows],
        "moved": [asdict(each) for each in found.moved],
        "dropped": [asdict(each) for each in found.dropped],
        "put_back": [asdict(each) for each in found.back],
        "added": [asdict(each) for each in found.added],
        "renamed": [asdict(each) for each in found.renamed],
        "reordered": [asdict(each) for each in found.reordered],
    }


def _row(row: Row, book: Library) -> dict[str, Any]:
    return {
        "session_id": row.session_id,
        "on": row.on,
        "slot": row.slot,
        "was": _said(row.was_exercise, row.was, book),
        "becomes": _said(row.becomes_exercise, row.becomes, book),
        "parts": list(row.parts),
    }


def _said(exercise: str | None, line: str | None, book: Library) -> str | None:
    return None if exercise is None else f"{name_of(book, exercise)} {line}"


def _item(item: Item, why: dict[str, str], unit: Unit, book: Library) -> dict[str, Any]:
    now, was = item.now, item.was
    causes = [why[each] for each in item.because if why.get(each)]
    return {
        "slot": item.written.slot,
        "exercise_id": now.exercise if now else None,
        "exercise": name_of(book, now.exercise) if now else None,
        "line": describe(now, unit) if now else None,
        "superset": now.superset if now else None,
        "note": now.note if now else "",
        "was": f"{name_of(book, was.exercise)} {describe(was, unit)}" if was else None,
        "because": causes[0] if causes else None,
        "paused": item.paused,
    }
