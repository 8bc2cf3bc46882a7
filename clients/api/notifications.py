"""What a client was told: their coach has seen, changed, answered or written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import seeing
from clients.queries import told_to_clients
from coachapi.api.paging import PAGED, asked
from coachapi.api.views import CoachApiView, Input
from coachapi.paging import cursor_of


class NotificationOut(serializers.Serializer[Any]):
    """Something the client was told; what it is about is read at its own address."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(["seen", "changed", "answered", "message"])
    report_id = serializers.UUIDField(allow_null=True)
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class NotificationListOut(serializers.Serializer[Any]):
    """A page of them, newest first."""

    items = NotificationOut(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    unread = serializers.IntegerField()


class NotificationsView(CoachApiView):
    """The client's own notifications."""

    @extend_schema(
        parameters=PAGED, responses=NotificationListOut, operation_id="listNotifications"
    )
    def get(self, request: Request) -> Response:
        """What this user was told as a client, newest first."""
        rows, further = told_to_clients.some(self.user, asked(request))
        body = {
            "items": rows,
            "next_cursor": cursor_of(further),
            "unread": told_to_clients.unread(self.user),
        }
        return Response(NotificationListOut(body).data)


class NotificationReadIn(Input):
    """The newest notification that was on the screen."""

    up_to = serializers.UUIDField()


class NotificationsReadView(CoachApiView):
    """Having read them."""

    @extend_schema(
        request=NotificationReadIn, responses={204: None}, operation_id="readNotifications"
    )
    def post(self, request: Request) -> Response:
        """Mark this one and all before it as read; again is the same."""
        seeing.told(by=self.user, up_to=self.read(NotificationReadIn)["up_to"], at=self.now())
        return Response(status=204)
