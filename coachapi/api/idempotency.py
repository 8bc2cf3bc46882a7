"""``Idempotency-Key``: a POST that is sent again is answered again, and done once.

The key's row is written in the effect's own transaction: a second request waits on the first one's
uncommitted row, then finds its answer; a refusal or a fault takes the key back with everything
else, so that trying again is a fresh attempt (docs/adr/0020). Kept for seven days.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.models import KeptReply
from coachapi.refusals import Refused

LONGEST = 255
REPLAYED = "Idempotency-Replayed"
LOCKED = "55P03"  # lock_not_available: the first request still runs


class BadKey(Refused):
    """The key is empty or longer than 255 characters."""

    code = "idempotency.bad_key"
    status = 400
    title = "Not a key"

    def __init__(self) -> None:
        super().__init__(f"Idempotency-Key has 1 to {LONGEST} printable characters, best a UUID.")


class KeyReused(Refused):
    """The key was used for another request: a new request needs a new key."""

    code = "idempotency.key_reused"
    status = 422
    title = "Key used before"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key came with another request before; send a new one.")


class StillRunning(Refused):
    """The first request with this key has not been answered yet."""

    code = "idempotency.still_running"
    title = "Still running"
    headers = {"Retry-After": "1"}

    def __init__(self) -> None:
        super().__init__("The first request with this Idempotency-Key still runs; ask again.")


class Replayed(Exception):
    """The request was answered before: what was said then is said again."""

    def __init__(self, kept: KeptReply) -> None:
        super().__init__(kept.key)
        self.kept = kept

    def response(self) -> Response:
        """The first answer, marked as said again."""
        headers = {**self.kept.headers, REPLAYED: "true"}
        body = json.loads(self.kept.body) if self.kept.body else None
        return Response(body, status=self.kept.status, headers=headers)


def claim(
    request: Request, *, user_id: uuid.UUID, now: Callable[[], dt.datetime]
) -> KeptReply | None:
    """The row for this request's key, ours to answer; ``None`` when no key was sent.

    Raises ``Replayed`` when it was answered before, ``BadKey``, ``KeyReused``, ``StillRunning``.
    """
    if request.method != "POST" or "Idempotency-Key" not in request.headers:
        return None
    key = request.headers["Idempotency-Key"].strip().strip('"')
    if not 1 <= len(key) <= LONGEST or not key.isprintable():
        raise BadKey
    fingerprint = _fingerprint(request)
    made = _insert(key, fingerprint, request, user_id, now())
    row = KeptReply.objects.get(user_id=user_id, key=key)
    if made or row.status is None:
        return row
    if row.fingerprint != fingerprint:
        raise KeyReused
    raise Replayed(row)


def keep(row: KeptReply, response: Response) -> None:
    """Keep the answer beside its effect."""
    row.status = response.status_code
    row.body = JSONRenderer().render(response.data).decode()
    row.headers = {name: response.headers[name] for name in ("ETag",) if name in response.headers}
    row.save(update_fields=["status", "body", "headers"])


def _fingerprint(request: Request) -> str:
    """What the request asks, whatever the order of its members."""
    asked = [request.method, request.get_full_path(), request.data]
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def _insert(
    key: str, fingerprint: str, request: Request, user_id: uuid.UUID, at: dt.datetime
) -> bool:
    """Whether the key is new; waits two seconds for a first request that still runs."""
    values: list[Any] = [user_id, key, request.method, request.path, fingerprint, at]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute(
                "INSERT INTO coachapi_kept_reply"
                " (id, user_id, key, method, path, fingerprint, body, headers, created_at)"
                " VALUES (uuidv7(), %s, %s, %s, %s, %s, '', '{}', %s) ON CONFLICT DO NOTHING",
                values,
            )
            made = cursor.rowcount == 1
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as broken:
        if getattr(broken.__cause__, "sqlstate", "") == LOCKED:
            raise StillRunning from broken
        raise
    return made
