"""Form checks: the clips clients filmed, each looked at line by line, with a reply."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.actions import media
from clients.domain.words_for_people import exercise_name
from clients.queries import media as held
from clients.queries.technique import checklist_for
from coachapi.dashboard.pages import DeskView
from coachapi.refusals import Refused


class FormChecks(DeskView):
    """Every clip of this coach's clients; those nobody looked at stand first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        clips = [
            {
                "row": row,
                "lift": exercise_name(row.exercise_id),
                "poster": held.address(row, "poster", user=self.user),
            }
            for row in held.of_coach(self.user)[: held.SHOWN]
        ]
        return self.show("clients/form_checks.html", {"page": "clients", "clips": clips})


class FormCheck(DeskView):
    """One clip: pause, frame by frame, five ticks, a reply."""

    def get(self, request: HttpRequest, media_id: uuid.UUID) -> HttpResponse:
        """The clip beside its checklist, nothing ticked beforehand."""
        return self._page(media_id)

    def post(self, request: HttpRequest, media_id: uuid.UUID) -> HttpResponse:
        """Kept, with the reply in the client's thread; a line not ticked was not seen."""
        row = held.for_coach(self.user, media_id)
        found = checklist_for(row.exercise_id)
        ticked = set(request.POST.getlist("seen"))
        answers = {item.id: item.id in ticked for item in found.items} if found else {}
        try:
            with transaction.atomic():
                media.look(
                    row=row,
                    answers=answers,
                    reply=request.POST.get("reply", "").strip()[:4000],
                    by=self.user,
                    at=self.now(),
                )
        except Refused as no:
            return self._page(media_id, no=no, ticked=ticked)
        words = _("Kept. %(name)s reads your reply at the next sync.")
        return self.done(words % {"name": row.client.name}, reverse("form-checks"))

    def _page(
        self, media_id: uuid.UUID, *, no: Refused | None = None, ticked: Any = ()
    ) -> HttpResponse:
        row = held.for_coach(self.user, media_id)
        context = {
            "page": "clients",
            "clip": row,
            "lift": exercise_name(row.exercise_id),
            "checklist": checklist_for(row.exercise_id),
            "ticked": ticked,
            "source": held.address(row, "clip", user=self.user),
            "poster": held.address(row, "poster", user=self.user),
            "reply": self.request.POST.get("reply", ""),
            "no": no,
        }
        return self.show("clients/form_check.html", context, status=no.status if no else 200)
