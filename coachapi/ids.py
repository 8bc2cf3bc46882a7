"""Identifiers: UUIDv7, minted by the phone or by us, ordered by time in an index."""

from __future__ import annotations

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A new UUIDv7."""
    return uuid7()
