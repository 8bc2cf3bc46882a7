"""Addresses of the desk that are about programs."""

from __future__ import annotations

from django.urls import URLPattern, path

from programs.dashboard import views

urlpatterns: list[URLPattern] = [
    path("programs/", views.ProgramList.as_view(), name="programs"),
    path("programs/<uuid:program_id>/", views.ProgramPage.as_view(), name="program"),
]
