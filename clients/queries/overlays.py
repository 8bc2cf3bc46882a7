"""The overlays that follow from what people did with regressions, step by step."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import replace

from clients import models
from clients.domain import overlay_json
from clients.domain.overlay import Overlay


def steps_of(client_id: uuid.UUID) -> dict[uuid.UUID, list[models.RegressionStep]]:
    """The steps of every regression of a client, each with its regression, in order. One query."""
    found: dict[uuid.UUID, list[models.RegressionStep]] = defaultdict(list)
    steps = models.RegressionStep.objects.filter(client_id=client_id)
    for step in steps.select_related("regression").order_by("regression_id", "number"):
        found[step.regression_id].append(step)
    return found


def overlays_from(steps: list[models.RegressionStep]) -> list[Overlay]:
    """A regression's overlays: each lasts until the next step of a person, none ends by itself."""
    found: list[Overlay] = []
    for step in steps:
        if step.kind == "undone":
            return []
        if step.kind == "extended" and found and step.review_on:
            found[-1] = replace(found[-1], review_on=step.review_on)
        if step.kind in {"rung", "ended"} and found:
            found[-1] = replace(found[-1], ended_on=step.starts_on)
        if step.overlay is not None:
            found.append(overlay_json.from_json(step.overlay))
    return found
