"""A client says it hurts. A report is never refused for its content (ruling 8)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import follow_ups, symptoms
from clients.actions.moment import Moment
from clients.api.fields import EARLIEST, ZONES
from clients.api.today import FollowUpOut, ReportOut
from clients.queries import own_reports, people, phone
from coachapi.api.paging import PAGED, asked, next_cursor
from coachapi.api.tags import tagged
from coachapi.api.views import CoachApiView, created_or_same
from coachapi.paging import cursor_of
from coachapi.refusals import Fault, NotThere, Unreadable


class PlaceIn(serializers.Serializer[Any]):
    """One place that hurts. Values 0–10, absent when unknown."""

    region = serializers.CharField()
    side = serializers.ChoiceField(["left", "right", "bilateral", "midline"])
    pain_worst = serializers.IntegerField(required=False, allow_null=True)
    pain_now = serializers.IntegerField(required=False, allow_null=True)
    pain_before = serializers.IntegerField(required=False, allow_null=True)
    pain_rest = serializers.IntegerField(required=False, allow_null=True)
    pain_next_morning = serializers.IntegerField(required=False, allow_null=True)
    morning_feel = serializers.ChoiceField(
        ["better", "same", "worse"], required=False, allow_null=True
    )


class WarningsIn(serializers.Serializer[Any]):
    """The warning tiles: replies by question, or an explicit "none of these"; absence is no no."""

    none_of_these = serializers.BooleanField(required=False)
    tiles_shown = serializers.ListField(child=serializers.CharField(), required=False)
    tiles_tapped = serializers.ListField(child=serializers.CharField(), required=False)
    answers = serializers.DictField(
        child=serializers.ChoiceField(["no", "brief", "unsure", "yes"]), required=False
    )


class LiftIn(serializers.Serializer[Any]):
    """The exercise it was felt in."""

    exercise = serializers.CharField()
    set_index = serializers.IntegerField(required=False, allow_null=True)
    kg = serializers.FloatField(required=False, allow_null=True)
    reps = serializers.IntegerField(required=False, allow_null=True)
    rir = serializers.IntegerField(required=False, allow_null=True)
    load_zone = serializers.ChoiceField(
        ["light", "medium", "heavy"], required=False, allow_null=True
    )


class ReportIn(serializers.Serializer[Any]):
    """A report. Unknown values are kept; a missing required part makes it incomplete."""

    kind = serializers.CharField(default="symptom")
    performed_at = serializers.DateTimeField()
    zone = serializers.CharField()
    regions = PlaceIn(many=True)
    timing = serializers.ListField(child=serializers.CharField())
    effect = serializers.CharField()
    red_flags = WarningsIn()
    exercise = LiftIn(required=False, allow_null=True)
    session_id = serializers.UUIDField(required=False, allow_null=True)
    onset = serializers.CharField(required=False, allow_null=True)
    quality = serializers.ListField(child=serializers.CharField(), required=False)
    aggravators = serializers.ListField(child=serializers.CharField(), required=False)
    spread = serializers.CharField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)
    source = serializers.CharField(required=False)  # type: ignore[assignment]


class AnswerIn(serializers.Serializer[Any]):
    """A later answer: new values, replies to questions, or the next morning."""

    performed_at = serializers.DateTimeField()
    zone = serializers.CharField()
    regions = PlaceIn(many=True, required=False)
    answers = serializers.DictField(child=serializers.CharField(), required=False)
    painkiller = serializers.BooleanField(required=False)
    mistaken_tap = serializers.BooleanField(
        required=False, help_text="A yes was tapped by mistake; a coach confirms it."
    )


class ReportListOut(serializers.Serializer[Any]):
    """A page of reports, newest first."""

    items = ReportOut(many=True)
    next_cursor = next_cursor()


class AnswerOut(serializers.Serializer[Any]):
    """The report as it stands after the answer."""

    id = serializers.UUIDField()
    report = ReportOut()


class AnsweredOut(serializers.Serializer[Any]):
    """The answer as kept."""

    id = serializers.UUIDField()


class FollowUpListOut(serializers.Serializer[Any]):
    """The questions due now."""

    items = FollowUpOut(many=True)


def body_of(request: Request) -> dict[str, Any]:
    """The body as sent, whatever it says; only something that is no object is refused."""
    if not isinstance(request.data, dict):
        raise Unreadable(
            "The body must be a JSON object.",
            faults=(Fault("#", "not_an_object", "Accepted: {…}."),),
        )
    return dict(request.data)


def moment_of(said: dict[str, Any], *, zone: str, received_at: dt.datetime) -> Moment:
    """When the client says it happened; an unreadable time or zone becomes ours."""
    named = said.get("zone")
    zone = named if isinstance(named, str) and named in ZONES else zone
    performed_at = received_at
    try:
        read = dt.datetime.fromisoformat(str(said.get("performed_at")))
        if read.tzinfo is not None and read >= EARLIEST and read.year < 2100:
            performed_at = read.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        pass
    return Moment(performed_at=performed_at, zone=zone, received_at=received_at)


class ReportsView(CoachApiView):
    """The client's own reports."""

    @extend_schema(parameters=PAGED, responses=ReportListOut, operation_id="listReports")
    def get(self, request: Request) -> Response:
        """Reports, newest first, and what became of each."""
        rows, further = own_reports.some(
            people.own_client(self.user), asked(request), at=self.now()
        )
        body = {"items": rows, "next_cursor": cursor_of(further)}
        return Response(ReportListOut(body).data)


class ReportView(CoachApiView):
    """One report, by the id the phone gave it."""

    always_taken = frozenset({"put"})

    @extend_schema(responses={200: ReportOut, 304: None}, operation_id="getReport")
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        """A report and what became of it; ETag answers 304 while nothing did."""
        return tagged(request, self._shown(report_id))

    @extend_schema(
        request=ReportIn, responses={200: ReportOut, 201: ReportOut}, operation_id="putReport"
    )
    def put(self, request: Request, report_id: uuid.UUID) -> Response:
        """Send a report; the same again is the same report, another body is a 409."""
        client = people.own_client(self.user)
        said = body_of(request)
        _, new = symptoms.report(
            client=client,
            report_id=report_id,
            said=said,
            moment=moment_of(said, zone=client.time_zone, received_at=self.now()),
            by=self.user,
        )
        return created_or_same(self._shown(report_id), created=new)

    def _shown(self, report_id: uuid.UUID) -> Any:
        row = own_reports.one(people.own_client(self.user), report_id, at=self.now())
        if row is None:
            raise NotThere
        return ReportOut(row).data


class AnswerView(CoachApiView):
    """A later answer to a report."""

    always_taken = frozenset({"put"})

    @extend_schema(
        request=AnswerIn, responses={200: AnswerOut, 201: AnswerOut}, operation_id="putAnswer"
    )
    def put(self, request: Request, report_id: uuid.UUID, answer_id: uuid.UUID) -> Response:
        """Add an answer; the report is judged again. A yes is never taken back by this alone."""
        client = people.own_client(self.user)
        said = body_of(request)
        source = "mistaken_tap" if said.get("mistaken_tap") is True else "after_session"
        made, new = symptoms.answer(
            client=client,
            report_id=report_id,
            answer_id=answer_id,
            said=said,
            source=source,
            moment=moment_of(said, zone=client.time_zone, received_at=self.now()),
            by=self.user,
        )
        body = {"id": made.pk, "report": own_reports.one(client, report_id, at=self.now())}
        return created_or_same(AnswerOut(body).data, created=new)


class FollowUpsView(CoachApiView):
    """Questions that are due."""

    @extend_schema(responses=FollowUpListOut, operation_id="listFollowUps")
    def get(self, request: Request) -> Response:
        """What this client is asked now."""
        items = phone.follow_ups(self.user, at=self.now())
        return Response(FollowUpListOut({"items": items}).data)


class FollowUpAnswerView(CoachApiView):
    """The answer to a due question."""

    always_taken = frozenset({"put"})

    @extend_schema(request=AnswerIn, responses=AnsweredOut, operation_id="answerFollowUp")
    def put(self, request: Request, follow_up_id: uuid.UUID, answer_id: uuid.UUID) -> Response:
        """Answer a question, under an id the phone mints; repeating it changes nothing."""
        client = people.own_client(self.user)
        said = body_of(request)
        made = follow_ups.answer(
            client=client,
            follow_up_id=follow_up_id,
            answer_id=answer_id,
            said=said,
            moment=moment_of(said, zone=client.time_zone, received_at=self.now()),
            by=self.user,
        )
        return Response({"id": made.pk})
