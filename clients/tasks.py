"""Periodic doorbells: what has come due since the last look. Safe to run twice, safe to miss."""

from __future__ import annotations

import uuid
from typing import Any

from celery import shared_task

from clients.actions import digests, episodes, follow_ups, imports, jobs, media
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
    for import_id, client_id in waiting.imports():
        imports.bring(import_id=import_id, client_id=client_id)


@shared_task
def bring_along(*, import_id: str, client_id: str, **kwargs: Any) -> None:
    """Bring what a client trained elsewhere; what is left of it when run again."""
    imports.bring(import_id=uuid.UUID(import_id), client_id=uuid.UUID(client_id))


@shared_task
def work(*, job_id: str, by_id: str, **kwargs: Any) -> None:
    """Do what a coach asked for many clients; what is left of it when run again."""
    jobs.work(job_id=uuid.UUID(job_id), by_id=uuid.UUID(by_id))


@shared_task
def make_clip(*, media_id: str, client_id: str, **kwargs: Any) -> None:
    """Make a clip of what was uploaded, or remove one that was taken back; on the long queue."""
    media.make(media_id=uuid.UUID(media_id), client_id=uuid.UUID(client_id))


@shared_task
def make_clips(**kwargs: Any) -> None:
    """Make or remove every clip whose bell was not heard, one after the other."""
    for media_id, client_id in waiting.clips():
        media.make(media_id=media_id, client_id=client_id)
