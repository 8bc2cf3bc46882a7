"""The addresses of the demo; the root includes them only where ``DEMO`` is set."""

from __future__ import annotations

from django.urls import path

from clients.demo import clock, views

urlpatterns = [
    path("", views.side_by_side, name="demo"),
    path("demo/sign-in", views.sign_in, name="demo-sign-in"),
    path("demo/clock", clock.ClockView.as_view(), name="demo-clock"),
    path("demo/mail/", views.mails, name="demo-mail"),
]
