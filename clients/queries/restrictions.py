"""What stands against writing into a client's plan now: open stops, changes in force."""

from __future__ import annotations

import uuid

from clients import models
from clients.domain.moments import local_date
from clients.domain.restrictions import Change, Stop
from clients.queries import facts, plans
from programs.domain.exercises import library

STOPPED = ("emergency", "urgent", "refer", "incomplete")
NOWHERE = ("general", "midline")  # a report that names no place yet


def stops(client: models.Client) -> tuple[Stop, ...]:
    """The places of open reports at a level that blocks. Two queries; one while there are none."""
    rows = models.SymptomReport.objects.filter(
        client=client, closed_at__isnull=True, merged_into__isnull=True, level__in=STOPPED
    ).prefetch_related("sites")
    return tuple(stop for row in rows for stop in _stops_of(row, client))


def changes(
    client: models.Client, steps: dict[uuid.UUID, list[models.RegressionStep]]
) -> tuple[Change, ...]:
    """The regressions in force, each with its overlay and places. One query; none without."""
    running = {}
    for regression_id, taken in steps.items():
        overlays = plans.overlays_from(taken)
        if overlays and overlays[-1].ended_on is None:
            running[regression_id] = (taken[0].regression, overlays[-1])
    if not running:
        return ()
    where: dict[uuid.UUID, list[tuple[str, str]]] = {}
    about = models.Episode.objects.filter(client=client, regressions__in=running)
    for row in about.values_list("regressions__id", "region", "side"):
        where.setdefault(row[0], []).append((row[1], row[2]))
    return tuple(
        Change(row.pk, row.title, overlay, tuple(sorted(where.get(row.pk, ()))))
        for row, overlay in running.values()
    )


def _stops_of(row: models.SymptomReport, client: models.Client) -> list[Stop]:
    lift = facts.felt_in(row.said)
    pattern = library()[lift].pattern if lift in library() else None
    on = local_date(row.performed_at, client.time_zone)
    open_sites = [
        (site.level, site.region, site.side)
        for site in row.sites.all()
        if site.closed_at is None and site.level in STOPPED
    ]
    return [
        Stop(level, region, side, row.pk, on, pattern)
        for level, region, side in open_sites or [(row.level, *NOWHERE)]
    ]
