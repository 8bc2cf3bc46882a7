"""Publishes a practice's own borders, inside what is published (domain §3.3); the owner's act."""

from __future__ import annotations

import datetime as dt

from clients.domain.settings_file import read_settings
from coachapi.accounts.models import Coach, User
from programs.actions import rule_books
from programs.domain.datafile import BadData
from programs.models import RuleBook


def publish(
    *, place: Coach, text: str, expected: int, by: User, at: dt.datetime, note: str = ""
) -> RuleBook:
    """The practice's next borders; a verdict already given keeps those it was given under.

    Raises ``OwnersOnly``, ``NotPublished`` with file and line, ``ChangedMeanwhile`` when
    ``expected`` is not the version that holds now.
    """
    if place.role != Coach.OWNER:
        raise rule_books.OwnersOnly
    try:
        read_settings(text)
    except BadData as bad:
        raise rule_books.NotPublished(bad) from bad
    return rule_books.write(
        place=place,
        kind=RuleBook.SETTINGS,
        text=text,
        note=note,
        expected=expected,
        by=by,
        at=at,
    )
