"""Where the signed-in user is signed in, and signing out elsewhere."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.accounts import sign_ins
from coachapi.api.views import CoachApiView


class SignInOut(serializers.Serializer[Any]):
    """One place this user is signed in."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="`phone` (a token) or `desk` (a browser's cookie).")
    user_agent = serializers.CharField(allow_blank=True)
    made_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(help_text="Exact to the hour.")
    is_current = serializers.BooleanField()


class SignInListOut(serializers.Serializer[Any]):
    """Every place, last seen first."""

    items = SignInOut(many=True)


class SignInsView(CoachApiView):
    """The user's sign-ins."""

    @extend_schema(responses=SignInListOut, operation_id="listSignIns")
    def get(self, request: Request) -> Response:
        """Every phone and browser this user is signed in with."""
        here: SessionBase = request.auth  # type: ignore[assignment]
        found = sign_ins.of(self.user, current_key=here.session_key)
        return Response(SignInListOut({"items": found}).data)


class SignInView(CoachApiView):
    """One sign-in."""

    @extend_schema(request=None, responses={204: None}, operation_id="endSignIn")
    def delete(self, request: Request, sign_in_id: uuid.UUID) -> Response:
        """Sign out there; its next request is a 401. One's own may be named too."""
        sign_ins.end(self.user, sign_in_id)
        return Response(status=204)


urlpatterns = [
    path("sign-ins", SignInsView.as_view()),
    path("sign-ins/<uuid:sign_in_id>", SignInView.as_view()),
]
