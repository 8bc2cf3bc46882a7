"""Publishes a practice's own protocols: read strictly as a whole, or nothing is kept."""

from __future__ import annotations

import datetime as dt

from coachapi.accounts.models import Coach, User
from programs import models
from programs.actions import rule_books
from programs.domain.datafile import BadData
from programs.domain.protocol import parse_whole


def publish(
    *, place: Coach, text: str, expected: int, by: User, at: dt.datetime, note: str = ""
) -> models.RuleBook:
    """The practice's next protocols (docs/protocols.md); verdicts and changes keep their own.

    Raises ``NotPublished`` with file and line, ``ChangedMeanwhile`` when ``expected`` is not the
    version that holds now.
    """
    try:
        parse_whole(text)
    except BadData as bad:
        raise rule_books.NotPublished(bad) from bad
    return rule_books.write(
        place=place,
        kind=models.RuleBook.PROTOCOLS,
        text=text,
        note=note,
        expected=expected,
        by=by,
        at=at,
    )
