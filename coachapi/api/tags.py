"""ETags: strong from a row's ``rev``, weak from the words of a view; 304 when nothing moved.

``Cache-Control: private, no-cache`` beside them: a phone may keep a copy of its own, and asks
before it uses it. Compression makes a strong tag weak on its way, so readers compare weakly.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.refusals import Refused

KEPT = "private, no-cache"
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag that was read: 412 when it is not the latest, 428 without.",
)


class VersionNeeded(Refused):
    """A coach changes something from the version they read, so that nobody's words are lost."""

    code = "precondition_required"
    status = 428
    title = "Version needed"

    def __init__(self) -> None:
        super().__init__('Send the version you read, for example If-Match: "3".')


def strong(rev: int) -> str:
    """The tag of one resource at a revision."""
    return f'"{rev}"'


def weak(body: Any) -> str:
    """The tag of a view: the same words, the same tag."""
    said = json.dumps(body, default=str, sort_keys=True).encode()
    return f'W/"{hashlib.sha256(said).hexdigest()[:32]}"'


def tagged(request: Request, body: Any, tag: str | None = None, *, status: int = 200) -> Response:
    """The body with its tag, or 304 for a reader who has it."""
    tag = tag or weak(body)
    headers = {"ETag": tag, "Cache-Control": KEPT}
    if status == 200 and request.method == "GET" and _holds(request, tag):
        return Response(status=304, headers=headers)
    return Response(body, status=status, headers=headers)


def version_read(request: Request) -> int:
    """The revision that ``If-Match`` names; raises ``VersionNeeded`` when it names none."""
    said = _opaque(request.headers.get("If-Match", ""))
    if not said.isascii() or not said.isdigit() or len(said) > 9:
        raise VersionNeeded
    return int(said)


def _holds(request: Request, tag: str) -> bool:
    held = request.headers.get("If-None-Match", "")
    return held.strip() == "*" or _opaque(tag) in {_opaque(each) for each in held.split(",")}


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"')
