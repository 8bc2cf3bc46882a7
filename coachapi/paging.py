"""Long lists in pages: an opaque cursor says where the next page begins.

The order is the newest first, by (instant, id), so rows of one instant neither repeat nor vanish
between pages, and a row that arrives while somebody reads moves nothing. A list that has an order
of its own goes on after the row the cursor names (``part``).
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Model, Q, QuerySet

from coachapi.refusals import Fault, Unreadable

MOST = 200
USUAL = 50
NO_INSTANT = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)  # in a cursor of a list that goes by none
Row = TypeVar("Row", bound=Model)


class Place(NamedTuple):
    """The last row of a page: its instant and its id."""

    at: dt.datetime
    id: str


class Asked(NamedTuple):
    """Which page: what lies before a place (``None``: the newest), and how many rows."""

    before: Place | None = None
    limit: int = USUAL


class BadCursor(Unreadable):
    """The cursor is none that a ``next_cursor`` of ours ever said."""

    code = "bad_cursor"
    title = "No such page"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:40]!r} is no cursor. Send the next_cursor of the page before, unchanged.",
            faults=(Fault("#/cursor", "bad_cursor", "Accepted: a next_cursor, or none."),),
        )


def cursor_of(place: Place | None) -> str | None:
    """The opaque words for a place; ``None`` when there is no next page."""
    if place is None:
        return None
    packed = json.dumps([place.at.isoformat(), place.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place:
    """The place a cursor names; raises ``BadCursor``."""
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        at, id_ = json.loads(packed)
        moment = dt.datetime.fromisoformat(at)
        if moment.tzinfo is None or not isinstance(id_, str) or not 2000 < moment.year < 2200:
            raise ValueError
    except (ValueError, TypeError, binascii.Error, RecursionError) as wrong:
        raise BadCursor(cursor) from wrong
    return Place(moment, id_)


def page(
    rows: QuerySet[Row, Any], asked: Asked, *, at: str, id_: str = "pk"
) -> tuple[list[Row], Place | None]:
    """One page of these rows, newest first, and where the next begins. One query.

    ``at`` names an instant or a day of the row.
    """
    if asked.before is not None:
        moment, last = asked.before
        by_day = not isinstance(rows.model._meta.get_field(at), DateTimeField)
        when = moment.date() if by_day else moment
        try:
            rows = rows.filter(Q(**{f"{at}__lt": when}) | Q(**{at: when, f"{id_}__lt": last}))
        except (ValueError, TypeError, ValidationError) as wrong:  # an id of another list
            raise BadCursor(last) from wrong
    found = list(rows.order_by(f"-{at}", f"-{id_}")[: asked.limit + 1])
    if len(found) <= asked.limit:
        return found, None
    found.pop()
    return found, Place(_instant(getattr(found[-1], at)), str(getattr(found[-1], id_)))


def part(
    rows: Sequence[Any], asked: Asked, *, id_: Callable[[Any], str]
) -> tuple[list[Any], Place | None]:
    """One page of a list with an order of its own, such as the most alike first. No query.

    It begins after the row that the cursor names; raises ``BadCursor`` when that row is gone.
    """
    start = 0
    if asked.before is not None:
        last = asked.before.id
        start = next((n for n, row in enumerate(rows, start=1) if id_(row) == last), 0)
        if not start:
            raise BadCursor(last)
    found = list(rows[start : start + asked.limit])
    more = start + asked.limit < len(rows)
    return found, Place(NO_INSTANT, id_(found[-1])) if more else None


def _instant(value: dt.datetime | dt.date) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.combine(value, dt.time(0), dt.UTC)
