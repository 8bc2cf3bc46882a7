"""The feed over the API."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.paging import PAGED, asked, next_cursor
from coachapi.api.views import CoachApiView
from coachapi.notifications import queries
from coachapi.paging import cursor_of


class AlertOut(serializers.Serializer[Any]):
    """Something this user was told; what it is about is read at its own address."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    level = serializers.CharField()
    about_id = serializers.UUIDField()
    client_id = serializers.UUIDField()
    step = serializers.IntegerField(help_text="1 first told, higher after each escalation.")
    told_at = serializers.DateTimeField()
    acknowledged_at = serializers.DateTimeField(allow_null=True)


class AlertListOut(serializers.Serializer[Any]):
    """A page of the feed, newest first."""

    items = AlertOut(many=True)
    next_cursor = next_cursor()


class AlertsView(CoachApiView):
    """The in-app feed."""

    @extend_schema(parameters=PAGED, responses=AlertListOut, operation_id="listAlerts")
    def get(self, request: Request) -> Response:
        """Every alert this user was told, newest first."""
        rows, further = queries.feed(self.user, asked(request))
        return Response(AlertListOut({"items": rows, "next_cursor": cursor_of(further)}).data)


urlpatterns = [path("alerts", AlertsView.as_view())]
