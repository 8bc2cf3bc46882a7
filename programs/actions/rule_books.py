"""Keeps a practice's own rule books: each publication a new version, the old ones kept for ever."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import DatabaseError, transaction

from coachapi.accounts.models import Coach, User
from coachapi.refusals import Fault, Refused, Unreadable
from programs import models, queries
from programs.domain.datafile import BadData


class NotPublished(Unreadable):
    """The text has a fault, named by file and line; nothing of it was kept."""

    code = "rule_book.faults"
    title = "Not published"

    def __init__(self, bad: BadData) -> None:
        super().__init__(
            f"Nothing was published. {bad}", faults=(Fault("#/text", "bad_data", str(bad)),)
        )


class ChangedMeanwhile(Refused):
    """Somebody published a newer version than the one this text was made from."""

    code = "rule_book.changed_meanwhile"
    title = "Changed meanwhile"

    def __init__(self, *, sent: int, number: int) -> None:
        super().__init__(
            f"This was made from version {sent}, and version {number} holds now."
            " Nothing of yours was published.",
            extra={"sent": sent, "number": number},
        )


class OwnersOnly(Refused):
    """The borders by which reports are judged are the owner's to set."""

    code = "rule_book.owners_only"
    status = 403
    title = "Not published"

    def __init__(self) -> None:
        super().__init__("Only the owner of the practice publishes these.")


def write(
    *,
    place: Coach,
    kind: str,
    text: str,
    note: str,
    expected: int,
    by: User,
    at: dt.datetime,
) -> models.RuleBook:
    """The next version of a text that was read and found whole; the same text again is the same.

    ``expected`` is the version it was made from, 0 for what ships; raises ``ChangedMeanwhile``.
    """
    latest = queries.rule_book(place.practice_id, kind)
    number = latest.number if latest else 0
    if number != expected:
        raise ChangedMeanwhile(sent=expected, number=number)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if latest is not None and latest.digest == digest:
        return latest
    row = models.RuleBook(
        practice_id=place.practice_id,
        kind=kind,
        number=number + 1,
        body=text,
        digest=digest,
        note=note,
        author=by,
        at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except DatabaseError as no:
        match getattr(no.__cause__, "sqlstate", ""):
            case "23505":  # another publication took the number between our look and our write
                raise ChangedMeanwhile(sent=expected, number=number + 1) from no
            case "42501":
                raise OwnersOnly from no
        raise
    return row
