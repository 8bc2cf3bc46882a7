"""Dead letters over the API, for the practice's owner."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.views import CoachApiView
from coachapi.notifications import dead_letters


class DeadLetterOut(serializers.Serializer[Any]):
    """A delivery that a provider refused for good; nothing about health."""

    id = serializers.UUIDField()
    recipient = serializers.CharField(help_text="The name of who was to be told.")
    channel = serializers.CharField()
    trouble = serializers.CharField(help_text="What the provider said.")
    attempts = serializers.IntegerField()
    told_at = serializers.DateTimeField(help_text="When the alert was written.")


class DeadLetterListOut(serializers.Serializer[Any]):
    """What was refused, newest first."""

    items = DeadLetterOut(many=True)


class DeadLettersView(CoachApiView):
    """What could not be delivered in the practices this user owns."""

    @extend_schema(responses=DeadLetterListOut, operation_id="listDeadLetters")
    def get(self, request: Request) -> Response:
        """Every delivery that was refused for good, newest first, 200 at most."""
        return Response(DeadLetterListOut({"items": dead_letters.of_owner(self.user)}).data)


class RedriveView(CoachApiView):
    """Once the address is mended."""

    @extend_schema(request=None, responses={204: None}, operation_id="redriveDeadLetter")
    def post(self, request: Request, delivery_id: uuid.UUID) -> Response:
        """Send it again, under the same collapse id; twice is the same as once."""
        dead_letters.redrive(delivery_id, by=self.user)
        return Response(status=204)


urlpatterns = [
    path("dead-letters", DeadLettersView.as_view()),
    path("dead-letters/<uuid:delivery_id>/redrive", RedriveView.as_view()),
]
