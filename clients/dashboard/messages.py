"""The thread with one client: read it, answer it; it stays live while it is open."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.actions import messages
from clients.actions.moment import Moment
from clients.dashboard.forms import MessageForm
from clients.queries import people, thread
from coachapi.dashboard.pages import DeskView
from coachapi.ids import new_id
from coachapi.paging import Asked, cursor_of, place_of
from coachapi.refusals import Refused

SHOWN = 40


class MessagesPage(DeskView):
    """Everything written, with what became of reports and plan between it, newest last."""

    def get(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """The page; as a part only the lines, and nothing when the reader has them already."""
        context = self._context(client_id)
        if not self.wants_part:
            form = MessageForm(initial={"message_id": new_id(), **_tied(request)})
            return self.show("clients/messages.html", context | {"form": form})
        if request.GET.get("mark") == context["mark"]:
            return HttpResponse(status=204)
        return self.show("clients/thread.html", context)

    def post(self, request: HttpRequest, client_id: uuid.UUID) -> HttpResponse:
        """Sent, or the words as typed with what was wrong."""
        form = MessageForm(request.POST)
        if not form.is_valid():
            return self._again(client_id, form, 422)
        sent = form.cleaned_data
        client = people.coached_client(self.user, client_id)
        try:
            with transaction.atomic():
                messages.write(
                    client=client,
                    message_id=sent["message_id"],
                    text=sent["text"],
                    about=messages.About(report_id=sent["report"]),
                    from_coach=True,
                    moment=Moment(self.now(), self.user.time_zone, self.now()),
                    by=self.user,
                )
        except Refused as no:
            form.add_error(None, no.sentence)
            return self._again(client_id, form, no.status)
        words = _("Sent. %(name)s reads it on the phone.") % {"name": client.name}
        return self.done(words, reverse("messages", args=[client_id]))

    def _again(self, client_id: uuid.UUID, form: MessageForm, status: int) -> HttpResponse:
        context = self._context(client_id) | {"form": form}
        return self.show("clients/messages.html", context, status=status)

    def _context(self, client_id: uuid.UUID) -> dict[str, Any]:
        client = people.coached_client(self.user, client_id)
        before = self.request.GET.get("before")
        place = place_of(before) if before else None
        lines, further = thread.thread(client, Asked(place, SHOWN))
        waiting = [line for line in lines if line.from_coach is False and line.read_at is None]
        read = sum(line.read_at is not None for line in lines)
        return {
            "page": "clients",
            "client": client,
            "lines": lines[::-1],
            "earlier": cursor_of(further),
            "older": bool(before),
            "unread": waiting[0] if waiting else None,
            "mark": f"{lines[0].id if lines else ''}-{read}",
        }


class MessagesRead(DeskView):
    """The beacon of a thread that was before somebody's eyes for a second."""

    def post(
        self, request: HttpRequest, client_id: uuid.UUID, message_id: uuid.UUID
    ) -> HttpResponse:
        """Noted: the client reads "read" with the time."""
        client = people.coached_client(self.user, client_id)
        messages.read(client=client, up_to=message_id, by_coach=True, at=self.now())
        return HttpResponse(status=204)


def _tied(request: HttpRequest) -> dict[str, Any]:
    """The report a message is begun from, when its page was left for this one."""
    try:
        return {"report": uuid.UUID(request.GET.get("report", ""))}
    except ValueError:
        return {}
