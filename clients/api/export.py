"""Everything a client has, to take along: also after leaving."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.queries import export, people
from coachapi.api.views import CoachApiView


class ExportOut(serializers.Serializer[Any]):
    """Every row of the client by table; columns are named as in the product."""

    made_at = serializers.DateTimeField()
    client = serializers.DictField()
    tables = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))


class ExportView(CoachApiView):
    """All of it as JSON."""

    @extend_schema(responses=ExportOut, operation_id="getExport")
    def get(self, request: Request) -> Response:
        """Everything the signed-in client has said, done and been told."""
        found = export.everything(people.own_client(self.user), at=self.now())
        return Response(found, headers={"Content-Disposition": 'attachment; filename="mine.json"'})


class ExportCsvView(CoachApiView):
    """All of it as CSV."""

    @extend_schema(
        responses={(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY)},
        operation_id="getExportCsv",
    )
    def get(self, request: Request) -> HttpResponse:
        """The same as a ZIP with one CSV a table."""
        packed = export.as_csv(people.own_client(self.user), at=self.now())
        headers = {"Content-Disposition": 'attachment; filename="mine.zip"'}
        return HttpResponse(packed, content_type="application/zip", headers=headers)
