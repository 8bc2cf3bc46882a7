"""A practice's own protocols and borders over the API: one text in, one text out."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import settings
from clients.queries import people, rules
from coachapi.api.tags import IF_MATCH, strong, tagged, version_read
from coachapi.api.views import CoachApiView, Input
from coachapi.refusals import NotThere
from programs.actions import protocols

LONGEST = 200_000
PUBLISH = {"protocols": protocols.publish, "settings": settings.publish}


class RuleBookIn(Input):
    """The whole text (docs/protocols.md), and in a line why it changed."""

    text = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    note = serializers.CharField(max_length=200, allow_blank=True, default="")


class RuleBookOut(serializers.Serializer[Any]):
    """The book that holds; number 0 is what ships."""

    kind = serializers.CharField()
    number = serializers.IntegerField()
    text = serializers.CharField()
    fault = serializers.CharField(
        allow_blank=True, help_text="Why it can no longer be read; what ships holds meanwhile."
    )


class RuleBookVersionOut(serializers.Serializer[Any]):
    """One published version, without its text."""

    number = serializers.IntegerField()
    digest = serializers.CharField()
    author = serializers.CharField(source="author.name")
    at = serializers.DateTimeField()
    note = serializers.CharField(allow_blank=True)


class RuleBookVersionsOut(serializers.Serializer[Any]):
    """Every version the practice published, newest first."""

    items = RuleBookVersionOut(many=True)


class RuleBookView(CoachApiView):
    """The protocols or the borders of the practice this user coaches in."""

    @extend_schema(responses={200: RuleBookOut, 304: None}, operation_id="getRuleBook")
    def get(self, request: Request, kind: str) -> Response:
        """The text that holds, with its number as ETag."""
        return self._shown(kind)

    @extend_schema(
        parameters=[IF_MATCH],
        request=RuleBookIn,
        responses=RuleBookOut,
        operation_id="publishRuleBook",
    )
    def put(self, request: Request, kind: str) -> Response:
        """Publish the next version; 422 names file and line, 412 the version that holds."""
        if kind not in PUBLISH:
            raise NotThere
        seen = version_read(request)
        sent = self.read(RuleBookIn)
        place = people.coach_place(self.user)
        PUBLISH[kind](place=place, expected=seen, by=self.user, at=self.now(), **sent)
        return self._shown(kind)

    def _shown(self, kind: str) -> Response:
        if kind not in rules.KINDS:
            raise NotThere
        found = rules.held(people.coach_place(self.user).practice_id, kind)
        return tagged(self.request, RuleBookOut(found).data, strong(found.number))


class RuleBookVersionsView(CoachApiView):
    """What was published before."""

    @extend_schema(responses=RuleBookVersionsOut, operation_id="listRuleBookVersions")
    def get(self, request: Request, kind: str) -> Response:
        """Every version, who published it, when and why."""
        if kind not in rules.KINDS:
            raise NotThere
        found = rules.held(people.coach_place(self.user).practice_id, kind)
        return Response(RuleBookVersionsOut({"items": found.versions}).data)
