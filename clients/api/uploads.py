"""The tus protocol, 1.0.0: creation, expiration, checksum and termination, for announced clips.

The file itself is the truth about how much has arrived. It is written outside any transaction, by
one writer at a time, and what a broken connection brought so far is kept.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.http import HttpRequest
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from clients.actions import media
from clients.domain.clips import LARGEST
from clients.queries import media as held
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.refusals import NotThere, Refused

VERSION = "1.0.0"
BYTES = "application/offset+octet-stream"
BLOCK = 64 * 1024
SUMS = ("sha1", "sha256")
TUS = [OpenApiParameter("Tus-Resumable", str, OpenApiParameter.HEADER, required=True)]
OFFSET = [
    *TUS,
    OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True),
    OpenApiParameter("Upload-Checksum", str, OpenApiParameter.HEADER),
]
CREATION = [
    *TUS,
    OpenApiParameter("Upload-Length", int, OpenApiParameter.HEADER, required=True),
    OpenApiParameter("Upload-Metadata", str, OpenApiParameter.HEADER, required=True),
]


class TusRefusal(Refused):
    """A request that the protocol refuses; the codes are its own."""

    code = "upload.refused"
    title = "Not uploaded"

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status  # type: ignore[misc]


class Untouched(BaseParser):
    """Leaves the bytes in the request; they go from there into the file."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Nothing is read here."""
        return {}


class TusView(APIView):
    """Every answer says the version; every request but OPTIONS must, and is signed in."""

    parser_classes = [Untouched]
    request: Request

    def get_authenticators(self) -> list[BaseAuthentication]:
        """What is spoken here may be asked by anybody."""
        return [] if self._asks_only() else super().get_authenticators()

    def get_permissions(self) -> Any:
        """The same for what is permitted."""
        return [] if self._asks_only() else super().get_permissions()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Signed in, and of the version spoken here."""
        super().initial(request, *args, **kwargs)
        if not self._asks_only() and request.headers.get("Tus-Resumable") != VERSION:
            raise TusRefusal(412, f"Say Tus-Resumable: {VERSION}.")

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """The version, also beside a refusal."""
        made = super().finalize_response(request, response, *args, **kwargs)
        made["Tus-Resumable"] = made["Tus-Version"] = VERSION
        return made

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """What is spoken here."""
        spoken = {
            "Tus-Extension": "creation,expiration,checksum,termination",
            "Tus-Max-Size": str(LARGEST),
            "Tus-Checksum-Algorithm": ",".join(SUMS),
        }
        return Response(status=204, headers=spoken)

    def _asks_only(self) -> bool:
        return self.request is not None and self.request.method == "OPTIONS"

    @property
    def user(self) -> User:
        """The signed-in user."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    def waiting(self, media_id: uuid.UUID) -> Any:
        """The client's own clip, if it waits for bytes; else ``NotThere``, or 410 when done."""
        with acting_as(self.user.pk):
            row = held.find(people.own_client(self.user), media_id)
        if row.state not in {"pending", "uploading"}:
            raise TusRefusal(410, f"This clip is {row.state}; it waits for no more bytes.")
        return row


class UploadsView(TusView):
    """Where an upload begins, for clients that want to create one the way tus does."""

    @extend_schema(
        request=None, responses={201: None}, parameters=CREATION, operation_id="createUpload"
    )
    def post(self, request: Request) -> Response:
        """Begin the upload of the clip that Upload-Metadata names (`media_id`)."""
        row = self.waiting(_named(request.headers.get("Upload-Metadata", "")))
        if _number(request, "Upload-Length") != row.size_bytes:
            raise TusRefusal(409, f"The clip was announced with {row.size_bytes} bytes.")
        headers = {"Location": f"/v1/uploads/{row.pk}", **_expires(row)}
        return Response(status=201, headers=headers)


class UploadView(TusView):
    """The bytes of one clip."""

    @extend_schema(request=None, responses={200: None}, parameters=TUS, operation_id="headUpload")
    def head(self, request: Request, media_id: uuid.UUID) -> Response:
        """How much has arrived."""
        row = self.waiting(media_id)
        arrived = {
            "Upload-Offset": str(held.offset(media_id)),
            "Upload-Length": str(row.size_bytes),
            "Cache-Control": "no-store",
        }
        return Response(status=200, headers=arrived | _expires(row))

    @extend_schema(
        request={BYTES: bytes}, responses={204: None}, parameters=OFFSET, operation_id="patchUpload"
    )
    def patch(self, request: Request, media_id: uuid.UUID) -> Response:
        """Add bytes at the offset; the last ones are checked against what was announced."""
        if request.content_type != BYTES:
            raise TusRefusal(415, f"Say Content-Type: {BYTES}.")
        row = self.waiting(media_id)
        with _only_writer(media_id) as file:
            here = file.seek(0, 2)
            if _number(request, "Upload-Offset") != here:
                raise TusRefusal(409, f"{here} bytes have arrived; go on from there.")
            if here + _number(request, "Content-Length") > row.size_bytes:
                raise TusRefusal(413, f"The clip was announced with {row.size_bytes} bytes.")
            _append(file, request._request, request.headers.get("Upload-Checksum", ""), here)
            here = file.tell()
        if here == row.size_bytes:
            self._complete(media_id)
        return Response(status=204, headers={"Upload-Offset": str(here), **_expires(row)})

    @extend_schema(
        request=None, responses={204: None}, parameters=TUS, operation_id="terminateUpload"
    )
    def delete(self, request: Request, media_id: uuid.UUID) -> Response:
        """Give an upload up."""
        self.waiting(media_id)
        with acting_as(self.user.pk):
            media.take_back(client=people.own_client(self.user), media_id=media_id)
        return Response(status=204)

    def _complete(self, media_id: uuid.UUID) -> None:
        try:
            with acting_as(self.user.pk):
                media.arrived(client=people.own_client(self.user), media_id=media_id)
        except media.NotAVideo:
            with acting_as(self.user.pk):
                client = people.own_client(self.user)
                media.failed(client=client, media_id=media_id, why="not_a_video")
            raise


@contextmanager
def _only_writer(media_id: uuid.UUID) -> Iterator[IO[bytes]]:
    """The file of an upload, for one request at a time; 423 for a second one."""
    path = held.part(media_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TusRefusal(423, "Another request is writing to this upload.") from None
        yield file


def _append(file: IO[bytes], request: HttpRequest, checksum: str, here: int) -> None:
    """What comes in, block by block; a piece that does not match its checksum is taken off."""
    name, wanted = _sum(checksum)
    made = hashlib.new(name, usedforsecurity=False)
    try:
        while block := request.read(BLOCK):
            made.update(block)
            file.write(block)
    finally:
        file.flush()
    if wanted is not None and made.digest() != wanted:
        file.truncate(here)
        raise TusRefusal(460, "This piece is not what its checksum says. Send it again.")


def _sum(header: str) -> tuple[str, bytes | None]:
    if not header:
        return "sha256", None
    name, _space, value = header.partition(" ")
    try:
        wanted = base64.b64decode(value, validate=True)
    except binascii.Error:
        wanted = b""
    if name not in SUMS or not wanted:
        raise TusRefusal(400, f"Accepted in Upload-Checksum: {' or '.join(SUMS)} and base64.")
    return name, wanted


def _number(request: Request, name: str) -> int:
    value = request.headers.get(name, "")
    if not value.isdecimal() or len(value) > 15:
        raise TusRefusal(400, f"{name} is {value[:20]!r}, not a whole number.")
    return int(value)


def _named(metadata: str) -> uuid.UUID:
    """The clip an upload is for; raises ``NotThere`` for none."""
    pairs = dict(pair.strip().partition(" ")[::2] for pair in metadata.split(","))
    try:
        return uuid.UUID(base64.b64decode(pairs.get("media_id", "")).decode("ascii"))
    except ValueError:
        raise NotThere from None


def _expires(row: Any) -> dict[str, str]:
    return {"Upload-Expires": http_date((row.at + held.EXPIRES).timestamp())}
