"""A client's technique: what the coach saw of each lift, ticked line by line."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.actions import technique as looks
from clients.queries import people, technique
from coachapi.dashboard.pages import DeskView
from coachapi.refusals import NotThere


class TechniquePage(DeskView):
    """The lifts of a client that have a checklist."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Each lift with its lines, nothing ticked, and what was seen last."""
        client = people.coached_client(self.user, client_id)
        found = technique.lifts(client, at=self.now())
        context = {"page": "clients", "client": client, "lifts": found}
        return self.show("clients/technique.html", context)

    def post(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Kept; a line not ticked was not seen."""
        client = people.coached_client(self.user, client_id)
        lift = request.POST.get("exercise", "")
        checklist = technique.checklist_for(lift)
        if checklist is None:
            raise NotThere
        ticked = set(request.POST.getlist("seen"))
        made = looks.look(
            client=client,
            exercise_id=lift,
            answers={item.id: item.id in ticked for item in checklist.items},
            by=self.user,
            at=self.now(),
        )
        of = {"n": sum(made.answers.values()), "of": len(made.answers)}
        words = _("Kept: %(n)s of %(of)s lines seen.") % of
        return self.done(words, reverse("technique", args=[client_id]))
