"""The product's Celery application with one task more: one that does nothing."""

from __future__ import annotations

from typing import Any

from coachapi.celery import app

__all__ = ["app"]


@app.task(name="bench.nothing")
def nothing(**_: Any) -> None:
    """What a task costs if nobody does anything."""
