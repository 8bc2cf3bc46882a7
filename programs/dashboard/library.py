"""The library on the desk: searched, with a practice's own exercises, cues and films."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
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
from programs.actions import exercises
from programs.domain.exercise import PATTERNS, Level
from programs.domain.exercises import library
from programs.domain.own_exercises import LOADINGS, equipment_words
from programs.domain.place_words import region_words
from programs.domain.regions import all_regions, allows_swap
from programs.domain.sheet_words import (
    read_alternates,
    read_cues,
    read_media,
    write_alternates,
    write_media,
)
from programs.templatetags.programs import plainly

DEMANDS = {"low": Level.L, "none": Level.N, "medium": Level.M}
LOADING_WORDS = {
    "weight": gettext_lazy("with a weight"),
    "body_weight": gettext_lazy("body weight"),
    "body_weight_plus": gettext_lazy("body weight, then added weight"),
    "band": gettext_lazy("a band"),
}


def _words(values: Iterable[str], none: Any = None) -> list[tuple[str, Any]]:
    """Choices in plain words, with what stands for none first."""
    choices: list[tuple[str, Any]] = [("", none)] if none is not None else []
    return [*choices, *((each, plainly(each)) for each in values)]


class SearchForm(forms.Form):
    """What is looked for; everything may be left out."""

    q = forms.CharField(max_length=120, required=False, label=gettext_lazy("Name"))
    pattern = forms.ChoiceField(
        choices=_words(PATTERNS, gettext_lazy("any")),
        required=False,
        label=gettext_lazy("Pattern"),
    )
    equipment = forms.ChoiceField(
        choices=_words(equipment_words(library()), gettext_lazy("any")),
        required=False,
        label=gettext_lazy("Equipment"),
    )
    region = forms.ChoiceField(
        choices=[
            ("", gettext_lazy("anywhere")),
            *((one.id, region_words(one.id, "")) for one in all_regions() if allows_swap(one.id)),
        ],
        required=False,
        label=gettext_lazy("Easy on"),
    )
    demand = forms.ChoiceField(
        choices=_words(DEMANDS), required=False, label=gettext_lazy("Asks at most")
    )
    archived = forms.BooleanField(required=False, label=gettext_lazy("Archived ones"))


class LibraryPage(DeskView):
    """The library, searched."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """In the library's order, or the most alike first."""
        form = SearchForm(request.GET or None)
        asked = form.cleaned_data if form.is_valid() else {}
        region = asked.get("region", "")
        found = queries.exercises(
            self.user,
            typed=asked.get("q", ""),
            pattern=asked.get("pattern", ""),
            equipment=asked.get("equipment", ""),
            region=region,
            most_demand=DEMANDS[asked.get("demand") or "low"] if region else None,
            archived=bool(asked.get("archived")),
        )
        rows = [queries.shown(row.exercise, row) for row in found]
        context = {"form": form, "exercises": rows, "asked": bool(request.GET), "page": "programs"}
        return self.show("programs/exercises.html", context)


class NewForm(forms.Form):
    """An own exercise."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    pattern = forms.ChoiceField(choices=_words(PATTERNS), label=gettext_lazy("Pattern"))
    like = forms.ChoiceField(
        choices=[
            ("", gettext_lazy("like none of these: nobody rated it")),
            *(
                (one.id, f"{one.name} ({one.pattern.replace('_', ' ')})")
                for one in library().values()
            ),
        ],
        required=False,
        label=gettext_lazy("Asks of the body the same as"),
    )
    equipment = forms.MultipleChoiceField(
        choices=_words(equipment_words(library())),
        required=False,
        label=gettext_lazy("Equipment"),
        widget=forms.CheckboxSelectMultiple,
    )
    loading = forms.ChoiceField(
        choices=[(key, LOADING_WORDS[key]) for key in LOADINGS], label=gettext_lazy("Loaded with")
    )
    hands = forms.TypedChoiceField(
        coerce=int,
        choices=[
            (0, gettext_lazy("neither")),
            (2, gettext_lazy("a pair of dumbbells")),
            (1, gettext_lazy("one implement in one hand")),
        ],
        label=gettext_lazy("In the hands"),
    )


class NewExercise(DeskView):
    """An own exercise added."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        queries.coach_place(self.user)
        return self._page(NewForm(initial={"hands": 0}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Added, or the form as typed."""
        place, form = queries.coach_place(self.user), NewForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            with transaction.atomic():
                made = exercises.add(place=place, fields=form.cleaned_data, at=self.now())
        except Refused as no:
            form.add_error("like" if no.faults else "name", no.sentence)
            return self._page(form, status=no.status)
        return self.done(_("Added."), reverse("exercise", args=[made.pk]))

    def _page(self, form: NewForm, **how: Any) -> HttpResponse:
        return self.show("programs/exercise_new.html", {"form": form, "page": "programs"}, **how)


FIELDS = {"cues": "cues", "media": "films", "alternates": "alternates"}


class ExtrasForm(forms.Form):
    """Cues, films and alternates, one a line."""

    cues = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("Own cues")
    )
    films = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Films and pictures"),
    )
    alternates = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("Alternates")
    )


class ExercisePage(DeskView):
    """One exercise, and what the practice adds to it."""

    def get(self, request: HttpRequest, exercise_id: str) -> HttpResponse:
        """Cues, drawing, what is easier, and a form for the practice's own words."""
        row = queries.library_row(self.user, exercise_id)
        extras = row.extras
        form = ExtrasForm(
            initial={
                "cues": "\n".join(extras.cues),
                "films": write_media(extras.media),
                "alternates": write_alternates(extras.alternates),
            }
        )
        return self._page(exercise_id, form)

    def post(self, request: HttpRequest, exercise_id: str) -> HttpResponse:
        """Kept, or the form as typed with each fault."""
        place, form = queries.coach_place(self.user), ExtrasForm(request.POST)
        form.is_valid()
        typed = form.cleaned_data
        book = queries.library_for(place.practice_id)
        raw = {
            "cues": read_cues(typed["cues"]),
            "media": read_media(typed["films"]),
            "alternates": read_alternates(typed["alternates"], book),
        }
        try:
            with transaction.atomic():
                exercises.describe(place=place, exercise_id=exercise_id, raw=raw, at=self.now())
        except NotThere:
            raise
        except Refused as no:
            for fault in no.faults:
                form.add_error(FIELDS[fault.pointer.split("/")[1]], fault.detail)
            return self._page(exercise_id, form, status=no.status)
        return self.done(_("Kept."), reverse("exercise", args=[exercise_id]))

    def _page(self, exercise_id: str, form: ExtrasForm, **how: Any) -> HttpResponse:
        found = queries.exercise(self.user, exercise_id)
        names = {one.id: one.name for one in queries.library_of(self.user).values()}
        easier = [
            (
                region_words(region, ""),
                [each | {"name": names[each["exercise_id"]]} for each in rows],
            )
            for region, rows in groupby(found["easier"], key=itemgetter("region"))
        ]
        like = names.get(found["like"] or "", "")
        context = {"exercise": found, "easier": easier, "like": like, "form": form}
        return self.show("programs/exercise.html", context | {"page": "programs"}, **how)


class ArchiveAct(DeskView):
    """An own exercise put away."""

    def post(self, request: HttpRequest, exercise_id: str) -> HttpResponse:
        """Away from the search."""
        exercises.archive(exercise=exercises.find(self.user, exercise_id), at=self.now())
        return self.done(
            _("Archived. Programs and logs that name it go on."),
            reverse("exercise", args=[exercise_id]),
            undo=reverse("exercise-unarchive", args=[exercise_id]),
        )


class UnarchiveAct(DeskView):
    """An own exercise brought back."""

    def post(self, request: HttpRequest, exercise_id: str) -> HttpResponse:
        """Back to the search."""
        exercises.unarchive(exercise=exercises.find(self.user, exercise_id))
        return self.done(_("Back in the search."), reverse("exercise", args=[exercise_id]))
