"""What was trained, for a phone that does not sync: sets and sessions in pages, and one by one."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from clients import models
from coachapi.paging import Asked, Place, page
from coachapi.refusals import NotThere


def sets(
    client: models.Client, asked: Asked, *, exercise_id: str | None = None
) -> tuple[list[models.SetLog], Place | None]:
    """A page of sets, newest first, of one exercise if named. One query."""
    rows = models.SetLog.objects.filter(client=client)
    if exercise_id is not None:
        rows = rows.filter(exercise=exercise_id)
    return page(rows, asked, at="performed_at")


def one_set(client: models.Client, set_id: uuid.UUID) -> models.SetLog:
    """One set of this client; raises ``NotThere``. One query."""
    return _one(models.SetLog, client, set_id)


def sessions(
    client: models.Client, asked: Asked, *, until: dt.date
) -> tuple[list[models.Session], Place | None]:
    """A page of sessions up to a day, newest first. One query."""
    rows = models.Session.objects.filter(client=client, on__lte=until).defer("frozen")
    return page(rows, asked, at="on")


def one_session(client: models.Client, session_id: uuid.UUID) -> models.Session:
    """One session of this client; raises ``NotThere``. One query."""
    return _one(models.Session, client, session_id)


def one_check_in(client: models.Client, check_in_id: uuid.UUID) -> models.CheckIn:
    """One check-in of this client; raises ``NotThere``. One query."""
    return _one(models.CheckIn, client, check_in_id)


def _one(model: Any, client: models.Client, id_: uuid.UUID) -> Any:
    found = model.objects.filter(client=client, pk=id_).first()
    if found is None:
        raise NotThere
    return found
