"""Form-check clips over the API: announced here, uploaded by tus, seen at a short-lived address."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views import View
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import media
from clients.api.fields import Whole
from clients.domain.clips import KINDS, LARGEST
from clients.queries import media as held
from clients.queries import people
from coachapi.api import errors
from coachapi.api.ranges import ranged
from coachapi.api.views import CoachApiView, Input, created_or_same
from coachapi.door import acting_as
from coachapi.refusals import NotThere


class ClipIn(Input):
    """A clip that is coming: what it shows, how large it is, its SHA-256."""

    kind = serializers.ChoiceField(["form_check"], default="form_check")
    exercise_id = serializers.CharField(max_length=40)
    session_id = serializers.UUIDField(allow_null=True, default=None)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    content_type = serializers.ChoiceField(
        list(KINDS),
        error_messages={"invalid_choice": f"“{{input}}” is no film. Accepted: {', '.join(KINDS)}."},
    )
    size_bytes = Whole(min_value=1, max_value=LARGEST)
    sha256 = serializers.RegexField("^[0-9a-fA-F]{64}$")


class UploadOut(serializers.Serializer[Any]):
    """Where and how the bytes go."""

    protocol = serializers.CharField()
    url = serializers.CharField()
    expires_at = serializers.DateTimeField()


class ClipOut(serializers.Serializer[Any]):
    """A clip and where it stands: pending, uploading, processing, ready, failed."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    failure = serializers.CharField(allow_null=True)
    exercise_id = serializers.CharField()
    exercise = serializers.CharField()
    session_id = serializers.UUIDField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    seconds = serializers.FloatField(allow_null=True)
    at = serializers.DateTimeField()
    looked_at = serializers.DateTimeField(allow_null=True)
    passed = serializers.BooleanField(allow_null=True)
    upload = UploadOut(allow_null=True)
    clip_url = serializers.CharField(allow_null=True, help_text="Opens for five minutes.")
    poster_url = serializers.CharField(allow_null=True)


class ClipListOut(serializers.Serializer[Any]):
    """Clips, newest first."""

    items = ClipOut(many=True)


class MediaListView(CoachApiView):
    """The signed-in client's clips."""

    @extend_schema(responses=ClipListOut, operation_id="listMedia")
    def get(self, request: Request) -> Response:
        """The latest hundred clips and what became of each."""
        rows = held.of_client(people.own_client(self.user)).select_related("checked")
        items = [held.document(row, user=self.user) for row in rows[: held.SHOWN]]
        return Response(ClipListOut({"items": items}).data)


class MediaView(CoachApiView):
    """One clip, under an id of the phone's."""

    @extend_schema(responses=ClipOut, operation_id="getMedia")
    def get(self, request: Request, media_id: uuid.UUID) -> Response:
        """Where a clip stands, with addresses to see it."""
        row = held.find(people.own_client(self.user), media_id)
        return Response(ClipOut(held.document(row, user=self.user)).data)

    @extend_schema(request=ClipIn, responses={200: ClipOut, 201: ClipOut}, operation_id="putMedia")
    def put(self, request: Request, media_id: uuid.UUID) -> Response:
        """Announce a clip; the answer says where its bytes go."""
        row, new = media.announce(
            client=people.own_client(self.user),
            media_id=media_id,
            body=self.read(ClipIn),
            by=self.user,
            at=self.now(),
        )
        return created_or_same(ClipOut(held.document(row, user=self.user)).data, created=new)

    @extend_schema(responses={204: None}, operation_id="deleteMedia")
    def delete(self, request: Request, media_id: uuid.UUID) -> Response:
        """Take a clip back; nobody sees it from now on."""
        media.take_back(client=people.own_client(self.user), media_id=media_id)
        return Response(status=204)


class ClipView(View):
    """A clip or its still, for whom its address was made, for five minutes."""

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """The bytes, whole or a range; asked again of the database whether they may see it."""
        try:
            media_id, which, user_id = held.opened(token)
            with acting_as(user_id):
                name = held.shown_to(media_id, which)
        except NotThere as no:
            return errors.not_found(request, no)
        store = held.store()
        if not isinstance(store, FileSystemStorage):  # an S3 serves by itself, for as short a time
            return HttpResponseRedirect(store.url(name))
        kind = "image/jpeg" if which == "poster" else "video/mp4"
        return ranged(request, store.open(name), content_type=kind)
