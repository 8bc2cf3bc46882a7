"""Where a running regression stands on its way back up, and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clients import models
from clients.domain import ladders
from clients.domain.overlay import Freq, Overlay, Remove, ScaleLoad
from clients.queries import exposures, facts, plans
from clients.queries.performed import implements
from programs.domain.exercises import library
from programs.domain.loadable import Loadable


@dataclass(frozen=True, slots=True)
class Way:
    """A regression's ladder: the rungs, where the client stands, what the rules say comes next."""

    state: ladders.LadderState
    rungs: tuple[ladders.Rung, ...]
    coming: ladders.Rung | ladders.Hold | ladders.StepDown | ladders.CoachReview
    first: Overlay  # the regression itself


def way(
    regression: models.Regression,
    *,
    client: models.Client,
    today: dt.date,
    trail: exposures.Trail | None = None,
) -> Way | None:
    """The way back of a running regression; ``None`` where there is no ladder to climb.

    ``trail`` where its exposures have been gathered already, for many regressions at once.
    """
    steps = sorted(regression.steps.all(), key=lambda each: each.number)
    overlays = plans.overlays_from(steps)
    if not regression.ladder or not overlays or overlays[-1].ended_on is not None:
        return None
    trail = trail or exposures.trails([regression])[regression.pk]
    standing = [each for each in steps if each.kind in {"applied", "rung"}]
    downs = sum(
        later.rung < earlier.rung for earlier, later in zip(standing, standing[1:], strict=False)
    )
    state = ladders.LadderState(
        ladder=regression.ladder[0],  # an option that eases and thins out climbs A first
        rung=standing[-1].rung,
        since=standing[-1].starts_on,
        exposures=trail.exposures,
        today=today,
        step_downs=downs,
        base_kg=trail.base_kg,
        loadable=_loadable(regression, client),
        from_percent=_percent(overlays[0]),
        fewer=next((op.minus for op in overlays[0].ops if isinstance(op, Freq)), 1),
        out=any(isinstance(op, Remove) for op in overlays[0].ops),
    )
    return Way(state, ladders.rungs(state), ladders.next_rung(state), overlays[0])


def _loadable(regression: models.Regression, client: models.Client) -> Loadable:
    lift = facts.felt_in(regression.report.said)
    if lift in library():
        return implements(client).for_exercise(library()[lift])
    return Loadable.barbell()


def _percent(first: Overlay) -> int:
    """What the regression already asks of the working load, in percent; 0 when it is a swap."""
    factors = [op.factor for op in first.ops if isinstance(op, ScaleLoad)]
    return round(min(factors) * 100) if factors else 0
