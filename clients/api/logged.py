"""What was trained, in pages, for a phone that does not sync."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.domain.moments import local_date
from clients.queries import logged, people
from coachapi.api.paging import PAGED, asked, next_cursor
from coachapi.api.views import CoachApiView
from coachapi.paging import cursor_of


class SetLogOut(serializers.Serializer[Any]):
    """A set as performed."""

    id = serializers.UUIDField()
    rev = serializers.IntegerField(help_text="Send it back with a correction.")
    session_id = serializers.UUIDField()
    exercise_id = serializers.CharField()
    slot = serializers.CharField()
    set_index = serializers.IntegerField()
    kind = serializers.CharField(help_text="warmup or work; an open list.")
    reps = serializers.IntegerField(allow_null=True)
    seconds = serializers.IntegerField(allow_null=True)
    weight = serializers.FloatField(source="weight_entered", allow_null=True)
    weight_unit = serializers.CharField()
    weight_kg = serializers.FloatField(allow_null=True)
    rir = serializers.FloatField(allow_null=True)
    end_reason = serializers.CharField(
        allow_blank=True,
        help_text="target_reached, muscular_failure, position_lost, pain or empty.",
    )
    checklist = serializers.DictField(child=serializers.BooleanField())
    note = serializers.CharField(allow_blank=True)
    performed_at = serializers.DateTimeField()
    zone = serializers.CharField()
    performed_on = serializers.DateField()
    received_at = serializers.DateTimeField()


class SetListOut(serializers.Serializer[Any]):
    """A page of sets, newest first."""

    items = SetLogOut(many=True)
    next_cursor = next_cursor()


class SessionRowOut(serializers.Serializer[Any]):
    """A session's day and state."""

    id = serializers.UUIDField()
    plan_id = serializers.UUIDField()
    date = serializers.DateField(source="on")
    state = serializers.CharField(help_text="planned, started, done, skipped, excused; open list.")
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    rev = serializers.IntegerField()


class SessionListOut(serializers.Serializer[Any]):
    """A page of sessions up to today, newest first."""

    items = SessionRowOut(many=True)
    next_cursor = next_cursor()


class SetsView(CoachApiView):
    """The client's own sets."""

    @extend_schema(
        parameters=[
            OpenApiParameter("exercise_id", str, description="Only of this exercise."),
            *PAGED,
        ],
        responses=SetListOut,
        operation_id="listSets",
    )
    def get(self, request: Request) -> Response:
        """Sets as performed, newest first."""
        client = people.own_client(self.user)
        exercise = request.query_params.get("exercise_id")
        rows, further = logged.sets(client, asked(request), exercise_id=exercise)
        return Response(SetListOut({"items": rows, "next_cursor": cursor_of(further)}).data)


class SessionsView(CoachApiView):
    """The client's own sessions."""

    @extend_schema(parameters=PAGED, responses=SessionListOut, operation_id="listSessions")
    def get(self, request: Request) -> Response:
        """Sessions up to today, newest first; those ahead stand in ``/v1/week``."""
        client = people.own_client(self.user)
        today = local_date(self.now(), client.time_zone)
        rows, further = logged.sessions(client, asked(request), until=today)
        return Response(SessionListOut({"items": rows, "next_cursor": cursor_of(further)}).data)
