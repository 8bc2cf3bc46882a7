"""What a client did, set by set, with what hurt in it; and what they own to load."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clients import models
from clients.queries import facts
from programs.domain.loadable import Implements, Plate
from programs.domain.strength import PerformedSet


@dataclass(frozen=True, slots=True)
class Done:
    """A set as done, and the place of the plan it was done in."""

    session_id: uuid.UUID
    slot: str
    on: dt.date
    set: PerformedSet


def performed(client: models.Client, *, since: dt.datetime) -> dict[str, tuple[PerformedSet, ...]]:
    """Sets as done since an instant, by exercise, each with the worst pain said about it."""
    found: dict[str, list[PerformedSet]] = defaultdict(list)
    for each in sets_done(client, since=since):
        found[each.set.exercise].append(each.set)
    return {exercise: tuple(sets) for exercise, sets in found.items()}


def sets_done(
    client: models.Client, *, since: dt.datetime | None = None, exercise: str | None = None
) -> list[Done]:
    """Sets in order, each with the worst pain said about it. Two queries."""
    rows = models.SetLog.objects.filter(client=client)
    if since is not None:
        rows = rows.filter(performed_at__gte=since)
    if exercise is not None:
        rows = rows.filter(exercise_id=exercise)
    pain = _pain_by_lift(client, since)
    found = []
    for row in rows.order_by("performed_at", "set_index"):
        said = pain.get((row.session_id, row.exercise_id), ())
        felt = [value for from_set, value in said if row.set_index >= from_set]
        done = PerformedSet(
            exercise=row.exercise_id,
            load_kg=row.weight_kg,
            reps=row.reps or 0,
            rir=row.rir,
            performed_at=row.performed_at,
            pain=max(felt, default=None),
            end=row.end_reason,
            warm_up=row.kind == "warmup",
        )
        found.append(Done(row.session_id, row.slot, row.performed_on, done))
    return found


def _pain_by_lift(
    client: models.Client, since: dt.datetime | None
) -> dict[tuple[Any, str], list[tuple[int, int]]]:
    """For a session and exercise: from which set on it hurt, and how much."""
    found: dict[tuple[Any, str], list[tuple[int, int]]] = defaultdict(list)
    sites = models.Site.objects.filter(
        client=client, value__isnull=False, report__session__isnull=False
    ).select_related("report")
    if since is not None:
        sites = sites.filter(report__performed_at__gte=since)
    for site in sites:
        said = site.report.said
        place = site.report.session_id, facts.felt_in(said)
        found[place].append((facts.felt_from_set(said), site.value or 0))
    return found


def implements(client: models.Client) -> Implements:
    """The bar, plates and dumbbells this client owns; what is not said is the usual."""
    held = client.health.loadable
    return Implements(
        unit=held.get("unit", client.unit),
        bar=Decimal(str(held["bar"])) if held.get("bar") else None,
        plates=tuple(
            Plate(Decimal(str(each["weight"])), int(each["pairs"]))
            for each in held.get("plates", ())
        ),
        dumbbell_step=Decimal(str(held["dumbbell_step"])) if held.get("dumbbell_step") else None,
    )
