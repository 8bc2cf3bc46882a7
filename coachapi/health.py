"""Whether this server lives, and whether it can do its work."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from coachapi import heartbeat

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
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        parts = {name: _state(heartbeat.age(name)) for name in ("worker", "beat")}
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "not answering"}, status=503)
    body = {"ready": behind == 0, "database": "ok", "migrations_behind": behind, **parts}
    if settings.DEMO:
        body["demo"] = True
    return JsonResponse(body, status=200 if behind == 0 else 503)


def _state(age: float | None) -> str:
    if age is None:
        return "never seen"
    return "ok" if age < STALE else f"silent for {age:.0f} s"
