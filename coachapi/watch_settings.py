"""What an operator reads: logs, metrics, traces, the outbound heartbeat (docs/adr/0012)."""

from __future__ import annotations

import os
from typing import Any

from coachapi.environ import flag

_READ_BY_PEOPLE = flag("DEMO") or flag("DEBUG")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "coachapi.watch.logs.Line", "as_json": not _READ_BY_PEOPLE}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django's own line about a refused request holds its path; ours holds the route (watch.web).
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}

# Who may read /metrics: a bearer token; without one the page is not there.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "demo" if flag("DEMO") else "")
# A folder that all processes of the web share, so that counters add up; one alone needs none.
METRICS_FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")

# Asked by a worker once a minute while all is green, so that silence itself alarms.
HEARTBEAT_URL = os.environ.get("HEARTBEAT_URL", "")

# Traces leave for an OTLP collector over HTTP where one is named; the library reads OTEL_* itself.
TRACES = bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", ""))
