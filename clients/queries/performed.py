"""What a client did, set by set, with what hurt in it; and what they own to load."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q

from clients import models
from clients.queries import facts
from coachapi import nested
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
    sites = models.Site.objects.filter(
        client=client, value__isnull=False, report__session__isnull=False
    ).select_related("report")
    if since is not None:
        sites = sites.filter(report__performed_at__gte=since)
    felt: dict[Any, list[tuple[Mapping[str, Any], int]]] = defaultdict(list)
    for site in sites:
        felt[site.report.session_id].append((site.report.said, site.value or 0))
    ordered = rows.order_by("performed_at", "set_index")
    return [_done(row, felt.get(row.session_id, ())) for row in ordered]


LOGGED = (
    *("id", "slot", "exercise_id", "set_index", "kind", "reps", "seconds", "weight_kg", "rir"),
    *("weight_entered", "weight_unit", "end_reason", "performed_at", "performed_on", "rev"),
)


def beside(*, sets: Q) -> dict[str, Any]:
    """These sets of a session, and what hurt in it, beside its row; ``sets`` are of SetLog."""
    logs = models.SetLog.objects.filter(sets, session=OuterRef("pk"))
    sites = models.Site.objects.filter(report__session=OuterRef("pk"), value__isnull=False)
    return {
        "logged": nested.each(
            logs.order_by("performed_at", "set_index"), **{name: F(name) for name in LOGGED}
        ),
        "felt": nested.each(sites.order_by("pk"), "value", said="report__said"),
    }


def logged_in(session: models.Session) -> list[models.SetLog]:
    """The sets of a session read with ``beside``, in order. No query."""
    said: list[dict[str, Any]] = session.logged  # type: ignore[attr-defined]
    return [models.SetLog(session_id=session.pk, **_of_json(each)) for each in said]


def done_in(session: models.Session) -> list[Done]:
    """The same, each with the worst pain said about it. No query."""
    felt = [(each["said"], each["value"]) for each in session.felt]  # type: ignore[attr-defined]
    return [_done(row, felt) for row in logged_in(session)]


def _of_json(said: dict[str, Any]) -> dict[str, Any]:
    weights = {
        name: None if said[name] is None else Decimal(str(said[name]))
        for name in ("weight_kg", "weight_entered", "rir")
    }
    return {
        **said,
        **weights,
        "id": uuid.UUID(said["id"]),
        "performed_at": nested.instant(said["performed_at"]),
        "performed_on": nested.day(said["performed_on"]),
    }


def _done(row: models.SetLog, felt: Iterable[tuple[Mapping[str, Any], int]]) -> Done:
    """A set; ``felt`` are the reports of its session with the value of each place."""
    pain = [
        value
        for said, value in felt
        if facts.felt_in(said) == row.exercise_id and row.set_index >= facts.felt_from_set(said)
    ]
    done = PerformedSet(
        exercise=row.exercise_id,
        load_kg=row.weight_kg,
        reps=row.reps or 0,
        rir=row.rir,
        performed_at=row.performed_at,
        pain=max(pain, default=None),
        end=row.end_reason,
        warm_up=row.kind == "warmup",
    )
    return Done(row.session_id, row.slot, row.performed_on, done)


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
