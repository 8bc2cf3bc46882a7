"""Every error is an RFC 9457 problem document with a stable code (docs/adr/0005)."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from coachapi.api.parsers import TooLarge
from coachapi.refusals import Fault, NotThere, Refused, Unreadable

TYPE = "application/problem+json"
STALE = ".changed_meanwhile"


def document(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    faults: tuple[Fault, ...] = (),
    extra: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A problem document: what was refused, why, and each fault with its JSON pointer."""
    return {
        "type": f"/docs/problems#{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [{"pointer": f.pointer, "code": f.code, "detail": f.detail} for f in faults],
        **(extra or {}),
    }


def of_refusal(no: Refused) -> dict[str, Any]:
    """The problem document of one of our own refusals."""
    return document(
        no.status, no.code, no.title, no.sentence, faults=no.faults, extra=dict(no.extra)
    )


def problem(raised: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Anything not anticipated is a bug and stays a 500."""
    no = as_refusal(raised)
    if no is None:
        return None
    set_rollback()
    said = of_refusal(no)
    if no.code.endswith(STALE) and "If-Match" in context["request"].headers:
        said["status"] = 412  # RFC 9110: the condition sent with the request does not hold
    if isinstance(raised, exceptions.UnsupportedMediaType):
        taken = [each.media_type for each in context["view"].parser_classes]
        said["detail"] += f" Accepted: {', '.join(taken) or 'no body'}."
    response = Response(said, status=said["status"], content_type=TYPE)
    header = getattr(raised, "auth_header", None)
    if header:
        response["WWW-Authenticate"] = header
    for name, value in getattr(raised, "headers", {}).items():
        response[name] = value
    wait = getattr(raised, "wait", None)
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    return response


def as_refusal(raised: Exception) -> Refused | None:
    """What was raised as a refusal of ours; ``None`` for a bug."""
    if isinstance(raised, Refused):
        return raised
    if isinstance(raised, Http404):
        return NotThere()
    if isinstance(raised, RequestDataTooBig):  # Django's own word for it, when it read the body
        return _FromDrf(TooLarge())
    if isinstance(raised, exceptions.ValidationError):
        return Unreadable(
            "Some of what was sent is not accepted; see errors.",
            faults=tuple(_faults(raised.detail)),
        )
    if isinstance(raised, exceptions.APIException):
        return _FromDrf(raised)
    return None


class _FromDrf(Refused):
    """One of DRF's own refusals (401, 403, 405, 406, 415, 429, unreadable JSON)."""

    def __init__(self, raised: exceptions.APIException) -> None:
        codes = raised.get_codes()
        super().__init__(str(raised.detail))
        self.status = raised.status_code  # type: ignore[misc]
        self.code = codes if isinstance(codes, str) else "refused"  # type: ignore[misc]
        default = str(type(raised).default_detail)
        phrase = HTTPStatus(raised.status_code).phrase  # where DRF's own words have a blank to fill
        self.title = phrase if "{" in default else default  # type: ignore[misc]


def _faults(detail: Any, pointer: str = "#") -> Iterator[Fault]:
    if isinstance(detail, dict):
        for key, inside in detail.items():
            step = "" if key == "non_field_errors" else f"/{key}"
            yield from _faults(inside, pointer + step)
    elif isinstance(detail, list):
        for index, inside in enumerate(detail):
            is_leaf = isinstance(inside, str)
            yield from _faults(inside, pointer if is_leaf else f"{pointer}/{index}")
    else:
        yield Fault(pointer, getattr(detail, "code", "invalid"), str(detail))


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """An address under /v1/ that does not exist."""
    no = NotThere()
    return JsonResponse(of_refusal(no), status=404, content_type=TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """A request that never reaches a view: a host that is not ours, a header that is none."""
    body = document(400, "bad_request", "Not understood", "This request cannot be understood.")
    return JsonResponse(body, status=400, content_type=TYPE)


def broken(request: HttpRequest) -> JsonResponse:
    """A fault of ours: says so, and nothing about its inside."""
    body = document(
        500, "server_error", "Fault of ours", "Something broke here. Nothing was stored. Try again."
    )
    return JsonResponse(body, status=500, content_type=TYPE)
