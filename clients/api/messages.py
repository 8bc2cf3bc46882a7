"""The thread of a client, for the client and for the coach: read it, write, mark it read."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import messages
from clients.actions.moment import Moment
from clients.api.fields import Instant, Zone
from clients.queries import people, thread
from coachapi.api.paging import PAGED, asked, next_cursor
from coachapi.api.tags import strong, tagged
from coachapi.api.views import CoachApiView, Input, created_or_same
from coachapi.paging import cursor_of
from coachapi.refusals import NotThere

LONGEST = 2000


class AboutOut(serializers.Serializer[Any]):
    """What a message is tied to: a session, an exercise or a report."""

    kind = serializers.CharField()
    id = serializers.CharField()
    words = serializers.CharField()


class LineOut(serializers.Serializer[Any]):
    """A line of the thread. `kind` is open: message, report.sent, report.seen, change.applied …"""

    id = serializers.CharField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    from_coach = serializers.BooleanField(allow_null=True, help_text="Null for an event.")
    text = serializers.CharField(help_text="What was written; empty for an event.")
    words = serializers.CharField(help_text="What happened; empty for a message.")
    about = AboutOut(allow_null=True)
    hurts = serializers.BooleanField(help_text="The words speak of pain: offer the report form.")
    read_at = serializers.DateTimeField(allow_null=True)
    performed_at = serializers.DateTimeField(allow_null=True)
    report_id = serializers.UUIDField(allow_null=True)
    rev = serializers.IntegerField(allow_null=True)


class ThreadOut(serializers.Serializer[Any]):
    """A page of the thread, newest first."""

    items = LineOut(many=True)
    next_cursor = next_cursor()
    unread = serializers.IntegerField(help_text="Messages of the other side not read yet.")


class MessageIn(Input):
    """A message, tied to one thing at most."""

    text = serializers.CharField(max_length=LONGEST)
    session_id = serializers.UUIDField(allow_null=True, default=None)
    exercise_id = serializers.CharField(max_length=40, allow_null=True, default=None)
    report_id = serializers.UUIDField(allow_null=True, default=None)
    performed_at = Instant()
    zone = Zone()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """At most one of the three."""
        tied = [key for key in ("session_id", "exercise_id", "report_id") if attrs[key]]
        if len(tied) > 1:
            raise serializers.ValidationError(
                {tied[1]: ["A message is tied to one session, exercise or report at most."]}
            )
        return attrs


class ReadIn(Input):
    """The newest message that was on the screen."""

    up_to = serializers.UUIDField()


class ReadOut(serializers.Serializer[Any]):
    """How many messages became read, and how many still wait."""

    read = serializers.IntegerField()
    unread = serializers.IntegerField()


class _Thread(CoachApiView):
    """What both sides do with a thread."""

    by_coach = False

    def shown(self, request: Request, client: Any) -> Response:
        """One page."""
        lines, further = thread.thread(client, asked(request))
        body = {
            "items": lines,
            "next_cursor": cursor_of(further),
            "unread": thread.unread(client, by_coach=self.by_coach),
        }
        return Response(ThreadOut(body).data)

    def written(self, client: Any, message_id: uuid.UUID) -> Response:
        """The message as it stands in the thread."""
        sent = self.read(MessageIn)
        about = messages.About(sent["session_id"], sent["exercise_id"], sent["report_id"])
        _, new = messages.write(
            client=client,
            message_id=message_id,
            text=sent["text"],
            about=about,
            from_coach=self.by_coach,
            moment=Moment(sent["performed_at"], sent["zone"], self.now()),
            by=self.user,
        )
        return created_or_same(LineOut(thread.message(client, message_id)).data, created=new)

    def marked(self, client: Any) -> Response:
        """Read up to a message."""
        up_to = self.read(ReadIn)["up_to"]
        count = messages.read(client=client, up_to=up_to, by_coach=self.by_coach, at=self.now())
        left = thread.unread(client, by_coach=self.by_coach)
        return Response(ReadOut({"read": count, "unread": left}).data)


class MessagesView(_Thread):
    """The client's own thread."""

    @extend_schema(parameters=PAGED, responses=ThreadOut, operation_id="listMessages")
    def get(self, request: Request) -> Response:
        """Messages and what happened between them, newest first."""
        return self.shown(request, people.own_client(self.user))


class MessageView(_Thread):
    """One message of the client, by the id the phone gave it."""

    always_taken = frozenset({"put"})

    @extend_schema(responses={200: LineOut, 304: None}, operation_id="getMessage")
    def get(self, request: Request, message_id: uuid.UUID) -> Response:
        """A message of the own thread; ETag is its rev."""
        line = thread.message(people.own_client(self.user), message_id)
        if line is None or line.rev is None:
            raise NotThere
        return tagged(request, LineOut(line).data, strong(line.rev))

    @extend_schema(
        request=MessageIn, responses={200: LineOut, 201: LineOut}, operation_id="putMessage"
    )
    def put(self, request: Request, message_id: uuid.UUID) -> Response:
        """Write to the coach; the same again is the same message, other words are a 409.

        Words that speak of a warning sign open a report at once: `report_id` names it, and its
        questions are due.
        """
        return self.written(people.own_client(self.user), message_id)


class MessagesReadView(_Thread):
    """How far the client has read."""

    @extend_schema(request=ReadIn, responses=ReadOut, operation_id="markMessagesRead")
    def put(self, request: Request) -> Response:
        """Mark the coach's messages read, up to one."""
        return self.marked(people.own_client(self.user))


class ClientMessagesView(_Thread):
    """A coached client's thread."""

    by_coach = True

    @extend_schema(parameters=PAGED, responses=ThreadOut, operation_id="listClientMessages")
    def get(self, request: Request, client_id: uuid.UUID) -> Response:
        """Messages and what happened between them, newest first."""
        return self.shown(request, people.coached_client(self.user, client_id))


class ClientMessageView(_Thread):
    """One message of the coach."""

    by_coach = True

    @extend_schema(
        request=MessageIn, responses={200: LineOut, 201: LineOut}, operation_id="putClientMessage"
    )
    def put(self, request: Request, client_id: uuid.UUID, message_id: uuid.UUID) -> Response:
        """Write to a client; the same again is the same message, other words are a 409."""
        return self.written(people.coached_client(self.user, client_id), message_id)


class ClientMessagesReadView(_Thread):
    """How far the coaches have read."""

    by_coach = True

    @extend_schema(request=ReadIn, responses=ReadOut, operation_id="markClientMessagesRead")
    def put(self, request: Request, client_id: uuid.UUID) -> Response:
        """Mark the client's messages read, up to one; any coach's reading counts for all."""
        return self.marked(people.coached_client(self.user, client_id))
