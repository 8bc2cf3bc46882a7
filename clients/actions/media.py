"""Clips: announced by the phone, put together from pieces, made small and bare, looked at."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import uuid
from collections.abc import Mapping
from typing import Any

from clients import models
from clients.actions import messages, taken, technique
from clients.actions.fingerprint import body_hash
from clients.actions.moment import Moment
from clients.actions.taken import SaidOtherwise
from clients.actions.transcoding import Unusable, small_and_bare
from clients.domain import clips
from clients.queries import media, people
from coachapi import clock
from coachapi.accounts.models import User
from coachapi.door import acting_for
from coachapi.ids import new_id
from coachapi.notifications import outbox
from coachapi.refusals import Fault, NotThere, Refused, Unreadable
from programs.models import Exercise

CLAIM = dt.timedelta(minutes=6)  # longer than a worker may work at one clip
log = logging.getLogger(__name__)


class TooMuch(Refused):
    """The client's clips take all the room a client has."""

    code = "media.no_room"
    status = 413
    title = "No room"

    def __init__(self) -> None:
        gigabytes = clips.PER_CLIENT // 1024**3
        super().__init__(f"Clips of one client may take {gigabytes} GB. Take some back first.")


class NotAVideo(Refused):
    """The bytes are no video, whatever their name says."""

    code = "media.not_a_video"
    status = 422
    title = "Not a video"

    def __init__(self) -> None:
        super().__init__("This file is no MP4, QuickTime or WebM video. Nothing of it was kept.")


class WrongChecksum(Refused):
    """What arrived is not what was announced."""

    code = "media.checksum"
    status = 460  # of the tus protocol
    title = "Broken on the way"

    def __init__(self) -> None:
        super().__init__("What arrived is not what was announced. Send it again from the start.")


def announce(
    *,
    client: models.Client,
    media_id: uuid.UUID,
    body: Mapping[str, Any],
    by: User,
    at: dt.datetime,
) -> tuple[models.Media, bool]:
    """Say that a clip is coming; returns the row and whether it is new.

    Raises ``Unreadable`` for what is no clip, ``TooMuch`` without room, ``NotThere`` for a session
    that is not this client's, ``SaidOtherwise`` for a known id with other content.
    """
    people.lock(client)
    fingerprint = body_hash(body)
    held = taken.before(
        models.Media, media_id, fingerprint, client=client, otherwise=SaidOtherwise("clip")
    )
    if held is not None:
        return held, False
    session = _session(client, body["session_id"])
    if not Exercise.objects.filter(pk=body["exercise_id"]).exists():
        raise Unreadable(
            "The clip names no exercise of the library.",
            faults=(Fault("#/exercise_id", "unknown_exercise", "Accepted: an exercise's id."),),
        )
    if media.bytes_of(client) + body["size_bytes"] > clips.PER_CLIENT:
        raise TooMuch
    row = models.Media(
        id=media_id,
        client=client,
        session=session,
        exercise_id=body["exercise_id"],
        note=body["note"],
        content_type=body["content_type"],
        size_bytes=body["size_bytes"],
        sha256=body["sha256"].lower(),
        body_hash=fingerprint,
        by=by,
        at=at,
    )
    taken.insert(row)
    return row, True


def arrived(*, client: models.Client, media_id: uuid.UUID) -> models.Media:
    """Every byte is here: check them, then let a worker make the clip.

    Raises ``WrongChecksum`` (the upload begins again) or ``NotAVideo`` (it has failed).
    """
    row = _locked(client, media_id)
    if row.state not in {"pending", "uploading"}:
        return row
    path = media.part(media_id)
    with path.open("rb") as file:
        head = file.read(clips.HEAD)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != row.sha256:
        path.unlink()
        raise WrongChecksum
    if clips.container(head) is None:
        path.unlink()
        raise NotAVideo
    row.state = "processing"
    row.save(update_fields=["state"])
    outbox.ring_for("clients.tasks.make_clip", media_id=str(row.pk), client_id=str(client.pk))
    return row


def failed(*, client: models.Client, media_id: uuid.UUID, why: str) -> None:
    """Write down that nothing comes of an upload."""
    row = _locked(client, media_id)
    if row.state in {"pending", "uploading", "processing"}:
        row.state, row.failure, row.claimed_until = "failed", why, None
        row.save(update_fields=["state", "failure", "claimed_until"])


def take_back(*, client: models.Client, media_id: uuid.UUID) -> None:
    """The client takes a clip back: nobody sees it from now on, a worker removes its files."""
    row = _locked(client, media_id)
    row.state = "deleted"
    row.save(update_fields=["state"])
    media.part(row.pk).unlink(missing_ok=True)
    outbox.ring_for("clients.tasks.make_clip", media_id=str(row.pk), client_id=str(client.pk))


def make(*, media_id: uuid.UUID, client_id: uuid.UUID) -> None:
    """What a worker does for a clip: make it, or remove what is left of one. Safe to run twice."""
    with acting_for(client_id):
        row = models.Media.objects.select_for_update().filter(pk=media_id).first()
        now = clock.now()
        if row is None or (row.claimed_until is not None and row.claimed_until > now):
            return
        if row.state == "deleted":
            _remove(row)
            return
        if row.state != "processing":
            if row.state in {"pending", "uploading"} and row.at + media.EXPIRES < now:
                media.part(media_id).unlink(missing_ok=True)
                row.state, row.failure = "failed", "expired"
                row.save(update_fields=["state", "failure"])
            return
        row.claimed_until = now + CLAIM
        row.save(update_fields=["claimed_until"])
    _make(row, client_id)


def _make(row: models.Media, client_id: uuid.UUID) -> None:
    """Outside any transaction: a minute of film takes its time."""
    store, source = media.store(), media.part(row.pk)
    try:
        with small_and_bare(source) as made:
            name = new_id().hex  # says nothing about whose it is
            with made.clip.open("rb") as clip, made.poster.open("rb") as poster:
                kept = store.save(f"{name}.mp4", clip), store.save(f"{name}.jpg", poster)
    except Unusable as why:
        with acting_for(client_id):
            failed(client=row.client, media_id=row.pk, why=why.code)
        source.unlink(missing_ok=True)
        log.warning("clip %s failed: %s", row.pk, why.code)
        return
    with acting_for(client_id):
        models.Media.objects.filter(pk=row.pk, state="processing").update(
            state="ready", clip=kept[0], poster=kept[1], seconds=made.seconds, claimed_until=None
        )
    source.unlink(missing_ok=True)


def _remove(row: models.Media) -> None:
    for name in filter(None, (row.clip, row.poster)):
        media.store().delete(name)
    row.clip = row.poster = ""
    row.save(update_fields=["clip", "poster"])


def look(
    *,
    row: models.Media,
    answers: Mapping[str, bool],
    reply: str,
    by: User,
    at: dt.datetime,
) -> models.Media:
    """The coach has looked: the five lines are kept as for any look, the reply goes to the thread.

    Raises ``NotThere`` for a lift without a checklist unless there are no answers.
    """
    people.lock(row.client)
    if answers:
        row.checked = technique.look(
            client=row.client, exercise_id=row.exercise_id, answers=answers, by=by, at=at
        )
    row.looked_at = at
    row.save(update_fields=["checked", "looked_at"])
    if reply:
        messages.write(
            client=row.client,
            message_id=new_id(),
            text=reply,
            about=messages.About(session_id=row.session_id, exercise_id=row.exercise_id),
            from_coach=True,
            moment=Moment(at, row.client.time_zone, at),
            by=by,
        )
    return row


def _session(client: models.Client, session_id: uuid.UUID | None) -> models.Session | None:
    if session_id is None:
        return None
    found = models.Session.objects.filter(client=client, pk=session_id).first()
    if found is None:
        raise NotThere
    return found


def _locked(client: models.Client, media_id: uuid.UUID) -> models.Media:
    found = (
        models.Media.objects.select_for_update()
        .filter(client=client, pk=media_id)
        .exclude(state="deleted")
        .first()
    )
    if found is None:
        raise NotThere
    return found
