"""Every address of the house; the floors above are named as strings only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from coachapi import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("health/deep", health.deep),
    path("metrics", health.numbers),
    path("accounts/", include("coachapi.dashboard.sign_in")),
    path("_allauth/", include("allauth.headless.urls")),
    path("v1/", include("coachapi.accounts.api")),
    path("v1/", include("coachapi.accounts.devices_api")),
    path("v1/", include("coachapi.notifications.feed")),
    path("v1/", include("coachapi.notifications.dead_letters_api")),
    path("v1/", include("coachapi.webhooks.api")),
    path("v1/", include("coachapi.notifications.preferences_api")),
    path("v1/", include("programs.api.urls")),
    path("v1/", include("clients.api.urls")),
    path("desk/", include("coachapi.dashboard.dead_letters")),
    path("desk/", include("coachapi.dashboard.push")),
    path("desk/", include("coachapi.dashboard.webhooks")),
    path("desk/", include("programs.dashboard.urls")),
    path("desk/", include("clients.dashboard.urls")),
    path("phone/", include("clients.phone.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("clients.demo.urls")))
else:
    urlpatterns.append(
        path("", login_not_required(RedirectView.as_view(url="/desk/", permanent=False)))
    )

handler400 = "coachapi.dashboard.errors.bad_request"
handler404 = "coachapi.dashboard.errors.not_found"
handler500 = "coachapi.dashboard.errors.broken"
