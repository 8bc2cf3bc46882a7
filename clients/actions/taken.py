"""A row under an id of the phone's: the same again is the same row, other words are refused, and
an id that is somebody else's answers as one that is nobody's (rulings 9 and 25)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from django.db import IntegrityError

from clients.models import Client
from coachapi.refusals import NotThere, Refused

UNIQUE_VIOLATION = "23505"  # the row stands, unseen behind the wall


class Named(Protocol):
    """A row that a phone named, with the fingerprint of what was sent under the name."""

    objects: Any
    client_id: uuid.UUID
    body_hash: str

    def save(self, *, force_insert: bool) -> None:
        """Write the row down."""


Row = TypeVar("Row", bound=Named)


class SaidOtherwise(Refused):
    """The id is known with another content: what was said is never rewritten (ruling 9)."""

    code = "report.other_body"
    title = "Already said otherwise"

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} was sent before with other words; send a new one instead.")


def before(
    model: type[Row], id_: uuid.UUID, fingerprint: str, *, client: Client, otherwise: Refused
) -> Row | None:
    """The row that was sent under this id before, with the same content; none when it is new.

    Raises ``otherwise`` for another content, ``NotThere`` for somebody else's. One query.
    """
    held: Row | None = model.objects.filter(pk=id_).first()
    if held is None:
        return None
    if held.client_id != client.pk:
        raise NotThere
    if held.body_hash != fingerprint:
        raise otherwise
    return held


def insert(row: Named) -> None:
    """Write down a new row; raises ``NotThere`` if its id is taken behind the wall."""
    with unless_taken():
        row.save(force_insert=True)


@contextmanager
def unless_taken() -> Iterator[None]:
    """Around a first save under ids of the phone's; raises ``NotThere`` if one is taken."""
    try:
        yield
    except IntegrityError as broken:
        if getattr(broken.__cause__, "sqlstate", "") == UNIQUE_VIOLATION:
            raise NotThere from broken
        raise
