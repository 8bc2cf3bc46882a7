"""The phone logs: sessions and sets, by ids it minted itself."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import session_changes, sets, training
from clients.api.fields import Instant, Number, Whole, Zone
from clients.api.logged import SessionRowOut, SetLogOut
from clients.domain.compliance import SKIP_REASONS
from clients.domain.moments import local_date
from clients.queries import logged, people
from coachapi.api.tags import strong, tagged
from coachapi.api.views import CoachApiView, Input, created_or_same
from coachapi.refusals import Fault, Unreadable

LB = Decimal("0.45359237")
HEAVIEST = Decimal(1000)


class SetIn(Input):
    """A set as performed; weight in the unit the client typed."""

    session_id = serializers.UUIDField()
    exercise_id = serializers.CharField(max_length=40)
    slot = serializers.CharField(max_length=20)
    set_index = Whole(min_value=0, max_value=200)
    kind = serializers.ChoiceField(["warmup", "work"], default="work")
    reps = Whole(min_value=0, max_value=1000, allow_null=True, default=None)
    seconds = Whole(min_value=0, max_value=86400, allow_null=True, default=None)
    weight = Number(min_value=0, max_value=2200, allow_null=True, default=None)
    weight_unit = serializers.ChoiceField(["kg", "lb"], default="kg")
    rir = Number(min_value=0, max_value=10, allow_null=True, default=None)
    end_reason = serializers.ChoiceField(
        ["", "target_reached", "muscular_failure", "position_lost", "pain"], default=""
    )
    checklist = serializers.DictField(child=serializers.BooleanField(), default=dict)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    performed_at = Instant()
    zone = Zone()
    prescription_hash = serializers.CharField(max_length=64, allow_blank=True, default="")

    rev = Whole(min_value=1, allow_null=True, default=None)


class SetOut(serializers.Serializer[Any]):
    """The set as kept."""

    id = serializers.UUIDField()
    rev = serializers.IntegerField()
    session_id = serializers.UUIDField()
    received_at = serializers.DateTimeField()


class SetView(CoachApiView):
    """One set, by the id the phone gave it."""

    always_taken = frozenset({"put"})

    @extend_schema(responses={200: SetLogOut, 304: None}, operation_id="getSet")
    def get(self, request: Request, set_id: uuid.UUID) -> Response:
        """A set as kept; ETag is its rev."""
        row = logged.one_set(people.own_client(self.user), set_id)
        return tagged(request, SetLogOut(row).data, strong(row.rev))

    @extend_schema(request=SetIn, responses={200: SetOut, 201: SetOut}, operation_id="putSet")
    def put(self, request: Request, set_id: uuid.UUID) -> Response:
        """Keep a set; the same again changes nothing, a correction names its rev."""
        sent = self.read(SetIn)
        rev = sent.pop("rev")
        row, new = sets.log(
            client=people.own_client(self.user),
            set_id=set_id,
            body=weighed(sent),
            rev=rev,
            received_at=self.now(),
        )
        body = SetOut(
            {
                "id": row.id,
                "rev": row.rev,
                "session_id": row.session_id,
                "received_at": row.received_at,
            }
        ).data
        return created_or_same(body, created=new)


def weighed(sent: dict[str, Any]) -> dict[str, Any]:
    """The weight as typed and in kg; a set needs reps or seconds."""
    if sent["reps"] is None and sent["seconds"] is None:
        raise Unreadable(
            "A set has reps or seconds.",
            faults=(Fault("#/reps", "required", "Send reps, or seconds for a held set."),),
        )
    typed = sent.pop("weight")
    entered = None if typed is None else Decimal(str(typed)).quantize(Decimal("0.001"))
    kg = entered
    if entered is not None and sent["weight_unit"] == "lb":
        kg = (entered * LB).quantize(Decimal("0.001"))
    if kg is not None and kg > HEAVIEST:
        raise Unreadable(
            f"{kg} kg is more than anybody lifts.",
            faults=(Fault("#/weight", "max_value", f"Accepted: up to {HEAVIEST} kg."),),
        )
    rir = sent["rir"]
    sent["rir"] = None if rir is None else Decimal(str(rir)).quantize(Decimal("0.1"))
    return {**sent, "weight_entered": entered, "weight_kg": kg}


class SessionIn(Input):
    """What the client does with a session."""

    state = serializers.ChoiceField(["started", "done", "skipped"])
    reason = serializers.ChoiceField(
        ["", *SKIP_REASONS], default="", help_text="Of a skipped one; it may follow later."
    )
    at = Instant()


class SessionOut(serializers.Serializer[Any]):
    """The session's state."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    date = serializers.DateField()
    rev = serializers.IntegerField()


class SessionView(CoachApiView):
    """One session of the running plan."""

    always_taken = frozenset({"put"})

    @extend_schema(responses={200: SessionRowOut, 304: None}, operation_id="getSession")
    def get(self, request: Request, session_id: uuid.UUID) -> Response:
        """A session's day and state; ETag is its rev."""
        row = logged.one_session(people.own_client(self.user), session_id)
        return tagged(request, SessionRowOut(row).data, strong(row.rev))

    @extend_schema(request=SessionIn, responses=SessionOut, operation_id="putSession")
    def put(self, request: Request, session_id: uuid.UUID) -> Response:
        """Start, finish or skip a session; doing it twice is doing it once."""
        sent = self.read(SessionIn)
        client = people.own_client(self.user)
        if sent["state"] == "started":
            row = training.open_session(client=client, session_id=session_id, at=sent["at"])
        elif sent["state"] == "done":
            row = training.finish_session(client=client, session_id=session_id, at=sent["at"])
        else:
            row = training.skip_session(client=client, session_id=session_id, reason=sent["reason"])
        return Response(_session(row))


class MoveIn(Input):
    """The day a session goes to."""

    date = serializers.DateField()


class SessionDateView(CoachApiView):
    """The day of one session."""

    @extend_schema(request=MoveIn, responses=SessionOut, operation_id="moveSession")
    def put(self, request: Request, session_id: uuid.UUID) -> Response:
        """Another day, inside the coach's policy for this client; the same again is the same."""
        client = people.own_client(self.user)
        row = session_changes.move(
            client=client,
            session_id=session_id,
            on=self.read(MoveIn)["date"],
            today=local_date(self.now(), client.time_zone),
            by=self.user,
            at=self.now(),
        )
        return Response(_session(row))


class SwapIn(Input):
    """An exercise the coach listed for this place; null goes back to the plan."""

    exercise_id = serializers.CharField(max_length=40, allow_null=True)


class SessionSwapView(CoachApiView):
    """One place of a session."""

    @extend_schema(request=SwapIn, responses=SessionOut, operation_id="swapPlace")
    def put(self, request: Request, session_id: uuid.UUID, slot: str) -> Response:
        """Swap to a listed exercise, or back; refused where a change for a pain runs."""
        client = people.own_client(self.user)
        row = session_changes.swap(
            client=client,
            session_id=session_id,
            slot=slot,
            exercise=self.read(SwapIn)["exercise_id"],
            today=local_date(self.now(), client.time_zone),
            by=self.user,
            at=self.now(),
        )
        return Response(_session(row))


def _session(row: Any) -> dict[str, Any]:
    found = {"id": row.id, "state": row.state, "date": row.on, "rev": row.rev}
    return dict(SessionOut(found).data)
