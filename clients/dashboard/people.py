"""Clients: the list, one client's page, a new client, a program for a client."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.actions import enrolment
from clients.actions import plans as plan_actions
from clients.actions.restricting import Restricted
from clients.dashboard.drawings import two_drawings
from clients.dashboard.forms import AssignForm, InviteForm
from clients.domain.moments import local_date
from clients.queries import client_story, people
from clients.queries.running import plan_of
from coachapi.dashboard.pages import DeskView
from coachapi.dashboard.templatetags.desk import day
from coachapi.refusals import NotThere, Refused
from programs import queries as programs

WEEKS = {"8": 8, "13": 13, "52": 52}


class ClientList(DeskView):
    """Everybody this coach looks after."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, stopped clients first."""
        context = {"clients": client_story.clients(self.user), "page": "clients"}
        return self.show("clients/clients.html", context)


class ClientPage(DeskView):
    """One client's story."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """The whole page; ``?weeks=`` widens the timeline."""
        weeks = WEEKS.get(request.GET.get("weeks", ""), 8)
        shown = client_story.page(self.user, client_id, at=self.now(), weeks=weeks)
        context = {
            "page": "clients",
            "story": shown,
            "client": shown.client,
            "drawings": two_drawings(shown.rows, shown.client.unit),
            "weeks": weeks,
            "spans": [(8, _("8 weeks")), (13, _("3 months")), (52, _("12 months"))],
        }
        return self.show("clients/client.html", context)


class Invite(DeskView):
    """A new client: a name, an address, a link good for 72 hours."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form, in the coach's own zone."""
        return self._form(InviteForm(initial={"time_zone": self.user.time_zone}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Invited: the link is shown once, to hand over."""
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self._form(form, status=422)
        place = people.coach_place(self.user)
        client, token = enrolment.invite(
            place=place, by=self.user, at=self.now(), **form.cleaned_data
        )
        link = enrolment.link(token)
        context = {"page": "clients", "invited": client, "link": link}
        return self.show("clients/invited.html", context)

    def _form(self, form: InviteForm, **how: Any) -> HttpResponse:
        return self.show("clients/invite.html", {"form": form, "page": "clients"}, **how)


class Assign(DeskView):
    """Give a client a program from a date."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """The empty form."""
        form = AssignForm(programs=programs.programs(self.user))
        return self._form(people.coached_client(self.user, client_id), form)

    def post(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Assigned, or the form as typed with what was wrong."""
        client = people.coached_client(self.user, client_id)
        form = AssignForm(request.POST, programs=programs.programs(self.user))
        if not form.is_valid():
            return self._form(client, form, status=422)
        try:
            with transaction.atomic():
                self._assign(client, form.cleaned_data)
        except Restricted as no:
            form.add_error(None, no.sentence)
            return self._form(client, form, no=no, status=no.status)
        except Refused as no:
            form.add_error(None, no.sentence)
            return self._form(client, form, status=no.status)
        starts_on = form.cleaned_data["starts_on"]
        words = _("Assigned from %(day)s.") % {"day": day(starts_on)}
        return self.done(words, reverse("plan", args=[client_id]))

    def _assign(self, client: Any, chosen: dict[str, Any]) -> None:
        revision = programs.program_document(self.user, uuid.UUID(chosen["program"]))
        if revision is None:
            raise NotThere
        at = self.now()
        plan_actions.assign(
            client=client,
            document=revision.document,
            program=revision.program,
            starts_on=chosen["starts_on"],
            weekdays=chosen["weekdays"],
            today=local_date(at, client.time_zone),
            by=self.user,
            at=at,
            template=revision.number,
            end_running=chosen["end_running"],
            override=chosen["override"],
        )

    def _form(
        self, client: Any, form: AssignForm, no: Restricted | None = None, **how: Any
    ) -> HttpResponse:
        running = plan_of(client, today=local_date(self.now(), client.time_zone))
        context = {"form": form, "client": client, "page": "clients", "running": running}
        if no is not None:
            context |= {"restrictions": no.restrictions, "may_override": no.may_override}
        return self.show("clients/assign.html", context, **how)
