"""Writes a plan's next revision, and what follows for its sessions. Nothing past ever changes."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clients import models
from clients.actions import restricting
from clients.domain.plan_writing import Place, Writing, as_plan, places_to_json
from clients.domain.restrictions import brought_in, lifts_ahead
from clients.queries import people, plans
from coachapi.accounts.models import User
from coachapi.refusals import NotThere, Refused
from programs.actions.programs import checked
from programs.domain.document import to_json


class ChangedMeanwhile(Refused):
    """Somebody wrote a newer revision since this one was read; neither version is lost."""

    code = "plan.changed_meanwhile"
    title = "Changed meanwhile"

    def __init__(self, revision: models.PlanRevision) -> None:
        self.revision = revision
        super().__init__(
            f"{revision.author.name} saved revision {revision.number} of this plan meanwhile."
            " Nothing of yours was written.",
            extra={"revision": revision.number},
        )


@dataclass(frozen=True, slots=True)
class Act:
    """Who revises a plan, when, on which day of the client's, why, and against what advice."""

    by: User
    at: dt.datetime
    today: dt.date
    reason: str = ""
    override: str = ""


def held(
    client: models.Client, plan_id: uuid.UUID, *, today: dt.date, expected: int | None = None
) -> plans.Part:
    """A running plan under the client's lock, at the revision the coach read it at."""
    people.lock(client)
    found = models.Plan.objects.filter(client=client, pk=plan_id).first()
    if found is None:
        raise NotThere
    part = plans.standing(client.pk, plan_id=found.pk, today=today).parts[0]
    if expected is not None and part.revision.number != expected:
        raise ChangedMeanwhile(part.revision)
    return part


def revise(
    part: plans.Part,
    writing: Writing,
    *,
    kind: str,
    act: Act,
    template: int | None = None,
) -> models.PlanRevision:
    """The next revision; the same again is the one that stands. Raises ``Restricted``."""
    if writing == part.writing and template in (None, part.revision.template):
        return part.revision
    client = part.plan.client
    ahead = plans.open_ids(part, today=act.today)
    minted = {each.id for each in writing.places} - set(part.rows)
    before = as_plan(part.writing, part.plan.starts_on)
    after = as_plan(writing, part.plan.starts_on)
    brought = brought_in(before, after, open_ids=ahead | minted)
    restricting.allow(
        client=client,
        brought=brought,
        known=lifts_ahead(before, open_ids=ahead),
        override=act.override,
        by=act.by,
        at=act.at,
    )
    document = to_json(writing.document)
    checked(
        document, practice_id=client.practice_id
    )  # what a plan could no longer be read as is refused here, with its faults
    made = models.PlanRevision.objects.create(
        client=client,
        plan=part.plan,
        number=part.revision.number + 1,
        document=document,
        places=places_to_json(writing.places),
        template=part.revision.template if template is None else template,
        kind=kind,
        brings_in=bool(brought),
        author=act.by,
        reason=act.reason,
        at=act.at,
    )
    _move_sessions(part, writing)
    return made


def _move_sessions(part: plans.Part, writing: Writing) -> None:
    """Days and states of the sessions whose place changed; new places are minted."""
    before = {each.id: each for each in part.writing.places}
    changed = []
    for place in writing.places:
        was = before.get(place.id)
        if was is None or was == place:
            continue
        row = part.rows[place.id]
        if _placed(row, was, place):
            row.rev += 1
            changed.append(row)
    models.Session.objects.bulk_update(changed, ["on", "state", "skipped_for", "rev"])
    index = max((row.index for row in part.rows.values()), default=-1)
    new = [each for each in writing.places if each.id not in before]
    models.Session.objects.bulk_create(
        models.Session(
            id=place.id, client=part.plan.client, plan=part.plan, index=number, on=place.on
        )
        for number, place in enumerate(new, start=index + 1)
    )


def _placed(row: models.Session, was: Place, place: Place) -> bool:
    """Whether a session's row changes with its place; a client's own move stays otherwise."""
    held = (row.on, row.state)
    if place.on != was.on:
        row.on = place.on
    if place.dropped and not was.dropped:
        row.state, row.skipped_for = "excused", ""
    elif was.dropped and not place.dropped:
        row.state = "planned"
    return (row.on, row.state) != held
