"""The exercise library as the phone, the desk and the app developer read it, and add to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.paging import PAGED, asked, next_cursor, searched
from coachapi.api.views import CoachApiView, Input
from coachapi.paging import cursor_of, part
from programs import queries
from programs.actions import exercises
from programs.domain.exercise import PATTERNS, Level
from programs.domain.exercises import library
from programs.domain.own_exercises import LOADINGS, equipment_words
from programs.domain.regions import all_regions

DEMANDS = {"none": Level.N, "low": Level.L, "medium": Level.M, "high": Level.H}
DIRECTIONS = ("same", "easier", "harder")


class MediaOut(serializers.Serializer[Any]):
    """A film or a picture."""

    url = serializers.URLField()
    title = serializers.CharField()


class AlternateOut(serializers.Serializer[Any]):
    """An exercise the practice lists as a way out."""

    exercise = serializers.CharField()
    direction = serializers.ChoiceField(choices=DIRECTIONS)


class ExerciseOut(serializers.Serializer[Any]):
    """An exercise with what to look for."""

    id = serializers.CharField()
    name = serializers.CharField()
    pattern = serializers.CharField()
    equipment = serializers.ListField(child=serializers.CharField())
    cues = serializers.ListField(child=serializers.CharField())
    faults = serializers.ListField(child=serializers.CharField())
    drawing = serializers.CharField(
        allow_null=True, help_text="Address of an SVG: bottom and top position. None of your own."
    )
    own = serializers.BooleanField(help_text="Your practice's own.")
    rated = serializers.BooleanField(
        help_text="Whether anybody rated what it asks of the body. If not, it is never proposed, "
        "and blocked while a referral is open."
    )
    loading = serializers.ChoiceField(choices=tuple(LOADINGS))
    like = serializers.CharField(allow_null=True, help_text="The exercise it is rated like.")
    archived = serializers.BooleanField()
    media = MediaOut(many=True)
    alternates = AlternateOut(many=True)


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
    """A page of the library in its own order, or the most alike first."""

    items = ExerciseOut(many=True)
    next_cursor = next_cursor()


class OneOf(serializers.ChoiceField):
    """One word of several; a wrong one is answered with those that are accepted."""

    def __init__(self, choices: Sequence[str], **more: Any) -> None:
        said = f"{{input}} is not known; accepted: {', '.join(choices)}."
        super().__init__(choices, error_messages={"invalid_choice": said}, **more)


class SearchIn(Input):
    """What is looked for; everything may be left out."""

    q = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    pattern = OneOf(PATTERNS, required=False)
    equipment = OneOf(equipment_words(library()), required=False)
    region = OneOf([one.id for one in all_regions()], required=False)
    demand = OneOf(tuple(DEMANDS), required=False)
    archived = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A region and how much of it go together."""
        if ("region" in attrs) != ("demand" in attrs):
            missing = "demand" if "region" in attrs else "region"
            raise serializers.ValidationError(
                {missing: ["Send region and demand together: region=back_low&demand=low."]},
                code="required",
            )
        return attrs


class LoadedIn(Input):
    """Name, equipment and way of loading of an own exercise."""

    name = serializers.CharField(max_length=120)
    equipment = serializers.ListField(
        child=OneOf(equipment_words(library())),
        max_length=6,
        required=False,
        default=list,
    )
    loading = OneOf(tuple(LOADINGS), required=False, default="weight")
    hands = serializers.IntegerField(
        min_value=0,
        max_value=2,
        required=False,
        default=0,
        help_text="2: a pair of dumbbells, 1: one implement in one hand, 0: neither.",
    )


class ExerciseIn(LoadedIn):
    """A new exercise of the practice; pattern and like are given once."""

    pattern = OneOf(PATTERNS)
    like = serializers.CharField(
        max_length=40,
        required=False,
        allow_null=True,
        default=None,
        help_text="A rated exercise of the same pattern, whose demands on the body it takes over.",
    )


class ExtrasIn(serializers.Serializer[Any]):
    """What the practice adds, the whole of it."""

    cues = serializers.ListField(child=serializers.CharField(max_length=200), required=False)
    media = MediaOut(many=True, required=False)
    alternates = AlternateOut(many=True, required=False)


class ExercisesView(CoachApiView):
    """The library."""

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="A name; typos and half words are forgiven."),
            OpenApiParameter("pattern", str, enum=PATTERNS),
            OpenApiParameter("equipment", str),
            OpenApiParameter("region", str, description="Together with demand."),
            OpenApiParameter(
                "demand", str, enum=tuple(DEMANDS), description="At most that of the region."
            ),
            OpenApiParameter("archived", bool, description="Those put away, instead."),
            *PAGED,
        ],
        responses=ExerciseListOut,
        operation_id="listExercises",
    )
    def get(self, request: Request) -> Response:
        """Every exercise that is asked for, in the library's order or the most alike first."""
        sent = self.read(SearchIn, searched(request))
        found = queries.exercises(
            self.user,
            typed=sent["q"],
            pattern=sent.get("pattern", ""),
            equipment=sent.get("equipment", ""),
            region=sent.get("region", ""),
            most_demand=DEMANDS[sent["demand"]] if "demand" in sent else None,
            archived=sent["archived"],
        )
        rows, further = part(found, asked(request), id_=lambda row: str(row.exercise.id))
        items = [queries.shown(row.exercise, row) for row in rows]
        return Response({"items": items, "next_cursor": cursor_of(further)})

    @extend_schema(
        request=ExerciseIn, responses={201: ExerciseDetailOut}, operation_id="createExercise"
    )
    def post(self, request: Request) -> Response:
        """An own exercise, rated like one that is known, or by nobody."""
        place = queries.coach_place(self.user)
        made = exercises.add(place=place, fields=self.read(ExerciseIn), at=self.now())
        return Response(queries.exercise(self.user, made.pk), status=201)


class ExerciseView(CoachApiView):
    """One exercise."""

    @extend_schema(responses=ExerciseDetailOut, operation_id="getExercise")
    def get(self, request: Request, exercise_id: str) -> Response:
        """An exercise, its cues, and the easier ones for each region."""
        return Response(queries.exercise(self.user, exercise_id))

    @extend_schema(request=LoadedIn, responses=ExerciseDetailOut, operation_id="changeOwnExercise")
    def put(self, request: Request, exercise_id: str) -> Response:
        """Another name, equipment or loading of an own exercise."""
        found = exercises.find(self.user, exercise_id)
        exercises.change(exercise=found, fields=self.read(LoadedIn), at=self.now())
        return Response(queries.exercise(self.user, exercise_id))


class ExerciseNoteView(CoachApiView):
    """What the practice adds to an exercise."""

    @extend_schema(request=ExtrasIn, responses=ExerciseDetailOut, operation_id="describeExercise")
    def put(self, request: Request, exercise_id: str) -> Response:
        """Own cues, films and alternates, in place of those before."""
        place = queries.coach_place(self.user)
        exercises.describe(place=place, exercise_id=exercise_id, raw=request.data, at=self.now())
        return Response(queries.exercise(self.user, exercise_id))


class ArchiveExerciseView(CoachApiView):
    """An own exercise put away."""

    @extend_schema(request=None, responses={204: None}, operation_id="archiveExercise")
    def post(self, request: Request, exercise_id: str) -> Response:
        """Away from the search; programs and logs that name it go on."""
        exercises.archive(exercise=exercises.find(self.user, exercise_id), at=self.now())
        return Response(status=204)


class UnarchiveExerciseView(CoachApiView):
    """An own exercise brought back."""

    @extend_schema(request=None, responses={204: None}, operation_id="unarchiveExercise")
    def post(self, request: Request, exercise_id: str) -> Response:
        """Back to the search."""
        exercises.unarchive(exercise=exercises.find(self.user, exercise_id))
        return Response(status=204)
