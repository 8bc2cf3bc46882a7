"""What the clock has made due, across clients: ids only, through a definer's function."""

from __future__ import annotations

import uuid

from django.db import connection


def follow_ups() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Questions that are due and untold: (follow-up, client)."""
    return _ids("SELECT id, client_id FROM due_follow_ups()")


def episodes() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Episodes that settled 28 days ago or more and are still open: (episode, client)."""
    return _ids("SELECT id, client_id FROM episodes_to_close()")


def _ids(statement: str) -> list[tuple[uuid.UUID, uuid.UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [(one, client) for one, client in cursor.fetchall()]
