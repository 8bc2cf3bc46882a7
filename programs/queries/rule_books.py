"""The rule books a practice published: its own protocols and borders; each says its queries."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from programs import models
from programs.domain.datafile import BadData
from programs.domain.protocol import ProtocolSet, parse_whole, protocol_set


def rule_book(practice_id: uuid.UUID, kind: str) -> models.RuleBook | None:
    """The latest a practice published of a kind; None while what ships holds. One query."""
    return (
        models.RuleBook.objects.filter(practice_id=practice_id, kind=kind)
        .select_related("author")
        .order_by("-number")
        .first()
    )


def rule_book_versions(practice_id: uuid.UUID, kind: str) -> Sequence[models.RuleBook]:
    """Every version a practice published of a kind, newest first, without the texts. One query."""
    return list(
        models.RuleBook.objects.filter(practice_id=practice_id, kind=kind)
        .select_related("author")
        .defer("body")
        .order_by("-number")
    )


def protocols_of(practice_id: uuid.UUID) -> ProtocolSet:
    """The protocols a practice published last, else what ships.

    One query; one more the first time a version is read here. A version that a later library
    can no longer read gives what ships: it was reviewed, and the page of rules says so.
    """
    held = models.RuleBook.objects.filter(practice_id=practice_id, kind="protocols")
    latest = held.order_by("-number").values_list("number", "digest").first()
    if latest is None:
        return protocol_set()
    try:
        return _own_protocols(practice_id, *latest)
    except BadData:
        return protocol_set()


@lru_cache(maxsize=64)
def _own_protocols(practice_id: uuid.UUID, number: int, digest: str) -> ProtocolSet:
    # A version is never rewritten, and its digest is part of the key: never stale.
    row = models.RuleBook.objects.only("body").get(
        practice_id=practice_id, kind="protocols", number=number, digest=digest
    )
    return replace(parse_whole(row.body), version=f"practice {number}")
