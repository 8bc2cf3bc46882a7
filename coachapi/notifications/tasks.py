"""What Celery runs here. Safe to run twice, safe to lose: the rows and the timer do the work."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from coachapi import heartbeat
from coachapi.accounts import letters
from coachapi.notifications import relay


@shared_task
def drain(**kwargs: Any) -> None:
    """Send what waits: alerts, then letters. Newer publishers may add keywords, ignored here."""
    if kwargs.get("from_beat"):
        heartbeat.beat("beat")
    relay.drain()
    letters.post()
