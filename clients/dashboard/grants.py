"""What a coach allows a client's phone beforehand: the list, giving, taking back, confirming."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.actions import grants, regressions
from clients.dashboard.decisions import ChangeAct
from clients.dashboard.forms import GrantForm, PlaceForm
from clients.domain.moments import local_date
from clients.queries import grants as held
from clients.queries import people, running, supposing
from coachapi.dashboard.pages import DeskView
from coachapi.dashboard.templatetags.desk import day
from coachapi.refusals import Refused

FOUR_WEEKS = dt.timedelta(days=28)


class AllowedPage(DeskView):
    """What this client's phone may do at once, and what it did."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """The list, and below it the options of a place and a lift once both are named."""
        return self._page(people.coached_client(self.user, client_id))

    def post(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Allowed, or not and why."""
        client = people.coached_client(self.user, client_id)
        form = GrantForm(request.POST)
        if not form.is_valid():
            no = grants.NotGrantable(_("Not allowed. Choose an option and a day first."))
            return self._page(client, no=no)
        sent = form.cleaned_data
        given = {"client": client, "until": sent["until"], "by": self.user, "at": self.now()}
        try:
            with transaction.atomic():
                if sent["regression"]:
                    made = grants.give_up(regression_id=sent["regression"], **given)
                else:
                    region, _colon, side = sent["place"].partition(":")
                    supposed = supposing.Supposed(
                        region, side, sent["exercise"], sent["most_pain"] or 0
                    )
                    made = grants.give_down(supposed=supposed, option_id=sent["option"], **given)
        except Refused as no:
            return self._page(client, no=no)
        words = _("Allowed until %(day)s. %(name)s's phone has it at the next sync.")
        words %= {"day": day(made.until), "name": client.name}
        return self.done(words, reverse("allowed", args=[client_id]))

    def _page(self, client: Any, *, no: Refused | None = None) -> HttpResponse:
        today = local_date(self.now(), client.time_zone)
        standing = running.standing(client.pk)
        asked = PlaceForm(self.request.GET or None, lifts=held.lifts_of(standing))
        offers = None
        if asked.is_valid():
            ((_plan, offers),) = supposing.supposed(client, [asked.supposed()], at=self.now())
        context = {
            "page": "clients",
            "client": client,
            "grants": held.of_client(client),
            "ladders": [
                each
                for each in running.of_client(client, today=today)
                if each.in_force and each.regression.ladder
            ],
            "asked": asked,
            "offers": offers,
            "listed": (*offers.main, *offers.more) if offers else (),
            "today": today,
            "until": today + FOUR_WEEKS,
            "latest": today + grants.LONGEST,
            "no": no,
        }
        return self.show("clients/allowed.html", context, status=no.status if no else 200)


class Withdraw(DeskView):
    """Take a grant back."""

    def post(self, request: HttpRequest, client_id: uuid.UUID, grant_id: uuid.UUID) -> HttpResponse:
        """Taken back; it stays on record."""
        client = people.coached_client(self.user, client_id)
        grants.withdraw(client=client, grant_id=grant_id, by=self.user, at=self.now())
        words = _("Taken back. A phone that has not heard of it yet is refused.")
        return self.done(words, reverse("allowed", args=[client_id]))


class Confirm(ChangeAct):
    """Stand behind what the phone did as allowed."""

    def change(self, regression_id: uuid.UUID) -> str:
        """The report is answered with it."""
        client = running.find(self.user, regression_id).client
        regressions.confirm(client=client, regression_id=regression_id, by=self.user, at=self.now())
        return _("Confirmed. %(name)s reads it at the next sync.") % {"name": client.name}
