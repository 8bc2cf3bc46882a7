"""What a page or an endpoint needs of the library and of programs; each says its queries."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.templatetags.static import static

from coachapi.accounts.models import User
from programs import models
from programs.domain.datafile import BadData
from programs.domain.exercise import Exercise
from programs.domain.exercises import library
from programs.domain.protocol import ProtocolSet, parse_whole, protocol_set


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


def rule_book(practice_id: uuid.UUID, kind: str) -> models.RuleBook | None:
    """The latest a practice published of a kind; None while what ships holds. One query."""
    return (
        models.RuleBook.objects.filter(practice_id=practice_id, kind=kind)
        .select_related("author")
        .order_by("-number")
        .first()
    )


def rule_book_versions(practice_id: uuid.UUID, kind: str) -> Sequence[models.RuleBook]:
    """Every version a practice published of a kind, newest first, without the texts. One query."""
    return list(
        models.RuleBook.objects.filter(practice_id=practice_id, kind=kind)
        .select_related("author")
        .defer("body")
        .order_by("-number")
    )


def protocols_of(practice_id: uuid.UUID) -> ProtocolSet:
    """The protocols a practice published last, else what ships.

    One query; one more the first time a version is read here. A version that a later library
    can no longer read gives what ships: it was reviewed, and the page of rules says so.
    """
    held = models.RuleBook.objects.filter(practice_id=practice_id, kind="protocols")
    latest = held.order_by("-number").values_list("number", "digest").first()
    if latest is None:
        return protocol_set()
    try:
        return _own_protocols(practice_id, *latest)
    except BadData:
        return protocol_set()


@lru_cache(maxsize=64)
def _own_protocols(practice_id: uuid.UUID, number: int, digest: str) -> ProtocolSet:
    # A version is never rewritten, and its digest is part of the key: never stale.
    row = models.RuleBook.objects.only("body").get(
        practice_id=practice_id, kind="protocols", number=number, digest=digest
    )
    return replace(parse_whole(row.body), version=f"practice {number}")
