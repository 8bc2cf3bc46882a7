"""Programs to read: the list, and one program week by week."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse

from coachapi.dashboard.pages import DeskView
from coachapi.refusals import NotThere
from programs import queries
from programs.dashboard.reading import read


class ProgramList(DeskView):
    """The templates this coach may assign."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Newest first."""
        context = {"programs": queries.programs(self.user), "page": "programs"}
        return self.show("programs/programs.html", context)


class ProgramPage(DeskView):
    """One program as written."""

    def get(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """Phases, weeks, workouts, every prescription in words."""
        revision = queries.program_document(self.user, program_id)
        if revision is None:
            raise NotThere
        context = {
            "program": read(revision.document),
            "revision": revision,
            "page": "programs",
        }
        return self.show("programs/program.html", context)
