"""The practice's rules to read, and to publish anew: protocols and borders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.actions import settings
from clients.dashboard.protocol_words import read
from clients.queries import people, rules
from coachapi.accounts.models import Coach
from coachapi.dashboard.pages import DeskView
from coachapi.refusals import NotThere, Refused
from programs.actions import protocols

LONGEST = 200_000
PUBLISH = {"protocols": protocols.publish, "settings": settings.publish}


class BookForm(forms.Form):
    """A whole text, typed or from a file, and the version it was made from."""

    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=LONGEST,
        strip=False,
        required=False,
        widget=forms.Textarea(
            attrs={"class": "booktext", "spellcheck": "false", "autocomplete": "off"}
        ),
        label=gettext_lazy("Text"),
    )
    file = forms.FileField(
        required=False, label=gettext_lazy("Or a file, in place of the text"), max_length=200
    )
    note = forms.CharField(
        max_length=200, required=False, label=gettext_lazy("Why it changes, in a line")
    )

    def clean(self) -> dict[str, Any]:
        """The text of the file, when there is one."""
        found: dict[str, Any] = super().clean() or {}
        sent = found.get("file")
        if sent is not None:
            try:
                found["text"] = sent.read(LONGEST * 4).decode("utf-8")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not text in UTF-8."))
        if not found.get("text", "").strip():
            self.add_error("text", _("Type or choose the text to publish."))
        # A browser sends its own line ends; a line's number must not depend on it.
        found["text"] = found.get("text", "").replace("\r\n", "\n")
        return found


class RulesPage(DeskView):
    """What holds in this practice, in words."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Protocols in their order, borders, and every version of both."""
        place = people.coach_place(self.user)
        protocols_, borders = (rules.held(place.practice_id, kind) for kind in rules.KINDS)
        found = rules.protocols_for(place.practice_id)
        context = {
            "page": "rules",
            "protocols": [read(each) for each in found.protocols],
            "protocols_held": protocols_,
            "borders_held": borders,
            "borders": rules.borders_of(borders),
            "owner": place.role == Coach.OWNER,
        }
        return self.show("clients/rules.html", context)


class RuleBookPage(DeskView):
    """One book as text, to be published anew."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The text that holds now."""
        held = self._held(kind)
        form = BookForm(initial={"text": held.text, "expected": held.number})
        return self._page(kind, held, form)

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Published, or the text as typed with its fault by file and line."""
        held = self._held(kind)
        form = BookForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(kind, held, form, status=422)
        sent = {key: form.cleaned_data[key] for key in ("text", "note", "expected")}
        place = people.coach_place(self.user)
        try:
            with transaction.atomic():
                made = PUBLISH[kind](place=place, by=self.user, at=self.now(), **sent)
        except Refused as no:
            form.add_error(None, no.sentence)
            return self._page(kind, held, form, status=no.status)
        words = _("Version %(n)s holds from now on.") % {"n": made.number}
        return self.done(words, reverse("rules"))

    def _held(self, kind: str) -> rules.Held:
        if kind not in rules.KINDS:
            raise NotThere
        return rules.held(people.coach_place(self.user).practice_id, kind)

    def _page(self, kind: str, held: rules.Held, form: BookForm, **how: Any) -> HttpResponse:
        context = {"page": "rules", "kind": kind, "held": held, "form": form}
        return self.show("clients/rule_book.html", context, **how)
