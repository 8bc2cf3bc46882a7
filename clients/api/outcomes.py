"""Did it help, over the API."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from clients.queries import did_it_help
from coachapi.api.views import CoachApiView


class OutcomesView(CoachApiView):
    """Did it help."""

    @extend_schema(
        responses=dict[str, Any],
        operation_id="getOutcomes",
        parameters=[
            OpenApiParameter("who", enum=list(did_it_help.WHO)),
            OpenApiParameter("client", uuid.UUID),
            OpenApiParameter("span", enum=list(did_it_help.SPANS)),
        ],
    )
    def get(self, request: Request) -> Response:
        """Each option's record: counts first, an interval where there is enough, who was lost."""
        scope = did_it_help.read_scope(request.query_params.dict())
        return Response(did_it_help.as_json(self.user, scope, at=self.now()))
