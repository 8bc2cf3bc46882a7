"""A task's lines carry the id of the request that rang for it, and the task's own."""

from __future__ import annotations

from typing import Any

import structlog
from celery import signals
from django.conf import settings

HEADER = "request_id"


def send_along(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Write the request's id into the message; the arguments stay ids."""
    known = structlog.contextvars.get_contextvars().get(HEADER)
    if headers is not None and known:
        headers[HEADER] = known


def take_up(task_id: str = "", task: Any = None, **_: Any) -> None:
    """Bind what the message brought for the time of the task."""
    structlog.contextvars.clear_contextvars()
    bound = {"task": task.name, "task_id": task_id}
    known = task.request.get(HEADER)
    structlog.contextvars.bind_contextvars(**bound, **({HEADER: known} if known else {}))


def let_go(**_: Any) -> None:
    """The next task in this process begins with nothing."""
    structlog.contextvars.clear_contextvars()


def connect() -> None:
    """Listen to Celery, in the web as in the workers."""
    signals.before_task_publish.connect(send_along)
    signals.task_prerun.connect(take_up)
    signals.task_postrun.connect(let_go)
    if settings.TRACES:
        signals.worker_process_init.connect(_trace)
        signals.worker_process_shutdown.connect(_trace_no_more)


def _trace(**_: Any) -> None:
    from coachapi.watch import traces

    traces.start()


def _trace_no_more(**_: Any) -> None:
    from coachapi.watch import traces

    traces.end()
