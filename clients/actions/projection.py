"""Writes down what the phone is shown of the plan: ``resolve()`` from a week back to four ahead.

Triggers mark whose copy has gone stale, whoever changed whatever; it is written anew before the
phone reads it, and once a day (docs/adr/0013). Rows that have not changed are left alone, so that
their mark does not move and no phone is sent them again.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from django.db.models import Exists

from clients import models
from clients.domain.moments import local_date
from clients.queries import people, phone
from programs.domain.prescription import PlannedSession
from programs.domain.prescription_json import items_to_json

BACK, DAYS = dt.timedelta(days=7), 7 + 1 + 28  # a week back, today, four weeks ahead


def refresh(client: models.Client, *, at: dt.datetime) -> None:
    """Write a client's copy anew; to be called when it is stale (``queries.sync.place_of``)."""
    on = local_date(at, client.time_zone)
    people.lock(client)
    # Marks first: one that is left while we read stays for the next time.
    models.ProjectionMark.objects.filter(client=client).delete()
    stop = phone.stop_of(client)
    found = phone.resolved(client, first=on - BACK, days=DAYS, today=on, stop=stop)
    _write_sessions(client, found, today=on)
    _write_places(client, found)
    models.Projection.objects.update_or_create(client=client, defaults={"on": on})


def shown_items(session: models.Session, *, on: dt.date) -> list[dict[str, Any]] | None:
    """What the phone is shown of a session, where that is up to date. One query."""
    marks = models.ProjectionMark.objects.filter(client=session.client_id)
    held = models.ShownSession.objects.filter(~Exists(marks), pk=session.pk)
    upto = held.filter(client__projection__on=on).values_list("items", flat=True)
    found: list[dict[str, Any]] | None = upto.first()
    return found


def _write_sessions(client: models.Client, found: phone.Days, *, today: dt.date) -> None:
    """Sessions ahead come and go; one whose day has passed stays, so that it can be closed."""
    held = {row.pk: row for row in models.ShownSession.objects.filter(client=client)}
    wanted = {
        each.id: _session(client, each, paused=found.stop is not None) for each in found.sessions
    }
    _replace(held, wanted, ("name", "on", "emptied", "paused", "items"))
    gone = [id_ for id_, row in held.items() if id_ not in wanted and row.on >= today]
    models.ShownSession.objects.filter(pk__in=gone).delete()


def _write_places(client: models.Client, found: phone.Days) -> None:
    held = {row.pk: row for row in models.ShownPrescription.objects.filter(client=client)}
    wanted = {
        row.pk: row
        for session in found.sessions
        for position, item in enumerate(session.items)
        for row in [_place(client, session, position, phone.place(item, client, found))]
    }
    _replace(held, wanted, ("shown",))
    models.ShownPrescription.objects.filter(pk__in=held.keys() - wanted.keys()).delete()


def _replace(held: dict[uuid.UUID, Any], wanted: dict[uuid.UUID, Any], names: Any) -> None:
    """Insert what is new, update what differs, leave the rest alone."""
    model: Any = next((type(row) for row in wanted.values()), None)
    if model is None:
        return
    model.objects.bulk_create(row for id_, row in wanted.items() if id_ not in held)
    changed = [
        row
        for id_, row in wanted.items()
        if id_ in held and any(getattr(row, n) != getattr(held[id_], n) for n in names)
    ]
    if changed:
        model.objects.bulk_update(changed, names)


def _session(
    client: models.Client, session: PlannedSession, *, paused: bool
) -> models.ShownSession:
    return models.ShownSession(
        session_id=session.id,
        client=client,
        name=session.name,
        on=session.on,
        emptied=session.state == "excused",
        paused=paused,
        items=items_to_json(session.items),
    )


def _place(
    client: models.Client, session: PlannedSession, position: int, place: dict[str, Any]
) -> models.ShownPrescription:
    """A place as the phone is sent it: flat, what is nested as JSON text."""
    now = place["prescription"] or {}
    exercise, change = now.get("exercise") or {}, place["change"] or {}
    shown = {
        "session_id": session.id,
        "position": position,
        "slot": place["slot"],
        "exercise_id": exercise.get("id"),
        "paused": place["paused"],
        "line": now.get("line", ""),
        "sets": _text(now.get("sets", [])),
        "rest_seconds": now.get("rest_seconds"),
        "tempo": now.get("tempo"),
        "superset": now.get("superset"),
        "note": now.get("note", ""),
        "cues": _text(now.get("cues", [])),
        "media": _text(now.get("media", [])),
        "range": now.get("range"),
        "setup": _text(now.get("setup", [])),
        "checklist": now.get("checklist"),
        "stop_rule": now.get("stop_rule", False),
        "was": place["was"],
        "regression_id": change.get("regression_id"),
        "change_title": change.get("title"),
        "because": change.get("because"),
        "until_review_on": change.get("until_review_on"),
        "hash": place["hash"],
    }
    return models.ShownPrescription(
        id=uuid.uuid5(session.id, place["slot"]),
        client=client,
        session_id=session.id,
        shown=json.loads(_text(shown)),
    )


def _text(value: Any) -> str:
    return json.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    """Weights are numbers on the wire; days and ids are their text."""
    return str(value) if isinstance(value, dt.date | uuid.UUID) else float(value)
