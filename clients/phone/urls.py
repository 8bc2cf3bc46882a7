"""The addresses of the client's phone page, under /phone/."""

from __future__ import annotations

from django.urls import path

from clients.phone import views

urlpatterns = [
    path("", views.page, name="phone"),
    path("join/", views.page, name="phone-join"),
    path("manifest.webmanifest", views.manifest, name="phone-manifest"),
    path("sw.js", views.service_worker, name="phone-worker"),
]
