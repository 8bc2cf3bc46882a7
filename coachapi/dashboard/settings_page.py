"""The coach's own settings: light or dark, keys on or off, the zone times are shown in."""

from __future__ import annotations

import uuid
import zoneinfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachapi.accounts import preferences, second_factor, sign_ins
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
        return self.shown(Settings(initial=held))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save; an unreadable form is shown again as typed."""
        form = Settings(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        preferences.choose(user=self.user, **form.cleaned_data)
        return self.done(_("Saved."), reverse("settings"))

    def shown(self, form: Settings, *, status: int = 200) -> HttpResponse:
        """The page with this form, how the coach signs in, and where they are signed in."""
        context = {
            "form": form,
            "page": "settings",
            "owner": owns_a_practice(self.user),
            "second_factor": second_factor.is_on(self.user),
            "sign_ins": sign_ins.of(self.user, current_key=self.request.session.session_key),
        }
        return self.show("coachapi/settings.html", context, status=status)


class SignOutThere(DeskView):
    """Ends a sign-in on another phone or browser."""

    def post(self, request: HttpRequest, sign_in_id: uuid.UUID) -> HttpResponse:
        """From now on that one is asked to sign in again."""
        sign_ins.end(self.user, sign_in_id)
        return self.done(_("Signed out there."), reverse("settings"))
