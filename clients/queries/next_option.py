"""How a running change goes; once it failed, the next option takes its place (domain §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from clients import models
from clients.domain.checks import Next, Outcome, after, check, first_exposure_worse
from clients.domain.moments import local_date
from clients.domain.overlay import Overlay
from clients.queries import exposures, plans

REFER = "Two options did not settle it. Get it checked first; no third one is offered."


@dataclass(frozen=True, slots=True)
class Progress:
    """How a regression stands, and whether its first session was worse by 2 or more (RG-8)."""

    outcome: Outcome
    first_worse: bool


@dataclass(frozen=True, slots=True)
class Failing:
    """A running regression that failed; ``refer`` when it is the second one in its episodes."""

    regression: models.Regression
    refer: bool


def how_it_goes(regression: models.Regression, *, client: models.Client) -> Progress:
    """How a running regression stands by what was said of its sessions. Five queries."""
    trail = exposures.trails([regression])[regression.pk]
    values = [site.value for site in regression.report.sites.all() if site.value is not None]
    before = max(values, default=0)
    found = check(
        trail.exposures,
        value_before=before,
        applied_on=local_date(regression.created_at, client.time_zone),
    )
    return Progress(found.outcome, first_exposure_worse(trail.exposures, value_before=before))


def failing(client: models.Client, overlays: Iterable[Overlay], pattern: str) -> Failing | None:
    """The regression running on a pattern, once it has failed.

    No query while none runs on it, nine when one does.
    """
    on_it = {
        each.regression for each in overlays if each.ended_on is None and each.pattern == pattern
    }
    for row in models.Regression.objects.filter(pk__in=on_it) if on_it else ():
        if how_it_goes(row, client=client).outcome is not Outcome.FAIL:
            continue
        before = models.RegressionStep.objects.filter(
            regression__episodes__in=row.episodes.all(), outcome="failed"
        )
        tried = before.values("regression").distinct().count() + 1
        following = after(
            Outcome.FAIL, failed_options=tried, days_in_episode=0, review_reached=False
        )
        return Failing(row, following is Next.REFER)
    return None


def without(
    standing: plans.Standing, regression: models.Regression, *, from_: dt.date
) -> plans.Standing:
    """A plan's standing once a regression ends on a day; ``resolved`` stays as it is now."""
    ended = tuple(
        replace(each, ended_on=max(from_, each.starts_on))
        if each.regression == str(regression.pk) and each.ended_on is None
        else each
        for each in standing.overlays
    )
    return replace(standing, overlays=ended)
