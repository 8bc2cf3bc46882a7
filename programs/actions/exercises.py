"""A practice's own exercises, and what it adds to any: cues, films, alternates."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from coachapi.accounts.models import Coach, User
from coachapi.ids import new_id
from coachapi.refusals import Fault, NotThere, Refused, Unreadable
from programs import models, queries
from programs.domain.document_reader import BadDocument
from programs.domain.exercise import Library
from programs.domain.exercises import library
from programs.domain.own_exercises import LOADINGS, OWN, extras_json, read_extras
from programs.domain.search import did_you_mean

LONGEST_SLUG = 28  # of the 40 letters of an id


class NameTaken(Refused):
    """Two exercises of one name: nobody could tell them apart in a program."""

    code = "exercise.name_taken"
    title = "Not added"

    def __init__(self, name: str, exercise_id: str) -> None:
        super().__init__(
            f"Your library has an exercise named {name} already.",
            extra={"exercise_id": exercise_id},
        )


class NotLikeThat(Unreadable):
    """An exercise is like a rated one of its own pattern, or what it asks would not fit."""

    code = "exercise.not_like_that"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, faults=(Fault("#/like", self.code, sentence),))


class BadExtras(Unreadable):
    """Cues, films or alternates with faults, each with its pointer."""

    code = "exercise.faults"

    def __init__(self, bad: BadDocument) -> None:
        super().__init__(
            "Some of what was sent is not accepted; see errors.",
            faults=tuple(
                Fault(f"#{fault.pointer}", fault.code, fault.sentence) for fault in bad.faults
            ),
        )


def add(*, place: Coach, fields: Mapping[str, Any], at: dt.datetime) -> models.Exercise:
    """A new exercise of the practice.

    Its pattern and what it is like are given once: what a referral blocks and a protocol offers
    goes by them, and must not change under a client.
    """
    book = queries.library_for(place.practice_id)
    _refuse_taken(book, fields["name"])
    like = fields.get("like") or None
    if like is not None:
        _refuse_unlike(like, fields["pattern"])
    return models.Exercise.objects.create(
        id=_new_id(fields["name"]),
        practice_id=place.practice_id,
        name=fields["name"],
        pattern=fields["pattern"],
        position=len(book),
        like_id=like,
        changed_at=at,
        **_loaded(fields),
    )


def change(*, exercise: models.Exercise, fields: Mapping[str, Any], at: dt.datetime) -> None:
    """Another name, equipment or way of loading; pattern and likeness stay."""
    book = queries.library_for(_practice(exercise))
    if fields["name"] != exercise.name:
        _refuse_taken(book, fields["name"])
    exercise.name, exercise.changed_at = fields["name"], at
    for key, value in _loaded(fields).items():
        setattr(exercise, key, value)
    exercise.save(update_fields=["name", "equipment", "basis", "hands", "changed_at"])


def archive(*, exercise: models.Exercise, at: dt.datetime) -> None:
    """Away from the search; programs and logs that name it go on."""
    exercise.archived_at = exercise.archived_at or at
    exercise.save(update_fields=["archived_at"])


def unarchive(*, exercise: models.Exercise) -> None:
    """Back to the search."""
    exercise.archived_at = None
    exercise.save(update_fields=["archived_at"])


def describe(*, place: Coach, exercise_id: str, raw: Any, at: dt.datetime) -> None:
    """What the practice adds to an exercise of the library or its own: the whole of it anew."""
    book = queries.library_for(place.practice_id)
    if exercise_id not in book:
        raise NotThere
    try:
        extras = read_extras(raw, exercise_id, book)
    except BadDocument as bad:
        raise BadExtras(bad) from bad
    models.PracticeNote.objects.update_or_create(
        practice_id=place.practice_id,
        exercise_id=exercise_id,
        defaults={**extras_json(extras), "changed_at": at},
    )


def find(user: User, exercise_id: str) -> models.Exercise:
    """One of the own exercises of this coach's practice; raises ``NotThere``."""
    found = queries.own_exercise(user, exercise_id)
    if found is None:
        raise NotThere
    return found


def _new_id(name: str) -> str:
    """An id that can be read, so that a place without the library still says what it is."""
    slug = slugify(name).replace("-", "_")[:LONGEST_SLUG].strip("_") or "exercise"
    return f"{slug}{OWN}{new_id().hex[-8:]}"


def _loaded(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "equipment": list(fields["equipment"]),
        "basis": LOADINGS[fields["loading"]].value,
        "hands": fields["hands"],
    }


def _practice(exercise: models.Exercise) -> uuid.UUID:
    assert exercise.practice_id is not None  # find() knows own ones only
    return exercise.practice_id


def _refuse_taken(book: Library, name: str) -> None:
    folded = name.casefold()
    for one in book.values():
        if one.name.casefold() == folded:
            raise NameTaken(name, one.id)


def _refuse_unlike(like: str, pattern: str) -> None:
    rated = library()
    if like not in rated:
        raise NotLikeThat(f"No rated exercise has this id{did_you_mean(rated, like)}.")
    if rated[like].pattern != pattern:
        raise NotLikeThat(
            f"{rated[like].name} is of the pattern {rated[like].pattern}, not {pattern}; choose"
            " one of the same pattern."
        )
