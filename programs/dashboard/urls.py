"""Addresses of the desk that are about programs and the library."""

from __future__ import annotations

from django.urls import URLPattern, path

from programs.dashboard import library, programs, writing

urlpatterns: list[URLPattern] = [
    path("programs/", programs.ProgramList.as_view(), name="programs"),
    path("programs/import/", writing.ImportPage.as_view(), name="program-import"),
    path("programs/new/", writing.NewText.as_view(), name="program-new"),
    path("programs/sample/", programs.BeginFromSample.as_view(), name="program-sample"),
    path("programs/sample.csv", programs.SampleFile.as_view(), name="program-sample-file"),
    path("programs/<uuid:program_id>/", programs.ProgramPage.as_view(), name="program"),
    path(
        "programs/<uuid:program_id>/archive/",
        programs.ArchiveAct.as_view(),
        name="program-archive",
    ),
    path("programs/<uuid:program_id>/copy/", programs.CopyAct.as_view(), name="program-copy"),
    path("programs/<uuid:program_id>/edit/", writing.EditText.as_view(), name="program-edit"),
    path("programs/<uuid:program_id>/hide/", programs.HideAct.as_view(), name="program-hide"),
    path("programs/<uuid:program_id>/share/", programs.ShareAct.as_view(), name="program-share"),
    path(
        "programs/<uuid:program_id>/unarchive/",
        programs.UnarchiveAct.as_view(),
        name="program-unarchive",
    ),
    path("programs/<uuid:program_id>/xlsx/", programs.ExportPage.as_view(), name="program-xlsx"),
    path("exercises/", library.LibraryPage.as_view(), name="exercises"),
    path("exercises/new/", library.NewExercise.as_view(), name="exercise-new"),
    path("exercises/<str:exercise_id>/", library.ExercisePage.as_view(), name="exercise"),
    path(
        "exercises/<str:exercise_id>/archive/",
        library.ArchiveAct.as_view(),
        name="exercise-archive",
    ),
    path(
        "exercises/<str:exercise_id>/unarchive/",
        library.UnarchiveAct.as_view(),
        name="exercise-unarchive",
    ),
]
