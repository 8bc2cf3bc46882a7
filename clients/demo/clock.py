"""The demo's clock: it runs ahead, never back, and exists in the demo only (ruling 17)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.tasks import due
from coachapi import clock
from coachapi.api.views import CoachApiView, Input
from coachapi.models import DemoClock
from coachapi.notifications.tasks import drain

MOST_MINUTES = 60 * 24 * 400


class ClockIn(Input):
    """How far to move."""

    minutes = serializers.FloatField(min_value=0, max_value=MOST_MINUTES)


class ClockOut(serializers.Serializer[Any]):
    """What time the demo shows, and how far that is ahead of ours."""

    now = serializers.DateTimeField()
    ahead_seconds = serializers.FloatField()


class ClockView(CoachApiView):
    """The demo's time."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """What time it is in the demo."""
        return Response(self._shown())

    @extend_schema(exclude=True)
    def post(self, request: Request) -> Response:
        """Let time pass; what has come due is told at once."""
        ahead = dt.timedelta(minutes=self.read(ClockIn)["minutes"])
        moved = DemoClock.objects.filter(pk=True).update(ahead=F("ahead") + ahead)
        if not moved:
            DemoClock.objects.create(ahead=ahead)
        due.delay_on_commit()  # type: ignore[attr-defined]
        drain.delay_on_commit()  # type: ignore[attr-defined]
        return Response(self._shown())

    def _shown(self) -> dict[str, Any]:
        row = DemoClock.objects.first()
        ahead = row.ahead.total_seconds() if row else 0.0
        return ClockOut({"now": clock.now(), "ahead_seconds": ahead}).data
