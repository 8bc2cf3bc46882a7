"""The addresses of programs and exercises under /v1/."""

from __future__ import annotations

from django.urls import path

from programs.api.library import ExercisesView, ExerciseView
from programs.api.programs import ProgramsView, ProgramView

urlpatterns = [
    path("exercises", ExercisesView.as_view()),
    path("exercises/<str:exercise_id>", ExerciseView.as_view()),
    path("programs", ProgramsView.as_view()),
    path("programs/<uuid:program_id>", ProgramView.as_view()),
]
