"""Numbers for Prometheus: the facts of the database, and requests by route. No ids, no content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

if settings.METRICS_FOLDER:  # read by the library when it is imported
    Path(settings.METRICS_FOLDER).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = settings.METRICS_FOLDER

from prometheus_client import (  # noqa: E402 - after the folder is there
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily  # noqa: E402
from prometheus_client.registry import Collector  # noqa: E402

from coachapi import heartbeat  # noqa: E402
from coachapi.notifications import vitals  # noqa: E402
from coachapi.watch import parts  # noqa: E402

NEVER = float("nan")
GAUGES = {
    "coachapi_deliveries_waiting": "Deliveries that have not left yet.",
    "coachapi_oldest_unsent_seconds": "Age of the oldest delivery that should have left.",
    "coachapi_dead_letters": "Deliveries that a provider refused for good.",
    "coachapi_unacknowledged_red_flags": "Emergencies and urgent alerts nobody has taken on.",
    "coachapi_sweep_age_seconds": "Since a worker last looked for alerts to send.",
    "coachapi_beat_age_seconds": "Since Celery's beat last rang.",
    "coachapi_relay_blind": "1 while a relay does not see the outbox.",
    "coachapi_clock_went_back": "1 while the database's clock is behind what it wrote.",
    "coachapi_healthy": "1 while /health/deep is green.",
}

_own = CollectorRegistry()
_REQUESTS = Counter(
    "coachapi_requests", "Answered requests.", ["method", "route", "status"], registry=_own
)
_SECONDS = Histogram(
    "coachapi_request_seconds", "Time to answer, by route.", ["method", "route"], registry=_own
)


def answered(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count a request and its time under its route, never under its path."""
    _REQUESTS.labels(method, route, str(status)).inc()
    _SECONDS.labels(method, route).observe(seconds)


class Facts(Collector):
    """The gauges of the database, read when asked."""

    def collect(self) -> Iterator[Any]:
        """One value a gauge; none of them while the database does not answer, but "not healthy"."""
        try:
            values = _values()
        except DatabaseError:
            values = {"coachapi_healthy": 0.0}
        for name, value in values.items():
            yield GaugeMetricFamily(name, GAUGES[name], value=value)


def _values() -> dict[str, float]:
    now = vitals.vitals()
    beat = heartbeat.age("beat")
    return {
        "coachapi_deliveries_waiting": now.waiting,
        "coachapi_oldest_unsent_seconds": now.oldest_unsent_seconds,
        "coachapi_dead_letters": now.dead_letters,
        "coachapi_unacknowledged_red_flags": now.unacknowledged_red_flags,
        "coachapi_sweep_age_seconds": NEVER if now.sweep_seconds is None else now.sweep_seconds,
        "coachapi_beat_age_seconds": NEVER if beat is None else beat,
        "coachapi_relay_blind": float(now.blind),
        "coachapi_clock_went_back": float(now.clock_went_back),
        "coachapi_healthy": float(parts.healthy(parts.of(now))),
    }


def page() -> bytes:
    """Everything, as Prometheus reads it; the requests of all processes of this web together."""
    asked = CollectorRegistry()
    asked.register(Facts())
    if settings.METRICS_FOLDER:
        multiprocess.MultiProcessCollector(asked)
        return bytes(generate_latest(asked))
    return bytes(generate_latest(asked) + generate_latest(_own))
