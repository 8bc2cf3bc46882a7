"""An id that is somebody else's answers as one that is nobody's (ruling 25)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from coachapi.refusals import NotThere

UNIQUE_VIOLATION = "23505"  # the row stands, unseen behind the wall


@contextmanager
def unless_taken() -> Iterator[None]:
    """Around the first save of a row under an id of the phone's; raises ``NotThere`` if taken."""
    try:
        yield
    except IntegrityError as broken:
        if getattr(broken.__cause__, "sqlstate", "") == UNIQUE_VIOLATION:
            raise NotThere from broken
        raise
