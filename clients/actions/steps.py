"""The rows of a regression: what is running, the next step of a person, the questions it asks."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from clients import models
from clients.actions import telling
from clients.domain.moments import local_instant
from clients.queries import people, plans
from coachapi.accounts.models import User
from coachapi.refusals import NotThere, Refused

STOPPED = ("emergency", "urgent", "refer", "incomplete")
CHANGES = frozenset({"applied", "rung", "extended", "ended", "undone"})
AFTER_THE_TOP = dt.timedelta(days=28)


class ReferralDue(Refused):
    """No change is proposed or applied while a referral is due (I-1)."""

    code = "regression.referral_due"
    title = "Not applied"


class NotRunning(Refused):
    """The regression has been undone or ended."""

    code = "regression.not_running"
    title = "Not running"

    def __init__(self) -> None:
        super().__init__("This change is no longer running.")


def running(
    client: models.Client, regression_id: uuid.UUID
) -> tuple[models.Regression, list[models.RegressionStep], list[Any]]:
    """A regression in force, its steps and overlays, under the client's lock."""
    people.lock(client)
    regression = (
        models.Regression.objects.filter(client=client, pk=regression_id)
        .select_related("report", "client__health")
        .first()
    )
    if regression is None:
        raise NotThere
    steps = list(regression.steps.order_by("number"))
    overlays = plans.overlays_from(steps)
    if not overlays or steps[-1].kind == "ended":
        raise NotRunning
    return regression, steps, overlays


def refuse_while_stopped(report: models.SymptomReport, client: models.Client) -> None:
    """I-1: a client-wide stop, or a referral at a place of this report, blocks every change."""
    open_sites = models.Site.objects.filter(
        client=client, closed_at__isnull=True, level__in=STOPPED
    )
    mine = {(site.region, site.side) for site in report.sites.all()}
    for site in open_sites:
        if site.level == "incomplete":
            raise ReferralDue("Not applied. Answers are missing, so there is no level yet.")
        if site.level != "refer" or (site.region, site.side) in mine:
            raise ReferralDue(
                "Not applied. A referral is due for this area. Record a clearance first."
            )


def refuse_while_any_stop(client: models.Client) -> None:
    """Nothing is allowed beforehand while anything waits for an answer or a professional."""
    if models.Site.objects.filter(
        client=client, closed_at__isnull=True, level__in=STOPPED
    ).exists():
        raise ReferralDue("Not now: a stop is open for this client. Settle that first.")


def write_step(
    regression: models.Regression,
    before: list[models.RegressionStep],
    kind: str,
    *,
    starts_on: dt.date,
    by: User,
    at: dt.datetime,
    **fields: Any,
) -> models.RegressionStep:
    """Add the next step of a regression: an act of a person, never rewritten."""
    made = models.RegressionStep.objects.create(
        client_id=regression.client_id,
        regression=regression,
        number=len(before) + 1,
        kind=kind,
        starts_on=starts_on,
        by=by,
        at=at,
        **fields,
    )
    telling.of_step(made, practice_id=regression.client.practice_id)
    return made


def finish(
    regression: models.Regression,
    steps: list[models.RegressionStep],
    *,
    rung: int,
    reason: str,
    today: dt.date,
    by: User,
    at: dt.datetime,
) -> models.RegressionStep:
    """The top of the ladder: the program as written holds again, and the record says settled."""
    made = write_step(
        regression,
        steps,
        "ended",
        starts_on=today,
        outcome="settled",
        rung=rung,
        reason=reason,
        by=by,
        at=at,
    )
    questions_done(regression, at=at)
    _ask_after_28_days(regression, today)
    decided(
        "ended", regression.client, by=by, at=at, report=regression.report, regression=regression
    )
    return made


def _ask_after_28_days(regression: models.Regression, today: dt.date) -> None:
    """One last question, four weeks after the program holds again (domain §5 "Checks")."""
    client = regression.client
    on = today + AFTER_THE_TOP
    models.FollowUp.objects.create(
        client=client,
        regression=regression,
        kind="day_28",
        asks="client",
        due_at=local_instant(on, 4, client.time_zone),
        ask_at=local_instant(on, client.health.morning_hour, client.time_zone),
    )


def ask_again(
    regression: models.Regression, on: dt.date, client: models.Client, *, at: dt.datetime
) -> None:
    """Ask the coach for the next look, in place of what was asked before."""
    questions_done(regression, at=at)
    ask_coach(regression, "review", on, client)


def ask_coach(regression: models.Regression, kind: str, on: dt.date, client: models.Client) -> None:
    due = local_instant(on, client.health.morning_hour, client.time_zone)
    models.FollowUp.objects.create(
        client=client, regression=regression, kind=kind, asks="coach", due_at=due, ask_at=due
    )


def questions_done(regression: models.Regression, *, at: dt.datetime) -> None:
    regression.follow_ups.filter(done_at__isnull=True).update(done_at=at)


def decided(
    kind: str, client: models.Client, *, by: User, at: dt.datetime, **fields: Any
) -> models.Decision:
    """Write down what a coach did with a verdict; the client hears of it, not of what it is."""
    made = models.Decision.objects.create(client=client, kind=kind, by=by, at=at, **fields)
    if kind in CHANGES:
        telling.answered(made.pk, "changed", client=client, at=at)
    elif kind != "acknowledged":
        telling.answered(made.pk, "answered", client=client, at=at)
    return made
