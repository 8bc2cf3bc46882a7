"""Gives a program to a client from a date; the sessions are minted here, once (ruling 12)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError

from clients import models
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.ids import new_id
from coachapi.refusals import Refused, Unreadable
from programs.actions.programs import checked
from programs.domain.document import expand, number_of_sessions, to_json
from programs.models import Program

MOST_DAYS_BACK = 7  # a plan may have begun this week, not in the past


class PlanRunning(Refused):
    """The client already follows a plan; two at once would fight over the same days."""

    code = "plan.already_running"
    title = "Not assigned"

    def __init__(self) -> None:
        super().__init__("This client already has a running plan. End it first.")


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
) -> models.Plan:
    """Start a plan from one document: the plan, its first revision and every dated session."""
    people.lock(client)
    parsed = checked(document)
    if starts_on < today - dt.timedelta(days=MOST_DAYS_BACK):
        raise BadStart(f"A plan starts at the earliest {MOST_DAYS_BACK} days ago, not {starts_on}.")
    ids = [new_id() for _ in range(number_of_sessions(parsed))]
    try:
        dated = expand(parsed, starts_on=starts_on, weekdays=tuple(weekdays), session_ids=ids)
    except ValueError as wrong:
        raise BadStart(f"Not assigned: {wrong}.") from wrong
    plan = models.Plan(
        client=client,
        program=program,
        name=parsed.name,
        starts_on=starts_on,
        weekdays=sorted(set(weekdays)),
        created_by=by,
        created_at=at,
    )
    if models.Plan.objects.filter(client=client, ended_on__isnull=True).exists():
        raise PlanRunning
    try:
        plan.save(force_insert=True)
    except IntegrityError as running:
        raise PlanRunning from running
    models.PlanRevision.objects.create(
        client=client,
        plan=plan,
        number=1,
        document=to_json(parsed),
        author=by,
        reason="assigned",
        at=at,
    )
    models.Session.objects.bulk_create(
        models.Session(id=each.id, client=client, plan=plan, index=index, on=each.on)
        for index, each in enumerate(dated.sessions)
    )
    return plan


def end(*, client: models.Client, today: dt.date, by: User) -> None:
    """End the running plan; what was planned for later is excused, what was done stays."""
    people.lock(client)
    plan = models.Plan.objects.filter(client=client, ended_on__isnull=True).first()
    if plan is None:
        return
    plan.ended_on = today
    plan.save(update_fields=["ended_on"])
    plan.sessions.filter(state="planned", on__gte=today).update(state="excused")
