"""Gives a program to a client from a date; the sessions are minted here, once (ruling 12)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError
from django.db.models import Q

from clients import models
from clients.actions import restricting
from clients.domain.plan_writing import Writing, as_plan, begun, places_to_json
from clients.domain.restrictions import brought_in, lifts_ahead
from clients.queries import people, plans, running
from coachapi.accounts.models import User
from coachapi.ids import new_id
from coachapi.refusals import Fault, Refused, Unreadable
from programs.actions.programs import checked
from programs.domain.document import ProgramDocument, to_json
from programs.models import Program

MOST_DAYS_BACK = 7  # a plan may have begun this week, not in the past


class PlanRunning(Refused):
    """The client follows a plan on those days already; two at once would fight over them."""

    code = "plan.already_running"
    title = "Not assigned"

    def __init__(self, plan: models.Plan) -> None:
        super().__init__(
            f"This client follows “{plan.name}” since {_day(plan.starts_on)}."
            " End it first, or let the new plan take its place from its first day.",
            extra={"plan_id": str(plan.pk)},
        )


class BadStart(Unreadable):
    """The start date or the weekdays do not fit."""

    code = "plan.bad_start"


def assign(
    *,
    client: models.Client,
    document: Any,
    program: Program | None,
    starts_on: dt.date,
    weekdays: Sequence[int],
    today: dt.date,
    by: User,
    at: dt.datetime,
    template: int | None = None,
    end_running: bool = False,
    override: str = "",
) -> models.Plan:
    """Start a plan from one document: the plan, its first revision and every dated session.

    ``template`` is the program's revision the document is of. With ``end_running`` the plan that
    runs ends on the new one's first day. Raises ``BadStart``, ``PlanRunning`` or ``Restricted``;
    then nothing is written.
    """
    people.lock(client)
    parsed = checked(document, practice_id=client.practice_id)
    writing = dated(parsed, starts_on=starts_on, weekdays=weekdays, today=today)
    before = running.standing(client.pk, today=today)
    _make_room(client, starts_on, today, end_running=end_running)
    plan = models.Plan(
        client=client,
        program=program,
        name=parsed.name,
        starts_on=starts_on,
        weekdays=sorted(set(weekdays)),
        created_by=by,
        created_at=at,
    )
    sessions = as_plan(writing, starts_on)
    restricting.allow(
        client=client,
        brought=brought_in(None, sessions, open_ids={each.id for each in writing.places}),
        known=_known(before, today),
        override=override,
        by=by,
        at=at,
    )
    try:
        plan.save(force_insert=True)
    except IntegrityError as clash:
        raise PlanRunning(plan) from clash
    models.PlanRevision.objects.create(
        client=client,
        plan=plan,
        number=1,
        document=to_json(writing.document),
        places=places_to_json(writing.places),
        template=template,
        kind="assigned",
        brings_in=True,
        author=by,
        at=at,
    )
    models.Session.objects.bulk_create(
        models.Session(id=place.id, client=client, plan=plan, index=index, on=place.on)
        for index, place in enumerate(writing.places)
    )
    return plan


def fits(
    document: Any,
    *,
    practice_id: uuid.UUID,
    starts_on: dt.date,
    weekdays: Sequence[int],
    today: dt.date,
) -> None:
    """Refuse before a job is asked what would be refused for every client."""
    parsed = checked(document, practice_id=practice_id)
    dated(parsed, starts_on=starts_on, weekdays=weekdays, today=today)


def end(*, client: models.Client, today: dt.date, by: User) -> None:
    """End the running plan; what was planned for later is excused, what was done stays."""
    people.lock(client)
    for plan in _standing(client, today):
        _end(plan, today)


def dated(
    document: ProgramDocument, *, starts_on: dt.date, weekdays: Sequence[int], today: dt.date
) -> Writing:
    """A program's workouts on days from a date on; raises ``BadStart`` with what would do."""
    if starts_on < today - dt.timedelta(days=MOST_DAYS_BACK):
        raise BadStart(
            f"A plan starts at the earliest {MOST_DAYS_BACK} days ago, not {starts_on}.",
            faults=(Fault("#/starts_on", "past", f"Accepted: {today} or later."),),
        )
    try:
        return begun(document, starts_on=starts_on, weekdays=tuple(weekdays), mint=new_id)
    except ValueError as wrong:
        raise BadStart(
            f"Not assigned: {wrong}.", faults=(Fault("#/weekdays", "weekdays", f"{wrong}."),)
        ) from wrong


def _make_room(
    client: models.Client, starts_on: dt.date, today: dt.date, *, end_running: bool
) -> None:
    for plan in _standing(client, max(starts_on, today)):
        if not end_running:
            raise PlanRunning(plan)
        _end(plan, max(today, starts_on) if plan.starts_on < starts_on else today)


def _standing(client: models.Client, on: dt.date) -> Iterable[models.Plan]:
    """The plans of a client that are not over on a day, the earliest first."""
    runs = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return list(models.Plan.objects.filter(runs, client=client).order_by("starts_on"))


def _end(plan: models.Plan, on: dt.date) -> None:
    plan.ended_on = on
    plan.save(update_fields=["ended_on"])
    plan.sessions.filter(state="planned", on__gte=on).update(state="excused")


def _known(standing: plans.Standing | None, today: dt.date) -> frozenset[str]:
    """The lifts the client has ahead already."""
    if standing is None:
        return frozenset()
    ahead = frozenset().union(*(plans.open_ids(part, today=today) for part in standing.parts))
    return lifts_ahead(standing.written, open_ids=ahead)


def _day(on: dt.date) -> str:
    return f"{on:%a} {on.day} {on:%b}"
