"""The database is away for a moment: say so, and when to try again, instead of a fault of ours."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from coachapi.api import errors

RETRY_AFTER = 2  # seconds; a restart of the database takes about that


class DatabaseAway:
    """Turns the database's absence into 503 with Retry-After; nothing was stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        """Answer for a view that met the database's absence."""
        return answer(request) if is_away(raised) else None


def is_away(raised: BaseException | None) -> bool:
    """Whether this says that the database did not answer, rather than that we asked wrongly."""
    return isinstance(raised, (OperationalError, InterfaceError))


def instead_of_500(request: HttpRequest) -> HttpResponse | None:
    """For the handler of 500s: the same answer where no view was reached yet (signing in)."""
    return answer(request) if is_away(sys.exc_info()[1]) else None


def answer(request: HttpRequest) -> HttpResponse:
    """503 in the shape of the address: a problem document, or a page."""
    if request.path.startswith("/v1/"):
        body = errors.document(
            503,
            "unavailable",
            "Not available",
            "The server cannot reach its data for a moment. Nothing was stored. Try again.",
        )
        response: HttpResponse = JsonResponse(body, status=503, content_type=errors.TYPE)
    else:
        response = HttpResponse(render_to_string("coachapi/away.html"), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
