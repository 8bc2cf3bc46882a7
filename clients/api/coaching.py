"""The coach's side over the API: inbox, a report with its options, and what is decided."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import clearances, enrolment, ladder, plans, regressions, symptoms
from clients.api.fields import Whole
from clients.api.reports import AnswerIn, AnswerOut, body_of, moment_of
from clients.domain.moments import local_date
from clients.queries import coach_view, inbox, options, outcomes, people, phone
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
        shown = options.preview(found, option_id)
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


class DecisionView(CoachApiView):
    """What a coach does with a report besides applying an option."""

    @extend_schema(request=NoteIn, responses={204: None}, operation_id="decideReport")
    def post(self, request: Request, report_id: uuid.UUID, act: str) -> Response:
        """``acknowledge`` it (stops the escalation), ``watch``, or confirm a ``mistaken-tap``."""
        client = _client_of(self, report_id)
        note = self.read(NoteIn)["note"]
        common: dict[str, Any] = {
            "client": client,
            "report_id": report_id,
            "by": self.user,
            "at": self.now(),
        }
        if act == "acknowledge":
            regressions.acknowledge(**common)
        elif act == "watch":
            regressions.watch(note=note, **common)
        elif act == "mistaken-tap":
            clearances.confirm_mistaken_tap(note=note, **common)
        else:
            raise NotThere
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
        body = {"id": made.pk, "report": phone.report(client, report_id)}
        return Response(AnswerOut(body).data, status=201 if new else 200)


class EndIn(Input):
    """How a change ended."""

    outcome = serializers.ChoiceField(["settled", "failed", "referred", "withdrawn"])


class ExtendIn(Input):
    """The later review."""

    review_on = serializers.DateField()


class StepIn(Input):
    """One rung; ``anyway`` is the coach's reason when the rules still wait."""

    anyway = serializers.CharField(max_length=300, allow_blank=True, default="")


class RegressionActView(CoachApiView):
    """What a coach does with a running change."""

    @extend_schema(request=EndIn, responses={204: None}, operation_id="changeRegression")
    def post(self, request: Request, regression_id: uuid.UUID, act: str) -> Response:
        """``undo`` before it was trained, ``end``, ``extend`` its review once, ``step`` a rung."""
        client = coach_view.client_of_regression(self.user, regression_id)
        common: dict[str, Any] = {
            "client": client,
            "regression_id": regression_id,
            "by": self.user,
            "at": self.now(),
        }
        if act == "undo":
            regressions.undo(**common)
        elif act == "end":
            regressions.end(outcome=self.read(EndIn)["outcome"], **common)
        elif act == "step":
            ladder.step(anyway=self.read(StepIn)["anyway"], **common)
        elif act == "extend":
            regressions.extend(review_on=self.read(ExtendIn)["review_on"], **common)
        else:
            raise NotThere
        return Response(status=204)


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


class AssignIn(Input):
    """A program by its id, or a whole document, from a date."""

    program_id = serializers.UUIDField(allow_null=True, default=None)
    document = serializers.JSONField(allow_null=True, default=None)
    starts_on = serializers.DateField()
    weekdays = serializers.ListField(
        child=Whole(min_value=0, max_value=6), min_length=1, max_length=7
    )


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
        program, document = coach_view.program_to_assign(
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
        )
        body = {"plan_id": made.pk, "name": made.name, "sessions": made.sessions.count()}
        return Response(PlanOut(body).data, status=201)

    @extend_schema(responses={204: None}, operation_id="endPlan")
    def delete(self, request: Request, client_id: uuid.UUID) -> Response:
        """End the running plan; what was done stays."""
        client = people.coached_client(self.user, client_id)
        plans.end(client=client, today=local_date(self.now(), client.time_zone), by=self.user)
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


class OutcomesView(CoachApiView):
    """Did it help."""

    @extend_schema(responses=dict[str, Any], operation_id="getOutcomes")
    def get(self, request: Request) -> Response:
        """Each option's record: counts first, an interval where there is enough, who was lost."""
        return Response(outcomes.as_json(today=self.now().date()))


def _client_of(view: CoachApiView, report_id: uuid.UUID) -> Any:
    return coach_view.client_of_report(view.user, report_id)
