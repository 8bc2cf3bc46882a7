"""Puts programs in order: a copy, who sees one, away from the list and back."""

from __future__ import annotations

import datetime as dt

from coachapi.accounts.models import Coach, User
from coachapi.refusals import Refused
from programs import models
from programs.actions import programs
from programs.domain.document import to_json

LONGEST_NAME = 120


class NotYoursToHide(Refused):
    """A program of the practice is made private by its author or the owner."""

    code = "program.not_yours_to_hide"
    status = 403
    title = "Not changed"

    def __init__(self) -> None:
        super().__init__(
            "Only its author or the owner of the practice decides who sees a program."
            " Copy it, and the copy is yours."
        )


def copy(
    *, program: models.Program, name: str = "", by: User, at: dt.datetime
) -> models.ProgramRevision:
    """The latest revision as a new program of the coach who copies, seen as widely as the first."""
    latest = program.revisions.order_by("-number")[0]
    document = programs.checked(latest.document, practice_id=program.practice_id)
    raw = to_json(document)
    raw["name"] = name or f"{document.name[: LONGEST_NAME - 7]} (copy)"
    place = Coach.objects.get(user=by, practice_id=program.practice_id, active=True)
    return programs.write(place=place, raw=raw, by=by, at=at, visibility=program.visibility)


def share(*, program: models.Program, visibility: str, by: User) -> None:
    """Show a program to the practice, or keep it to its author and the owner."""
    if program.visibility == visibility:
        return
    owns = Coach.objects.filter(
        user=by, practice_id=program.practice_id, active=True, role=Coach.OWNER
    )
    if program.created_by_id != by.pk and not owns.exists():
        raise NotYoursToHide
    program.visibility = visibility
    program.save(update_fields=["visibility"])


def archive(*, program: models.Program, at: dt.datetime) -> None:
    """Away from the list. Plans made from it go on; it can come back."""
    if program.archived_at is None:
        program.archived_at = at
        program.save(update_fields=["archived_at"])


def unarchive(*, program: models.Program) -> None:
    """Back to the list."""
    program.archived_at = None
    program.save(update_fields=["archived_at"])
