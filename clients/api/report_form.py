"""The twenty-second form for this client, now: what to ask, what is known already."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.queries import forms, people
from coachapi.api.tags import tagged
from coachapi.api.views import CoachApiView


class FormRegionOut(serializers.Serializer[Any]):
    """A place of the body chart that can be tapped."""

    id = serializers.CharField()
    parent: Any = serializers.CharField(allow_null=True)  # Any: a field has a parent of its own
    sides = serializers.ListField(child=serializers.CharField())


class FormQuestionOut(serializers.Serializer[Any]):
    """A question with the answers it accepts."""

    id = serializers.CharField()
    text = serializers.CharField()
    accepts = serializers.ListField(child=serializers.CharField())


class FormTileOut(serializers.Serializer[Any]):
    """A warning tile; a tap opens its questions."""

    id = serializers.CharField()
    title = serializers.CharField()
    questions = FormQuestionOut(many=True)


class ChoiceOut(serializers.Serializer[Any]):
    """A value and its words."""

    id = serializers.CharField()
    words = serializers.CharField()


class LastPlaceOut(serializers.Serializer[Any]):
    """A place named before, newest first: begin the chart with its side."""

    region = serializers.CharField()
    side = serializers.CharField()
    words = serializers.CharField()
    at = serializers.DateTimeField()


class PrefillOut(serializers.Serializer[Any]):
    """The set just done; send it back as `exercise` and `session_id` of the report."""

    session_id = serializers.UUIDField()
    exercise = serializers.CharField()
    set_index = serializers.IntegerField()
    kg = serializers.FloatField(allow_null=True)
    reps = serializers.IntegerField(allow_null=True)
    rir = serializers.FloatField(allow_null=True)
    performed_at = serializers.DateTimeField()


class KnownFactOut(serializers.Serializer[Any]):
    """A slow fact that is known since a day: not asked again, confirmed after 90 days."""

    id = serializers.CharField()
    on = serializers.DateField()


class ReportFormOut(serializers.Serializer[Any]):
    """The form. Keep it for no signal; `version` is the rule set's digest, as in `/v1/rules`."""

    version = serializers.CharField()
    last_places = LastPlaceOut(many=True)
    prefill = PrefillOut(allow_null=True)
    facts = KnownFactOut(many=True)
    facts_due = serializers.BooleanField(help_text='One line is due: "still the same?"')
    regions = FormRegionOut(many=True)
    tiles = FormTileOut(many=True)
    now = FormQuestionOut(many=True, help_text="Asked with the form.")
    later = FormQuestionOut(many=True, help_text="Asked after the session.")
    timing = ChoiceOut(many=True)
    effect = ChoiceOut(many=True)
    onset = serializers.ListField(child=serializers.CharField())
    quality = serializers.ListField(child=serializers.CharField())
    aggravators = serializers.ListField(child=serializers.CharField())
    levels = serializers.DictField(
        child=serializers.CharField(), help_text="What the client reads at each level."
    )


class ReportFormView(CoachApiView):
    """The twenty-second form."""

    @extend_schema(
        parameters=[
            OpenApiParameter("region", str, many=True, description="Up to three leaf regions.")
        ],
        responses={200: ReportFormOut, 304: None},
        operation_id="getReportForm",
    )
    def get(self, request: Request) -> Response:
        """Places, tiles with their questions, what is known, and the values each field accepts.

        Name the places with ``?region=back_low&region=groin`` to get the tiles that are due.
        ETag answers 304 while all of it is the same.
        """
        client = people.own_client(self.user)
        regions = request.query_params.getlist("region")[:3]
        body = forms.report_form(client, regions, at=self.now())
        return tagged(request, ReportFormOut(body).data)
