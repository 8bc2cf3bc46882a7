"""``cursor`` and ``limit`` of every list, as the API reads and describes them."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from coachapi.paging import MOST, USUAL, Asked, place_of
from coachapi.refusals import Fault, Unreadable

PAGED = [
    OpenApiParameter("cursor", str, description="The `next_cursor` of the page before."),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        description=f"How many, 1 to {MOST}.",
    ),
]


def next_cursor() -> serializers.CharField:
    """The field of a list that says where the next page begins."""
    return serializers.CharField(allow_null=True, help_text="Send it back as `cursor`; null: end.")


def searched(request: Request) -> dict[str, str]:
    """What a request looks for, beside which page of it."""
    sent = request.query_params.dict()
    return {name: sent[name] for name in sent if name not in {"cursor", "limit"}}


def asked(request: Request) -> Asked:
    """The page a request asks for; raises ``Unreadable`` with a pointer."""
    cursor, limit = request.query_params.get("cursor"), request.query_params.get("limit", USUAL)
    if not str(limit).isdecimal() or not 1 <= int(str(limit)[:9]) <= MOST:
        raise Unreadable(
            f"limit={str(limit)[:20]!r} is not accepted.",
            faults=(Fault("#/limit", "out_of_range", f"Accepted: 1 to {MOST}."),),
        )
    return Asked(place_of(cursor) if cursor else None, int(limit))
