"""Program templates over the API: one nested document in, one out."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.accounts.models import Coach
from coachapi.api.tags import strong, tagged, version_read
from coachapi.api.views import CoachApiView
from coachapi.refusals import NotThere
from programs import queries
from programs.actions import programs


class ProgramRowOut(serializers.Serializer[Any]):
    """A template in the list."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    revision = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class ProgramListOut(serializers.Serializer[Any]):
    """The practice's templates, newest first."""

    items = ProgramRowOut(many=True)


class ProgramOut(serializers.Serializer[Any]):
    """A template, whole."""

    id = serializers.UUIDField()
    revision = serializers.IntegerField()
    document = serializers.JSONField()


class ProgramsView(CoachApiView):
    """The templates of the practices this user coaches in."""

    @extend_schema(responses=ProgramListOut, operation_id="listPrograms")
    def get(self, request: Request) -> Response:
        """Every template, newest first."""
        return Response({"items": queries.programs(self.user)})

    @extend_schema(request=Any, responses={201: ProgramOut}, operation_id="createProgram")
    def post(self, request: Request) -> Response:
        """Write a template from one document; every fault has a pointer."""
        place = Coach.objects.filter(user=self.user, active=True).order_by("role", "id").first()
        if place is None:
            raise NotThere
        made = programs.write(place=place, raw=request.data, by=self.user, at=self.now())
        return Response(_shown(made), status=201)


class ProgramView(CoachApiView):
    """One template."""

    @extend_schema(responses={200: ProgramOut, 304: None}, operation_id="getProgram")
    def get(self, request: Request, program_id: uuid.UUID) -> Response:
        """The latest revision."""
        found = queries.program_document(self.user, program_id)
        if found is None:
            raise NotThere
        return tagged(request, _shown(found), strong(found.number))

    @extend_schema(request=Any, responses=ProgramOut, operation_id="replaceProgram")
    def put(self, request: Request, program_id: uuid.UUID) -> Response:
        """The next revision, made from the one named in If-Match; 412 when it is not the latest."""
        held = version_read(request)
        made = programs.rewrite(
            program=programs.find(self.user, program_id),
            raw=request.data,
            expected=held,
            by=self.user,
            at=self.now(),
        )
        return tagged(request, _shown(made), strong(made.number))


def _shown(revision: Any) -> dict[str, Any]:
    return {
        "id": revision.program_id,
        "revision": revision.number,
        "document": revision.document,
    }
