"""Program templates to list and to read; each says its queries."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from coachapi.accounts.models import Coach, User
from coachapi.refusals import NotThere
from programs import models
from programs.domain.search import alike


def coach_place(user: User) -> Coach:
    """The practice a coach writes in: the first, as everywhere. One query.

    Raises ``NotThere`` for who coaches nowhere.
    """
    place = Coach.objects.filter(user=user, active=True).order_by("role", "id").first()
    if place is None:
        raise NotThere
    return place


def for_coach(user: User) -> QuerySet[models.Program]:
    """The programs of the practices this user coaches in; a private one is its author's.

    The owner reads private ones too: who leaves, leaves the programs.
    """
    return models.Program.objects.filter(
        Q(visibility=models.Program.PRACTICE)
        | Q(created_by=user)
        | Q(practice__coaches__role=Coach.OWNER),
        practice__coaches__user=user,
        practice__coaches__active=True,
    )


def programs(user: User, *, typed: str = "", archived: bool = False) -> list[dict[str, Any]]:
    """The templates a coach may assign, newest first, or the most like what was typed. One query.

    With `archived` those that were put away instead.
    """
    latest = models.ProgramRevision.objects.filter(program=OuterRef("pk")).order_by("-number")
    rows = list(
        for_coach(user)
        .filter(archived_at__isnull=not archived)
        .annotate(
            revision=Subquery(latest.values("number")[:1]),
            changed_at=Subquery(latest.values("at")[:1]),
        )
        .select_related("created_by")
        .order_by("-created_at", "-id")
    )
    if typed.strip():
        rows = [rows[place] for place in alike(typed, [[row.name] for row in rows])]
    return [
        {
            "id": row.id,
            "name": row.name,
            "revision": row.revision,
            "weeks": row.weeks,
            "visibility": row.visibility,
            "author": row.created_by.name,
            "mine": row.created_by_id == user.pk,
            "created_at": row.created_at,
            "changed_at": row.changed_at,
            "archived_at": row.archived_at,
        }
        for row in rows
    ]


def program_document(user: User, program_id: uuid.UUID) -> models.ProgramRevision | None:
    """The latest revision of one of this coach's programs. One query."""
    return _revisions(user, program_id).select_related("program", "author").first()


def revisions(user: User, program_id: uuid.UUID) -> list[dict[str, Any]]:
    """Every revision of one of this coach's programs, newest first. One query."""
    rows = _revisions(user, program_id).select_related("author").defer("document")
    return [{"revision": row.number, "author": row.author.name, "at": row.at} for row in rows]


def revision(user: User, program_id: uuid.UUID, number: int) -> models.ProgramRevision | None:
    """One revision as it stood. One query."""
    return _revisions(user, program_id).filter(number=number).select_related("program").first()


def _revisions(user: User, program_id: uuid.UUID) -> QuerySet[models.ProgramRevision]:
    return models.ProgramRevision.objects.filter(
        program__in=for_coach(user), program_id=program_id
    ).order_by("-number")
