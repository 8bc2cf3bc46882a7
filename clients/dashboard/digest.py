"""The digest and the single alert: what a letter's link leads to."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.actions import seeing
from clients.queries import alarms, digest, people
from coachapi.dashboard.pages import DeskView


class DigestPage(DeskView):
    """Everything that did not interrupt, to be read when it suits."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A fortnight of it."""
        found = digest.items(self.user, at=self.now())
        left = [each for each in found if not each.read]
        context = {"page": "inbox", "left": left, "read": [each for each in found if each.read]}
        return self.show("clients/digest.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """All of it is read; tomorrow's digest counts what comes from now on."""
        seeing.digest(by=self.user, at=self.now())
        return self.done(_("Read."), reverse("digest"))


class AlertLink(DeskView):
    """The link of a letter: it names the alert, the page is that of what it is about."""

    def get(self, request: HttpRequest, alert_id: uuid.UUID) -> HttpResponse:
        """To what it is about, under the reader's own access; an owner sees who was told."""
        alert = alarms.one(alert_id)
        coached = people.for_coach(self.user) | people.for_user(self.user)
        if not coached.filter(pk=str(alert.client_id)).exists():
            shown = alarms.shown(alert)
            return self.show("clients/alert.html", {"page": "inbox", "alert": shown})
        if alert.kind == "symptom.reported":
            return redirect(reverse("report", args=[alert.about_id]))
        page = "messages" if alert.kind == "message.new" else "client"
        return redirect(reverse(page, args=[alert.client_id]))


class AlertHave(DeskView):
    """An owner takes an alert on without seeing what was said."""

    def post(self, request: HttpRequest, alert_id: uuid.UUID) -> HttpResponseRedirect:
        """Escalation stops; who coaches the client still decides."""
        seeing.take_on(alert=alarms.one(alert_id), by=self.user, at=self.now())
        return self.done(
            _("You have this. Nobody else is told."), reverse("alert", args=[alert_id])
        )
