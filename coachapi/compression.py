"""Answers travel compressed (zstd, br, gzip), except those that carry a secret (BREACH)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_http_compression.middleware import HttpCompressionMiddleware

SECRETS = ("/_allauth/", "/accounts/", "/v1/invitations")  # tokens, sign-in forms, links


class Compression(HttpCompressionMiddleware):
    """Compresses what is long enough and holds no token."""

    def maybe_compress(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """In place, and ``Vary`` says so."""
        if not request.path.startswith(SECRETS):
            super().maybe_compress(request, response)
