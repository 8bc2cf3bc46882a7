"""A program for many clients, a template that flows: asked once, done one client at a time."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import flowing, jobs, restricting
from clients.api.clients import AssignmentIn
from clients.api.fields import OVERRIDE, Whole
from clients.queries import books, plan_views, templates
from clients.queries import jobs as job_queries
from coachapi.api.tags import tagged
from coachapi.api.views import CoachApiView, Input
from programs.domain.exercise import Library


class JobClientOut(serializers.Serializer[Any]):
    """One client of a job: waiting, done, or refused with the sentence that says why."""

    client_id = serializers.UUIDField()
    name = serializers.CharField()
    state = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField(allow_blank=True)
    plan_id = serializers.UUIDField(allow_null=True)


class JobOut(serializers.Serializer[Any]):
    """How far the work has got."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(["assign", "flow"])
    program_id = serializers.UUIDField()
    program = serializers.CharField()
    template_revision = serializers.IntegerField()
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    refused = serializers.IntegerField()
    waiting = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    clients = JobClientOut(many=True)


class JobView(CoachApiView):
    """Work for many clients."""

    @extend_schema(responses={200: JobOut, 304: None}, operation_id="getJob")
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """The outcome of each client so far."""
        return tagged(request, JobOut(job_queries.job(self.user, job_id)).data)


class AssignManyIn(AssignmentIn):
    """Who gets the program, from when, on which days."""

    client_ids = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=jobs.MOST_CLIENTS
    )


class AssignManyView(CoachApiView):
    """A program for many clients."""

    @extend_schema(
        request=AssignManyIn, responses={202: JobOut}, operation_id="assignProgramToMany"
    )
    def post(self, request: Request, program_id: uuid.UUID) -> Response:
        """One job, all or nothing for each client; what does not fit anybody is refused now."""
        sent = self.read(AssignManyIn)
        template = templates.template(self.user, program_id)
        job = jobs.ask_to_assign(
            template=template,
            clients=dict.fromkeys(sent["client_ids"], sent["override"]),
            starts_on=sent["starts_on"],
            weekdays=sent["weekdays"],
            end_running=sent["end_running"],
            by=self.user,
            at=self.now(),
        )
        return Response(JobOut(job_queries.job(self.user, job.pk)).data, status=202)


class RestrictionOut(serializers.Serializer[Any]):
    """Why an exercise may not be written now."""

    code = serializers.CharField()
    exercise_id = serializers.CharField()
    sentence = serializers.CharField()
    may_override = serializers.BooleanField()
    report_id = serializers.UUIDField(allow_null=True)
    regression_id = serializers.UUIDField(allow_null=True)


class KeptSessionOut(serializers.Serializer[Any]):
    """What a session keeps though the template changed it too."""

    session_id = serializers.UUIDField()
    on = serializers.DateField()
    name = serializers.CharField()
    places = serializers.ListField(child=serializers.CharField())


class FlowClientOut(serializers.Serializer[Any]):
    """One client: what would change, what is kept, what stands against it."""

    client_id = serializers.UUIDField()
    name = serializers.CharField()
    stands_on = serializers.IntegerField(allow_null=True)
    up_to_date = serializers.BooleanField()
    difference = serializers.JSONField(allow_null=True)
    kept = KeptSessionOut(many=True)
    restrictions = RestrictionOut(many=True)


class FlowOut(serializers.Serializer[Any]):
    """A template and every running plan made from it."""

    program_id = serializers.UUIDField()
    revision = serializers.IntegerField()
    clients = FlowClientOut(many=True)


class FlowIn(Input):
    """For whom, from the revision that was previewed; an override by client where one is needed."""

    revision = Whole(min_value=1, max_value=100000)
    client_ids = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=jobs.MOST_CLIENTS
    )
    overrides = serializers.DictField(
        child=serializers.CharField(max_length=500), default=dict, help_text=OVERRIDE
    )


class FlowView(CoachApiView):
    """A template's change, carried into the plans made from it."""

    @extend_schema(responses=FlowOut, operation_id="previewFlow")
    def get(self, request: Request, program_id: uuid.UUID) -> Response:
        """What would change for each client, and what is kept because the client deviates.

        A workout on another day moves the sessions of plans given on the template's own days; a
        plan given on chosen weekdays keeps them.
        """
        template = templates.template(self.user, program_id)
        followers = templates.followers(self.user, program_id)
        book = books.whole(template.practice_id)
        rows = [_shown(each, template, book, self.now()) for each in followers]
        body = {"program_id": program_id, "revision": template.number, "clients": rows}
        return Response(FlowOut(body).data)

    @extend_schema(request=FlowIn, responses={202: JobOut}, operation_id="applyFlow")
    def post(self, request: Request, program_id: uuid.UUID) -> Response:
        """Carry it over for these clients: one job, one revision each, deviations kept."""
        sent = self.read(FlowIn)
        template = templates.template(self.user, program_id, sent["revision"])
        said = sent["overrides"]
        job = jobs.ask(
            kind="flow",
            template=template,
            clients={each: said.get(str(each), "") for each in sent["client_ids"]},
            spec={},
            by=self.user,
            at=self.now(),
        )
        return Response(JobOut(job_queries.job(self.user, job.pk)).data, status=202)


def _shown(client: Any, template: Any, book: Library, at: Any) -> dict[str, Any]:
    row = {"client_id": client.pk, "name": client.name, "stands_on": client.stands_on}
    nothing: dict[str, Any] = {
        "up_to_date": True,
        "difference": None,
        "kept": [],
        "restrictions": [],
    }
    try:
        found = flowing.preview(client, template, at=at)
    except flowing.NothingFlows:
        return row | nothing
    return row | {
        "up_to_date": False,
        "difference": plan_views.difference_json(found.diff, book),
        "kept": [
            {
                "session_id": each.session,
                "on": each.on,
                "name": each.name,
                "places": [f"{one.slot}: {', '.join(one.parts)}" for one in each.places],
            }
            for each in found.found.kept
        ],
        "restrictions": [restricting.shown(each) for each in found.restrictions],
    }
