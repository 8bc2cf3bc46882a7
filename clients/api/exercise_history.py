"""What was done of an exercise, its e1RM and records: for the client, and for the coach."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.queries import exercise_history, people
from coachapi.api.tags import tagged
from coachapi.api.views import CoachApiView, Input

SINCE = OpenApiParameter("since", dt.date, description="The first day; all when absent.")


class SetDoneOut(serializers.Serializer[Any]):
    """A set as done, with the worst pain said about it."""

    weight_kg = serializers.FloatField(allow_null=True)
    reps = serializers.IntegerField()
    rir = serializers.FloatField(allow_null=True)
    pain = serializers.IntegerField(allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)


class DayDoneOut(serializers.Serializer[Any]):
    """One day's sets; no estimate where none may be trusted."""

    on = serializers.DateField()
    best_e1rm_kg = serializers.FloatField(allow_null=True)
    volume_kg = serializers.FloatField()
    sets = SetDoneOut(many=True)


class RecordOut(serializers.Serializer[Any]):
    """The most so far, and the day it was first reached; ``value`` in kg, or reps."""

    kind = serializers.ChoiceField(["heaviest", "e1rm", "volume", "reps", "at_reps"])
    on = serializers.DateField()
    weight_kg = serializers.FloatField(allow_null=True)
    reps = serializers.IntegerField()
    value = serializers.FloatField()


class ExerciseHistoryOut(serializers.Serializer[Any]):
    """An exercise through time."""

    exercise_id = serializers.CharField()
    exercise = serializers.CharField()
    days = DayDoneOut(many=True)
    records = RecordOut(many=True)
    by_reps = RecordOut(many=True)


class SinceIn(Input):
    """From which day."""

    since = serializers.DateField(allow_null=True, default=None)


class _History(CoachApiView):
    def answer(self, client: Any, exercise_id: str) -> Response:
        """The history, 304 for who has it."""
        query = {"since": self.request.query_params.get("since") or None}
        first = self.read(SinceIn, query)["since"]
        exercise, found = exercise_history.of(client, exercise_id)
        body = exercise_history.shown(exercise, found, first=first)
        return tagged(self.request, ExerciseHistoryOut(body).data)


class OwnHistoryView(_History):
    """The signed-in client's own."""

    @extend_schema(
        responses={200: ExerciseHistoryOut, 304: None},
        operation_id="getExerciseHistory",
        parameters=[SINCE],
    )
    def get(self, request: Request, exercise_id: str) -> Response:
        """Every set of an exercise by day, with e1RM and records."""
        return self.answer(people.own_client(self.user), exercise_id)


class ClientHistoryView(_History):
    """A coached client's."""

    @extend_schema(
        responses={200: ExerciseHistoryOut, 304: None},
        operation_id="getClientExerciseHistory",
        parameters=[SINCE],
    )
    def get(self, request: Request, client_id: uuid.UUID, exercise_id: str) -> Response:
        """Every set of an exercise by day, with e1RM and records, for the coach."""
        return self.answer(people.coached_client(self.user, client_id), exercise_id)


class ExerciseRecordsOut(serializers.Serializer[Any]):
    """The records of one exercise."""

    exercise_id = serializers.CharField()
    exercise = serializers.CharField()
    records = RecordOut(many=True)


class RecordsOut(serializers.Serializer[Any]):
    """The records of every exercise done, by name."""

    items = ExerciseRecordsOut(many=True)


class RecordsView(CoachApiView):
    """The signed-in client's records."""

    @extend_schema(responses={200: RecordsOut, 304: None}, operation_id="listRecords")
    def get(self, request: Request) -> Response:
        """Heaviest set, best e1RM, most work in a day, of each exercise."""
        rows = exercise_history.records(people.own_client(self.user))
        return tagged(request, RecordsOut({"items": rows}).data)
