"""How a coach is told: what interrupts, when not, who stands in."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.domain.moments import local_date
from clients.queries import covering, people
from coachapi.accounts import away
from coachapi.accounts.models import Coach
from coachapi.dashboard.pages import DeskView
from coachapi.notifications import preferences
from coachapi.refusals import NotThere, Refused

KINDS = {
    "reports": gettext_lazy("Reports of your clients"),
    "changes": gettext_lazy("Reviews that are due, changes that got worse"),
    "messages": gettext_lazy("Messages"),
    "questions": gettext_lazy("Questions nobody answered"),
    "technique": gettext_lazy("Technique to look at"),
}
PASSES = [
    ("urgent", gettext_lazy("Emergency and urgent only")),
    ("refer", gettext_lazy("Refer and above")),
    ("modify+", gettext_lazy("Modify, high, and above")),
    ("modify", gettext_lazy("Modify and above")),
    ("monitor", gettext_lazy("Everything: no quiet hours in effect")),
]
CHANNELS = [("push", gettext_lazy("Push")), ("email", gettext_lazy("E-mail"))]
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class Wishes(forms.Form):
    """What interrupts, and when it may not."""

    quiet_from = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    quiet_to = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    passes = forms.ChoiceField(choices=PASSES)
    monitor = forms.ChoiceField(
        choices=[
            ("now", gettext_lazy("At once, as decided for low back and hip")),
            ("digest", gettext_lazy("In the daily digest")),
        ],
        widget=forms.RadioSelect,
    )
    digest_hour = forms.TypedChoiceField(choices=HOURS, coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, words in KINDS.items():
            self.fields[kind] = forms.MultipleChoiceField(
                choices=CHANNELS,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                label=words,
            )

    @property
    def kinds(self) -> list[Any]:
        """The rows of the table of channels."""
        return [self[kind] for kind in KINDS]


class Away(forms.Form):
    """The first and the last day of an absence."""

    first_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    last_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))


class TellingPage(DeskView):
    """Channels, quiet hours, digest, absences, rota, and who covers."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What holds now."""
        return self._page(self._held(), Away())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save; what cannot be is shown again as typed, with why."""
        form = Wishes(request.POST)
        if not form.is_valid():
            return self._page(form, Away(), status=422)
        sent = form.cleaned_data
        try:
            preferences.choose(
                user=self.user,
                monitor_to_digest=sent["monitor"] == "digest",
                channels={kind: sent[kind] for kind in KINDS},
                **{key: sent[key] for key in ("quiet_from", "quiet_to", "passes", "digest_hour")},
            )
        except Refused as no:
            form.add_error(None, no.sentence)
            return self._page(form, Away(), status=no.status)
        return self.done(_("Saved."), reverse("settings-alerts"))

    def _held(self) -> Wishes:
        held = preferences.of(self.user)
        first = {
            "quiet_from": held.quiet_from,
            "quiet_to": held.quiet_to,
            "passes": held.passes,
            "monitor": "digest" if held.monitor_to_digest else "now",
            "digest_hour": held.digest_hour,
        }
        return Wishes(initial=first | {kind: held.channels[kind] for kind in KINDS})

    def _page(self, form: Wishes, leaving: Away, *, status: int = 200) -> HttpResponse:
        today = local_date(self.now(), self.user.time_zone)
        try:
            place = people.coach_place(self.user)
        except NotThere:
            place = None
        owner = place is not None and place.role == Coach.OWNER
        context = {
            "page": "settings",
            "form": form,
            "leaving": leaving,
            "absences": away.absences(self.user, today=today),
            "covered": covering.of(self.user),
            "rota": away.rota(place.practice_id) if place and owner else [],
        }
        return self.show("clients/telling_settings.html", context, status=status)


class BeAway(TellingPage):
    """Note an absence."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it, or show it again with why not."""
        form = Away(request.POST)
        today = local_date(self.now(), self.user.time_zone)
        if form.is_valid():
            try:
                away.be_away(user=self.user, today=today, **form.cleaned_data)
            except Refused as no:
                form.add_error(None, no.sentence)
            else:
                return self.done(_("Noted. Cover is told first on those days."), _home())
        return self._page(self._held(), form, status=422)


class BeBack(DeskView):
    """Forget an absence."""

    def post(self, request: HttpRequest, absence_id: uuid.UUID) -> HttpResponse:
        """You are told first again."""
        away.be_back(user=self.user, absence_id=absence_id)
        return self.done(_("Taken back. You are told first again."), _home())


class Rota(DeskView):
    """The order of covering; the owner's."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """One coach moves up."""
        place = people.coach_place(self.user)
        order = [each.pk for each in away.rota(place.practice_id)]
        named = next((each for each in order if str(each) == request.POST.get("up")), None)
        if named is None:
            raise NotThere
        at = max(0, order.index(named) - 1)
        order.remove(named)
        order.insert(at, named)
        away.order_rota(practice_id=place.practice_id, order=order, by=self.user)
        return self.done(_("Saved."), _home())


def _home() -> str:
    return reverse("settings-alerts")
