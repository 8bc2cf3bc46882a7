"""The history of a client's plan: every revision, what each changed, and the way back."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import plan_edits
from clients.api.fields import Override, Whole
from clients.api.plans import CoachesPlan
from clients.queries import books, plan_views
from clients.queries.running import unit_of
from coachapi.api.tags import IF_MATCH, strong, tagged, version_read
from coachapi.api.views import Input
from coachapi.refusals import NotThere


class UndoIn(Input):
    """The revision to go back to, from today on."""

    to = Whole(min_value=1, max_value=100000)
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")
    override = Override()


class PlanRevisionOut(serializers.Serializer[Any]):
    """One revision of a plan."""

    revision = serializers.IntegerField()
    kind = serializers.CharField()
    author = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class PlanRevisionsOut(serializers.Serializer[Any]):
    """A plan's history, newest first."""

    items = PlanRevisionOut(many=True)


class PlanRevisionsView(CoachesPlan):
    """The history of a plan."""

    @extend_schema(responses=PlanRevisionsOut, operation_id="listPlanRevisions")
    def get(self, request: Request, plan_id: uuid.UUID) -> Response:
        """Every revision, newest first: who, when, why."""
        self.found(plan_id)
        rows = [_revision(each) for each in plan_views.revisions(plan_id)]
        return Response(PlanRevisionsOut({"items": rows}).data)

    @extend_schema(
        request=UndoIn, responses=PlanRevisionOut, operation_id="undoPlan", parameters=[IF_MATCH]
    )
    def post(self, request: Request, plan_id: uuid.UUID) -> Response:
        """Back to an earlier revision, from today on: one more revision; nothing past changes."""
        expected = version_read(request)
        sent = self.read(UndoIn)
        found = self.found(plan_id)
        made = plan_edits.undo(
            client=found.plan.client,
            plan_id=plan_id,
            to=sent["to"],
            expected=expected,
            act=self.act(found, sent),
        )
        body = PlanRevisionOut(_revision(made)).data
        return tagged(request, body, strong(made.number))


class DifferenceOut(serializers.Serializer[Any]):
    """What a revision changed from another; null for the first."""

    revision = serializers.IntegerField()
    against = serializers.IntegerField(allow_null=True)
    difference = serializers.JSONField(allow_null=True)


class PlanRevisionView(CoachesPlan):
    """One revision of a plan."""

    @extend_schema(
        responses=DifferenceOut,
        operation_id="getPlanRevision",
        parameters=[OpenApiParameter("against", int, description="Another; the one before.")],
    )
    def get(self, request: Request, plan_id: uuid.UUID, number: int) -> Response:
        """What it changed, session by session, place by place."""
        found = self.found(plan_id)
        rows = {each.number: each for each in plan_views.revisions(plan_id)}
        other = request.query_params.get("against", "")
        against = int(other) if other.isascii() and other.isdigit() else number - 1
        if number not in rows or (other and against not in rows):
            raise NotThere
        client = found.plan.client
        shown = plan_views.difference(rows[number], rows.get(against), unit_of(client))
        book = books.whole(client.practice_id)
        body = {
            "revision": number,
            "against": against if against in rows else None,
            "difference": plan_views.difference_json(shown, book) if shown else None,
        }
        return Response(DifferenceOut(body).data)


def _revision(row: Any) -> dict[str, Any]:
    return {
        "revision": row.number,
        "kind": row.kind,
        "author": row.author.name,
        "reason": row.reason,
        "at": row.at,
    }
