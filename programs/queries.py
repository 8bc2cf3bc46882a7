"""What a page or an endpoint needs of the library and of programs; each says its queries."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.templatetags.static import static

from coachapi.accounts.models import User
from programs import models
from programs.domain.exercise import Exercise
from programs.domain.exercises import library


def shown(exercise: Exercise) -> dict[str, Any]:
    """An exercise as people see it: name, three cues, faults, drawing. No query."""
    family = library().families[exercise.family]
    note = exercise.note
    extra = (note.text,) if note and note.kind == "fault" else ()
    return {
        "id": exercise.id,
        "name": exercise.name,
        "pattern": exercise.pattern,
        "equipment": list(exercise.equipment),
        "cues": list(family.cues),
        "faults": [*extra, *family.faults],
        "drawing": static(f"programs/exercises/{exercise.id}.svg"),
    }


def exercises() -> list[dict[str, Any]]:
    """The whole library in its order. No query: the library is data."""
    return [shown(each) for each in library().values()]


def exercise(exercise_id: str) -> dict[str, Any] | None:
    """One exercise with what is easier for each region. One query."""
    book = library()
    if exercise_id not in book:
        return None
    edges = models.Variation.objects.filter(source_id=exercise_id).order_by("region", "id")
    return {
        **shown(book[exercise_id]),
        "easier": [
            {
                "region": edge.region,
                "exercise_id": edge.easier_id,
                "reason": edge.reason,
                "mark": edge.mark,
            }
            for edge in edges
        ],
    }


def for_coach(user: User) -> QuerySet[models.Program]:
    """The programs of the practices this user coaches in."""
    return models.Program.objects.filter(
        practice__coaches__user=user, practice__coaches__active=True
    )


def programs(user: User) -> list[dict[str, Any]]:
    """The templates a coach may assign, newest first. One query."""
    latest = models.ProgramRevision.objects.filter(program=OuterRef("pk")).order_by("-number")
    rows = (
        for_coach(user)
        .filter(archived_at__isnull=True)
        .annotate(revision=Subquery(latest.values("number")[:1]))
        .order_by("-created_at")
    )
    return [
        {"id": row.id, "name": row.name, "revision": row.revision, "created_at": row.created_at}
        for row in rows
    ]


def program_document(user: User, program_id: uuid.UUID) -> models.ProgramRevision | None:
    """The latest revision of one of this coach's programs. One query."""
    return (
        models.ProgramRevision.objects.filter(program__in=for_coach(user), program_id=program_id)
        .select_related("program")
        .order_by("-number")
        .first()
    )
