"""Webhook endpoints over the API, for a practice's owner."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.views import CoachApiView, Input
from coachapi.webhooks import endpoints
from coachapi.webhooks.models import Endpoint


class WebhookIn(Input):
    """An address to be told of events."""

    url = serializers.CharField(max_length=500, help_text="https, on port 443 or 8443.")
    events = serializers.ListField(
        child=serializers.ChoiceField(sorted(endpoints.EVENTS)),
        min_length=1,
        max_length=len(endpoints.EVENTS),
    )
    description = serializers.CharField(max_length=80, default="", allow_blank=True)


class WebhookOut(serializers.Serializer[Any]):
    """An endpoint and how sending to it goes."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    events = serializers.ListField(child=serializers.CharField())
    description = serializers.CharField()
    state = serializers.ChoiceField(
        ["on", "off"], help_text="`off`: told nothing until a test is taken; see `off_because`."
    )
    off_because = serializers.CharField(
        allow_blank=True, help_text="`gone` (it answered 410) or `failing` (for five days)."
    )
    last_success_at = serializers.DateTimeField(allow_null=True)
    last_failure_at = serializers.DateTimeField(allow_null=True)
    last_trouble = serializers.CharField(allow_blank=True)
    failing_since = serializers.DateTimeField(allow_null=True)
    previous_secret_until = serializers.DateTimeField(allow_null=True)
    made_at = serializers.DateTimeField()


class WebhookWithSecretOut(WebhookOut):
    """With the secret, which is shown this once."""

    secret = serializers.CharField()


class WebhookListOut(serializers.Serializer[Any]):
    """The practice's endpoints, newest first."""

    items = WebhookOut(many=True)


class WebhookTestOut(serializers.Serializer[Any]):
    """What the receiver will see as ``webhook-id``."""

    id = serializers.UUIDField()


def shown(row: Endpoint, **more: Any) -> dict[str, Any]:
    """An endpoint as the API shows it."""
    return {
        **{each.attname: getattr(row, each.attname) for each in Endpoint._meta.concrete_fields},
        "state": "off" if row.off else "on",
        "off_because": row.off,
        "previous_secret_until": row.before_until,
        **more,
    }


class WebhooksView(CoachApiView):
    """The endpoints of the practice this user owns."""

    @extend_schema(responses=WebhookListOut, operation_id="listWebhooks")
    def get(self, request: Request) -> Response:
        """Each with its last success and failure; secrets are not shown."""
        found = [shown(row) for row in endpoints.of(self.user)]
        return Response(WebhookListOut({"items": found}).data)

    @extend_schema(
        request=WebhookIn, responses={201: WebhookWithSecretOut}, operation_id="addWebhook"
    )
    def post(self, request: Request) -> Response:
        """Tell an address of events from now on."""
        row, secret = endpoints.add(**self.read(WebhookIn), by=self.user, at=self.now())
        return Response(WebhookWithSecretOut(shown(row, secret=secret)).data, status=201)


class WebhookView(CoachApiView):
    """One endpoint."""

    @extend_schema(request=None, responses={204: None}, operation_id="removeWebhook")
    def delete(self, request: Request, endpoint_id: uuid.UUID) -> Response:
        """Tell it nothing any more, what waits included."""
        endpoints.remove(endpoint_id, by=self.user, at=self.now())
        return Response(status=204)


class WebhookRotateView(CoachApiView):
    """A new secret."""

    @extend_schema(request=None, responses=WebhookWithSecretOut, operation_id="rotateWebhook")
    def post(self, request: Request, endpoint_id: uuid.UUID) -> Response:
        """The new secret, this once; for 24 hours both sign."""
        row, secret = endpoints.rotate(endpoint_id, by=self.user, at=self.now())
        return Response(WebhookWithSecretOut(shown(row, secret=secret)).data)


class WebhookTestView(CoachApiView):
    """A try."""

    @extend_schema(request=None, responses={202: WebhookTestOut}, operation_id="testWebhook")
    def post(self, request: Request, endpoint_id: uuid.UUID) -> Response:
        """Send a ``webhook.test``; what came of it stands in the list a moment later."""
        made = endpoints.send_test(endpoint_id, by=self.user)
        return Response(WebhookTestOut({"id": made}).data, status=202)


urlpatterns = [
    path("webhooks", WebhooksView.as_view()),
    path("webhooks/<uuid:endpoint_id>", WebhookView.as_view()),
    path("webhooks/<uuid:endpoint_id>/rotate", WebhookRotateView.as_view()),
    path("webhooks/<uuid:endpoint_id>/test", WebhookTestView.as_view()),
]
