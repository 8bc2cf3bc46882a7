"""The coach's own settings: light or dark, keys on or off, the zone times are shown in."""

from __future__ import annotations

import zoneinfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachapi.accounts import preferences
from coachapi.accounts.queries import owns_a_practice
from coachapi.dashboard.pages import DeskView

THEMES = [
    ("auto", gettext_lazy("As the device")),
    ("light", gettext_lazy("Light")),
    ("dark", gettext_lazy("Dark")),
]


class Settings(forms.Form):
    """What a coach chooses for their own pages."""

    theme = forms.ChoiceField(choices=THEMES, widget=forms.RadioSelect)
    keys_on = forms.BooleanField(required=False)
    time_zone = forms.ChoiceField(
        choices=[(name, name) for name in sorted(zoneinfo.available_timezones())]
    )


class SettingsPage(DeskView):
    """Show and save the settings."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The settings as they are."""
        user = self.user
        held = {"theme": user.theme, "keys_on": user.keys_on, "time_zone": user.time_zone}
        context = {"form": Settings(initial=held), "page": "settings"}
        return self.show("coachapi/settings.html", context | {"owner": owns_a_practice(user)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save; an unreadable form is shown again as typed."""
        form = Settings(request.POST)
        if not form.is_valid():
            return self.show(
                "coachapi/settings.html", {"form": form, "page": "settings"}, status=422
            )
        preferences.choose(user=self.user, **form.cleaned_data)
        return self.done(_("Saved."), reverse("settings"))
