"""The phone's opaque token: ``Authorization: Bearer`` or ``X-Session-Token``.

A token is a session key of allauth's headless app client, looked up by its hash, revoked at once
by deleting the row (product decision 12).
"""

from __future__ import annotations

from typing import Any

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


def token_of(request: Request) -> str:
    """The token a request carries, or an empty string."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return request.headers.get("X-Session-Token", "")


class TokenAuthentication(BaseAuthentication):
    """Signs a request in by its opaque token; a bad token is a 401, a missing one too."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """The user and the session, or ``None`` when no token was sent."""
        token = token_of(request)
        if not token:
            return None
        found = authenticate_by_x_session_token(token) if token.isascii() else None
        if found is None or not found[0].is_active:
            raise AuthenticationFailed("This sign-in is no longer valid. Sign in again.")
        return found[0], found[1]

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer error="invalid_token"'
