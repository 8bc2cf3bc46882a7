"""Writes program templates: one document in, checked as a whole, kept as a revision."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from coachapi.accounts.models import Coach, User
from coachapi.refusals import Fault, NotThere, Unreadable
from programs import models, queries
from programs.domain.document import BadDocument, ProgramDocument, parse, to_json, weeks_of
from programs.domain.document_edits import edited
from programs.domain.exercises import library


class BadProgram(Unreadable):
    """A program with faults, each with its pointer; nothing was written."""

    code = "program.faults"

    def __init__(self, bad: BadDocument) -> None:
        count = len(bad.faults)
        super().__init__(
            f"The program has {count} fault{'' if count == 1 else 's'}; nothing was written.",
            faults=tuple(
                Fault(f"#{fault.pointer}", fault.code, fault.sentence) for fault in bad.faults
            ),
        )


class ChangedMeanwhile(Unreadable):
    """Another coach wrote a newer revision; both versions are in the answer."""

    code = "program.changed_meanwhile"
    status = 409
    title = "Changed meanwhile"

    def __init__(self, latest: models.ProgramRevision, yours: ProgramDocument) -> None:
        super().__init__(
            f"{latest.author.name} saved revision {latest.number} meanwhile. Nothing of yours was"
            " written; both versions are here.",
            extra={
                "revision": latest.number,
                "by": latest.author.name,
                "theirs": latest.document,
                "yours": to_json(yours),
            },
        )
        self.latest = latest


def checked(raw: Any, *, practice_id: uuid.UUID | None = None) -> ProgramDocument:
    """The document, or a ``BadProgram`` with a pointer to every fault in it.

    No query while every exercise ships with the product; one to look among the practice's own.
    """
    try:
        return parse(raw, exercises=library())
    except BadDocument as bad:
        if practice_id is None or all(each.code != "unknown_exercise" for each in bad.faults):
            raise BadProgram(bad) from bad
    try:
        return parse(raw, exercises=queries.library_for(practice_id))
    except BadDocument as bad:
        raise BadProgram(bad) from bad


def write(
    *,
    place: Coach,
    raw: Any,
    by: User,
    at: dt.datetime,
    visibility: str = models.Program.PRACTICE,
) -> models.ProgramRevision:
    """A new template from one nested document."""
    document = checked(raw, practice_id=place.practice_id)
    program = models.Program.objects.create(
        practice_id=place.practice_id,
        name=document.name,
        created_by=by,
        created_at=at,
        visibility=visibility,
        weeks=_weeks(document),
    )
    return _revise(program, document, number=1, by=by, at=at)


def rewrite(
    *, program: models.Program, raw: Any, expected: int, by: User, at: dt.datetime
) -> models.ProgramRevision:
    """The next revision of a template; ``expected`` is the one it was made from."""
    document = checked(raw, practice_id=program.practice_id)
    held, latest = _held(program)
    if latest.number != expected:
        raise ChangedMeanwhile(latest, document)
    return _next(held, document, latest, by=by, at=at)


def edit(
    *, program: models.Program, edits: Any, expected: int, by: User, at: dt.datetime
) -> models.ProgramRevision:
    """The next revision by addressed edits (``document_edits``) of the one they were made from."""
    book = queries.library_for(program.practice_id)
    held, latest = _held(program)
    base = latest
    if latest.number != expected:
        base = held.revisions.filter(number=expected).first() or latest
    try:
        document = edited(parse(base.document, exercises=book), edits, exercises=book)
    except BadDocument as bad:
        raise BadProgram(bad) from bad
    if latest.number != expected:
        raise ChangedMeanwhile(latest, document)
    return _next(held, document, latest, by=by, at=at)


def find(user: User, program_id: uuid.UUID) -> models.Program:
    """One of this coach's programs; raises ``NotThere``."""
    found = queries.for_coach(user).filter(pk=program_id).first()
    if found is None:
        raise NotThere
    return found


def _held(program: models.Program) -> tuple[models.Program, models.ProgramRevision]:
    """The program, locked until the request ends, and its latest revision."""
    held = models.Program.objects.select_for_update().filter(pk=program.pk).first()
    if held is None:
        raise NotThere
    return held, held.revisions.select_related("author").order_by("-number")[0]


def _next(
    held: models.Program,
    document: ProgramDocument,
    latest: models.ProgramRevision,
    *,
    by: User,
    at: dt.datetime,
) -> models.ProgramRevision:
    held.name, held.weeks = document.name, _weeks(document)
    held.save(update_fields=["name", "weeks"])
    return _revise(held, document, number=latest.number + 1, by=by, at=at)


def _weeks(document: ProgramDocument) -> int:
    return sum(1 for _ in weeks_of(document))


def _revise(
    program: models.Program, document: ProgramDocument, *, number: int, by: User, at: dt.datetime
) -> models.ProgramRevision:
    return models.ProgramRevision.objects.create(
        program=program,
        practice_id=program.practice_id,
        number=number,
        document=to_json(document),
        author=by,
        at=at,
    )
