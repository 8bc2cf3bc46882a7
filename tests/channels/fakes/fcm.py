"""FCM HTTP v1 with Google's sign-in before it, as strict as the real one where it can be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import jwt

from tests.channels.fakes import keys
from tests.channels.fakes.scripted import Fake, Reply, Taken, serving

PROJECT = "coach-test"
SENDER = f"sender@{PROJECT}.iam.gserviceaccount.com"
MESSAGE = {"token", "fid", "notification", "data", "android", "apns", "webpush", "fcm_options"}
ANDROID = {"collapse_key", "priority", "ttl", "notification", "data", "direct_boot_ok"}
FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"
STATUS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED"}
STATUS |= {404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}
CODE = {429: "QUOTA_EXCEEDED", 500: "INTERNAL", 503: "UNAVAILABLE"}


def error(status: int, code: str = "", field_: str = "") -> Reply:
    """A refusal as Google words it."""
    details: list[dict[str, Any]] = []
    if code or status in CODE:
        details.append({"@type": FCM_ERROR, "errorCode": code or CODE[status]})
    if field_:
        details.append({"@type": BAD_REQUEST, "fieldViolations": [{"field": field_}]})
    body = {"code": status, "status": STATUS[status], "message": "no", "details": details}
    return Reply(status, json.dumps({"error": body}).encode(), {"Content-Type": "application/json"})


@dataclass
class Fcm(Fake):
    """``dead`` tokens are unregistered; ``sign_ins`` counts the access tokens handed out."""

    dead: set[str] = field(default_factory=set)
    sign_ins: int = 0

    @property
    def credentials(self) -> str:
        """A service account's JSON whose sign-in is this fake."""
        account = {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "k1",
            "private_key": keys.pem(keys.rsa_key()),
            "client_email": SENDER,
            "token_uri": f"{self.url}/token",
        }
        return json.dumps(account)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Every message taken."""
        return [json.loads(each.body)["message"] for each in self.taken]

    def answer(self, request: Taken) -> Reply | None:
        """Signing in meets no scripted fault."""
        return self._signed_in(request) if request.path == "/token" else super().answer(request)

    def _signed_in(self, request: Taken) -> Reply:
        asked = parse_qs(request.body.decode())
        assert asked["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
        claim = jwt.decode(
            asked["assertion"][0],
            keys.rsa_key().public_key(),
            algorithms=["RS256"],
            audience=[f"{self.url}/token", "https://oauth2.googleapis.com/token"],
        )
        assert claim["iss"] == SENDER
        assert "firebase.messaging" in claim["scope"] or "cloud-platform" in claim["scope"]
        self.sign_ins += 1
        given = {"access_token": f"access-{self.sign_ins}", "expires_in": 3600}
        body = json.dumps(given | {"token_type": "Bearer"}).encode()
        return Reply(200, body, {"Content-Type": "application/json"})

    def judge(self, request: Taken) -> Reply:
        """As the documents say of ``projects.messages.send``."""
        if request.path != f"/v1/projects/{PROJECT}/messages:send":
            return error(404)
        if request.headers.get("authorization") != f"Bearer access-{self.sign_ins}":
            return error(401)
        message = json.loads(request.body)["message"]
        android = message.get("android", {})
        if set(message) - MESSAGE or set(android) - ANDROID or len(request.body) > 4096:
            return error(400, "INVALID_ARGUMENT", "message")
        targets = [message[kind] for kind in ("token", "fid") if kind in message]
        data = message.get("data", {})
        texts = all(isinstance(each, str) for each in data.values())
        urgent = str(android.get("priority", "high")).lower() in ("high", "normal")
        if len(targets) != 1 or not texts or not urgent:
            return error(400, "INVALID_ARGUMENT", "message.android")
        if " " in targets[0] or "malformed" in targets[0]:
            return error(400, "INVALID_ARGUMENT", "message.token")
        if targets[0] in self.dead:
            return error(404, "UNREGISTERED")
        name = f"projects/{PROJECT}/messages/{len(self.taken)}"
        return Reply(200, json.dumps({"name": name}).encode(), {"Content-Type": "application/json"})

    def refusal(self, status: int) -> bytes:
        """With the error code that belongs to a status."""
        return error(status).body


@contextmanager
def running() -> Iterator[Fcm]:
    """The fake, on a port of its own."""
    with serving(Fcm()) as fake:
        yield fake
