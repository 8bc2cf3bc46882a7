"""People who talk to a running server over HTTP, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Say = Callable[[str], None]
ZONE = "Europe/London"


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    body: Any

    def ok(self, *expected: int) -> Any:
        """The body, when the status is one of those expected (default: any 2xx)."""
        right = self.status in expected if expected else 200 <= self.status < 300
        assert right, f"{self.status} {json.dumps(self.body, default=str)[:600]}"
        return self.body


@dataclass
class Person:
    """Somebody with an account, signed in by an opaque token."""

    base: str
    name: str
    token: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # a proxy's, if any

    @classmethod
    def sign_in(
        cls,
        base: str,
        name: str,
        email: str,
        password: str,
        headers: Mapping[str, str] | None = None,
    ) -> Person:
        """Sign in as the phone does."""
        person = cls(base, name, headers=headers or {})
        said = person.send(
            "POST", "/_allauth/app/v1/auth/login", {"email": email, "password": password}
        ).ok()
        person.token = said["meta"]["session_token"]
        return person

    def send(self, method: str, path: str, body: Any = None) -> Answer:
        """One request."""
        request = urllib.request.Request(self.base + path, method=method)
        for header, value in {"Accept": "application/json", **self.headers}.items():
            request.add_header(header, value)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, data, timeout=30) as reply:
                return Answer(reply.status, _json(reply.read()))
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, _json(refused.read()))

    def get(self, path: str) -> Any:
        """Read something that must be there."""
        return self.send("GET", path).ok()

    def post(self, path: str, body: Any = None) -> Answer:
        """Ask for something to be done."""
        return self.send("POST", path, body if body is not None else {})

    def put(self, path: str, body: Any) -> Answer:
        """Write something under an id of one's own."""
        return self.send("PUT", path, body)


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw.decode("utf-8", "replace")


def until(what: str, happens: Callable[[], Any], within: float = 30.0) -> Any:
    """Wait for something that other processes do; fail with its name when it does not come."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        found = happens()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"Within {within:g} s did not happen: {what}")


def new_id() -> str:
    """A UUIDv7, as the phone mints it."""
    millis = int(time.time() * 1000)
    random = uuid.uuid4().int
    value = (millis << 80) | (0x7 << 76) | ((random >> 64 & 0xFFF) << 64)
    return str(uuid.UUID(int=value | (0b10 << 62) | (random & (1 << 62) - 1)))


def instant(moment: dt.datetime) -> str:
    """An instant as the wire carries it."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
