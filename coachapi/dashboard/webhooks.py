"""The owner's page of webhook endpoints: added, tried, rotated, removed, and how each fares."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachapi.dashboard.pages import DeskView
from coachapi.refusals import Refused
from coachapi.webhooks import endpoints

LABELS = {
    "symptom.reported": gettext_lazy("A symptom is reported, or its level rises"),
    "regression.applied": gettext_lazy("A change is applied"),
    "regression.rung": gettext_lazy("A change moves one rung"),
    "regression.extended": gettext_lazy("A review is moved"),
    "regression.ended": gettext_lazy("A change is ended"),
    "regression.undone": gettext_lazy("A change is undone"),
    "regression.review": gettext_lazy("A review is due"),
    "regression.first_worse": gettext_lazy("It gets worse under a change, the first time"),
    "regression.worse": gettext_lazy("It gets worse under a change again"),
}


class NewEndpoint(forms.Form):
    """An address and what it hears of."""

    url = forms.CharField(
        max_length=500, widget=forms.URLInput(attrs={"placeholder": "https://", "size": 40})
    )
    description = forms.CharField(max_length=80, required=False)
    events = forms.MultipleChoiceField(
        choices=[(name, LABELS[name]) for name in endpoints.EVENTS],
        widget=forms.CheckboxSelectMultiple,
    )


class _Page(DeskView):
    def page(self, form: NewEndpoint, *, status: int = 200, **more: Any) -> HttpResponse:
        """The list and the form, with whatever has just come of it."""
        found = [
            {"row": each, "events": [LABELS[name] for name in each.events]}
            for each in endpoints.of(self.user)
        ]
        context = {"endpoints": found, "form": form, "page": "settings", **more}
        return self.show("coachapi/webhooks.html", context, status=status)


class WebhooksPage(_Page):
    """The list, and the form for one more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Each endpoint with its last success and failure."""
        return self.page(NewEndpoint(initial={"events": ["symptom.reported"]}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add one; its secret is shown in this answer and never again."""
        form = NewEndpoint(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            row, secret = endpoints.add(**form.cleaned_data, by=self.user, at=self.now())
        except Refused as no:
            if no.status == 404:
                raise
            form.add_error("url", no.sentence)
            return self.page(form, status=no.status)
        return self.page(NewEndpoint(), made=row, secret=secret)


class Rotate(_Page):
    """A new secret."""

    def post(self, request: HttpRequest, endpoint_id: uuid.UUID) -> HttpResponse:
        """Shown in this answer and never again; for a day the old one signs too."""
        row, secret = endpoints.rotate(endpoint_id, by=self.user, at=self.now())
        return self.page(NewEndpoint(), made=row, secret=secret)


class Try(DeskView):
    """A test event."""

    def post(self, request: HttpRequest, endpoint_id: uuid.UUID) -> HttpResponse:
        """On its way; the list says in a moment what came of it."""
        endpoints.send_test(endpoint_id, by=self.user)
        return self.done(
            _("A test is on its way. Load this page again to see what came of it."),
            reverse("webhooks"),
        )


class Remove(DeskView):
    """No more events there."""

    def post(self, request: HttpRequest, endpoint_id: uuid.UUID) -> HttpResponse:
        """What waits for it is dropped too."""
        endpoints.remove(endpoint_id, by=self.user, at=self.now())
        return self.done(_("Removed. Nothing is sent there any more."), reverse("webhooks"))


urlpatterns = [
    path("settings/webhooks/", WebhooksPage.as_view(), name="webhooks"),
    path("settings/webhooks/<uuid:endpoint_id>/rotate/", Rotate.as_view(), name="webhook-rotate"),
    path("settings/webhooks/<uuid:endpoint_id>/test/", Try.as_view(), name="webhook-test"),
    path("settings/webhooks/<uuid:endpoint_id>/remove/", Remove.as_view(), name="webhook-remove"),
]
