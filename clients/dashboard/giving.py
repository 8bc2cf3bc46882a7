"""A program for many clients, a template that flows to them, and how far the work has got."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.actions import flowing, jobs
from clients.dashboard.forms import WEEKDAYS
from clients.domain.diff_groups import grouped
from clients.queries import books, client_story, templates
from clients.queries import jobs as job_queries
from coachapi.dashboard.pages import DeskView
from coachapi.dashboard.templatetags.desk import day
from coachapi.refusals import Refused
from programs.domain.exercise import Library

SHOWN_GROUPS = 8


class GiveForm(forms.Form):
    """Who gets the program, from when, on which days."""

    clients = forms.TypedMultipleChoiceField(coerce=uuid.UUID, widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    weekdays = forms.TypedMultipleChoiceField(
        choices=WEEKDAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    end_running = forms.BooleanField(required=False)

    def __init__(self, *args: Any, clients: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clients"].choices = [  # type: ignore[attr-defined]
            (str(each.id), each.name) for each in clients
        ]


class Give(DeskView):
    """One program, many clients."""

    def get(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """The clients to choose from, with what each follows now."""
        listed = client_story.clients(self.user)
        return self._form(program_id, GiveForm(clients=listed), listed)

    def post(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """Asked: a job, whose page shows each client's outcome."""
        listed = client_story.clients(self.user)
        form = GiveForm(request.POST, clients=listed)
        if not form.is_valid():
            return self._form(program_id, form, listed, status=422)
        chosen = form.cleaned_data
        template = templates.template(self.user, program_id)
        try:
            with transaction.atomic():
                job = jobs.ask_to_assign(
                    template=template,
                    by=self.user,
                    at=self.now(),
                    **chosen,
                )
        except Refused as no:
            form.add_error(None, no.sentence)
            return self._form(program_id, form, listed, status=no.status)
        words = _("Asked for: from %(day)s.") % {"day": day(chosen["starts_on"])}
        return self.done(words, reverse("job", args=[job.pk]))

    def _form(self, program_id: uuid.UUID, form: GiveForm, listed: Any, **how: Any) -> HttpResponse:
        template = templates.template(self.user, program_id)
        held = {str(each.id): each.plan for each in listed}
        rows = [(choice, held[str(choice.data["value"])]) for choice in form["clients"]]
        context = {"page": "programs", "form": form, "program": template.program, "rows": rows}
        return self.show("clients/give.html", context, **how)


class JobPage(DeskView):
    """How far work for many clients has got; it asks again by itself while clients wait."""

    def get(self, request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
        """The page, or its living part."""
        context = {"page": "programs", "job": job_queries.job(self.user, job_id)}
        part = "clients/job_part.html" if self.wants_part else "clients/job.html"
        return self.show(part, context)


class Flow(DeskView):
    """What a changed template would do to each client who follows it, and the word to do it."""

    def get(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """Each client: what changes, what is kept, what stands against it."""
        template = templates.template(self.user, program_id)
        book = books.whole(template.practice_id)
        rows = [
            self._row(each, template, book) for each in templates.followers(self.user, program_id)
        ]
        behind = [each for each in rows if each["found"]]
        context = {"page": "programs", "template": template, "rows": rows, "behind": behind}
        return self.show("clients/flow.html", context)

    def post(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """Asked for those ticked: a job, one revision a client."""
        number = request.POST.get("revision", "")
        asked = int(number) if number.isascii() and number.isdigit() else 0
        template = templates.template(self.user, program_id, asked)
        ticked = [uuid.UUID(each) for each in request.POST.getlist("clients") if _is_id(each)]
        job = jobs.ask(
            kind="flow",
            template=template,
            clients={
                each: request.POST.get(f"override-{each}", "").strip()[:500] for each in ticked
            },
            spec={},
            by=self.user,
            at=self.now(),
        )
        return self.done(_("Asked for."), reverse("job", args=[job.pk]))

    def _row(self, client: Any, template: Any, book: Library) -> dict[str, Any]:
        try:
            found = flowing.preview(client, template, at=self.now())
        except flowing.NothingFlows:
            return {"client": client, "found": None}
        groups = grouped(found.diff.rows, book)
        return {
            "client": client,
            "found": found,
            "groups": groups[:SHOWN_GROUPS],
            "more": max(0, len(groups) - SHOWN_GROUPS),
        }


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
