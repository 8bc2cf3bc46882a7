"""The sets a client has done, by ids the phone minted. Logging always works: no pause, no stop, no
lost signal is in its way."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from clients import models
from clients.actions import technique, training
from clients.actions.fingerprint import body_hash
from clients.actions.taken import unless_taken
from clients.domain.moments import local_date
from clients.queries.books import book_for
from coachapi.refusals import ChangedMeanwhile, Fault, NotThere, Refused, Unreadable


class AnotherBody(ChangedMeanwhile, Refused):
    """The id is known with another content, and the ``rev`` sent is not the one we hold."""

    code = "set.changed_meanwhile"
    title = "Changed meanwhile"

    def __init__(self, held: models.SetLog) -> None:
        super().__init__(
            f"This set was changed meanwhile: version {held.rev} is the one to correct.",
            extra={"rev": held.rev},
        )


class LookedAt(Refused):
    """A coach has been asked to look at this set, so it stays."""

    code = "set.looked_at"
    title = "Not removed"

    def __init__(self) -> None:
        super().__init__("Your coach has been asked to look at this set, so it stays.")


class UnknownExercise(Unreadable):
    """Neither the library nor the practice has such an exercise."""

    code = "set.unknown_exercise"

    def __init__(self, exercise_id: str) -> None:
        super().__init__(
            f"{exercise_id!r} is no exercise of the library; GET /v1/exercises lists them.",
            faults=(Fault("#/exercise_id", "unknown", "Accepted: an id of GET /v1/exercises."),),
        )


@dataclass(frozen=True, slots=True)
class SetSent:
    """A set as a phone sends it; ``rev`` is the version it corrects, unless it is ``anew``."""

    id: uuid.UUID
    body: Mapping[str, Any]
    rev: int | None = None
    anew: bool = False


def log(
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
    sent = SetSent(set_id, body, rev)
    kept = log_all(client=client, sets=[sent], received_at=received_at)
    for no in kept.refused.values():
        raise no
    return kept.rows[set_id], set_id in kept.new


@dataclass(slots=True)
class Kept:
    """What became of some sets: the rows that stand, which are new, which were refused."""

    rows: dict[uuid.UUID, models.SetLog] = field(default_factory=dict)
    new: set[uuid.UUID] = field(default_factory=set)
    refused: dict[uuid.UUID, Refused] = field(default_factory=dict)


def log_all(*, client: models.Client, sets: Sequence[SetSent], received_at: dt.datetime) -> Kept:
    """Keep sets as performed, a whole session in as many statements as one set.

    Each is judged for itself: see ``log`` for what is refused.
    """
    kept = Kept()
    ids = [each.id for each in sets]
    kept.rows = {r.pk: r for r in models.SetLog.objects.select_for_update().filter(pk__in=ids)}
    sessions = _sessions_of(client, [each.body["session_id"] for each in sets])
    book = book_for(client.practice_id, [each.body["exercise_id"] for each in sets])
    changed: dict[uuid.UUID, models.SetLog] = {}
    for sent in sets:
        held, session = kept.rows.get(sent.id), sessions.get(sent.body["session_id"])
        fingerprint = body_hash(sent.body)
        if session is None or (held is not None and held.client_id != client.pk):
            kept.refused[sent.id] = NotThere()
        elif held is not None and held.body_hash == fingerprint:
            continue
        elif held is not None and not sent.anew and sent.rev != held.rev:
            kept.refused[sent.id] = AnotherBody(held)
        elif sent.body["exercise_id"] not in book:
            kept.refused[sent.id] = UnknownExercise(sent.body["exercise_id"])
        else:
            changed[sent.id] = _set_row(sent, held, client, session, fingerprint, received_at)
    for session in sessions.values():
        begun = [row.performed_at for row in changed.values() if row.session_id == session.pk]
        if begun:
            training.begin(session, client=client, at=min(begun))
    kept.new = changed.keys() - kept.rows.keys()
    _insert([changed[id_] for id_ in changed if id_ in kept.new], kept)
    corrected = [row for id_, row in changed.items() if id_ in kept.rows]
    if corrected:
        models.SetLog.objects.bulk_update(corrected, CORRECTED)
    written = {id_: row for id_, row in changed.items() if id_ not in kept.refused}
    kept.rows |= written
    technique.after_sets(list(written.values()), client=client, at=received_at)
    return kept


def remove(*, client: models.Client, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Refused]:
    """Take sets back that were logged by mistake; they are kept aside, whole. Twice is once.

    Returns those that stay, with the reason: a coach has been asked to look at one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT remove_sets(%s, %s)", [client.pk, list(ids)])
    stays = models.SetLog.objects.filter(client=client, pk__in=ids).values_list("pk", flat=True)
    return {id_: LookedAt() for id_ in stays}


def _sessions_of(
    client: models.Client, ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, models.Session]:
    rows = models.Session.objects.select_for_update().filter(client=client, pk__in=set(ids))
    return {row.pk: row for row in rows.order_by("pk")}


def _set_row(
    sent: SetSent,
    held: models.SetLog | None,
    client: models.Client,
    session: models.Session,
    fingerprint: str,
    received_at: dt.datetime,
) -> models.SetLog:
    body = sent.body
    fields = {key: value for key, value in body.items() if key != "session_id"}
    return models.SetLog(
        id=sent.id,
        client=client,
        session=session,
        performed_on=local_date(body["performed_at"], body["zone"]),
        received_at=received_at,
        body_hash=fingerprint,
        rev=held.rev + 1 if held else 1,
        **fields,
    )


CORRECTED = [f.name for f in models.SetLog._meta.fields if f.name not in {"id", "client"}]


def _insert(rows: list[models.SetLog], kept: Kept) -> None:
    """Insert all at once; where an id is somebody else's, one by one, so that the rest stand."""
    try:
        with unless_taken(), transaction.atomic():
            models.SetLog.objects.bulk_create(rows)
        return
    except NotThere as taken:
        if len(rows) == 1:
            kept.refused[rows[0].pk] = taken
            return
    for row in rows:
        _insert([row], kept)
