"""The templates behind plans: which revision a plan stands on, which clients follow one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from clients import models
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.refusals import NotThere
from programs import queries as programs
from programs.models import ProgramRevision


def template(user: User, program_id: uuid.UUID, number: int | None = None) -> ProgramRevision:
    """A revision of one of this coach's programs, the latest unless named; ``NotThere``."""
    if number is None:
        found = programs.program_document(user, program_id)
    else:
        mine = ProgramRevision.objects.filter(program__in=programs.for_coach(user))
        asked = mine.filter(program_id=program_id, number=number)
        found = asked.select_related("program").first()
    if found is None:
        raise NotThere
    return found


def base_of(revision: models.PlanRevision, program_id: uuid.UUID | None) -> ProgramRevision | None:
    """The template's revision that a plan stands on. One query."""
    if program_id is None or revision.template is None:
        return None
    return ProgramRevision.objects.filter(program_id=program_id, number=revision.template).first()


def followers(user: User, program_id: uuid.UUID) -> Iterable[models.Client]:
    """This coach's clients whose running plan comes from a program, by name. One query.

    Each with ``stands_on``, the revision of the template their plan stands on.
    """
    latest = (
        models.PlanRevision.objects.filter(
            plan__client=OuterRef("pk"), plan__program=program_id, plan__ended_on__isnull=True
        )
        .order_by("-number")
        .values("template")[:1]
    )
    return (
        people.for_coach(user)
        .filter(plans__program=program_id, plans__ended_on__isnull=True)
        .annotate(stands_on=Subquery(latest))
        .select_related("health", "practice")
        .order_by("name", "id")
    )
