"""A program written as text, or out of a spreadsheet; nothing that was typed is ever lost."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachapi.dashboard.pages import DeskView
from coachapi.refusals import NotThere, Refused
from programs import queries
from programs.actions import imports, programs
from programs.dashboard.comparing import Change, changes
from programs.domain.document import to_json

LONGEST = 1_500_000
NAME = "Glutes 3×/week"
BEGINNING: dict[str, Any] = {
    "name": "",
    "phases": [
        {
            "name": "Build",
            "weeks": [
                {
                    "repeat": 4,
                    "workouts": [
                        {
                            "name": "Thrust",
                            "prescriptions": [
                                {
                                    "slot": "A",
                                    "exercise": "ht_barbell",
                                    "sets": [{"count": 3, "reps_min": 8, "reps_max": 10, "rir": 2}],
                                }
                            ],
                        }
                    ],
                }
            ],
        }
    ],
}


class TextForm(forms.Form):
    """A whole program as JSON, and the revision it was made from."""

    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(
            attrs={"class": "booktext", "spellcheck": "false", "autocomplete": "off", "rows": 30}
        ),
        label=gettext_lazy("Program"),
    )

    def clean_text(self) -> Any:
        """The document; a fault in the JSON itself is named by its line."""
        try:
            return json.loads(self.cleaned_data["text"])
        except (ValueError, RecursionError) as wrong:
            line = getattr(wrong, "lineno", 1)
            raise forms.ValidationError(
                _("This is not JSON, in line %(line)d: %(why)s.")
                % {"line": line, "why": getattr(wrong, "msg", wrong)}
            ) from wrong


class _TextPage(DeskView):
    """A program as text; refused, it comes back as typed with every fault."""

    def page(
        self,
        form: TextForm,
        *,
        no: Refused | None = None,
        program: Any = None,
        compared: list[Change] | None = None,
    ) -> HttpResponse:
        """The form with what was typed."""
        context = {
            "form": form,
            "faults": no.faults if no else (),
            "refused": no,
            "program": program,
            "compared": compared,
            "page": "programs",
        }
        status = no.status if no else 422 if form.errors else 200
        return self.show("programs/text.html", context, status=status)


class NewText(_TextPage):
    """A new program as text."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A beginning to write over."""
        queries.coach_place(self.user)
        beginning = BEGINNING | {"name": NAME}
        return self.page(TextForm(initial={"text": _pretty(beginning), "expected": 0}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Written, or every fault with its pointer."""
        place, form = queries.coach_place(self.user), TextForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            with transaction.atomic():
                raw = form.cleaned_data["text"]
                made = programs.write(place=place, raw=raw, by=self.user, at=self.now())
        except Refused as no:
            return self.page(form, no=no)
        return self.done(_("Written."), reverse("program", args=[made.program_id]))


class EditText(_TextPage):
    """A program's next revision as text."""

    def get(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """The latest revision."""
        latest = queries.program_document(self.user, program_id)
        if latest is None:
            raise NotThere
        form = TextForm(initial={"text": _pretty(latest.document), "expected": latest.number})
        return self.page(form, program=latest.program)

    def post(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """Saved; or both versions side by side when somebody saved meanwhile."""
        program = programs.find(self.user, program_id)
        form = TextForm(request.POST)
        if not form.is_valid():
            return self.page(form, program=program)
        try:
            with transaction.atomic():
                made = programs.rewrite(
                    program=program,
                    raw=form.cleaned_data["text"],
                    expected=form.cleaned_data["expected"],
                    by=self.user,
                    at=self.now(),
                )
        except programs.ChangedMeanwhile as no:
            return self._both(form, program, no)
        except Refused as no:
            return self.page(form, no=no, program=program)
        words = _("Saved as revision %(n)d.") % {"n": made.number}
        return self.done(words, reverse("program", args=[program_id]))

    def _both(self, form: TextForm, program: Any, no: programs.ChangedMeanwhile) -> HttpResponse:
        """Theirs against yours; saving again is on top of theirs, knowingly."""
        typed = {"text": form.data["text"], "expected": str(no.latest.number)}
        book = queries.library_for(program.practice_id)
        compared = changes(no.extra["theirs"], no.extra["yours"], book)
        return self.page(TextForm(typed), no=no, program=program, compared=compared)


class ImportForm(forms.Form):
    """A file to look at."""

    file = forms.FileField(label=gettext_lazy("Spreadsheet"), max_length=200, allow_empty_file=True)
    name = forms.CharField(
        max_length=120, required=False, label=gettext_lazy("Name, if the sheet says none")
    )


class ImportPage(DeskView):
    """A spreadsheet looked at, then kept."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file is chosen."""
        queries.coach_place(self.user)
        return self._page(ImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Row by row what it says, or each fault with its cell; nothing is written yet."""
        place, form = queries.coach_place(self.user), ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            read = imports.preview(
                place=place,
                sent=form.cleaned_data["file"].read(),
                name=form.cleaned_data["name"],
            )
        except Refused as no:
            return self._page(form, refused=no, status=no.status)
        document = to_json(read.document) if read.document else None
        return self._page(
            form,
            read=read,
            text=json.dumps(document) if document else "",
            document=document,
            status=200 if document else 422,
        )

    def _page(self, form: ImportForm, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {"form": form, "page": "programs", **more}
        return self.show("programs/import.html", context, status=status)


def _pretty(document: Any) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False)
