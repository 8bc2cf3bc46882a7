"""What a coach types on pages about clients."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.domain.preauthorisation import MOST_PAIN
from clients.queries.supposing import Supposed
from programs.domain.place_words import region_words
from programs.domain.regions import all_regions

PROFESSIONALS = [
    ("", _("Choose")),
    ("doctor", _("Doctor")),
    ("physiotherapist", _("Physiotherapist")),
    ("hospital", _("Hospital or emergency department")),
    ("osteopath_chiropractor", _("Osteopath or chiropractor")),
    ("other", _("Another clinician")),
]
OUTCOMES = [
    ("settled", _("It settled")),
    ("failed", _("It did not help enough")),
    ("referred", _("A professional has taken over")),
    ("withdrawn", _("Not wanted any more")),
]
WEEKDAYS = [
    (0, _("Mon")),
    (1, _("Tue")),
    (2, _("Wed")),
    (3, _("Thu")),
    (4, _("Fri")),
    (5, _("Sat")),
    (6, _("Sun")),
]


class OptionForm(forms.Form):
    """The chosen option and the state its preview was worked out from."""

    option = forms.CharField(max_length=40)
    basis = forms.CharField(max_length=40)


class ClearanceForm(forms.Form):
    """A professional has looked: when, who, and what they asked to keep to. No diagnosis."""

    seen_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    professional = forms.ChoiceField(choices=PROFESSIONALS)
    limits = forms.CharField(
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["seen_on"].widget.attrs["max"] = today.isoformat()

    def clean_seen_on(self) -> dt.date:
        """A day that has been."""
        on: dt.date = self.cleaned_data["seen_on"]
        if on > self.today:
            raise forms.ValidationError(_("The day lies ahead. Enter the day of the visit."))
        return on


class EndForm(forms.Form):
    """What a change came to."""

    outcome = forms.ChoiceField(choices=OUTCOMES, widget=forms.RadioSelect)


class ExtendForm(forms.Form):
    """A later review."""

    review_on = forms.DateField()


class InviteForm(forms.Form):
    """Who is invited."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField()
    time_zone = forms.ChoiceField(
        choices=[(name, name) for name in sorted(zoneinfo.available_timezones())]
    )


class AssignForm(forms.Form):
    """Which program, from when, on which days."""

    program = forms.ChoiceField(widget=forms.RadioSelect)
    starts_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    weekdays = forms.TypedMultipleChoiceField(
        choices=WEEKDAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    end_running = forms.BooleanField(required=False)
    override = forms.CharField(
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, programs: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].choices = [  # type: ignore[attr-defined]
            (str(each["id"]), each["name"]) for each in programs
        ]


class MessageForm(forms.Form):
    """What a coach writes; the id is minted with the form, so that pressing twice sends once."""

    message_id = forms.UUIDField(widget=forms.HiddenInput)
    report = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class PlaceForm(forms.Form):
    """Where it might hurt, in which lift, and up to which pain."""

    place = forms.ChoiceField()
    exercise = forms.ChoiceField()
    most_pain = forms.TypedChoiceField(
        choices=[(each, str(each)) for each in range(1, MOST_PAIN + 1)], coerce=int, initial=4
    )

    def __init__(self, *args: Any, lifts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [
            (f"{each.id}:{side}", region_words(each.id, str(side)))
            for each in all_regions()
            if each.tappable
            for side in each.sides
        ]
        self.fields["place"].choices = [("", _("Choose")), *places]  # type: ignore[attr-defined]
        self.fields["exercise"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *lifts,
        ]

    def supposed(self) -> Supposed:
        """What was typed, as a report nobody sent."""
        region, _colon, side = self.cleaned_data["place"].partition(":")
        sent = self.cleaned_data
        return Supposed(region, side, sent["exercise"], sent["most_pain"])


class GrantForm(forms.Form):
    """What is allowed: an option for a place and a lift, or the way back of a running change."""

    until = forms.DateField()
    option = forms.CharField(max_length=24, required=False)
    place = forms.CharField(max_length=40, required=False)
    exercise = forms.CharField(max_length=40, required=False)
    most_pain = forms.IntegerField(required=False)
    regression = forms.UUIDField(required=False)
