"""What a coach saw of a lift, over the API."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import technique
from clients.queries import people
from coachapi.api.views import CoachApiView, Input


class TechniqueIn(Input):
    """Every line of the lift's checklist, seen or not seen."""

    answers = serializers.DictField(
        child=serializers.BooleanField(), help_text="Line id (ht_top_v1: ribs_down …) to true."
    )


class TechniqueOut(serializers.Serializer[Any]):
    """The look as kept; ``passed`` when enough lines are yes."""

    id = serializers.UUIDField()
    exercise_id = serializers.CharField()
    checklist = serializers.CharField()
    passed = serializers.BooleanField()
    at = serializers.DateTimeField()


class TechniqueView(CoachApiView):
    """The technique of one lift of one client."""

    @extend_schema(request=TechniqueIn, responses={201: TechniqueOut}, operation_id="putTechnique")
    def put(self, request: Request, client_id: uuid.UUID, exercise_id: str) -> Response:
        """Keep a look at the lift; each one is a new row, and closes the task that asked for it."""
        client = people.coached_client(self.user, client_id)
        sent = self.read(TechniqueIn)
        made = technique.look(
            client=client,
            exercise_id=exercise_id,
            answers=sent["answers"],
            by=self.user,
            at=self.now(),
        )
        return Response(TechniqueOut(made).data, status=201)
