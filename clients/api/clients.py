"""A coach's clients: the list, cover, and the plan each follows."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import enrolment, plans, session_changes
from clients.api.fields import Override, Whole
from clients.domain.client_moves import POLICIES
from clients.domain.moments import local_date
from clients.queries import coach_view, people
from coachapi.api.views import CoachApiView, Input


class ClientRowOut(serializers.Serializer[Any]):
    """A client in the list."""

    client_id = serializers.UUIDField()
    name = serializers.CharField()
    open_level = serializers.CharField(allow_null=True)


class ClientListOut(serializers.Serializer[Any]):
    """The coach's clients by name."""

    items = ClientRowOut(many=True)


class ClientsView(CoachApiView):
    """The clients of a coach."""

    @extend_schema(responses=ClientListOut, operation_id="listClients")
    def get(self, request: Request) -> Response:
        """Every client this coach may see, by name."""
        return Response(ClientListOut({"items": coach_view.clients(self.user)}).data)


class AssignmentIn(Input):
    """From when a program is followed, and on which days."""

    starts_on = serializers.DateField()
    weekdays = serializers.ListField(
        child=Whole(min_value=0, max_value=6),
        max_length=7,
        default=list,
        help_text="Monday is 0; none: the days the program names.",
    )
    end_running = serializers.BooleanField(
        default=False, help_text="The plan that runs ends on the new one's first day."
    )
    override = Override()


class AssignIn(AssignmentIn):
    """A program by its id, or a whole document, from a date."""

    program_id = serializers.UUIDField(allow_null=True, default=None)
    document = serializers.JSONField(allow_null=True, default=None)


class PlanOut(serializers.Serializer[Any]):
    """A plan that runs."""

    plan_id = serializers.UUIDField()
    name = serializers.CharField()
    sessions = serializers.IntegerField()


class ClientPlanView(CoachApiView):
    """The running plan of a client."""

    @extend_schema(request=AssignIn, responses={201: PlanOut}, operation_id="assignProgram")
    def post(self, request: Request, client_id: uuid.UUID) -> Response:
        """Give a client a program from a date; faults come with pointers, nothing half-written."""
        client = people.coached_client(self.user, client_id)
        sent = self.read(AssignIn)
        program, template, document = coach_view.program_to_assign(
            self.user, sent["program_id"], sent["document"]
        )
        made = plans.assign(
            client=client,
            document=document,
            program=program,
            starts_on=sent["starts_on"],
            weekdays=sent["weekdays"],
            today=local_date(self.now(), client.time_zone),
            by=self.user,
            at=self.now(),
            template=template,
            end_running=sent["end_running"],
            override=sent["override"],
        )
        body = {"plan_id": made.pk, "name": made.name, "sessions": made.sessions.count()}
        return Response(PlanOut(body).data, status=201)

    @extend_schema(responses={204: None}, operation_id="endPlan")
    def delete(self, request: Request, client_id: uuid.UUID) -> Response:
        """End the running plan; what was done stays."""
        client = people.coached_client(self.user, client_id)
        plans.end(client=client, today=local_date(self.now(), client.time_zone), by=self.user)
        return Response(status=204)


class PolicyIn(Input):
    """What the client may do with sessions ahead without asking."""

    moves = serializers.ChoiceField(
        list(POLICIES),
        help_text="strict: nothing; week: within the plan's week, listed swaps; free: any day.",
    )


class PolicyView(CoachApiView):
    """The coach's policy for one client."""

    @extend_schema(request=PolicyIn, responses={204: None}, operation_id="setPolicy")
    def put(self, request: Request, client_id: uuid.UUID) -> Response:
        """Strict, within the week, or free."""
        client = people.coached_client(self.user, client_id)
        session_changes.set_policy(client=client, moves=self.read(PolicyIn)["moves"])
        return Response(status=204)


class CoverIn(Input):
    """The coach who is told what the first does not see in time."""

    coach_id = serializers.UUIDField()


class CoverView(CoachApiView):
    """The cover of a client."""

    @extend_schema(request=CoverIn, responses={204: None}, operation_id="addCover")
    def post(self, request: Request, client_id: uuid.UUID) -> Response:
        """Name a cover coach of the same practice."""
        client = people.coached_client(self.user, client_id)
        coach = people.coach_of_practice(client.practice_id, self.read(CoverIn)["coach_id"])
        enrolment.add_cover(client=client, coach=coach, by=self.user, at=self.now())
        return Response(status=204)

    @extend_schema(responses={204: None}, operation_id="endCoaching")
    def delete(self, request: Request, client_id: uuid.UUID) -> Response:
        """End one's own link to a client; access ends at once."""
        enrolment.end_coaching(client_id=client_id, by=self.user, at=self.now())
        return Response(status=204)
