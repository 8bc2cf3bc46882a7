"""Closes an episode that has stayed calm; the record says so, no load is lifted by it."""

from __future__ import annotations

import datetime as dt
import uuid

from clients import models
from clients.domain.endpoints import resolved_on
from clients.queries import outcomes


def close_if_calm(*, episode_id: uuid.UUID, at: dt.datetime) -> bool:
    """Close an episode as resolved once E3 holds: settled and 28 days without a value of 3."""
    episode = models.Episode.objects.select_for_update().get(pk=episode_id)
    if episode.closed_at is not None:
        return False
    loud = models.Site.objects.filter(
        client_id=episode.client_id,
        region=episode.region,
        side=episode.side,
        value__gte=3,
        report__performed_on__gt=episode.settled_on,
    )
    found = outcomes.episode_records(client_id=episode.client_id)
    proven = any(resolved_on(each) for each in found if each.id == str(episode.pk))
    if loud.exists() or not proven:
        return False
    episode.closed_at = at
    episode.outcome = "resolved"
    episode.save(update_fields=["closed_at", "outcome"])
    return True
