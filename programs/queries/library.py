"""The library with what a practice added to it; each function says its queries."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.templatetags.static import static

from coachapi import nested
from coachapi.accounts.models import User
from coachapi.refusals import NotThere
from programs import models
from programs.domain.exercise import Basis, Exercise, Level, Library
from programs.domain.exercises import library
from programs.domain.own_exercises import (
    LOADINGS,
    Extras,
    OwnExercise,
    extras_from_json,
    extras_json,
    with_practice,
)
from programs.domain.regions import all_regions, allows_swap
from programs.domain.search import found
from programs.domain.variation import regress_of

NOTHING = Extras()
ADDED = ("cues", "media", "alternates")


def library_for(practice_id: uuid.UUID) -> Library:
    """The library as one practice has it: what ships, then its own. One query.

    Archived ones are in it, because programs and logs point at them. For who is not of the
    practice it is what ships: the wall shows no row.
    """
    return _with(_own().filter(practice_id=practice_id))


def own_beside(document: str, practice: str) -> ArraySubquery:
    """A practice's own exercises that a document names, beside its row: both are fields of it."""
    said = Cast(OuterRef(document), TextField())
    named = Concat(Value('"'), F("pk"), Value('"'), output_field=TextField())
    rows = _own().filter(practice=OuterRef(practice)).annotate(said=said)
    fields = ("id", "name", "pattern", "equipment", "basis", "hands", "like_id")
    return nested.each(rows.filter(said__contains=named), **{name: F(name) for name in fields})


def library_with(own: Iterable[Mapping[str, Any]]) -> Library:
    """What ships, and these own exercises as ``own_beside`` read them. No query."""
    return _with(models.Exercise(**each) for each in own)


def library_of(user: User) -> Library:
    """The library with the own exercises of every practice this user coaches in. One query."""
    return _with(_of_coach(user))


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """An exercise, what this practice adds to it, and its row when it is the practice's own."""

    exercise: Exercise
    extras: Extras = NOTHING
    own: models.Exercise | None = None


def exercises(
    user: User,
    *,
    typed: str = "",
    pattern: str = "",
    equipment: str = "",
    region: str = "",
    most_demand: Level | None = None,
    archived: bool = False,
) -> list[LibraryRow]:
    """The library that a user searches, in its order or the most alike first. Two queries.

    A client has what ships; a coach the own exercises of the practice too, without the archived
    unless asked for. Raises UnknownRegion.
    """
    own = {row.pk: row for row in _of_coach(user)}
    book = _with(own.values())
    extras = _extras(user)
    kept = found(
        [one for one in book.values() if _listed(own.get(one.id), archived=archived)],
        typed=typed,
        pattern=pattern,
        equipment=equipment,
        region=region,
        most_demand=most_demand,
    )
    return [LibraryRow(one, extras.get(one.id, NOTHING), own.get(one.id)) for one in kept]


def library_row(user: User, exercise_id: str) -> LibraryRow:
    """One exercise with what the practice adds to it. Two queries. Raises ``NotThere``."""
    own = {row.pk: row for row in _of_coach(user)}
    book = _with(own.values())
    if exercise_id not in book:
        raise NotThere
    extras = _extras(user).get(exercise_id, NOTHING)
    return LibraryRow(book[exercise_id], extras, own.get(exercise_id))


def exercise(user: User, exercise_id: str) -> dict[str, Any]:
    """One exercise with what is easier for each region. At most four queries.

    Raises ``NotThere``.
    """
    row = library_row(user, exercise_id)
    return {**shown(row.exercise, row), "easier": _easier(library_of(user), exercise_id)}


def own_exercise(user: User, exercise_id: str) -> models.Exercise | None:
    """One of the own exercises of a practice this user coaches in. One query."""
    return _of_coach(user).filter(pk=exercise_id).first()


def digest(exercise: Exercise) -> str:
    """A fingerprint of an exercise as people see it: another one is a change for every phone."""
    said = json.dumps(shown(exercise), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def mirrored(practice_id: uuid.UUID) -> QuerySet[models.Exercise]:
    """The rows a client's phone mirrors: everybody's, and the practice's own."""
    return models.Exercise.objects.filter(Q(practice=None) | Q(practice=practice_id))


def shown_rows(rows: QuerySet[models.Exercise]) -> Iterable[dict[str, Any]]:
    """Exercises as people see them, of rows. One query."""
    found = list(rows)
    book = _with(each for each in found if each.practice_id)
    for row in found:
        if row.pk in book:
            yield shown(book[row.pk], LibraryRow(book[row.pk], NOTHING, row))


def notes(practice_id: uuid.UUID) -> QuerySet[models.PracticeNote]:
    """What a practice adds to exercises."""
    return models.PracticeNote.objects.filter(practice=practice_id)


def notes_beside(practice: str) -> ArraySubquery:
    """What a practice adds to exercises, beside a row that has it as this field."""
    rows = models.PracticeNote.objects.filter(practice=OuterRef(practice))
    return nested.each(rows, **{name: F(name) for name in ("exercise_id", *ADDED)})


def extras_in(notes: Iterable[Mapping[str, Any]]) -> Mapping[str, Extras]:
    """What a practice adds, by exercise, as ``notes_beside`` read it. No query."""
    return {each["exercise_id"]: extras_from_json(each) for each in notes}


def shown(exercise: Exercise, row: LibraryRow | None = None) -> dict[str, Any]:
    """An exercise as people see it: name, cues, faults, films, drawing. No query."""
    book = library()
    extras = row.extras if row else NOTHING
    own = row.own if row else None
    note = exercise.note
    fault = (note.text,) if note and note.kind == "fault" else ()
    family = book.families.get(exercise.family)
    return {
        "id": exercise.id,
        "name": exercise.name,
        "pattern": exercise.pattern,
        "equipment": list(exercise.equipment),
        "faults": [*fault, *(family.faults if family else ())],
        "drawing": static(f"programs/exercises/{exercise.id}.svg") if exercise.id in book else None,
        "own": exercise.id not in book,
        "rated": exercise.has_vector,
        "loading": _loading(exercise.basis),
        "like": own.like_id if own else None,
        "archived": bool(own and own.archived_at),
        **extras_json(extras),
        "cues": list(extras.cues or (family.cues if family else ())),
    }


def _listed(own: models.Exercise | None, *, archived: bool) -> bool:
    """Archived ones are listed apart; what ships is never archived."""
    return archived == bool(own and own.archived_at)


def _easier(book: Library, exercise_id: str) -> list[dict[str, Any]]:
    """The edges in the table for what ships; the same sum for a practice's own."""
    if exercise_id in library():
        edges = models.Variation.objects.filter(source_id=exercise_id).order_by("region", "id")
        return [
            {
                "region": edge.region,
                "exercise_id": edge.easier_id,
                "reason": edge.reason,
                "mark": edge.mark,
            }
            for edge in edges
        ]
    like = "Asks less, going by the exercise it is like."
    return [
        {"region": one.id, "exercise_id": easier, "reason": like, "mark": "default"}
        for one in all_regions()
        if allows_swap(one.id)
        for easier in regress_of(book, exercise_id, one.id)[:1]
    ]


def _own() -> QuerySet[models.Exercise]:
    return models.Exercise.objects.filter(practice__isnull=False).order_by("name", "id")


def _of_coach(user: User) -> QuerySet[models.Exercise]:
    return _own().filter(practice__coaches__user=user, practice__coaches__active=True)


def _with(rows: Iterable[models.Exercise]) -> Library:
    own = [
        OwnExercise(
            id=row.pk,
            name=row.name,
            pattern=row.pattern,
            equipment=tuple(row.equipment),
            basis=Basis(row.basis),
            hands=row.hands,
            like=row.like_id,
        )
        for row in rows
    ]
    return with_practice(library(), own) if own else library()


def _extras(user: User) -> dict[str, Extras]:
    rows = models.PracticeNote.objects.filter(
        practice__coaches__user=user, practice__coaches__active=True
    )
    return {row.exercise_id: _read(row) for row in rows}


def _read(row: models.PracticeNote) -> Extras:
    return extras_from_json({name: getattr(row, name) for name in ADDED})


def _loading(basis: Basis) -> str:
    """How a set is written: with kilograms unless it is body weight or a band."""
    return next((word for word, one in LOADINGS.items() if one is basis), "weight")
