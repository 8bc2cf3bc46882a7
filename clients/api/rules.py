"""The rule set for phones: one document, kept until its digest changes (product decision 15)."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from clients.domain import ruleset
from clients.queries import rules
from coachapi.api.views import CoachApiView


class RegionOut(serializers.Serializer[Any]):
    """A region of the body chart; `always` = questions of every report there."""

    id = serializers.CharField()
    parent: Any = serializers.CharField(allow_null=True)  # Any: a field has a parent of its own
    sides = serializers.ListField(child=serializers.CharField())
    always = serializers.ListField(child=serializers.CharField())
    leaf = serializers.BooleanField()
    tappable = serializers.BooleanField()
    blocks_all = serializers.BooleanField()
    leaves = serializers.ListField(child=serializers.CharField())


class RaiseOut(serializers.Serializer[Any]):
    """Raises an answer to `to` when all of `all` and one of `any` hold."""

    to = serializers.ListField(child=serializers.CharField())
    all = serializers.ListField(child=serializers.CharField())
    any = serializers.ListField(child=serializers.CharField())


class QuestionOut(serializers.Serializer[Any]):
    """A warning question; `weights` = level and priority of each answer but no."""

    id = serializers.CharField()
    of = serializers.CharField()
    text = serializers.CharField()
    shown_for = serializers.ListField(child=serializers.CharField())
    ask_if = serializers.ListField(child=serializers.CharField())
    opens = serializers.ListField(child=serializers.CharField())
    weights = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    raises = RaiseOut(many=True)
    pauses = serializers.ListField(child=serializers.CharField())
    tile = serializers.CharField(allow_null=True)


class TileOut(serializers.Serializer[Any]):
    """A warning tile and the questions behind it."""

    id = serializers.CharField()
    title = serializers.CharField()
    shown_for = serializers.ListField(child=serializers.CharField())
    ask_if = serializers.ListField(child=serializers.CharField())
    questions = serializers.ListField(child=serializers.CharField())


class RulesOut(serializers.Serializer[Any]):
    """Everything the evaluator reads; `digest` is that of the whole rule set."""

    version = serializers.CharField()
    digest = serializers.CharField()
    parts = serializers.DictField(child=serializers.CharField())
    regions = RegionOut(many=True)
    groups = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    questions = QuestionOut(many=True)
    tiles = TileOut(many=True)
    dues = serializers.ListField(child=serializers.DictField())
    counts = serializers.ListField(child=serializers.DictField())
    levels = serializers.ListField(child=serializers.CharField())
    bands = serializers.DictField()
    value_effect = serializers.DictField()
    notices = serializers.DictField()
    action_sets = serializers.DictField()
    left_open = serializers.DictField()
    words = serializers.DictField()
    limits = serializers.DictField()
    phone = serializers.DictField()


class RulesView(CoachApiView):
    """The rules by which reports are judged."""

    @extend_schema(responses={200: RulesOut, 304: None}, operation_id="getRules")
    def get(self, request: Request) -> HttpResponseBase:
        """The rule set with version and hash, for a client with the borders of the practice.

        ETag answers 304 while it is the same.

        The evaluator in `/static/clients/rules/evaluator.js` reads it as it is.
        """
        document = ruleset.document(rules.settings_of(self.user))
        tag = f'"{hashlib.sha256(document.encode()).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        held = request.headers.get("If-None-Match", "")
        if tag in (each.strip().removeprefix("W/") for each in held.split(",")):
            return HttpResponse(status=304, headers=headers)
        return HttpResponse(document, content_type="application/json", headers=headers)
