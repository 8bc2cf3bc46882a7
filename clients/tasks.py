"""Periodic doorbells: what has come due since the last look. Safe to run twice, safe to miss."""

from __future__ import annotations

import uuid
from typing import Any

from celery import shared_task

from clients.actions import digests, episodes, follow_ups, jobs
from clients.queries import waiting
from coachapi import clock
from coachapi.door import acting_for


@shared_task
def due(**kwargs: Any) -> None:
    """Tell what has come due and close what has stayed calm, one client at a time."""
    at = clock.now()
    for follow_up_id, client_id in waiting.follow_ups():
        with acting_for(client_id):
            follow_ups.tell_due(client_id=client_id, follow_up_id=follow_up_id, at=at)
    for episode_id, client_id in waiting.episodes():
        with acting_for(client_id):
            episodes.close_if_calm(episode_id=episode_id, at=at)
    digests.send_due(at=at)
    for job_id, by_id in waiting.jobs():
        jobs.work(job_id=job_id, by_id=by_id)


@shared_task
def work(*, job_id: str, by_id: str, **kwargs: Any) -> None:
    """Do what a coach asked for many clients; what is left of it when run again."""
    jobs.work(job_id=uuid.UUID(job_id), by_id=uuid.UUID(by_id))
