"""Logs: one JSON object a line, with the fields named here and no others.

Nothing about a person's body, no name, address, body or query string: an event says what happened
to which id. What an exception says is left out too (a database's error quotes the row), its kind
and its frames stay.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import traceback
from typing import Any

import structlog

# What may stand in a line besides at, level, logger and event.
FIELDS = (
    "request_id",
    "route",
    "method",
    "status",
    "ms",
    "task",
    "task_id",
    "alert_id",
    "delivery_id",
    "error",
    "frames",
)
MAIL = re.compile(r"\S+@\S+")
LONGEST = 300  # characters of an event
FRAMES = 12


class Line(logging.Formatter):
    """A JSON object for a machine, or the same fields on a line for a person."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self.render: Any = structlog.processors.JSONRenderer()
        if not as_json:
            self.render = structlog.dev.ConsoleRenderer(
                colors=False, timestamp_key="at", pad_event_to=0
            )

    def format(self, record: logging.LogRecord) -> str:
        """The allowed fields of one record."""
        return str(self.render(None, "", fields(record)))


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """What of a record may be written down."""
    given = {**structlog.contextvars.get_contextvars(), **vars(record), **_failure(record)}
    at = dt.datetime.fromtimestamp(record.created, dt.UTC)
    return {
        "at": at.isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _words(record),
        **{name: given[name] for name in FIELDS if name in given},
    }


def _words(record: logging.LogRecord) -> str:
    """What happened. Where others' words may quote data, only that it happened."""
    if record.exc_info and not record.name.startswith(("coachapi.", "programs.", "clients.")):
        return "a fault was met"
    try:
        said = record.getMessage()
    except (TypeError, ValueError):
        said = "a line that does not fit its own arguments"
    return MAIL.sub("[address]", said)[:LONGEST]


def _failure(record: logging.LogRecord) -> dict[str, Any]:
    """The kind of an exception and where it came from; never its words."""
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    kind, _, where = record.exc_info
    frames = traceback.extract_tb(where)[-FRAMES:]
    return {
        "error": kind.__qualname__,
        "frames": [f"{each.filename}:{each.lineno} {each.name}" for each in frames],
    }
