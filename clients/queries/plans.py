"""A client's plan as written and as it stands under its overlays. Four queries, any size."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace

from clients import models
from clients.domain import overlay_json
from clients.domain.overlay import Overlay
from clients.domain.resolve import resolve
from programs.domain import document
from programs.domain.exercises import library
from programs.domain.prescription import Plan, PlannedSession, SessionState
from programs.domain.prescription_json import items_from_json


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan: its row, its latest revision, as written, its overlays, as resolved."""

    plan: models.Plan
    revision: int
    written: Plan
    overlays: tuple[Overlay, ...]
    resolved: Plan


def standing(client_id: uuid.UUID, *, plan_id: uuid.UUID | None = None) -> Standing:
    """The running plan (or the one named) of a client. Raises ``NoPlan``."""
    rows = models.Plan.objects.filter(client_id=client_id)
    rows = rows.filter(pk=plan_id) if plan_id else rows.filter(ended_on__isnull=True)
    plan = rows.first()
    if plan is None:
        raise NoPlan
    revision = plan.revisions.order_by("-number")[0]
    sessions = {row.pk: row for row in plan.sessions.order_by("index")}
    expanded = document.expand(
        _document(revision),
        starts_on=plan.starts_on,
        weekdays=tuple(plan.weekdays),
        session_ids=tuple(sessions),
    )
    written = replace(
        expanded,
        sessions=tuple(_as_it_went(each, sessions[each.id]) for each in expanded.sessions),
    )
    overlays = overlays_of(client_id, plan.pk)
    return Standing(
        plan=plan,
        revision=revision.number,
        written=written,
        overlays=overlays,
        resolved=resolve(written, overlays, library()),
    )


_PARSED: OrderedDict[uuid.UUID, document.ProgramDocument] = OrderedDict()
_PARSED_AT_MOST = 256


def _document(revision: models.PlanRevision) -> document.ProgramDocument:
    """A revision's program, parsed once a process: a revision is a record, it never changes."""
    found = _PARSED.get(revision.pk)
    if found is None:
        found = _PARSED[revision.pk] = document.parse(revision.document, exercises=library())
        if len(_PARSED) > _PARSED_AT_MOST:
            _PARSED.popitem(last=False)
    return found


def laid_over(standing: Standing, overlay: Overlay) -> Plan:
    """The plan with one more overlay: a preview is the same function (decision 4). No query."""
    return resolve(standing.written, (*standing.overlays, overlay), library())


class NoPlan(LookupError):
    """This client has no running plan."""


def overlays_of(client_id: uuid.UUID, plan_id: uuid.UUID) -> tuple[Overlay, ...]:
    """The overlays that follow from the steps of every regression on a plan. One query."""
    by_regression: dict[uuid.UUID, list[models.RegressionStep]] = defaultdict(list)
    steps = models.RegressionStep.objects.filter(
        client_id=client_id, regression__plan_id=plan_id
    ).order_by("regression_id", "number")
    for step in steps:
        by_regression[step.regression_id].append(step)
    return tuple(overlay for steps_ in by_regression.values() for overlay in overlays_from(steps_))


def overlays_from(steps: list[models.RegressionStep]) -> list[Overlay]:
    """A regression's overlays: each lasts until the next step of a person, none ends by itself."""
    found: list[Overlay] = []
    for step in steps:
        if step.kind == "undone":
            return []
        if step.kind == "extended" and found and step.review_on:
            found[-1] = replace(found[-1], review_on=step.review_on)
        if step.kind in {"rung", "ended"} and found:
            found[-1] = replace(found[-1], ended_on=step.starts_on)
        if step.overlay is not None:
            found.append(overlay_json.from_json(step.overlay))
    return found


def _as_it_went(session: PlannedSession, row: models.Session) -> PlannedSession:
    """The session with its own date and state; a started one shows what was shown then."""
    items = items_from_json(row.frozen) if row.frozen is not None else session.items
    planned_on = session.planned_on or session.on
    state: SessionState = row.state  # type: ignore[assignment]  # a check constraint knows them
    return replace(session, on=row.on, planned_on=planned_on, state=state, items=items)


def sessions_between(standing: Standing, first: dt.date, last: dt.date) -> list[PlannedSession]:
    """The resolved sessions of a span of days, in order. No query."""
    return sorted(
        (each for each in standing.resolved.sessions if first <= each.on <= last),
        key=lambda each: (each.on, each.index),
    )
