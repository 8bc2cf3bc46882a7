"""A signed-in person talking to the API through Django, with every commit real."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client as Browser

from coachapi.accounts import sessions
from coachapi.accounts.models import SignIn, User
from coachapi.ids import new_id


@dataclass
class Person:
    """Somebody who may be signed in on a phone (token) and in a browser (cookie)."""

    name: str
    user: User | None = None
    token: str = ""
    cookie: str = ""

    @classmethod
    def signed_in(cls, user: User) -> Person:
        """A person with a token and a cookie."""
        return cls(user.name, user, sessions.begin(user), sessions.begin(user, SignIn.DESK))

    @property
    def id(self) -> uuid.UUID:
        """The user's id."""
        assert self.user is not None
        return self.user.pk

    @property
    def browser(self) -> Browser:
        """A browser that is signed in; each a new one, since an answer may sign it out."""
        browser = Browser(raise_request_exception=False)
        if self.cookie:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.cookie
        return browser

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """One request to the API; ``body`` is JSON unless it is bytes."""
        raw = body if isinstance(body, bytes) else b"" if body is None else dumped(body)
        given = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        phone = Browser(raise_request_exception=False)
        answer: Any = phone.generic(
            method, path, raw, content_type="application/json", headers=given | headers
        )
        return answer  # type: ignore[no-any-return]

    def upload(self, path: str, parts: dict[str, Any]) -> HttpResponse:
        """A form with a file in it, to the API or from a browser."""
        if path.startswith("/v1/"):
            given = {"Authorization": f"Bearer {self.token}"} if self.token else {}
            phone = Browser(raise_request_exception=False)
            answer: Any = phone.post(path, parts, headers=given)
        else:
            answer = self.browser.post(path, parts)
        return answer  # type: ignore[no-any-return]

    def ok(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request that must succeed; the JSON body."""
        answer = self.send(method, path, body, **headers)
        assert 200 <= answer.status_code < 300, (answer.status_code, answer.content[:500])
        return json.loads(answer.content) if answer.content else None


def dumped(body: Any) -> bytes:
    """JSON as the phone sends it."""
    return json.dumps(body).encode()


def fresh() -> str:
    """A new id, as a phone mints it."""
    return str(new_id())
