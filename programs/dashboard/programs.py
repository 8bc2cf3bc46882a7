"""Programs on the desk: the list, one to read, and what puts them in order."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coachapi.dashboard.pages import DeskView
from coachapi.refusals import NotThere
from programs import queries
from programs.actions import imports, programs, shelf
from programs.dashboard.reading import read
from programs.domain.document import parse
from programs.spreadsheets.answer import xlsx
from programs.spreadsheets.writing import program_xlsx


class ProgramList(DeskView):
    """The templates this coach may assign."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Newest first, or the most like what is looked for; those put away apart."""
        typed, archived = request.GET.get("q", "")[:120], "archived" in request.GET
        found = queries.programs(self.user, typed=typed, archived=archived)
        context = {"programs": found, "typed": typed, "archived": archived, "page": "programs"}
        return self.show("programs/programs.html", context)


class ProgramPage(DeskView):
    """One program as written."""

    def get(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """Phases, weeks side by side, every prescription in words."""
        revision = _latest(self, program_id)
        context = {
            "program": read(revision.document, queries.library_for(revision.practice_id)),
            "revision": revision,
            "row": revision.program,
            "mine": revision.program.created_by_id == self.user.pk,
            "page": "programs",
        }
        return self.show("programs/program.html", context)


class ExportPage(DeskView):
    """One program to save."""

    def get(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """The spreadsheet that an import reads back."""
        revision = _latest(self, program_id)
        book = queries.library_for(revision.practice_id)
        body = program_xlsx(parse(revision.document, exercises=None), book)
        return xlsx(body, revision.program.name)


class _Act(DeskView, ABC):
    """A button on a program's page."""

    def post(self, request: HttpRequest, program_id: uuid.UUID) -> HttpResponse:
        """Done, with a receipt."""
        return self.act(programs.find(self.user, program_id))

    @abstractmethod
    def act(self, program: Any) -> HttpResponse:
        """What the button does."""

    def receipt(self, words: str, program_id: uuid.UUID, undo: str = "") -> HttpResponse:
        """Back to the program's page."""
        back = reverse(undo, args=[program_id]) if undo else ""
        return self.done(words, reverse("program", args=[program_id]), undo=back)


class CopyAct(_Act):
    """Copy."""

    def act(self, program: Any) -> HttpResponse:
        """The copy is opened."""
        made = shelf.copy(program=program, by=self.user, at=self.now())
        return self.receipt(_("Copied. This is the copy, and it is yours."), made.program_id)


class ArchiveAct(_Act):
    """Archive."""

    def act(self, program: Any) -> HttpResponse:
        """Away from the list."""
        shelf.archive(program=program, at=self.now())
        words = _("Archived. Plans made from it go on.")
        return self.receipt(words, program.pk, undo="program-unarchive")


class UnarchiveAct(_Act):
    """Unarchive."""

    def act(self, program: Any) -> HttpResponse:
        """Back to the list."""
        shelf.unarchive(program=program)
        return self.receipt(_("Back in the list."), program.pk, undo="program-archive")


class ShareAct(_Act):
    """Share with the practice."""

    def act(self, program: Any) -> HttpResponse:
        """Everybody of the practice sees it."""
        shelf.share(program=program, visibility="practice", by=self.user)
        words = _("Shared: every coach of the practice sees it.")
        return self.receipt(words, program.pk, undo="program-hide")


class HideAct(_Act):
    """Keep private."""

    def act(self, program: Any) -> HttpResponse:
        """Its author and the owner see it."""
        shelf.share(program=program, visibility="private", by=self.user)
        words = _("Private: its author and the owner of the practice see it.")
        return self.receipt(words, program.pk, undo="program-share")


class BeginFromSample(DeskView):
    """The sample as a program to begin from."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Written and opened."""
        place = queries.coach_place(self.user)
        made = imports.begin(place=place, by=self.user, at=self.now())
        words = _("The sample is yours now. Copy it, change it, or archive it.")
        return self.done(words, reverse("program", args=[made.program_id]))


class SampleFile(DeskView):
    """The sample file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The layout of an import, filled in, as CSV."""
        headers = {"Content-Disposition": 'attachment; filename="program-sample.csv"'}
        return HttpResponse(imports.sample(), content_type="text/csv", headers=headers)


def _latest(page: DeskView, program_id: uuid.UUID) -> Any:
    found = queries.program_document(page.user, program_id)
    if found is None:
        raise NotThere
    return found
