"""Whether this server lives, whether it can do its work, and whether alerts are leaving."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from coachapi import heartbeat
from coachapi.notifications.vitals import vitals
from coachapi.watch import metrics, parts

STALE = 30.0  # seconds without a beat before a part counts as gone


@login_not_required
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers and has every migration; workers and beat are reported, not required.

    A web server without a worker still accepts reports (they wait in the outbox), so the balancer
    must not take it away.
    """
    try:
        behind = _behind()
        seen = {name: _state(heartbeat.age(name)) for name in ("worker", "beat")}
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "not answering"}, status=503)
    body = {"ready": behind == 0, "database": "ok", "migrations_behind": behind, **seen}
    if settings.DEMO:
        body["demo"] = True
    return JsonResponse(body, status=200 if behind == 0 else 503)


@login_not_required
def deep(request: HttpRequest) -> JsonResponse:
    """A word for each part that an alert needs; 503 when one is red (docs/runbook.md)."""
    try:
        migrations = "behind" if _behind() else parts.OK
        said = {"database": parts.OK, "migrations": migrations, **parts.of(vitals())}
    except DatabaseError:
        said = {"database": "away"}
    well = parts.healthy(said)
    response = JsonResponse({"healthy": well, "parts": said}, status=200 if well else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


@login_not_required
def numbers(request: HttpRequest) -> HttpResponse:
    """For Prometheus, who sends ``Authorization: Bearer`` with ``METRICS_TOKEN``."""
    sent = request.headers.get("Authorization", "").encode()
    right = f"Bearer {settings.METRICS_TOKEN}".encode()
    if not settings.METRICS_TOKEN or not hmac.compare_digest(sent, right):
        raise Http404
    return HttpResponse(metrics.page(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _behind() -> int:
    """How many migrations of this code the database does not have."""
    connection.ensure_connection()
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _state(age: float | None) -> str:
    if age is None:
        return "never seen"
    return "ok" if age < STALE else f"silent for {age:.0f} s"
