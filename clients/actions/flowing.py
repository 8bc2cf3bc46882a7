"""A template's change carried into the plans made from it, on the coach's word, one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clients import models
from clients.actions import restricting
from clients.actions.revising import Act, revise
from clients.domain.flow import Flowed, Ground, flowed
from clients.domain.moments import local_date
from clients.domain.plan_diff import PlanDiff, plan_diff
from clients.domain.plan_writing import as_plan
from clients.domain.restrictions import Restriction, brought_in, lifts_ahead
from clients.queries import people, plans, templates
from clients.queries.running import unit_of
from coachapi.accounts.models import User
from coachapi.ids import new_id
from coachapi.refusals import Refused
from programs.domain import document
from programs.models import ProgramRevision


class NothingFlows(Refused):
    """The client follows no plan of this template, or follows this revision of it already."""

    code = "plan.nothing_flows"
    title = "Nothing to carry over"

    def __init__(self) -> None:
        super().__init__("This client's plan is up to date, or is of another program.")


@dataclass(frozen=True, slots=True)
class Preview:
    """What carrying a template over would change for one client, keep, and be refused for."""

    part: plans.Part
    found: Flowed
    diff: PlanDiff
    restrictions: tuple[Restriction, ...]

    @property
    def may_override(self) -> bool:
        """Whether a coach's reason would let it pass."""
        return all(each.may_override for each in self.restrictions)


def preview(client: models.Client, template: ProgramRevision, *, at: dt.datetime) -> Preview:
    """What would change; nothing is written. Raises ``NothingFlows``."""
    today = local_date(at, client.time_zone)
    part = _part(client, template, today)
    found = _flowed(part, template, today)
    starts_on = part.plan.starts_on
    before, after = as_plan(part.writing, starts_on), as_plan(found.writing, starts_on)
    ahead = plans.open_ids(part, today=today)
    minted = {each.id for each in found.writing.places} - set(part.rows)
    return Preview(
        part,
        found,
        plan_diff(before, after, unit=unit_of(client)),
        restricting.against(
            client,
            brought_in(before, after, open_ids=ahead | minted),
            known=lifts_ahead(before, open_ids=ahead),
        ),
    )


def flow(
    *,
    client: models.Client,
    template: ProgramRevision,
    override: str,
    by: User,
    at: dt.datetime,
) -> models.Plan:
    """One more revision of the client's plan, on the template's; deviations stay."""
    people.lock(client)
    today = local_date(at, client.time_zone)
    part = _part(client, template, today)
    found = _flowed(part, template, today)
    act = Act(by, at, today, f"template revision {template.number}", override)
    revise(part, found.writing, kind="flowed", act=act, template=template.number)
    return part.plan


def _part(client: models.Client, template: ProgramRevision, today: dt.date) -> plans.Part:
    try:
        standing = plans.standing(client.pk, today=today)
    except plans.NoPlan:
        raise NothingFlows from None
    for part in standing.parts:
        stands_on = part.revision.template
        same = part.plan.program_id == template.program_id
        if same and stands_on is not None and stands_on < template.number:
            return part
    raise NothingFlows


def _flowed(part: plans.Part, template: ProgramRevision, today: dt.date) -> Flowed:
    base = templates.base_of(part.revision, part.plan.program_id)
    if base is None:
        raise NothingFlows
    return flowed(
        document.parse(base.document, exercises=None),
        document.parse(template.document, exercises=None),
        part.writing,
        Ground(
            starts_on=part.plan.starts_on,
            weekdays=tuple(part.plan.weekdays) or _days_of(part),
            open_ids=plans.open_ids(part, today=today),
            today=today,
            mint=new_id,
            by_name=not part.plan.weekdays,
            settled={each.id for each in part.writing.places if part.rows[each.id].on != each.on},
        ),
    )


def _days_of(part: plans.Part) -> tuple[int, ...]:
    """The weekdays a plan's sessions were minted for."""
    return tuple(sorted({each.first.weekday() for each in part.writing.places}))
