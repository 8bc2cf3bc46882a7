"""The inbox: who needs me first."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from clients.dashboard.report import report_context
from clients.queries import inbox, story
from coachapi.dashboard.pages import DeskView

LEVELS = ("emergency", "urgent", "refer", "modify", "incomplete", "monitor", "log")


class InboxPage(DeskView):
    """The list by urgency; on wide pages the report that ``?open=`` names stands beside it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The whole page."""
        opened = _uuid(request.GET.get("open", ""))
        context = _context(self)
        if opened is not None:
            context |= report_context(self, story.find(self.user, opened), "")
        return self.show("clients/inbox.html", context | {"opened": opened})


class LiveInbox(DeskView):
    """The list alone, asked for every few seconds; unchanged is 304."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, unless the reader has it already."""
        context = _context(self)
        mark = f'"{context["inbox"].mark}"'
        if request.headers.get("If-None-Match") == mark:
            response: HttpResponse = HttpResponseNotModified()
        else:
            response = self.show("clients/inbox_list.html", context)
        response.headers["ETag"] = mark
        # Kept by nobody, but asked for by its mark: the script holds the mark, not the page.
        response.headers["Cache-Control"] = "no-store"
        return response


class WaitingCount(DeskView):
    """How many rows wait, for the number beside "Inbox" on every other page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A bare number."""
        count = inbox.waiting_count(self.user, at=self.now())
        return HttpResponse(str(count), content_type="text/plain")


def _context(view: DeskView) -> dict[str, Any]:
    only = view.request.GET.get("level", "")
    only = only if only in LEVELS else ""
    found = inbox.inbox(view.user, at=view.now(), only=only)
    return {"inbox": found, "only": only, "levels": LEVELS, "page": "inbox"}


def _uuid(words: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(words)
    except ValueError:
        return None
