"""One exercise of one client: its e1RM through time, its records, every set; also in the editor."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse

from clients.dashboard.lift_drawings import drawings
from clients.dashboard.plan import PlanDesk
from clients.domain.exercise_history import since
from clients.queries import exercise_history
from clients.queries.running import unit_of

WEEKS, IN_EDITOR = 26, 5


class LiftPage(PlanDesk):
    """The history of an exercise."""

    def get(self, request: HttpRequest, client_id: uuid.UUID, exercise_id: str) -> HttpResponse:
        """The page; inside the editor a part of it, with the last days only."""
        client = self.client_of(client_id)
        exercise, found = exercise_history.of(client, exercise_id)
        half_a_year = since(found, self.today(client) - dt.timedelta(weeks=WEEKS))
        days = half_a_year.days[::-1]
        context = {
            "page": "clients",
            "client": client,
            "exercise_id": exercise_id,
            "name": exercise.name,
            "found": found,
            "days": days[:IN_EDITOR] if self.wants_part else days,
            "drawings": drawings(half_a_year, unit_of(client)),
        }
        part = "clients/lift_part.html" if self.wants_part else "clients/lift.html"
        return self.show(part, context)
