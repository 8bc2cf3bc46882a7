"""Check-ins: the questions, what is due, and what was said."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import check_ins as actions
from clients.actions.moment import Moment
from clients.api.fields import Instant, Number, Whole, Zone
from clients.domain import readiness
from clients.domain.moments import local_date
from clients.domain.weekly import WeeklyRefused
from clients.queries import check_ins, logged, people
from coachapi.api.paging import PAGED, asked, next_cursor
from coachapi.api.tags import strong, tagged
from coachapi.api.views import CoachApiView, Input, created_or_same
from coachapi.paging import cursor_of
from coachapi.refusals import Fault, Unreadable
from programs.domain.regions import UnknownRegion, region


class ReadinessItemOut(serializers.Serializer[Any]):
    """One tap of 1 to 5, with the words at both ends; 5 is the good end."""

    id = serializers.CharField()
    text = serializers.CharField()
    worst = serializers.CharField()
    best = serializers.CharField()


class ReadinessFormOut(serializers.Serializer[Any]):
    """The readiness check."""

    instrument_version = serializers.CharField()
    items = ReadinessItemOut(many=True)


class WeeklyQuestionOut(serializers.Serializer[Any]):
    """One question of the weekly check; an answer is its index, 0 the mildest."""

    id = serializers.CharField()
    text = serializers.CharField()
    answers = serializers.ListField(child=serializers.CharField())


class WeeklyFormOut(serializers.Serializer[Any]):
    """The weekly check."""

    instrument_version = serializers.CharField()
    questions = WeeklyQuestionOut(many=True)


class CheckInDueOut(serializers.Serializer[Any]):
    """A weekly check that is due: of which place."""

    kind = serializers.CharField()
    region = serializers.CharField()
    side = serializers.CharField()
    words = serializers.CharField()


class CheckInFormOut(serializers.Serializer[Any]):
    """The questions of both check-ins; keep them until `version` changes."""

    version = serializers.CharField()
    readiness = ReadinessFormOut()
    weekly = WeeklyFormOut()
    due = CheckInDueOut(many=True)


class CheckInOut(serializers.Serializer[Any]):
    """A check-in as kept."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="readiness or weekly; an open list.")
    region = serializers.CharField(allow_null=True)
    side = serializers.CharField(allow_null=True)
    words = serializers.CharField(allow_null=True, help_text="The place in words.")
    answers = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    taps = serializers.DictField(child=serializers.IntegerField(), allow_null=True)
    score = serializers.IntegerField(allow_null=True, help_text="Weekly: 0 to 100, for the trend.")
    substantial = serializers.BooleanField(allow_null=True)
    body_weight_kg = serializers.FloatField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    instrument_version = serializers.CharField()
    performed_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    rev = serializers.IntegerField()


class CheckInListOut(serializers.Serializer[Any]):
    """A page of check-ins, newest first."""

    items = CheckInOut(many=True)
    next_cursor = next_cursor()


class CheckInIn(Input):
    """A check-in: `taps` of a readiness check, or place and `answers` of a weekly check."""

    kind = serializers.ChoiceField(["readiness", "weekly"])
    taps = serializers.DictField(
        child=Whole(min_value=readiness.LEAST, max_value=readiness.MOST), default=dict
    )
    body_weight_kg = Number(min_value=20, max_value=400, allow_null=True, default=None)
    region = serializers.CharField(max_length=20, allow_null=True, default=None)
    side = serializers.ChoiceField(["left", "right", "midline"], allow_null=True, default=None)
    answers = serializers.ListField(
        child=Whole(min_value=0, max_value=3), max_length=4, allow_null=True, default=None
    )
    note = serializers.CharField(max_length=1000, allow_blank=True, default="")
    performed_at = Instant()
    zone = Zone()

    def validate_taps(self, value: dict[str, int]) -> dict[str, int]:
        """Only items that are asked."""
        unknown = sorted(set(value) - set(readiness.IDS))
        if unknown:
            raise serializers.ValidationError(
                {each: ["Accepted: " + ", ".join(readiness.IDS)] for each in unknown}
            )
        return value


class CheckInFormView(CoachApiView):
    """The questions of the check-ins."""

    @extend_schema(responses=CheckInFormOut, operation_id="getCheckInForm")
    def get(self, request: Request) -> Response:
        """Both check-ins with their versions, and the weekly checks due today."""
        client = people.own_client(self.user)
        on = local_date(self.now(), client.time_zone)
        return Response(CheckInFormOut(check_ins.form(client, on=on)).data)


class CheckInsView(CoachApiView):
    """The client's own check-ins."""

    @extend_schema(parameters=PAGED, responses=CheckInListOut, operation_id="listCheckIns")
    def get(self, request: Request) -> Response:
        """What was said, newest first."""
        return _listed(request, people.own_client(self.user))


class ClientCheckInsView(CoachApiView):
    """A coached client's check-ins."""

    @extend_schema(parameters=PAGED, responses=CheckInListOut, operation_id="listClientCheckIns")
    def get(self, request: Request, client_id: uuid.UUID) -> Response:
        """What was said, newest first."""
        return _listed(request, people.coached_client(self.user, client_id))


class CheckInView(CoachApiView):
    """One check-in, by the id the phone gave it."""

    always_taken = frozenset({"put"})

    @extend_schema(responses={200: CheckInOut, 304: None}, operation_id="getCheckIn")
    def get(self, request: Request, check_in_id: uuid.UUID) -> Response:
        """A check-in as kept; ETag is its rev."""
        row = logged.one_check_in(people.own_client(self.user), check_in_id)
        return tagged(request, CheckInOut(check_ins.shown(row)).data, strong(row.rev))

    @extend_schema(
        request=CheckInIn, responses={200: CheckInOut, 201: CheckInOut}, operation_id="putCheckIn"
    )
    def put(self, request: Request, check_in_id: uuid.UUID) -> Response:
        """Check in; the same again changes nothing, other answers under the same id are a 409."""
        made, new = take(
            self.read(CheckInIn),
            client=people.own_client(self.user),
            check_in_id=check_in_id,
            by=self.user,
            at=self.now(),
        )
        return created_or_same(CheckInOut(check_ins.shown(made)).data, created=new)


def take(
    sent: dict[str, Any], *, client: Any, check_in_id: uuid.UUID, by: Any, at: dt.datetime
) -> tuple[Any, bool]:
    """Keep a check-in of either kind; the row and whether it is new."""
    shared: dict[str, Any] = {
        "client": client,
        "check_in_id": check_in_id,
        "moment": Moment(sent["performed_at"], sent["zone"], at),
        "by": by,
    }
    keep = _weekly if sent["kind"] == "weekly" else _ready
    made: tuple[Any, bool] = keep(sent, shared)
    return made


def _ready(sent: dict[str, Any], shared: dict[str, Any]) -> Any:
    kept = {key: sent[key] for key in ("taps", "body_weight_kg", "note")}
    if not sent["taps"] and sent["body_weight_kg"] is None:
        raise Unreadable(
            "A readiness check has one tap at least, or a body weight.",
            faults=(Fault("#/taps", "required", "Accepted: 1 to 5 for each item."),),
        )
    return actions.ready(said=kept, **shared)


def _weekly(sent: dict[str, Any], shared: dict[str, Any]) -> Any:
    place = (sent["region"] or "", sent["side"] or "")
    try:
        sides = [str(side) for side in region(place[0]).sides]
    except UnknownRegion as unknown:
        raise Unreadable(
            "A weekly check is about one place.",
            faults=(Fault("#/region", "unknown_region", "Accepted: the regions of report-form."),),
        ) from unknown
    if place[1] not in sides:
        raise Unreadable(
            "A weekly check is about one side.",
            faults=(Fault("#/side", "unknown_side", f"Accepted here: {', '.join(sides)}."),),
        )
    kept = {key: sent[key] for key in ("region", "side", "answers", "note")}
    try:
        return actions.weekly(place=place, answers=sent["answers"] or [], said=kept, **shared)
    except WeeklyRefused as refused:
        raise Unreadable(
            f"These are no answers to a weekly check: {refused}.",
            faults=(Fault("#/answers", "incomplete", "Accepted: four answers of 0 to 3."),),
        ) from refused


def _listed(request: Request, client: Any) -> Response:
    rows, further = check_ins.check_ins(client, asked(request))
    body = {"items": rows, "next_cursor": cursor_of(further)}
    return Response(CheckInListOut(body).data)
