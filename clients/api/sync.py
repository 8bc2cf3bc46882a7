"""The phone's sync: the two calls of WatermelonDB, pull and push (docs/adr/0013)."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import projection, sync
from clients.api.push_shape import BadShape, read_push
from clients.queries import people
from clients.queries import sync as pulling
from clients.queries.synced import MIRRORED
from coachapi.api.parsers import PushParser, read_json
from coachapi.api.views import CoachApiView
from coachapi.door import acting_as, reading_as


class ChangedOut(serializers.Serializer[Any]):
    """The changes of one collection."""

    created = serializers.ListField(child=serializers.DictField(), help_text="Always empty.")
    updated = serializers.ListField(child=serializers.DictField())
    deleted = serializers.ListField(child=serializers.CharField())


class PulledOut(serializers.Serializer[Any]):
    """What changed since the cursor, and the next cursor."""

    changes = serializers.DictField(child=ChangedOut())
    timestamp = serializers.IntegerField(help_text="The cursor; no time. Below 2^53.")
    experimentalStrategy = serializers.CharField(  # noqa: N815 - WatermelonDB's own word
        required=False, help_text="`replacement`: the full set follows, the phone drops the rest."
    )


class SetAsideOut(serializers.Serializer[Any]):
    """A row that was not taken; it is kept aside, and the next pull restores the server's."""

    table = serializers.CharField()
    id = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class TakenOut(serializers.Serializer[Any]):
    """The push was taken."""

    warnings = SetAsideOut(many=True, required=False)


CURSOR = OpenApiParameter(
    "last_pulled_at", int, description="The cursor of the last pull; absent or null at the first."
)

PUSH = {
    "type": "object",
    "description": "Changes by collection. Rows carry the columns they were pulled with.",
    "additionalProperties": {"$ref": "#/components/schemas/ChangedOut"},
}


class SyncView(CoachApiView):
    """One person's phone and the server, brought to the same."""

    always_taken = frozenset({"post"})
    parser_classes = [PushParser]  # noqa: RUF012 - DRF's own form

    def step_in(self, user_id: uuid.UUID) -> None:
        """A pull opens its own transaction: its level is set before the name (ruling 21)."""
        if self.request.method != "GET":
            super().step_in(user_id)

    @extend_schema(
        operation_id="pullSync",
        responses=PulledOut,
        parameters=[
            CURSOR,
            OpenApiParameter("schema_version", int, description="The app's own; not needed here."),
            OpenApiParameter(
                "migration",
                str,
                description="JSON of WatermelonDB: tables and columns the app has just got.",
            ),
        ],
    )
    def get(self, request: Request) -> Response:
        """Everything that changed since the cursor, as of one moment.

        A cursor from before a restore, from the future or older than half a year is answered with
        the full set and `experimentalStrategy: replacement`.
        """
        query = request.query_params
        with acting_as(self.user.pk):
            place = pulling.place_of(self.user)
            if place is not None and not place.is_fresh(self.now()):
                projection.refresh(place.client, at=self.now())
        with reading_as(self.user.pk):
            cursor = _cursor(query.get("last_pulled_at", ""))
            anew = _anew(query.get("migration", ""))
            client = place.client if place else None
            return Response(pulling.pull(self.user, client, cursor=cursor, anew=anew))

    @extend_schema(
        operation_id="pushSync",
        request={"application/json": PUSH},
        responses=TakenOut,
        parameters=[CURSOR],
    )
    def post(self, request: Request) -> Response:
        """Take a phone's changes, all or none.

        409 with `conflicts` when a row changed meanwhile: pull and push again. 200 with `warnings`
        for rows kept aside. Never refused for the app's version. Accepts `Content-Encoding: gzip`.
        """
        batches, strange = read_push(request.data)  # a slow line holds nobody's row
        client = people.own_client(self.user, held=True)
        warned = sync.push(batches, strange, client=client, by=self.user, at=self.now())
        told = [
            {"table": each.table, "id": each.id, "code": each.no.code, "detail": each.no.sentence}
            for each in warned
        ]
        return Response({"warnings": told} if told else {})


def _cursor(given: str) -> int | None:
    """The cursor; ``None`` at a first sync. One that is no number is as foreign as any."""
    if given in {"", "null", "0"}:
        return None
    return int(given) if given.isdecimal() and len(given) < 20 else -1


def _anew(migration: str) -> list[str]:
    """The collections an upgraded app needs whole: of those it names, the ones there are."""
    if migration in {"", "null"}:
        return []
    try:
        named = read_json(migration)
        tables = [*named.get("tables", ()), *(each["table"] for each in named.get("columns", ()))]
    except (ParseError, AttributeError, TypeError, KeyError) as wrong:
        raise BadShape("migration is JSON: {from, tables: […], columns: [{table, …}]}.") from wrong
    return [name for name in MIRRORED if name in tables]
