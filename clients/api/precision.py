"""Alert precision, over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.queries import alert_precision
from coachapi.api.views import CoachApiView


class WaitOut(serializers.Serializer[Any]):
    """Seconds since the report, nearest rank; `of` have reached the stage."""

    p50 = serializers.FloatField(allow_null=True)
    p95 = serializers.FloatField(allow_null=True)
    of = serializers.IntegerField()


class StagesOut(serializers.Serializer[Any]):
    """Visible: a channel took it. Seen: a coach had it open. Decided: a coach answered it."""

    visible = WaitOut()
    seen = WaitOut()
    decided = WaitOut()


class PrecisionOut(serializers.Serializer[Any]):
    """What became of the alerts of one rule at one coach."""

    coach = serializers.CharField()
    rule = serializers.CharField(help_text="The row of the decision table that set the level.")
    sent = serializers.IntegerField()
    opened = serializers.IntegerField()
    acted = serializers.IntegerField()
    dismissed = serializers.IntegerField(help_text="Watched: nothing was needed.")
    waiting = serializers.IntegerField()
    seconds_from_report = StagesOut()


class PrecisionListOut(serializers.Serializer[Any]):
    """By coach and rule."""

    days = serializers.IntegerField()
    of = serializers.ChoiceField(["practice", "own"])
    items = PrecisionOut(many=True)


class AlertPrecisionView(CoachApiView):
    """Were the alerts worth it?"""

    @extend_schema(
        responses=PrecisionListOut,
        operation_id="getAlertPrecision",
        parameters=[OpenApiParameter("span", enum=list(alert_precision.SPANS))],
    )
    def get(self, request: Request) -> Response:
        """An owner's whole practice, a coach's own alerts, over 28, 90 or 365 days."""
        span = alert_precision.read_span(request.query_params.dict())
        shown = alert_precision.found(self.user, span, at=self.now())
        return Response(PrecisionListOut(alert_precision.as_json(shown)).data)
