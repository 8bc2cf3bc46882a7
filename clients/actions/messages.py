"""Coach and client write to each other; a message is a record, its receipt is when it was read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import F, Q

from clients import models
from clients.actions import taken, telling
from clients.actions.fingerprint import body_hash
from clients.actions.moment import Moment
from clients.actions.screening import Screened, screen
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.notifications.models import Alert
from coachapi.refusals import NotThere, Refused
from programs.models import Exercise


class WrittenOtherwise(Refused):
    """The id is known with other words: what was written is never rewritten (ruling 9)."""

    code = "message.other_body"
    title = "Already written otherwise"

    def __init__(self) -> None:
        super().__init__("This message was sent before with other words; send a new one instead.")


@dataclass(frozen=True, slots=True)
class About:
    """What a message is tied to, if anything."""

    session_id: uuid.UUID | None = None
    exercise_id: str | None = None
    report_id: uuid.UUID | None = None


def write(
    *,
    client: models.Client,
    message_id: uuid.UUID,
    text: str,
    about: About,
    from_coach: bool,
    moment: Moment,
    by: User,
) -> tuple[models.Message, bool]:
    """Add a message to the thread and tell the other side; returns the row and whether it is new.

    The client's own words are read for warning signs (``screening``). Raises ``NotThere`` for a
    session, report or exercise that is not this client's, ``WrittenOtherwise`` for a known id.
    """
    people.lock(client)
    said = {"text": text, **asdict(about), "from_coach": from_coach, "by": by.pk}
    fingerprint = body_hash(said)
    held = taken.before(
        models.Message, message_id, fingerprint, client=client, otherwise=WrittenOtherwise()
    )
    if held is not None:
        return held, False
    _check(client, about)
    found = (
        Screened()
        if from_coach
        else screen(text, client=client, source_id=message_id, moment=moment, by=by)
    )
    row = models.Message(
        id=message_id,
        client=client,
        author=by,
        from_coach=from_coach,
        text=text,
        session_id=about.session_id,
        exercise_id=about.exercise_id,
        report_id=found.report.pk if found.report else about.report_id,
        hurts=found.hurts,
        body_hash=fingerprint,
        performed_at=moment.performed_at,
        zone=moment.zone,
        received_at=moment.received_at,
    )
    first = not _unread(client, from_coach=from_coach).exists()
    taken.insert(row)
    if first:  # told once until it is read: a chat is no alarm bell
        telling.of_message(row, client=client, at=moment.received_at)
    return row, True


def read(*, client: models.Client, up_to: uuid.UUID, by_coach: bool, at: dt.datetime) -> int:
    """Note that one side has had everything up to a message open; returns how many were new.

    Raises ``NotThere`` for a message of somebody else's thread.
    """
    last = models.Message.objects.filter(client=client, pk=up_to).first()
    if last is None:
        raise NotThere
    rows = _unread(client, from_coach=not by_coach).filter(
        Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, pk__lte=last.pk)
    )
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return 0
    Alert.objects.filter(kind=telling.MESSAGE, about_id__in=ids, seen_at__isnull=True).update(
        seen_at=at
    )
    return models.Message.objects.filter(pk__in=ids).update(read_at=at, rev=F("rev") + 1)


def _unread(client: models.Client, *, from_coach: bool) -> Any:
    return models.Message.objects.filter(client=client, from_coach=from_coach, read_at__isnull=True)


def _check(client: models.Client, about: About) -> None:
    """Everything the message is tied to is this client's, or nobody's."""
    owned: Mapping[Any, uuid.UUID | None] = {
        models.Session: about.session_id,
        models.SymptomReport: about.report_id,
    }
    for model, id_ in owned.items():
        if id_ is not None and not model.objects.filter(client=client, pk=id_).exists():
            raise NotThere
    named = about.exercise_id
    if named is not None and not Exercise.objects.filter(pk=named).exists():
        raise NotThere
