"""Sign-in of the pages: allauth's own views in our clothes, so its rate limits hold here too."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.account.urls")),  # signing up is closed by the adapter
    path("2fa/", include("allauth.mfa.urls")),
]
