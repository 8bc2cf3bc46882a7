"""Around every request: an id that goes along, one line in the log, one count by route."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from coachapi.watch import metrics

log = logging.getLogger(__name__)

SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")  # a request id that we take from outside
NO_ROUTE = "none"
KNOWN = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Watched:
    """Takes ``Request-Id`` if it is sane, else makes one; it is echoed and goes into tasks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and write down how it went."""
        began = time.perf_counter()
        given = request.headers.get("Request-Id", "")
        request_id = given if SANE.fullmatch(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            method = str(request.method) if request.method in KNOWN else "OTHER"
            route, status = _route(request), response.status_code
            seen = {"method": method, "route": route, "status": status}
            log.info("request", extra={**seen, "ms": round(seconds * 1000, 1)})
        metrics.answered(method=method, route=route, status=status, seconds=seconds)
        response.headers["Request-Id"] = request_id
        return response


def _route(request: HttpRequest) -> str:
    """The address as it is written in the urls, without anybody's ids."""
    return str(request.resolver_match.route) if request.resolver_match else NO_ROUTE
