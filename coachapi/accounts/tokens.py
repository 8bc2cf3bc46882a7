"""The phone's opaque token: ``Authorization: Bearer`` or ``X-Session-Token``.

A token is the key of a sign-in, looked up by its hash, revoked at once by deleting the row (product
decision 12). /v1/ and allauth's own app addresses read it through the same ``TokenStrategy``.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal.sessionkit import get_session_user
from allauth.headless.tokens.strategies.base import AbstractTokenStrategy
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from coachapi.accounts.models import SignIn
from coachapi.accounts.sessions import SessionStore


def token_of(request: HttpRequest | Request) -> str:
    """The token a request carries, or an empty string."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return request.headers.get("X-Session-Token", "")


class TokenStrategy(AbstractTokenStrategy):
    """How allauth's app addresses find and hand out tokens."""

    def get_session_token(self, request: HttpRequest) -> str | None:
        """The token sent, either way."""
        return token_of(request) or None

    def create_session_token(self, request: HttpRequest) -> str:
        """The token of the sign-in at hand, which is a phone's from now on."""
        request.session.kind = SignIn.PHONE  # type: ignore[attr-defined]
        if not request.session.session_key:
            request.session.save()
        return str(request.session.session_key)

    def lookup_session(self, session_token: str) -> SessionStore | None:
        """The sign-in of a token, ``None`` when it has ended or was never a phone's."""
        if not session_token.isascii():
            return None
        session = SessionStore(session_token, kind=SignIn.PHONE)
        session.get(SESSION_KEY)  # loads it; a key that signs nobody in is forgotten by that
        return session if session.session_key else None


class TokenAuthentication(BaseAuthentication):
    """Signs a request in by its opaque token; a bad token is a 401, a missing one too."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The user and the sign-in, or ``None`` when no token was sent."""
        token = token_of(request)
        if not token:
            return None
        session = TokenStrategy().lookup_session(token)
        user = get_session_user(session) if session else None
        if user is None or not user.is_active:
            raise AuthenticationFailed("This sign-in is no longer valid. Sign in again.")
        return user, session

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for; only a token that was sent can be the wrong one (RFC 6750)."""
        return 'Bearer error="invalid_token"' if token_of(request) else "Bearer"
