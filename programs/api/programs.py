"""Program templates over the API: one nested document in, one out, addressed edits between."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.paging import PAGED, asked, next_cursor, searched
from coachapi.api.tags import IF_MATCH, strong, tagged, version_read
from coachapi.api.views import CoachApiView, Input
from coachapi.paging import cursor_of, part
from coachapi.refusals import NotThere
from programs import queries
from programs.actions import programs, shelf
from programs.domain.document_edits import OPS

VISIBILITIES = ("practice", "private")


class ProgramRowOut(serializers.Serializer[Any]):
    """A template in the list."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    revision = serializers.IntegerField()
    weeks = serializers.IntegerField()
    visibility = serializers.ChoiceField(choices=VISIBILITIES)
    author = serializers.CharField()
    mine = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(allow_null=True)


class ProgramListOut(serializers.Serializer[Any]):
    """A page of the practice's templates, newest first."""

    items = ProgramRowOut(many=True)
    next_cursor = next_cursor()


class ProgramOut(serializers.Serializer[Any]):
    """A template, whole."""

    id = serializers.UUIDField()
    revision = serializers.IntegerField()
    document = serializers.JSONField()


class RevisionOut(serializers.Serializer[Any]):
    """A revision in the history."""

    revision = serializers.IntegerField()
    author = serializers.CharField()
    at = serializers.DateTimeField()


class RevisionListOut(serializers.Serializer[Any]):
    """Every revision, newest first."""

    items = RevisionOut(many=True)


class EditIn(serializers.Serializer[Any]):
    """One addressed edit: `value` with replace, add, merge; `to` with move; `after` with split."""

    op = serializers.ChoiceField(choices=tuple(OPS))
    at = serializers.JSONField(help_text="A JSON pointer; merge, remove and duplicate take a list.")
    value = serializers.JSONField(required=False)
    to = serializers.CharField(required=False)
    after = serializers.IntegerField(required=False)


class EditsIn(serializers.Serializer[Any]):
    """Edits in order, each addressed in the program as the one before left it."""

    edits = EditIn(many=True)


class SearchIn(Input):
    """What is looked for in the list."""

    q = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    archived = serializers.BooleanField(required=False, default=False)


class CopyIn(Input):
    """The name of the copy; without one, "… (copy)"."""

    name = serializers.CharField(max_length=120, required=False, default="")


class VisibilityIn(Input):
    """Who sees it: the practice, or its author and the owner."""

    visibility = serializers.ChoiceField(choices=VISIBILITIES)


class ProgramsView(CoachApiView):
    """The templates of the practices this user coaches in."""

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="A name; typos are forgiven."),
            OpenApiParameter("archived", bool, description="Those put away, instead."),
            *PAGED,
        ],
        responses=ProgramListOut,
        operation_id="listPrograms",
    )
    def get(self, request: Request) -> Response:
        """Every template, newest first, or the most like what is asked for."""
        sent = self.read(SearchIn, searched(request))
        found = queries.programs(self.user, typed=sent["q"], archived=sent["archived"])
        items, further = part(found, asked(request), id_=lambda row: str(row["id"]))
        return Response({"items": items, "next_cursor": cursor_of(further)})

    @extend_schema(request=Any, responses={201: ProgramOut}, operation_id="createProgram")
    def post(self, request: Request) -> Response:
        """Write a template from one document; every fault has a pointer."""
        place = queries.coach_place(self.user)
        made = programs.write(place=place, raw=request.data, by=self.user, at=self.now())
        return Response(_shown(made), status=201)


class ProgramView(CoachApiView):
    """One template."""

    @extend_schema(responses={200: ProgramOut, 304: None}, operation_id="getProgram")
    def get(self, request: Request, program_id: uuid.UUID) -> Response:
        """The latest revision."""
        return _answer(request, queries.program_document(self.user, program_id))

    @extend_schema(
        parameters=[IF_MATCH], request=Any, responses=ProgramOut, operation_id="replaceProgram"
    )
    def put(self, request: Request, program_id: uuid.UUID) -> Response:
        """The next revision, made from the one named in If-Match; 412 with both when it is old."""
        made = programs.rewrite(
            program=programs.find(self.user, program_id),
            raw=request.data,
            expected=version_read(request),
            by=self.user,
            at=self.now(),
        )
        return _answer(request, made)

    @extend_schema(
        parameters=[IF_MATCH], request=EditsIn, responses=ProgramOut, operation_id="editProgram"
    )
    def patch(self, request: Request, program_id: uuid.UUID) -> Response:
        """The next revision by addressed edits; all of them or none.

        A fault below `#/edits` is in what was sent, any other in the program as it would be.
        """
        sent = request.data
        made = programs.edit(
            program=programs.find(self.user, program_id),
            edits=sent.get("edits") if isinstance(sent, dict) else None,
            expected=version_read(request),
            by=self.user,
            at=self.now(),
        )
        return _answer(request, made)


class CopyProgramView(CoachApiView):
    """A template once more."""

    @extend_schema(request=CopyIn, responses={201: ProgramOut}, operation_id="copyProgram")
    def post(self, request: Request, program_id: uuid.UUID) -> Response:
        """The latest revision as a new template of your own."""
        made = shelf.copy(
            program=programs.find(self.user, program_id),
            name=self.read(CopyIn)["name"],
            by=self.user,
            at=self.now(),
        )
        return Response(_shown(made), status=201)


class ArchiveProgramView(CoachApiView):
    """A template put away."""

    @extend_schema(request=None, responses={204: None}, operation_id="archiveProgram")
    def post(self, request: Request, program_id: uuid.UUID) -> Response:
        """Away from the list; plans made from it go on."""
        shelf.archive(program=programs.find(self.user, program_id), at=self.now())
        return Response(status=204)


class UnarchiveProgramView(CoachApiView):
    """A template brought back."""

    @extend_schema(request=None, responses={204: None}, operation_id="unarchiveProgram")
    def post(self, request: Request, program_id: uuid.UUID) -> Response:
        """Back to the list."""
        shelf.unarchive(program=programs.find(self.user, program_id))
        return Response(status=204)


class ProgramVisibilityView(CoachApiView):
    """Who sees a template."""

    @extend_schema(request=VisibilityIn, responses={204: None}, operation_id="shareProgram")
    def put(self, request: Request, program_id: uuid.UUID) -> Response:
        """Show it to the practice, or keep it to its author and the owner."""
        shelf.share(
            program=programs.find(self.user, program_id),
            visibility=self.read(VisibilityIn)["visibility"],
            by=self.user,
        )
        return Response(status=204)


class ProgramRevisionsView(CoachApiView):
    """The history of a template."""

    @extend_schema(responses=RevisionListOut, operation_id="listProgramRevisions")
    def get(self, request: Request, program_id: uuid.UUID) -> Response:
        """Every revision, newest first: who, when."""
        found = queries.revisions(self.user, program_id)
        if not found:
            raise NotThere
        return Response({"items": found})


class ProgramRevisionView(CoachApiView):
    """A template as it stood."""

    @extend_schema(responses={200: ProgramOut, 304: None}, operation_id="getProgramRevision")
    def get(self, request: Request, program_id: uuid.UUID, number: int) -> Response:
        """One revision; PUT its document to go back to it."""
        return _answer(request, queries.revision(self.user, program_id, number))


def _answer(request: Request, revision: Any) -> Response:
    if revision is None:
        raise NotThere
    return tagged(request, _shown(revision), strong(revision.number))


def _shown(revision: Any) -> dict[str, Any]:
    return {
        "id": revision.program_id,
        "revision": revision.number,
        "document": revision.document,
    }
