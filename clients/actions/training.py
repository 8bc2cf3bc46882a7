"""What the client does in a session. A pause, an emergency, a lost signal: logging always works."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from clients import models
from clients.actions import follow_ups, technique
from clients.actions.fingerprint import body_hash
from clients.actions.taken import unless_taken
from clients.domain.moments import local_date
from clients.queries import plans
from coachapi.refusals import NotThere, Refused
from programs.domain.prescription_json import items_to_json


class AnotherBody(Refused):
    """The id is known with another content, and the ``rev`` sent is not the one we hold."""

    code = "set.changed_meanwhile"
    title = "Changed meanwhile"

    def __init__(self, held: models.SetLog) -> None:
        super().__init__(
            f"This set was changed meanwhile: version {held.rev} is the one to correct.",
            extra={"rev": held.rev},
        )


class NotStarted(Refused):
    """A session that was never started cannot be finished, a finished one cannot be skipped."""

    code = "session.wrong_state"
    title = "Not possible now"


def open_session(
    *, client: models.Client, session_id: uuid.UUID, at: dt.datetime
) -> models.Session:
    """Start a session if it is not yet: what the phone shows now is kept for ever (ruling 12)."""
    session = _locked(client, session_id)
    if session.state not in {"planned", "skipped"}:
        return session
    today = local_date(at, client.time_zone)
    resolved = plans.standing(client.pk, plan_id=session.plan_id, today=today).resolved
    shown = next((each for each in resolved.sessions if each.id == session.pk), None)
    session.state, session.skipped_for = "started", ""
    session.started_at = at
    session.frozen = items_to_json(shown.items) if shown else []
    session.rev += 1
    session.save(update_fields=["state", "skipped_for", "started_at", "frozen", "rev"])
    if shown is not None:
        follow_ups.ask_after_exposure(client=client, session=session, items=shown.items)
    return session


def finish_session(
    *, client: models.Client, session_id: uuid.UUID, at: dt.datetime
) -> models.Session:
    """Close a started session; finishing twice is finishing once."""
    session = _locked(client, session_id)
    if session.state == "done":
        return session
    if session.state != "started":
        raise NotStarted(f"This session is {session.state}; only a started one can be finished.")
    session.state = "done"
    session.finished_at = at
    session.rev += 1
    session.save(update_fields=["state", "finished_at", "rev"])
    return session


def skip_session(
    *, client: models.Client, session_id: uuid.UUID, reason: str = ""
) -> models.Session:
    """Leave a planned session out, and why; a started one is finished instead.

    Injury and illness do not count against what was kept. A reason may be given later.
    """
    session = _locked(client, session_id)
    if session.state == "skipped" and reason in ("", session.skipped_for):
        return session
    if session.state not in {"planned", "skipped"}:
        raise NotStarted(f"This session is {session.state}; only a planned one can be skipped.")
    session.state, session.skipped_for = "skipped", reason
    session.rev += 1
    session.save(update_fields=["state", "skipped_for", "rev"])
    return session


def log_set(
    *,
    client: models.Client,
    set_id: uuid.UUID,
    body: Mapping[str, Any],
    rev: int | None,
    received_at: dt.datetime,
) -> tuple[models.SetLog, bool]:
    """Keep a set as performed; returns the row and whether it is new.

    The same id and content again changes nothing. A correction names the ``rev`` it corrects, else
    ``AnotherBody``. Somebody else's session is ``NotThere``.
    """
    fingerprint = body_hash(body)
    held = models.SetLog.objects.select_for_update().filter(pk=set_id).first()
    if held is not None:
        if held.client_id != client.pk:
            raise NotThere
        if held.body_hash == fingerprint:
            return held, False
        if rev != held.rev:
            raise AnotherBody(held)
    session = open_session(client=client, session_id=body["session_id"], at=body["performed_at"])
    fields = {
        **{key: value for key, value in body.items() if key not in {"session_id", "exercise_id"}},
        "client": client,
        "session": session,
        "exercise_id": body["exercise_id"],
        "performed_on": local_date(body["performed_at"], body["zone"]),
        "received_at": received_at,
        "body_hash": fingerprint,
        "rev": held.rev + 1 if held else 1,
    }
    row = models.SetLog(id=set_id, **fields)
    with unless_taken():
        row.save(force_insert=held is None, force_update=held is not None)
    technique.after_set(row, client=client, at=received_at)
    return row, held is None


def _locked(client: models.Client, session_id: uuid.UUID) -> models.Session:
    session = (
        models.Session.objects.select_for_update().filter(client=client, pk=session_id).first()
    )
    if session is None:
        raise NotThere
    return session
