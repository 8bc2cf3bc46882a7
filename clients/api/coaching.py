"""The coach's side over the API: inbox, a report with its options, and what is decided."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import clearances, regressions, symptoms
from clients.api.reports import AnswerIn, AnswerOut, body_of, moment_of
from clients.queries import coach_view, inbox, options, own_reports
from coachapi.api.views import CoachApiView, Input
from coachapi.refusals import NotThere


class InboxRowOut(serializers.Serializer[Any]):
    """A report that waits."""

    report_id = serializers.UUIDField()
    client_id = serializers.UUIDField()
    client_name = serializers.CharField()
    level = serializers.CharField()
    priority = serializers.CharField()
    group = serializers.CharField()
    where = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    during = serializers.CharField()
    reason = serializers.CharField()
    received_at = serializers.DateTimeField()
    deadline = serializers.DateTimeField(allow_null=True)
    deadline_kind = serializers.CharField(allow_blank=True)
    seen = serializers.BooleanField()
    acknowledged = serializers.BooleanField()
    covering = serializers.BooleanField()


class InboxOut(serializers.Serializer[Any]):
    """Who needs this coach first."""

    items = InboxRowOut(many=True)


class InboxView(CoachApiView):
    """The inbox."""

    @extend_schema(responses=InboxOut, operation_id="getInbox")
    def get(self, request: Request) -> Response:
        """Reports that wait, the most urgent first."""
        found = inbox.inbox(self.user, at=self.now())
        return Response(InboxOut({"items": found.rows}).data)


class ReasonOut(serializers.Serializer[Any]):
    """Why it was judged so: the row and a sentence."""

    row = serializers.CharField()
    sentence = serializers.CharField()


class OptionOut(serializers.Serializer[Any]):
    """An option, worked out for this client."""

    option_id = serializers.CharField()
    title = serializers.CharField()
    line = serializers.CharField()
    reason = serializers.CharField()
    mark = serializers.CharField()
    settled = serializers.IntegerField()
    of = serializers.IntegerField()
    review_on = serializers.DateField()
    days = serializers.IntegerField()
    calibrate = serializers.BooleanField()
    sessions_changed = serializers.IntegerField()
    sets_changed = serializers.IntegerField()


class CoachReportOut(serializers.Serializer[Any]):
    """A report as its coach reads it."""

    id = serializers.UUIDField()
    client_id = serializers.UUIDField()
    client_name = serializers.CharField()
    level = serializers.CharField()
    priority = serializers.CharField()
    action_set = serializers.CharField()
    reasons = ReasonOut(many=True)
    options = OptionOut(many=True)
    more = OptionOut(many=True)
    remove = OptionOut(allow_null=True)
    watch = serializers.BooleanField()
    sentence = serializers.CharField(allow_blank=True, help_text="Why there is no option.")
    basis = serializers.CharField(help_text="Send it back with apply.")
    regression_id = serializers.UUIDField(allow_null=True)
    open = serializers.BooleanField()


class CoachReportView(CoachApiView):
    """One report of a coached client."""

    @extend_schema(responses=CoachReportOut, operation_id="getReportForCoach")
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        """The verdict with every reason, and the options that hold now."""
        return Response(CoachReportOut(self._shown(report_id)).data)

    def _shown(self, report_id: uuid.UUID) -> dict[str, Any]:
        client = _client_of(self, report_id)
        return coach_view.report(client, report_id, at=self.now())


class DiffRowOut(serializers.Serializer[Any]):
    """One place that would change."""

    session_id = serializers.UUIDField()
    on = serializers.DateField()
    slot = serializers.CharField()
    was_exercise = serializers.CharField(allow_null=True)
    becomes_exercise = serializers.CharField(allow_null=True)
    was = serializers.CharField(allow_null=True)
    becomes = serializers.CharField(allow_null=True)
    sets = serializers.IntegerField()


class PreviewOut(serializers.Serializer[Any]):
    """What an option would change, and nothing else."""

    option_id = serializers.CharField()
    basis = serializers.CharField()
    sessions_changed = serializers.IntegerField()
    sets_changed = serializers.IntegerField()
    kept_sessions = serializers.IntegerField()
    rows = DiffRowOut(many=True)


class PreviewView(CoachApiView):
    """The effect of an option."""

    @extend_schema(responses=PreviewOut, operation_id="previewOption")
    def get(self, request: Request, report_id: uuid.UUID, option_id: str) -> Response:
        """Every session that would change until the review, was and becomes."""
        client = _client_of(self, report_id)
        row = coach_view.row(client, report_id)
        found = options.choice(row, client=client, at=self.now())
        shown = options.preview(found, option_id, unit=client.unit)
        if shown is None:
            raise NotThere
        body = {
            "option_id": option_id,
            "basis": found.basis,
            "sessions_changed": shown.diff.sessions_changed,
            "sets_changed": shown.diff.sets_changed,
            "kept_sessions": shown.diff.kept_sessions,
            "rows": shown.diff.rows,
        }
        return Response(PreviewOut(body).data)


class ApplyIn(Input):
    """The option chosen, and the basis it was read on."""

    option_id = serializers.CharField(max_length=40)
    basis = serializers.CharField(max_length=64)


class RegressionOut(serializers.Serializer[Any]):
    """A change that runs."""

    regression_id = serializers.UUIDField()
    title = serializers.CharField()
    review_on = serializers.DateField(allow_null=True)


class ApplyView(CoachApiView):
    """Applying an option."""

    @extend_schema(request=ApplyIn, responses={201: RegressionOut}, operation_id="applyOption")
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """Lay the option over the plan until its review; refused while a referral is due."""
        sent = self.read(ApplyIn)
        made = regressions.apply(
            client=_client_of(self, report_id),
            report_id=report_id,
            by=self.user,
            at=self.now(),
            **sent,
        )
        return Response(coach_view.regression(made), status=201)


class NoteIn(Input):
    """An optional note for the record."""

    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class ReportActView(CoachApiView):
    """What a coach does with a report besides applying an option."""

    def named(self, report_id: uuid.UUID) -> dict[str, Any]:
        """What every act on it needs: whose it is, who acts, when."""
        return {
            "client": _client_of(self, report_id),
            "report_id": report_id,
            "by": self.user,
            "at": self.now(),
        }


class AcknowledgeView(ReportActView):
    """Taking a report on."""

    @extend_schema(request=None, responses={204: None}, operation_id="acknowledgeReport")
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """Stop the escalation; the report stays until it is decided."""
        regressions.acknowledge(**self.named(report_id))
        return Response(status=204)


class WatchView(ReportActView):
    """Changing nothing, on record."""

    @extend_schema(request=NoteIn, responses={204: None}, operation_id="watchReport")
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """Answer a report with "watch, change nothing"."""
        note = self.read(NoteIn)["note"]
        regressions.watch(note=note, **self.named(report_id))
        return Response(status=204)


class MistakenTapView(ReportActView):
    """Confirming a mistaken tap."""

    @extend_schema(request=NoteIn, responses={204: None}, operation_id="confirmMistakenTap")
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """Confirm the client's own new answers; the report is judged again."""
        note = self.read(NoteIn)["note"]
        clearances.confirm_mistaken_tap(note=note, **self.named(report_id))
        return Response(status=204)


class ClearanceIn(Input):
    """That a professional has looked. No diagnosis is asked."""

    seen_on = serializers.DateField()
    professional = serializers.CharField(max_length=60)
    limits = serializers.CharField(max_length=500, allow_blank=True, default="")


class ClearanceView(CoachApiView):
    """The way out of a stop."""

    @extend_schema(request=ClearanceIn, responses={201: CoachReportOut}, operation_id="clearReport")
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """Record a clearance; the report is judged again."""
        client = _client_of(self, report_id)
        sent = self.read(ClearanceIn)
        clearances.record(client=client, report_id=report_id, by=self.user, at=self.now(), **sent)
        body = coach_view.report(client, report_id, at=self.now())
        return Response(CoachReportOut(body).data, status=201)


class CoachAnswerView(CoachApiView):
    """Answers a coach enters after a call."""

    @extend_schema(
        request=AnswerIn, responses={200: AnswerOut, 201: AnswerOut}, operation_id="enterAnswer"
    )
    def put(self, request: Request, report_id: uuid.UUID, answer_id: uuid.UUID) -> Response:
        """Enter what the client said on the telephone (``coach_entered``)."""
        client = _client_of(self, report_id)
        said = body_of(request)
        made, new = symptoms.answer(
            client=client,
            report_id=report_id,
            answer_id=answer_id,
            said=said,
            source="coach_entered",
            moment=moment_of(said, zone=client.time_zone, received_at=self.now()),
            by=self.user,
        )
        body = {"id": made.pk, "report": own_reports.one(client, report_id, at=self.now())}
        return Response(AnswerOut(body).data, status=201 if new else 200)


def _client_of(view: CoachApiView, report_id: uuid.UUID) -> Any:
    return coach_view.client_of_report(view.user, report_id)
