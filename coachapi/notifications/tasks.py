"""What Celery runs here. Safe to run twice, safe to lose: the rows and the timer do the work."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from coachapi import heartbeat
from coachapi.notifications import relay


@shared_task
def drain(**kwargs: Any) -> None:
    """Send what waits. Newer publishers may add keywords; they are ignored."""
    if kwargs.get("from_beat"):
        heartbeat.beat("beat")
    relay.drain()
