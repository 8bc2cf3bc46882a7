"""Buttons that need no page of their own: one act, one receipt."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.actions import ladder, referrals, regressions, seeing
from clients.dashboard.forms import EndForm, ExtendForm
from clients.dashboard.report import ReportAct
from clients.queries import running, story
from coachapi.dashboard.pages import DeskView
from coachapi.dashboard.templatetags.desk import clock, day
from coachapi.refusals import Refused


class Watch(ReportAct):
    """Change nothing, and say so."""

    def post(self, request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
        """Watching, or refused while a stop is open."""
        report = story.find(self.user, report_id)
        try:
            with transaction.atomic():
                regressions.watch(
                    client=report.client,
                    report_id=report_id,
                    note=request.POST.get("note", "")[:500],
                    by=self.user,
                    at=self.now(),
                )
        except Refused as no:
            return self.again(report_id, no)
        words = _("Watching. Nothing in the plan changed; you hear from us if it rises.")
        return self.done(words, reverse("report", args=[report_id]))


class Have(DeskView):
    """I have this: the alarm to cover stops, the row stays until it is decided."""

    def post(self, request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
        """Taken on; again is the same."""
        report = story.find(self.user, report_id)
        at = self.now()
        regressions.acknowledge(client=report.client, report_id=report_id, by=self.user, at=at)
        words = _("You have this since %(time)s. The alarm to cover has stopped.")
        words += " " + _("Write down what you did.")
        return self.done(words % {"time": clock(at)}, reverse("report", args=[report_id]))


class Told(DeskView):
    """The coach has told the client to get it checked."""

    def post(self, request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
        """Written down; the referral stays open."""
        report = story.find(self.user, report_id)
        referrals.told(client=report.client, report_id=report_id, by=self.user, at=self.now())
        words = _("Written down. The area stays paused until a clearance is here.")
        return self.done(words, reverse("report", args=[report_id]))


class Seen(DeskView):
    """The beacon of a page that was before somebody's eyes for a second."""

    def post(self, request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
        """Noted; stops nothing."""
        report = story.find(self.user, report_id)
        seeing.seen(client=report.client, report_id=report_id, by=self.user, at=self.now())
        return HttpResponse(status=204)


class ChangeAct(ReportAct, ABC):
    """An act on a running change, from the report it answers."""

    def post(self, request: HttpRequest, regression_id: uuid.UUID) -> HttpResponse:
        """Done, or refused on the report's page."""
        report_id = running.find(self.user, regression_id).report_id
        try:
            with transaction.atomic():
                words = self.change(regression_id)
        except Refused as no:
            return self.again(report_id, no)
        return self.done(words, reverse("report", args=[report_id]))

    @abstractmethod
    def change(self, regression_id: uuid.UUID) -> str:
        """What is done; returns the receipt's words."""


class Undo(ChangeAct):
    """Take a change back as if it had never been."""

    def change(self, regression_id: uuid.UUID) -> str:
        """Undone until a changed session was trained."""
        client = running.find(self.user, regression_id).client
        regressions.undo(client=client, regression_id=regression_id, by=self.user, at=self.now())
        return _("Undone. The plan is as it was. %(name)s sees it at the next sync.") % {
            "name": client.name
        }


class Keep(ChangeAct):
    """Look on day 7 and go on."""

    def change(self, regression_id: uuid.UUID) -> str:
        """Nothing changes; the question is answered."""
        client = running.find(self.user, regression_id).client
        regressions.keep_going(
            client=client, regression_id=regression_id, by=self.user, at=self.now()
        )
        return _("Going on as it is. The review stays where it was.")


class End(ChangeAct):
    """End a change early."""

    def change(self, regression_id: uuid.UUID) -> str:
        """Ended from the next session on."""
        form = EndForm(self.request.POST)
        if not form.is_valid():
            raise regressions.NotOffered(_("Not ended. Choose what it came to first."))
        client = running.find(self.user, regression_id).client
        regressions.end(
            client=client,
            regression_id=regression_id,
            outcome=form.cleaned_data["outcome"],
            by=self.user,
            at=self.now(),
        )
        return _("Ended from the next session on.")


class Extend(ChangeAct):
    """Set a later review, once."""

    def change(self, regression_id: uuid.UUID) -> str:
        """Extended by 14 days at most."""
        form = ExtendForm(self.request.POST)
        if not form.is_valid():
            raise regressions.NotOffered(_("Not extended. Choose a day first."))
        client = running.find(self.user, regression_id).client
        review_on = form.cleaned_data["review_on"]
        regressions.extend(
            client=client,
            regression_id=regression_id,
            review_on=review_on,
            by=self.user,
            at=self.now(),
        )
        return _("Extended until %(day)s.") % {"day": day(review_on)}


class Step(ChangeAct):
    """Take one step of the way back, or down again where the rules say so."""

    def change(self, regression_id: uuid.UUID) -> str:
        """One rung; with a reason also when the rules still wait."""
        client = running.find(self.user, regression_id).client
        made = ladder.step(
            client=client,
            regression_id=regression_id,
            anyway=self.request.POST.get("anyway", "")[:300].strip(),
            by=self.user,
            at=self.now(),
        )
        if made.kind == "ended":
            return _("The way back is complete. The plan is as written.")
        return _("Stepped. Next review %(day)s.") % {"day": day(made.review_on)}
