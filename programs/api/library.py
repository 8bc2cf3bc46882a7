"""The exercise library as the phone and the app developer read it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.views import CoachApiView
from coachapi.refusals import NotThere
from programs import queries


class ExerciseOut(serializers.Serializer[Any]):
    """An exercise with what to look for."""

    id = serializers.CharField()
    name = serializers.CharField()
    pattern = serializers.CharField()
    equipment = serializers.ListField(child=serializers.CharField())
    cues = serializers.ListField(child=serializers.CharField())
    faults = serializers.ListField(child=serializers.CharField())
    drawing = serializers.CharField(help_text="Address of an SVG: bottom and top position.")


class EasierOut(serializers.Serializer[Any]):
    """An exercise that asks less of a region."""

    region = serializers.CharField()
    exercise_id = serializers.CharField()
    reason = serializers.CharField()
    mark = serializers.CharField(help_text="seed, measured, general or default")


class ExerciseDetailOut(ExerciseOut):
    """An exercise and what is easier, region by region."""

    easier = EasierOut(many=True)


class ExerciseListOut(serializers.Serializer[Any]):
    """The library in its own order."""

    items = ExerciseOut(many=True)


class ExercisesView(CoachApiView):
    """The library."""

    @extend_schema(responses=ExerciseListOut, operation_id="listExercises")
    def get(self, request: Request) -> Response:
        """Every exercise, in the library's order."""
        return Response({"items": queries.exercises()})


class ExerciseView(CoachApiView):
    """One exercise."""

    @extend_schema(responses=ExerciseDetailOut, operation_id="getExercise")
    def get(self, request: Request, exercise_id: str) -> Response:
        """An exercise, its cues, and the easier ones for each region."""
        found = queries.exercise(exercise_id)
        if found is None:
            raise NotThere
        return Response(found)
