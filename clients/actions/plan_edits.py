"""A coach changes one client's plan: a session, this and following, or all; adds one; undoes.

Each is a revision with its author and reason, made from the revision the coach read; the template
is not touched, and what is changed here stays when the template flows.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from clients import models
from clients.actions.revising import Act, held, revise
from clients.domain.plan_edits import BadEdit, Edit, Scope, added, as_before, edited, on_days
from clients.domain.plan_writing import Place
from clients.queries import plans
from coachapi.ids import new_id
from coachapi.refusals import Fault, NotThere, Refused, Unreadable
from programs.actions.programs import checked
from programs.domain.document import Workout


class DoesNotFit(Refused):
    """The edit does not fit the plan as it stands."""

    code = "plan.edit_does_not_fit"
    status = 422
    title = "Not changed"


def edit(
    *,
    client: models.Client,
    plan_id: uuid.UUID,
    session_id: uuid.UUID,
    expected: int,
    scope: Scope,
    act: Act,
    workout: Any = None,
    on: dt.date | None = None,
    dropped: bool | None = None,
    ends: Collection[str] = (),
) -> models.PlanRevision:
    """Change sessions ahead: another workout, another day, taken out or put back.

    ``ends`` are the slots whose progression ends: they go on with what was shown.
    Raises ``ChangedMeanwhile``, ``Restricted``, ``DoesNotFit`` or ``Unreadable``; then nothing is
    written.
    """
    part = held(client, plan_id, today=act.today, expected=expected)
    if session_id not in part.rows:
        raise NotThere
    change = Edit(session_id, scope, _workout(part, workout), on, dropped, frozenset(ends))
    ahead = plans.open_ids(part, today=act.today)
    try:
        writing = edited(part.writing, change, open_ids=ahead, today=act.today, target=part.target)
    except BadEdit as no:
        raise DoesNotFit(str(no)) from no
    return revise(part, writing, kind="edited", act=act)


def add(
    *,
    client: models.Client,
    plan_id: uuid.UUID,
    expected: int,
    on: dt.date,
    workout: Any,
    act: Act,
) -> tuple[models.PlanRevision, uuid.UUID]:
    """One more session of this client's own; returns the revision and the new session's id."""
    part = held(client, plan_id, today=act.today, expected=expected)
    made = _workout(part, workout)
    if made is None:
        raise DoesNotFit("Send what is done in the new session.")
    if on < act.today:
        raise DoesNotFit("A new session lies ahead: choose today or a later day.")
    place = Place(new_id(), on, on)
    try:
        writing = added(part.writing, place, made, starts_on=part.plan.starts_on)
    except BadEdit as no:
        raise DoesNotFit(str(no)) from no
    return revise(part, writing, kind="added", act=act), place.id


def trade(
    *,
    client: models.Client,
    plan_id: uuid.UUID,
    session_id: uuid.UUID,
    with_id: uuid.UUID,
    expected: int,
    act: Act,
) -> models.PlanRevision:
    """Two sessions ahead, each on the other's day. Raises like ``edit``."""
    part = held(client, plan_id, today=act.today, expected=expected)
    if not {session_id, with_id} <= set(part.rows):
        raise NotThere
    days = {session_id: part.rows[with_id].on, with_id: part.rows[session_id].on}
    try:
        writing = on_days(part.writing, days, open_ids=plans.open_ids(part, today=act.today))
    except BadEdit as no:
        raise DoesNotFit(str(no)) from no
    return revise(part, writing, kind="edited", act=act)


def undo(
    *, client: models.Client, plan_id: uuid.UUID, to: int, expected: int, act: Act
) -> models.PlanRevision:
    """The plan as an earlier revision had it, from today on; a new revision, like every edit."""
    part = held(client, plan_id, today=act.today, expected=expected)
    earlier = models.PlanRevision.objects.filter(plan=part.plan, number=to).first()
    if earlier is None or to >= part.revision.number:
        raise NotThere
    ahead = plans.open_ids(part, today=act.today)
    writing = as_before(part.writing, plans.writing_of(earlier), open_ids=ahead)
    reason = act.reason or f"as in revision {to}"
    return revise(part, writing, kind="undone", act=replace(act, reason=reason))


def _workout(part: plans.Part, raw: Any) -> Workout | None:
    """A workout by the program's own grammar; every fault with its pointer into the workout."""
    if raw is None:
        return None
    whole = {"name": part.plan.name, "phases": [{"name": "·", "weeks": [{"workouts": [raw]}]}]}
    try:
        read = checked(whole, practice_id=part.plan.client.practice_id)
    except Unreadable as no:
        inside = "#/phases/0/weeks/0/workouts/0"
        raise Unreadable(
            f"The session has {len(no.faults)} faults; nothing was written.",
            faults=tuple(
                Fault(each.pointer.replace(inside, "#/workout"), each.code, each.detail)
                for each in no.faults
            ),
        ) from no
    return read.phases[0].weeks[0].workouts[0]
