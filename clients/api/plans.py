"""A client's plan: read whole or by the week, edited at three scopes."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import plan_edits
from clients.actions.revising import Act, ChangedMeanwhile
from clients.api.fields import Override
from clients.domain.moments import local_date
from clients.domain.plan_edits import SCOPES
from clients.queries import people, plan_views, plans
from coachapi.api.tags import IF_MATCH, strong, tagged, version_read
from coachapi.api.views import CoachApiView, Input
from coachapi.refusals import NotThere, Unreadable
from programs.spreadsheets.answer import xlsx
from programs.spreadsheets.writing import TYPE


class PlanPlaceOut(serializers.Serializer[Any]):
    """A place in a session, and why it differs from what was written."""

    slot = serializers.CharField()
    exercise_id = serializers.CharField(allow_null=True)
    exercise = serializers.CharField(allow_null=True)
    line = serializers.CharField(allow_null=True, help_text="The work sets in words.")
    superset = serializers.CharField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    was = serializers.CharField(allow_null=True)
    because = serializers.CharField(allow_null=True)
    paused = serializers.BooleanField()


class PlannedSessionOut(serializers.Serializer[Any]):
    """A dated session as it stands; ``open`` while a coach may still change it."""

    id = serializers.UUIDField()
    date = serializers.DateField()
    first_date = serializers.DateField()
    week = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.CharField()
    open = serializers.BooleanField()
    items = PlanPlaceOut(many=True)


class WholePlanOut(serializers.Serializer[Any]):
    """A plan with its sessions as they stand."""

    id = serializers.UUIDField()
    client_id = serializers.UUIDField()
    name = serializers.CharField()
    program_id = serializers.UUIDField(allow_null=True)
    template_revision = serializers.IntegerField(allow_null=True)
    revision = serializers.IntegerField()
    starts_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True)
    weekdays = serializers.ListField(child=serializers.IntegerField())
    weeks = serializers.IntegerField()
    sessions = PlannedSessionOut(many=True)


class WeekIn(Input):
    """One week of a plan, from 1; all of them when absent."""

    week = serializers.IntegerField(min_value=1, max_value=104, allow_null=True, default=None)


class PlanView(CoachApiView):
    """One plan, for its coach and its client."""

    @extend_schema(
        responses={200: WholePlanOut, 304: None},
        operation_id="getPlan",
        parameters=[OpenApiParameter("week", int, description="Only this week, from 1.")],
    )
    def get(self, request: Request, plan_id: uuid.UUID) -> Response:
        """The plan as it stands: revision, progression, changes, moves and swaps in one."""
        week = self.read(WeekIn, {"week": request.query_params.get("week") or None})["week"]
        found = plans.find(self.user, plan_id, at=self.now())
        today = local_date(self.now(), found.plan.client.time_zone)
        return tagged(request, WholePlanOut(plan_views.plan(found, today=today, week=week)).data)


class PlanXlsxView(CoachApiView):
    """One plan as a spreadsheet, for its coach and its client."""

    @extend_schema(responses={(200, TYPE): OpenApiTypes.BINARY}, operation_id="exportPlan")
    def get(self, request: Request, plan_id: uuid.UUID) -> HttpResponse:
        """Dated rows, one a place of a session, as it stands."""
        found = plans.find(self.user, plan_id, at=self.now())
        return xlsx(plan_views.spreadsheet(found), found.plan.name)


class EditOut(serializers.Serializer[Any]):
    """The revision that was written, and the session it was about."""

    plan_id = serializers.UUIDField()
    revision = serializers.IntegerField()
    session_id = serializers.UUIDField()


class SessionToEditOut(serializers.Serializer[Any]):
    """A session's workout in the program's own grammar, loads worked out."""

    session_id = serializers.UUIDField()
    plan_id = serializers.UUIDField()
    revision = serializers.IntegerField()
    date = serializers.DateField()
    week = serializers.IntegerField()
    open = serializers.BooleanField()
    dropped = serializers.BooleanField()
    workout = serializers.JSONField()


class SessionEditIn(Input):
    """What becomes of a session, and how far the edit reaches; only what is sent changes."""

    scope = serializers.ChoiceField(list(SCOPES), default="this")
    workout = serializers.JSONField(
        allow_null=True, default=None, help_text="As in a program: name, prescriptions."
    )
    date = serializers.DateField(allow_null=True, default=None)
    dropped = serializers.BooleanField(allow_null=True, default=None)
    ends_progression = serializers.ListField(
        child=serializers.CharField(max_length=12),
        max_length=40,
        default=list,
        help_text="Slots of the workout sent whose progression ends; they go on as shown.",
    )
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")
    override = Override()


class NewSessionIn(Input):
    """One more session of this client's own."""

    date = serializers.DateField()
    workout = serializers.JSONField(help_text="As in a program: name, prescriptions.")
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")
    override = Override()


class CoachesPlan(CoachApiView):
    """What every edit of a plan shares: the coach's plan, the act."""

    def found(self, plan_id: uuid.UUID) -> plans.Standing:
        """The plan, of a client this user coaches; raises ``NotThere``."""
        found = plans.find(self.user, plan_id, at=self.now())
        if not people.for_coach(self.user).filter(pk=found.plan.client_id).exists():
            raise NotThere
        return found

    def act(self, found: plans.Standing, sent: dict[str, Any]) -> Act:
        """Who, when, why, and against what advice."""
        return Act(
            by=self.user,
            at=self.now(),
            today=self.today(found),
            reason=sent["reason"],
            override=sent.get("override", ""),
        )

    def today(self, found: plans.Standing) -> dt.date:
        """The client's day."""
        return local_date(self.now(), found.plan.client.time_zone)

    def both(self, no: ChangedMeanwhile, plan_id: uuid.UUID, session_id: uuid.UUID) -> None:
        """Show the session as it stands now beside what was refused."""
        found = plans.find(self.user, plan_id, at=self.now())
        theirs = plan_views.to_edit(found, session_id, today=self.today(found))
        no.extra["theirs"] = SessionToEditOut(theirs).data
        no.extra["yours"] = self.request.data


class PlanSessionView(CoachesPlan):
    """One session of a plan, for its coach."""

    @extend_schema(responses=SessionToEditOut, operation_id="getPlanSession")
    def get(self, request: Request, plan_id: uuid.UUID, session_id: uuid.UUID) -> Response:
        """The session as its coach edits it; the ETag is the plan's revision."""
        found = self.found(plan_id)
        body = plan_views.to_edit(found, session_id, today=self.today(found))
        return tagged(request, SessionToEditOut(body).data, strong(body["revision"]))

    @extend_schema(
        request=SessionEditIn,
        responses=EditOut,
        operation_id="editPlanSession",
        parameters=[IF_MATCH],
    )
    def patch(self, request: Request, plan_id: uuid.UUID, session_id: uuid.UUID) -> Response:
        """Another workout, another day, taken out or put back: this, following, or all.

        409 when somebody saved meanwhile, with both versions; nothing is lost.
        """
        expected = version_read(request)
        sent = self.read(SessionEditIn)
        if sent["workout"] is None and sent["date"] is None and sent["dropped"] is None:
            raise Unreadable("Send what changes: workout, date or dropped.")
        found = self.found(plan_id)
        try:
            made = plan_edits.edit(
                client=found.plan.client,
                plan_id=plan_id,
                session_id=session_id,
                expected=expected,
                scope=sent["scope"],
                workout=sent["workout"],
                on=sent["date"],
                dropped=sent["dropped"],
                ends=sent["ends_progression"],
                act=self.act(found, sent),
            )
        except ChangedMeanwhile as no:
            self.both(no, plan_id, session_id)
            raise
        body = {"plan_id": plan_id, "revision": made.number, "session_id": session_id}
        return tagged(request, EditOut(body).data, strong(made.number))


class PlanSessionsView(CoachesPlan):
    """The sessions of a plan."""

    @extend_schema(
        request=NewSessionIn,
        responses={201: EditOut},
        operation_id="addPlanSession",
        parameters=[IF_MATCH],
    )
    def post(self, request: Request, plan_id: uuid.UUID) -> Response:
        """One more session for this client; no template knows it."""
        expected = version_read(request)
        sent = self.read(NewSessionIn)
        found = self.found(plan_id)
        made, session_id = plan_edits.add(
            client=found.plan.client,
            plan_id=plan_id,
            expected=expected,
            on=sent["date"],
            workout=sent["workout"],
            act=self.act(found, sent),
        )
        body = {"plan_id": plan_id, "revision": made.number, "session_id": session_id}
        return tagged(request, EditOut(body).data, strong(made.number), status=201)
