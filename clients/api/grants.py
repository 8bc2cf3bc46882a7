"""Pre-authorisation over the API: a coach gives and confirms, a phone reads and uses."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import grants, regressions
from clients.actions.moment import Moment
from clients.api.fields import Instant, Whole, Zone
from clients.api.regressions import RegressionView
from clients.api.today import SessionShownOut
from clients.queries import grants as held
from clients.queries import people, supposing
from coachapi.api.views import CoachApiView, Input, created_or_same


class ExposureOut(serializers.Serializer[Any]):
    """A session trained under the change, as the ladder counts it."""

    on = serializers.DateField()
    worst = serializers.IntegerField(allow_null=True)
    morning = serializers.CharField()
    painkiller = serializers.BooleanField()
    effect = serializers.CharField()


class GrantOut(serializers.Serializer[Any]):
    """What a coach allowed beforehand; the evaluator reads it as it is.

    `way` down: an option for a place and a lift. `way` up: the next rung of a running change.
    `why_not` = why it would not be used today; `sessions` = the coming week's as they would be.
    """

    id = serializers.UUIDField()
    way = serializers.CharField()
    title = serializers.CharField()
    until = serializers.DateField()
    given_by = serializers.CharField()
    why_not = serializers.CharField(allow_null=True)
    option = serializers.CharField(required=False)
    places = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), required=False
    )
    exercises = serializers.ListField(child=serializers.CharField(), required=False)
    classes = serializers.ListField(child=serializers.CharField(), required=False)
    most_pain = serializers.IntegerField(required=False)
    because = serializers.CharField(allow_null=True, required=False)
    sessions = SessionShownOut(many=True, required=False)
    regression_id = serializers.UUIDField(required=False)
    ladder = serializers.CharField(allow_null=True, required=False)
    rung = serializers.IntegerField(allow_null=True, required=False)
    rungs = serializers.IntegerField(allow_null=True, required=False)
    since = serializers.DateField(allow_null=True, required=False)
    exposures = ExposureOut(many=True, required=False)


class KnownOut(serializers.Serializer[Any]):
    """What `judge` and `preauthorised` ask as `known`: slow facts, when a region was asked last."""

    profile = serializers.DictField()
    last_asked = serializers.DictField(child=serializers.DateTimeField())


class GrantListOut(serializers.Serializer[Any]):
    """What is allowed today, and what the evaluator must know of this client."""

    items = GrantOut(many=True)
    known = KnownOut()


class GrantsView(CoachApiView):
    """What the signed-in client's phone may do at once."""

    @extend_schema(responses=GrantListOut, operation_id="listGrants")
    def get(self, request: Request) -> Response:
        """Every pre-authorisation in force, with what the phone needs to use it without signal."""
        client = people.own_client(self.user)
        at = self.now()
        found = {
            "items": held.for_phone(client, at=at),
            "known": held.known_to_phone(client, at=at),
        }
        return Response(GrantListOut(found).data)


class UseIn(Input):
    """The phone used a grant, at this moment by its own clock, synced last at `synced_at`."""

    performed_at = Instant()
    zone = Zone()
    report_id = serializers.UUIDField(allow_null=True, default=None)
    synced_at = Instant(allow_null=True, default=None)


class UseOut(serializers.Serializer[Any]):
    """What became of it: carried out until a coach confirms, or why it does not hold."""

    id = serializers.UUIDField()
    used_at = serializers.DateTimeField()
    refused = serializers.ListField(child=serializers.CharField())
    report_id = serializers.UUIDField(allow_null=True)
    regression_id = serializers.UUIDField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)


class GrantUseView(CoachApiView):
    """A use, under an id of the phone's."""

    always_taken = frozenset({"put"})

    @extend_schema(request=UseIn, responses={200: UseOut, 201: UseOut}, operation_id="putGrantUse")
    def put(self, request: Request, grant_id: uuid.UUID, use_id: uuid.UUID) -> Response:
        """Say that the phone used a grant. It is judged again; repeating it changes nothing."""
        sent = self.read(UseIn)
        row, new = grants.use(
            client=people.own_client(self.user),
            grant_id=grant_id,
            use_id=use_id,
            report_id=sent["report_id"],
            synced_at=sent["synced_at"],
            moment=Moment(sent["performed_at"], sent["zone"], self.now()),
        )
        return created_or_same(UseOut(row).data, created=new)


class GrantIn(Input):
    """Down: an option for a place and a lift, up to a pain of 1–5. Up: a running change."""

    way = serializers.ChoiceField(["down", "up"])
    until = serializers.DateField()
    option_id = serializers.CharField(max_length=24, default="")
    region = serializers.CharField(max_length=20, default="")
    side = serializers.CharField(max_length=8, default="")
    exercise = serializers.CharField(max_length=40, default="")
    most_pain = Whole(default=0)
    regression_id = serializers.UUIDField(allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A way up names its change."""
        if attrs["way"] == "up" and attrs["regression_id"] is None:
            raise serializers.ValidationError({"regression_id": ["A way up names its change."]})
        return attrs


class GrantRowOut(serializers.Serializer[Any]):
    """A pre-authorisation as its coach reads it, with every use."""

    id = serializers.UUIDField()
    way = serializers.CharField()
    title = serializers.CharField()
    place = serializers.CharField(allow_null=True)
    exercise = serializers.CharField(allow_null=True)
    most_pain = serializers.IntegerField(allow_null=True)
    until = serializers.DateField()
    given_by = serializers.CharField()
    given_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    uses = UseOut(many=True)


class GrantRowListOut(serializers.Serializer[Any]):
    """Every pre-authorisation of a client, newest first."""

    items = GrantRowOut(many=True)


class GrantMadeOut(serializers.Serializer[Any]):
    """The new pre-authorisation."""

    id = serializers.UUIDField()


class ClientGrantsView(CoachApiView):
    """What a coach allowed a client's phone."""

    @extend_schema(responses=GrantRowListOut, operation_id="listClientGrants")
    def get(self, request: Request, client_id: uuid.UUID) -> Response:
        """Every pre-authorisation of this client and what was done with it."""
        client = people.coached_client(self.user, client_id)
        return Response(GrantRowListOut({"items": held.of_client(client)}).data)

    @extend_schema(request=GrantIn, responses={201: GrantMadeOut}, operation_id="giveGrant")
    def post(self, request: Request, client_id: uuid.UUID) -> Response:
        """Allow a named option, or the way back up, until a day; 84 days ahead at most."""
        client = people.coached_client(self.user, client_id)
        sent = self.read(GrantIn)
        given = {"client": client, "until": sent["until"], "by": self.user, "at": self.now()}
        if sent["way"] == "up":
            made = grants.give_up(regression_id=sent["regression_id"], **given)
        else:
            supposed = supposing.Supposed(
                sent["region"], sent["side"], sent["exercise"], sent["most_pain"]
            )
            made = grants.give_down(supposed=supposed, option_id=sent["option_id"], **given)
        return Response({"id": made.pk}, status=201)


class ClientGrantView(CoachApiView):
    """One pre-authorisation."""

    @extend_schema(responses={204: None}, operation_id="withdrawGrant")
    def delete(self, request: Request, client_id: uuid.UUID, grant_id: uuid.UUID) -> Response:
        """Take it back; it stays on record."""
        client = people.coached_client(self.user, client_id)
        grants.withdraw(client=client, grant_id=grant_id, by=self.user, at=self.now())
        return Response(status=204)


class ConfirmView(RegressionView):
    """Standing behind a provisional change."""

    @extend_schema(request=None, responses={204: None}, operation_id="confirmRegression")
    def post(self, request: Request, regression_id: uuid.UUID) -> Response:
        """Confirm what the phone used as allowed; its report is answered. Twice is once."""
        regressions.confirm(**self.named(regression_id))
        return Response(status=204)
