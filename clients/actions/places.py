"""Where it hurts: one row per region-side of a report, hung on the episode it belongs to."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from clients import models
from clients.domain.levels import Level
from clients.domain.verdict import Verdict

CHANGING = ("episode", "value", "level", "closed_at")


def mark(
    row: models.SymptomReport,
    verdict: Verdict,
    sites: Iterable[models.Site],
    episodes: list[models.Episode],
    *,
    reopen: bool,
    at: dt.datetime,
) -> None:
    """Write down the level of each place; ``episodes`` are all of the client's. Two statements.

    An episode begins with the first report of a place whose last one is closed.
    """
    held = {(site.region, site.side): site for site in sites}
    marked, known = [], len(episodes)
    for judged in verdict.sites:
        site = held.get((judged.region, judged.side)) or models.Site(
            client_id=row.client_id, report=row, region=judged.region, side=judged.side
        )
        site.value = judged.v
        site.level = judged.level.value
        if reopen:
            site.closed_at = None
        if site.episode_id is None and (judged.level > Level.LOG or row.kind == "symptom"):
            site.episode = _episode(row, judged.region, judged.side, episodes, at=at)
        marked.append(site)
    models.Episode.objects.bulk_create(episodes[known:])
    models.Site.objects.bulk_create(
        marked, update_conflicts=True, unique_fields=["id"], update_fields=CHANGING
    )


def _episode(
    row: models.SymptomReport,
    region: str,
    side: str,
    episodes: list[models.Episode],
    *,
    at: dt.datetime,
) -> models.Episode:
    """The open episode of a place; else a new one, added to them."""
    of_place = [each for each in episodes if (each.region, each.side) == (region, side)]
    for episode in of_place:
        if episode.closed_at is None:
            return episode
    begun = models.Episode(
        client_id=row.client_id,
        region=region,
        side=side,
        opened_at=min(at, row.performed_at),
        previous=max(of_place, key=lambda each: each.opened_at, default=None),
    )
    episodes.append(begun)
    return begun


def raise_merged(first_id: uuid.UUID, verdict: Verdict) -> None:
    """A repeat within ten minutes (D22): the first report takes the higher level of both."""
    first = models.SymptomReport.objects.get(pk=first_id)
    if Level(first.level) < verdict.level:
        first.level = verdict.level.value
        first.save(update_fields=["level"])
    for site in first.sites.filter(closed_at__isnull=True):
        twin = next(
            (
                each
                for each in verdict.sites
                if (each.region, each.side) == (site.region, site.side)
            ),
            None,
        )
        if twin is not None and Level(site.level) < twin.level:
            site.level = twin.level.value
            site.save(update_fields=["level"])
