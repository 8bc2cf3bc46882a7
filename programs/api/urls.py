"""The addresses of programs and exercises under /v1/."""

from __future__ import annotations

from django.urls import path

from programs.api import imports, library, programs

urlpatterns = [
    path("exercises", library.ExercisesView.as_view()),
    path("exercises/<str:exercise_id>", library.ExerciseView.as_view()),
    path("exercises/<str:exercise_id>/archive", library.ArchiveExerciseView.as_view()),
    path("exercises/<str:exercise_id>/note", library.ExerciseNoteView.as_view()),
    path("exercises/<str:exercise_id>/unarchive", library.UnarchiveExerciseView.as_view()),
    path("program-imports", imports.ProgramImportsView.as_view()),
    path("programs", programs.ProgramsView.as_view()),
    path("programs/<uuid:program_id>", programs.ProgramView.as_view()),
    path("programs/<uuid:program_id>/archive", programs.ArchiveProgramView.as_view()),
    path("programs/<uuid:program_id>/copy", programs.CopyProgramView.as_view()),
    path("programs/<uuid:program_id>/revisions", programs.ProgramRevisionsView.as_view()),
    path(
        "programs/<uuid:program_id>/revisions/<int:number>",
        programs.ProgramRevisionView.as_view(),
    ),
    path("programs/<uuid:program_id>/unarchive", programs.UnarchiveProgramView.as_view()),
    path("programs/<uuid:program_id>/visibility", programs.ProgramVisibilityView.as_view()),
    path("programs/<uuid:program_id>/xlsx", imports.ProgramXlsxView.as_view()),
]
