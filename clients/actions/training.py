"""What the client does with a session. A pause or an emergency stops no training log (I-5)."""

from __future__ import annotations

import datetime as dt
import uuid

from clients import models
from clients.actions import follow_ups, projection
from clients.domain.moments import local_date
from clients.queries import plans
from coachapi.refusals import NotThere, Refused
from programs.domain.prescription import Item
from programs.domain.prescription_json import items_from_json, items_to_json


class NotStarted(Refused):
    """A session that was never started cannot be finished, a finished one cannot be skipped."""

    code = "session.wrong_state"
    title = "Not possible now"


def open_session(
    *, client: models.Client, session_id: uuid.UUID, at: dt.datetime
) -> models.Session:
    """Start a session if it is not yet: what the phone shows now is kept for ever (ruling 12)."""
    return begin(_locked(client, session_id), client=client, at=at)


def begin(session: models.Session, *, client: models.Client, at: dt.datetime) -> models.Session:
    """Start a session whose row is held; one that has begun is left as it is."""
    if session.state not in {"planned", "skipped"}:
        return session
    items = _shown(session, today=local_date(at, client.time_zone))
    session.state, session.skipped_for = "started", ""
    session.started_at = at
    session.frozen = items_to_json(items)
    session.rev += 1
    session.save(update_fields=["state", "skipped_for", "started_at", "frozen", "rev"])
    if items:
        follow_ups.ask_after_exposure(client=client, session=session, items=items)
    return session


def finish_session(
    *,
    client: models.Client,
    session_id: uuid.UUID,
    at: dt.datetime,
    begun: dt.datetime | None = None,
) -> models.Session:
    """Close a started session; finishing twice is finishing once.

    With ``begun`` one that nobody said was started is started first, at that time.
    """
    session = _locked(client, session_id)
    if begun is not None:
        begin(session, client=client, at=begun)
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


def _shown(session: models.Session, *, today: dt.date) -> tuple[Item, ...]:
    """What the phone shows of a session: as it was written down for it, else worked out now."""
    held = projection.shown_items(session, on=today)
    if held is not None:
        return items_from_json(held)
    found = plans.standing(session.client_id, plan_id=session.plan_id, today=today).resolved
    return next((each.items for each in found.sessions if each.id == session.pk), ())


def _locked(client: models.Client, session_id: uuid.UUID) -> models.Session:
    session = (
        models.Session.objects.select_for_update().filter(client=client, pk=session_id).first()
    )
    if session is None:
        raise NotThere
    return session
