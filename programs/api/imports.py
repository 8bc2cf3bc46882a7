"""Programs in and out as spreadsheets."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.views import CoachApiView, Input
from coachapi.refusals import Fault, NotThere, Unreadable
from programs import queries
from programs.actions import imports
from programs.domain.document import parse, to_json
from programs.domain.sheet import SheetRead
from programs.spreadsheets.answer import xlsx
from programs.spreadsheets.reading import refuse_long
from programs.spreadsheets.writing import TYPE, program_xlsx


class ProgramImportIn(Input):
    """A file, and the program's name where the sheet says none."""

    file = serializers.FileField(allow_empty_file=True, help_text="CSV in UTF-8, or XLSX.")
    name = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)


class ImportedRowOut(serializers.Serializer[Any]):
    """A row of the sheet and what it became."""

    row = serializers.IntegerField()
    words = serializers.CharField()


class ProgramImportOut(serializers.Serializer[Any]):
    """The program a sheet says; POST `document` to `/v1/programs` to keep it."""

    document = serializers.JSONField()
    rows = ImportedRowOut(many=True)


class SheetFaults(Unreadable):
    """A sheet with faults, each with its cell; nothing is written."""

    code = "program_import.faults"

    def __init__(self, read: SheetRead) -> None:
        count = len(read.faults)
        super().__init__(
            f"The sheet has {count} fault{'' if count == 1 else 's'}; nothing was written.",
            faults=tuple(Fault(f"#/{one.cell}", one.code, one.sentence) for one in read.faults),
            extra={"rows": rows_of(read)},
        )


class ProgramImportsView(CoachApiView):
    """A spreadsheet looked at."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": ProgramImportIn},
        responses=ProgramImportOut,
        operation_id="previewProgramImport",
    )
    def post(self, request: Request) -> Response:
        """The program that a file says, row by row; nothing is written.

        A fault's pointer is the cell, such as `#/F7`.
        """
        place = queries.coach_place(self.user)
        refuse_long(request.META.get("CONTENT_LENGTH"))
        sent = self.read(ProgramImportIn, _single(request))
        read = imports.preview(place=place, sent=sent["file"].read(), name=sent["name"])
        if read.document is None:
            raise SheetFaults(read)
        return Response({"document": to_json(read.document), "rows": rows_of(read)})


class ProgramXlsxView(CoachApiView):
    """A program as a spreadsheet."""

    @extend_schema(responses={(200, TYPE): OpenApiTypes.BINARY}, operation_id="exportProgram")
    def get(self, request: Request, program_id: uuid.UUID) -> HttpResponse:
        """The latest revision in the layout that an import reads back."""
        found = queries.program_document(self.user, program_id)
        if found is None:
            raise NotThere
        return xlsx(
            program_xlsx(
                parse(found.document, exercises=None), queries.library_for(found.practice_id)
            ),
            found.program.name,
        )


def _single(request: Request) -> dict[str, Any]:
    """The parts of a form, the last of each name."""
    data = request.data
    return dict(data.items()) if isinstance(data, dict) else {}


def rows_of(read: SheetRead) -> list[dict[str, Any]]:
    """Every row with what it became."""
    return [{"row": row.number, "words": row.words} for row in read.rows]
