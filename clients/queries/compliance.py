"""What a client kept of the last four weeks, with what a body could not do left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from clients import models
from clients.domain.compliance import Due, Kept, kept
from clients.domain.moments import local_date


def of(client: models.Client, sessions: Iterable[models.Session], *, today: dt.date) -> Kept:
    """What was kept of 28 days; what a body could not do is in neither number. One query."""
    since = today - dt.timedelta(days=28)
    due = [
        Due(each.on, each.state, each.skipped_for)
        for each in sessions
        if since <= each.on < today or each.on == today and each.state == "done"
    ]
    return kept(due, paused=_paused_days(client, since, today))


def _paused_days(client: models.Client, since: dt.date, today: dt.date) -> frozenset[dt.date]:
    """The days on which all training was paused: an emergency or urgent report was open."""
    stops = models.SymptomReport.objects.filter(
        client=client, level__in=["emergency", "urgent"], merged_into__isnull=True
    ).values_list("received_at", "closed_at")
    days: set[dt.date] = set()
    for opened, closed in stops:
        first = max(local_date(opened, client.time_zone), since)
        last = local_date(closed, client.time_zone) if closed else today
        days |= {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
    return frozenset(days)
