"""The library a client's plan is read with: what ships, and the practice's own where it is used."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from programs import queries as programs
from programs.domain.exercise import Library
from programs.domain.exercises import library


def book_for(practice_id: uuid.UUID, lifts: Iterable[str]) -> Library:
    """What ships, when it has all of these; else the practice's library. One query at most."""
    shipped = library()
    return shipped if all(each in shipped for each in lifts) else whole(practice_id)


def whole(practice_id: uuid.UUID) -> Library:
    """The library with the practice's own exercises. One query."""
    return programs.library_for(practice_id)
