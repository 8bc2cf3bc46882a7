"""Bringing along what was trained before, from Strong or Hevy."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import imports
from clients.api.fields import Zone
from clients.queries import imports as held
from clients.queries import people
from coachapi.api.views import CoachApiView, Input, created_or_same


class FileIn(Input):
    """A file's text. `zone`: where it was trained, its times say none. `unit`: if it says none."""

    text = serializers.CharField(trim_whitespace=False)
    zone = Zone()
    unit = serializers.ChoiceField(["kg", "lb"], allow_null=True, default=None)


class ImportStateOut(serializers.Serializer[Any]):
    """How far an import has got: read, running, done."""

    id = serializers.UUIDField()
    source = serializers.CharField()  # type: ignore[assignment]
    state = serializers.CharField()
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class LineFaultOut(serializers.Serializer[Any]):
    """A line that is not brought, and why."""

    line = serializers.IntegerField()
    words = serializers.CharField()


class LikeOut(serializers.Serializer[Any]):
    """One of our exercises."""

    id = serializers.CharField()
    name = serializers.CharField()


class NameOut(serializers.Serializer[Any]):
    """An exercise of the file: which of ours it means, and which are like it."""

    name = serializers.CharField()
    sets = serializers.IntegerField()
    exercise_id = serializers.CharField(allow_null=True)
    like = LikeOut(many=True)


class ImportOut(ImportStateOut):
    """What a file would bring: nothing is brought before it is started."""

    unit_missing = serializers.BooleanField()
    sets = serializers.IntegerField()
    already_here = serializers.IntegerField()
    rests = serializers.IntegerField()
    empty = serializers.IntegerField()
    faulty = serializers.IntegerField()
    faults = LineFaultOut(many=True, help_text="The first hundred.")
    first_on = serializers.DateField(allow_null=True)
    last_on = serializers.DateField(allow_null=True)
    exercises = NameOut(many=True)


class ImportListOut(serializers.Serializer[Any]):
    """Imports, newest first."""

    items = ImportStateOut(many=True)


class StartIn(Input):
    """The answers: the unit, if the file says none, and our exercise for a name of the file."""

    unit = serializers.ChoiceField(["kg", "lb"], allow_null=True, default=None)
    exercises = serializers.DictField(
        child=serializers.CharField(max_length=40, allow_null=True), default=dict
    )


class ImportsView(CoachApiView):
    """The signed-in client's imports."""

    @extend_schema(responses=ImportListOut, operation_id="listImports")
    def get(self, request: Request) -> Response:
        """Every import and how far it has got."""
        rows = held.of_client(people.own_client(self.user))
        return Response(ImportListOut({"items": [held.state(row) for row in rows]}).data)


class ImportView(CoachApiView):
    """One import, under an id of the phone's."""

    @extend_schema(responses=ImportOut, operation_id="getImport")
    def get(self, request: Request, import_id: uuid.UUID) -> Response:
        """What the file brings, and how far it has got."""
        row = held.find(people.own_client(self.user), import_id)
        return Response(ImportOut(held.preview(row)).data)

    @extend_schema(
        request=FileIn, responses={200: ImportOut, 201: ImportOut}, operation_id="putImport"
    )
    def put(self, request: Request, import_id: uuid.UUID) -> Response:
        """Send a file and read what it would bring; nothing is brought yet."""
        sent = self.read(FileIn)
        row, new = imports.send(
            client=people.own_client(self.user),
            import_id=import_id,
            text=sent["text"],
            zone=sent["zone"],
            unit=sent["unit"] or "",
            by=self.user,
            at=self.now(),
        )
        return created_or_same(ImportOut(held.preview(row)).data, created=new)


class ImportStartView(CoachApiView):
    """Starting an import."""

    @extend_schema(request=StartIn, responses={202: ImportStateOut}, operation_id="startImport")
    def post(self, request: Request, import_id: uuid.UUID) -> Response:
        """Bring the sets; ask `getImport` how far it has got. The same file again adds nothing."""
        sent = self.read(StartIn)
        row = imports.start(
            client=people.own_client(self.user),
            import_id=import_id,
            unit=sent["unit"] or "",
            names=sent["exercises"],
        )
        return Response(ImportStateOut(held.state(row)).data, status=202)
