"""The changes of one client: their steps, their review, and what may still be done with them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from clients import models
from clients.domain.ladders import CoachReview, Hold, Rung, StepDown
from clients.queries import ladders, people, plans
from coachapi.accounts.models import User
from coachapi.refusals import NotThere
from programs.domain.loadable import Unit

ONE_WEEK = dt.timedelta(days=7)
TWO_WEEKS = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Running:
    """A regression as it stands on a day. ``can_undo`` until a changed session has been trained."""

    regression: models.Regression
    id: uuid.UUID
    report_id: uuid.UUID
    title: str
    state: str  # running, ended, undone
    starts_on: dt.date
    review_on: dt.date
    ended_on: dt.date | None
    outcome: str
    applied_by: str
    applied_at: dt.datetime
    can_undo: bool
    can_extend: bool
    extend_to: tuple[dt.date, ...]
    overdue: bool

    @property
    def in_force(self) -> bool:
        """Whether it changes sessions now."""
        return self.state == "running"


def of_client(client: models.Client, *, today: dt.date) -> tuple[Running, ...]:
    """Every change of a client, newest first. Three queries."""
    rows = list(
        models.Regression.objects.filter(client=client)
        .prefetch_related(
            Prefetch("steps", models.RegressionStep.objects.select_related("by").order_by("number"))
        )
        .order_by("-created_at")
    )
    trained = _trained(client) if rows else frozenset()
    return tuple(found for row in rows if (found := _running(row, trained, today)) is not None)


def _trained(client: models.Client) -> frozenset[str]:
    """The overlays under which a session has been trained."""
    frozen = models.Session.objects.filter(client=client, frozen__isnull=False).values_list(
        "frozen", flat=True
    )
    return frozenset(id_ for items in frozen for item in items or () for id_ in item["because"])


def _running(row: models.Regression, trained: frozenset[str], today: dt.date) -> Running | None:
    steps = list(row.steps.all())
    if not steps:
        return None
    overlays = plans.overlays_from(steps)
    first, last = steps[0], steps[-1]
    state = last.kind if last.kind in {"undone", "ended"} else "running"
    review_on = overlays[-1].review_on if overlays else first.review_on or first.starts_on
    extended = any(step.kind == "extended" for step in steps)
    return Running(
        regression=row,
        id=row.pk,
        report_id=row.report_id,
        title=row.title,
        state=state,
        starts_on=first.starts_on,
        review_on=review_on,
        ended_on=last.starts_on if state == "ended" else None,
        outcome=last.outcome,
        applied_by=first.by.name,
        applied_at=first.at,
        can_undo=state == "running" and not trained & {each.id for each in overlays},
        can_extend=state == "running" and not extended,
        extend_to=tuple(
            review_on + step for step in (ONE_WEEK, TWO_WEEKS) if review_on + step > today
        ),
        overdue=state == "running" and review_on <= today,
    )


@dataclass(frozen=True, slots=True)
class WayBack:
    """The next step of a running change's ladder; ``wait`` says what the rules still await."""

    title: str
    rung: int
    rungs: int
    wait: str
    down: bool
    last: bool  # the step after which the program stands as written


def way_back(change: Running, client: models.Client, *, today: dt.date) -> WayBack | None:
    """Where a change stands on its way back up; nothing without a ladder. A few queries."""
    found = ladders.way(change.regression, client=client, today=today) if change.in_force else None
    if found is None:
        return None
    coming, state = found.coming, found.state
    wait = coming.reason if isinstance(coming, Hold | CoachReview) else ""
    target = coming if isinstance(coming, Rung) else None
    if target is None and wait and state.rung < len(found.rungs):
        target = found.rungs[state.rung]
    return WayBack(
        title=target.title if target else "",
        rung=state.rung,
        rungs=len(found.rungs),
        wait=wait,
        down=isinstance(coming, StepDown),
        last=target is not None and not target.ops,
    )


def unit_of(client: models.Client) -> Unit:
    """The unit this client reads loads in."""
    return "lb" if client.unit == "lb" else "kg"


def standing(client_id: uuid.UUID, *, today: dt.date | None = None) -> plans.Standing | None:
    """The client's plan as it stands, or nothing when none is running. Three queries."""
    try:
        return plans.standing(client_id, today=today)
    except plans.NoPlan:
        return None


def plan_of(client: models.Client, *, today: dt.date) -> models.Plan | None:
    """The plan that a new one would have to end: the last of those not over. One query."""
    runs = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
    return models.Plan.objects.filter(runs, client=client).order_by("-starts_on").first()


def review_of(regression_id: uuid.UUID) -> dt.date | None:
    """The review day of a regression's latest step that has one. One query."""
    return (
        models.RegressionStep.objects.filter(regression=regression_id, review_on__isnull=False)
        .order_by("-number")
        .values_list("review_on", flat=True)
        .first()
    )


def find(user: User, regression_id: uuid.UUID) -> models.Regression:
    """A regression of one of this coach's clients; raises ``NotThere``. One query."""
    found = (
        models.Regression.objects.filter(client__in=people.for_coach(user), pk=regression_id)
        .select_related("client__health", "client__practice")
        .first()
    )
    if found is None:
        raise NotThere
    return found
