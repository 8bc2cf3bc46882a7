"""Web Push for the desk: which browsers are told, switching this one on, the service worker."""

from __future__ import annotations

import uuid

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from coachapi.accounts import devices
from coachapi.accounts.sessions import hashed
from coachapi.dashboard.pages import DeskView
from coachapi.notifications.channels import guard


class Subscription(forms.Form):
    """What a browser made for us."""

    endpoint = forms.CharField(max_length=2048)
    p256dh = forms.RegexField(r"^[A-Za-z0-9_-]{80,100}={0,2}$")
    auth = forms.RegexField(r"^[A-Za-z0-9_-]{16,32}={0,2}$")

    def clean_endpoint(self) -> str:
        """An address on the public internet."""
        address: str = self.cleaned_data["endpoint"]
        try:
            guard.check_url(address)
        except guard.NotPublic as no:
            raise forms.ValidationError(str(no)) from no
        return address


class DevicesPage(DeskView):
    """Where this person is told by push."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The devices, and the button for this browser."""
        here = hashed(request.session.session_key or "")
        found = [
            {"row": each, "is_current": each.session_key == here} for each in devices.of(self.user)
        ]
        set_up = "webpush" in settings.PUSH_CHANNELS
        return self.show(
            "coachapi/devices.html", {"devices": found, "set_up": set_up, "page": "settings"}
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep this browser's subscription; asked for by the page's script."""
        form = Subscription(request.POST)
        if not form.is_valid():
            return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
        sent = form.cleaned_data
        devices.register(
            user=self.user,
            installation_id=uuid.uuid5(uuid.NAMESPACE_URL, sent["endpoint"]),
            session_key=hashed(request.session.session_key or ""),
            body={
                "platform": "web",
                "model": _browser(request.headers.get("User-Agent", "")),
                "locale": request.headers.get("Accept-Language", "")[:35].partition(",")[0],
                "time_zone": self.user.time_zone,
            },
            push={
                "provider": "webpush",
                "kind": "subscription",
                "value": sent["endpoint"],
                "keys": {"p256dh": sent["p256dh"], "auth": sent["auth"]},
            },
            at=self.now(),
        )
        return HttpResponse(status=204)


class Forget(DeskView):
    """Tell a device nothing any more."""

    def post(self, request: HttpRequest, installation_id: uuid.UUID) -> HttpResponse:
        """Its push token is deleted at once."""
        devices.forget(user=self.user, installation_id=installation_id)
        return self.done(_("Nothing is sent there any more."), reverse("devices"))


def _browser(agent: str) -> str:
    """The family of a browser, as people call it."""
    for word, name in (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrom", "Chrome")):
        if word in agent:
            return name
    return "Safari" if "Safari/" in agent else ""


@login_not_required
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows a push while no page is open; it holds the words and no secret."""
    response = render(request, "coachapi/sw.js", content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


urlpatterns = [
    path("sw.js", service_worker, name="desk-worker"),
    path("settings/devices/", DevicesPage.as_view(), name="devices"),
    path("settings/devices/<uuid:installation_id>/forget/", Forget.as_view(), name="forget-device"),
]
