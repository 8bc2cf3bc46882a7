"""Writes program templates: one document in, checked as a whole, kept as a revision."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from coachapi.accounts.models import Coach, User
from coachapi.refusals import Fault, NotThere, Unreadable
from programs import models
from programs.domain.document import BadDocument, ProgramDocument, parse, to_json
from programs.domain.exercises import library


def checked(raw: Any) -> ProgramDocument:
    """The document, or an ``Unreadable`` with a pointer to every fault in it."""
    try:
        return parse(raw, exercises=library())
    except BadDocument as bad:
        raise Unreadable(
            f"The program has {len(bad.faults)} faults; nothing was written.",
            faults=tuple(
                Fault(f"#{fault.pointer}", fault.code, fault.sentence) for fault in bad.faults
            ),
        ) from bad


def write(*, place: Coach, raw: Any, by: User, at: dt.datetime) -> models.ProgramRevision:
    """A new template from one nested document."""
    document = checked(raw)
    program = models.Program.objects.create(
        practice_id=place.practice_id, name=document.name, created_by=by, created_at=at
    )
    return _revise(program, document, number=1, by=by, at=at)


def rewrite(
    *, program: models.Program, raw: Any, expected: int, by: User, at: dt.datetime
) -> models.ProgramRevision:
    """The next revision of a template; ``expected`` is the one it was made from."""
    document = checked(raw)
    held = models.Program.objects.select_for_update().filter(pk=program.pk).first()
    if held is None:
        raise NotThere
    latest = held.revisions.order_by("-number")[0]
    if latest.number != expected:
        raise ChangedMeanwhile(latest.number)
    held.name = document.name
    held.save(update_fields=["name"])
    return _revise(held, document, number=latest.number + 1, by=by, at=at)


class ChangedMeanwhile(Unreadable):
    """Another coach wrote a newer revision; neither version is lost."""

    code = "program.changed_meanwhile"
    status = 409
    title = "Changed meanwhile"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Somebody else saved revision {number} meanwhile. Nothing of yours was written.",
            extra={"revision": number},
        )


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


def find(user: User, program_id: uuid.UUID) -> models.Program:
    """One of this coach's programs; raises ``NotThere``."""
    found = models.Program.objects.filter(
        pk=program_id, practice__coaches__user=user, practice__coaches__active=True
    ).first()
    if found is None:
        raise NotThere
    return found
