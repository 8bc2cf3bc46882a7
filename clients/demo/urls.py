"""The addresses of the demo; the root includes them only where ``DEMO`` is set."""

from __future__ import annotations

from django.urls import path

from clients.demo import views

urlpatterns = [
    path("", views.side_by_side, name="demo"),
    path("demo/sign-in", views.sign_in, name="demo-sign-in"),
    path("demo/clock", views.set_ahead, name="demo-clock"),
    path("demo/mail/", views.mails, name="demo-mail"),
]
