"""What the clock has made due: across clients ids only, through a definer's function."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import connection

from clients import models


def follow_ups() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Questions that are due and untold: (follow-up, client)."""
    return _ids("SELECT id, client_id FROM due_follow_ups()")


def episodes() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Episodes that settled 28 days ago or more and are still open: (episode, client)."""
    return _ids("SELECT id, client_id FROM episodes_to_close()")


def jobs() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Work for many clients that is not finished: (job, the coach who asked)."""
    return _ids("SELECT id, by_id FROM jobs_to_do()")


def imports() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """What clients bring along and no worker has finished: (import, client)."""
    return _ids("SELECT id, client_id FROM imports_to_do()")


def clips() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Clips to be made or removed, and uploads that nobody went on with: (clip, client)."""
    return _ids("SELECT id, client_id FROM clips_to_do()")


def questions_of(client_id: uuid.UUID, *, until: dt.datetime) -> list[models.FollowUp]:
    """One client's questions due by an instant, neither answered nor told, in order. One query."""
    found = models.FollowUp.objects.filter(
        client_id=client_id, done_at__isnull=True, told_at__isnull=True, due_at__lte=until
    )
    return list(found.select_related("report", "regression__report").order_by("ask_at", "id"))


def calm_episodes_of(client_id: uuid.UUID, *, settled_by: dt.date) -> list[models.Episode]:
    """One client's open episodes that had settled by a day. One query."""
    found = models.Episode.objects.filter(
        client_id=client_id, closed_at__isnull=True, settled_on__lte=settled_by
    )
    return list(found.order_by("settled_on", "id"))


def _ids(statement: str) -> list[tuple[uuid.UUID, uuid.UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [(one, client) for one, client in cursor.fetchall()]
