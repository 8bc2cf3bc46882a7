"""Clips: whose they are, where they stand, and the short-lived address at which one is seen."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.storage import storages
from django.db.models import F, QuerySet, Sum

from clients import models
from clients.domain.words_for_people import exercise_name
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.refusals import NotThere

SEEN_WITHIN = dt.timedelta(minutes=5)
SALT = "clients.clip"
EXPIRES = dt.timedelta(days=7)  # an upload that nobody went on with is forgotten after this
SHOWN = 100


def of_client(client: models.Client) -> QuerySet[models.Media]:
    """A client's clips, newest first, those taken back left out."""
    return models.Media.objects.filter(client=client).exclude(state="deleted").order_by("-at")


def find(client: models.Client, media_id: uuid.UUID) -> models.Media:
    """One clip of this client; raises ``NotThere``, also once it was taken back."""
    found = of_client(client).filter(pk=media_id).first()
    if found is None:
        raise NotThere
    return found


def of_coach(user: User) -> QuerySet[models.Media]:
    """The clips this coach may look at: those not looked at first, then the newest. One query."""
    return (
        models.Media.objects.filter(client__in=people.for_coach(user), state="ready")
        .select_related("client", "checked", "exercise")
        .order_by(F("looked_at").desc(nulls_first=True), "-at")
    )


def for_coach(user: User, media_id: uuid.UUID) -> models.Media:
    """One clip of one of this coach's clients, ready to be seen; raises ``NotThere``."""
    found = of_coach(user).filter(pk=media_id).first()
    if found is None:
        raise NotThere
    return found


def bytes_of(client: models.Client) -> int:
    """How much a client has waiting or kept, by what was announced."""
    rows = of_client(client).exclude(state="failed")
    return int(rows.aggregate(total=Sum("size_bytes"))["total"] or 0)


def part(media_id: uuid.UUID) -> Path:
    """Where the pieces of an upload are put together."""
    return Path(settings.UPLOAD_FOLDER) / f"{media_id}.part"


def offset(media_id: uuid.UUID) -> int:
    """How many bytes have arrived: the file itself is the truth."""
    try:
        return part(media_id).stat().st_size
    except FileNotFoundError:
        return 0


def document(row: models.Media, *, user: User) -> dict[str, Any]:
    """A clip as the API shows it, with addresses that this user may open for five minutes."""
    ready = row.state == "ready"
    return {
        "id": row.pk,
        "state": row.state,
        "failure": row.failure or None,
        "exercise_id": row.exercise_id,
        "exercise": exercise_name(row.exercise_id),
        "session_id": row.session_id,
        "note": row.note,
        "seconds": row.seconds,
        "at": row.at,
        "looked_at": row.looked_at,
        "passed": row.checked.passed if row.checked else None,
        "upload": {
            "protocol": "tus",
            "url": f"/v1/uploads/{row.pk}",
            "expires_at": row.at + EXPIRES,
        }
        if row.state in {"pending", "uploading"}
        else None,
        "clip_url": address(row, "clip", user=user) if ready else None,
        "poster_url": address(row, "poster", user=user) if ready else None,
    }


def address(row: models.Media, which: str, *, user: User) -> str:
    """Where this user, and nobody else, sees a clip or its still for the next five minutes."""
    token = signing.dumps([str(row.pk), which, str(user.pk)], salt=SALT, compress=True)
    return f"/v1/clips/{token}"


def opened(token: str) -> tuple[uuid.UUID, str, uuid.UUID]:
    """What an address names: clip, which of its files, for whom. Raises ``NotThere``."""
    try:
        media_id, which, user_id = signing.loads(token, salt=SALT, max_age=SEEN_WITHIN)
        return uuid.UUID(media_id), which, uuid.UUID(user_id)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotThere from None


def shown_to(media_id: uuid.UUID, which: str) -> str:
    """The name of a file in the store, for whoever the door was opened to. Raises ``NotThere``."""
    found = models.Media.objects.filter(pk=media_id, state="ready").first()
    if found is None:
        raise NotThere
    return found.poster if which == "poster" else found.clip


def store() -> Any:
    """Where clips are kept: this machine's disk, or an S3 where one is set."""
    return storages["clips"]
