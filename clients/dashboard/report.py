"""The report page: the story on one side, the decision on the other."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.actions import clearances, regressions
from clients.dashboard.drawings import two_drawings
from clients.dashboard.forms import ClearanceForm, OptionForm
from clients.domain.moments import local_date
from clients.queries import options, running, story
from coachapi.dashboard.pages import DeskView
from coachapi.dashboard.templatetags.desk import day
from coachapi.refusals import Refused


def report_context(view: DeskView, report: Any, option_id: str) -> dict[str, Any]:
    """All that the report's template needs; options only where they may be offered (I-1)."""
    at = view.now()
    found = None
    if report.level not in story.STOPPED and report.closed_at is None:
        found = options.choice(report, client=report.client, at=at)
        standing = found.standing
    else:
        standing = running.standing(report.client_id)
    shown = story.page(report, standing, at=at)
    return {
        "page": "inbox",
        "report": report,
        "story": shown,
        "client": shown.client,
        "choices": story.choices(found, shown.client, option_id) if found else None,
        "chosen": option_id,
        "drawings": two_drawings(shown.rows, shown.client.unit),
        "clearance": ClearanceForm(today=shown.today),
    }


def effect_context(view: DeskView, report: Any, option_id: str) -> dict[str, Any]:
    """What a chosen option would change, without the story around it."""
    choices = None
    if report.level not in story.STOPPED and report.closed_at is None:
        found = options.choice(report, client=report.client, at=view.now())
        choices = story.choices(found, report.client, option_id)
    return {"report": report, "client": report.client, "choices": choices}


class ReportPage(DeskView):
    """One report, at its own address; as a part it is the inbox's reading pane."""

    def get(self, request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
        """The page, the pane, or only the effect of a chosen option."""
        option_id = request.GET.get("option", "")
        report = story.find(self.user, report_id)
        if report.merged_into_id is not None:  # a repeat within minutes (D22): one page for both
            return redirect(reverse("report", args=[report.merged_into_id]))
        if self.wants_part and request.headers.get("HX-Target") == "effect":
            return self.show("clients/effect.html", effect_context(self, report, option_id))
        template = "clients/report_body.html" if self.wants_part else "clients/report.html"
        return self.show(template, report_context(self, report, option_id))


class ReportAct(DeskView):
    """An act that may be refused: the page is shown again with the sentence and what was typed."""

    def again(
        self, report_id: uuid.UUID, no: Refused, option_id: str = "", **typed: Any
    ) -> HttpResponse:
        """The report as it is now, nothing having been done."""
        context = report_context(self, story.find(self.user, report_id), option_id)
        return self.show("clients/report.html", context | {"no": no} | typed, status=no.status)


class Apply(ReportAct):
    """Lay the chosen option over the plan."""

    def post(self, request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
        """Applied, or not applied and why; a stale preview is followed by the new one."""
        report = story.find(self.user, report_id)
        form = OptionForm(request.POST)
        option_id = form.data.get("option", "")
        try:
            with transaction.atomic():
                made = regressions.apply(
                    client=report.client,
                    report_id=report_id,
                    option_id=option_id,
                    basis=form.data.get("basis", ""),
                    by=self.user,
                    at=self.now(),
                )
        except Refused as no:
            return self.again(report_id, no, option_id)
        words = _applied(report, made.pk, form.data.get("sessions", ""))
        undo = reverse("undo", args=[made.pk])
        return self.done(words, reverse("report", args=[report_id]), undo=undo)


class Clearance(ReportAct):
    """Write down that a professional has looked."""

    def post(self, request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
        """Recorded, or the form as typed."""
        report = story.find(self.user, report_id)
        form = ClearanceForm(request.POST, today=_today(self, report))
        if not form.is_valid():
            context = report_context(self, report, "")
            return self.show("clients/report.html", context | {"clearance": form}, status=422)
        try:
            with transaction.atomic():
                clearances.record(
                    client=report.client,
                    report_id=report_id,
                    by=self.user,
                    at=self.now(),
                    **form.cleaned_data,
                )
        except Refused as no:
            return self.again(report_id, no, clearance=form)
        return self.done(_("Clearance recorded."), reverse("report", args=[report_id]))


class Mistaken(ReportAct):
    """Confirm that a warning was tapped by mistake, after the client's own new answer."""

    def post(self, request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
        """Confirmed, or refused while the client has not answered again."""
        report = story.find(self.user, report_id)
        try:
            with transaction.atomic():
                clearances.confirm_mistaken_tap(
                    client=report.client,
                    report_id=report_id,
                    note=request.POST.get("note", "")[:500],
                    by=self.user,
                    at=self.now(),
                )
        except Refused as no:
            return self.again(report_id, no)
        return self.done(_("Mistaken tap confirmed."), reverse("report", args=[report_id]))


def _applied(report: Any, regression_id: uuid.UUID, sessions: str) -> str:
    review_on = running.review_of(regression_id)
    count = int(sessions) if sessions.isdigit() else 0
    changed = ngettext("%(n)s session changed.", "%(n)s sessions changed.", count) % {"n": count}
    return _("Applied until %(day)s. %(changed)s") % {"day": day(review_on), "changed": changed}


def _today(view: DeskView, report: Any) -> dt.date:
    return local_date(view.now(), report.client.time_zone)
