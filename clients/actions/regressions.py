"""What a coach decides about a report: apply, watch, undo, end, extend, step up. Each a new row.

Software never applies, extends or lifts a regression by itself (product decision 6). A regression
never edits the plan; the plan is resolved under it when read (docs/adr/0006).
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from django.db import DatabaseError

from clients import models
from clients.actions import steps, telling
from clients.domain import overlay_json
from clients.domain.conflicts import conflicts
from clients.domain.moments import local_date
from clients.domain.options import Offer
from clients.queries import options, people, rules
from coachapi.accounts.models import User
from coachapi.ids import new_id
from coachapi.refusals import NotThere, Refused

MOST_EXTENSION = dt.timedelta(days=14)  # RG-1: one extension, 14 days at most


class Stale(Refused):
    """Something changed since the preview was shown; nothing was applied."""

    code = "regression.stale_preview"
    title = "Not applied"

    def __init__(self, basis: str) -> None:
        super().__init__(
            "Something changed while you read. Nothing was applied. This is the new preview.",
            extra={"basis": basis},
        )


class NotOffered(Refused):
    """The option is not among those that hold for this client now."""

    code = "regression.not_offered"
    title = "Not applied"


class Conflicting(Refused):
    """Another change in force wants the same place differently."""

    code = "regression.conflict"
    title = "Not applied"


class TooLate(Refused):
    """A changed session has been trained: the change is ended, not undone."""

    code = "regression.already_trained"
    title = "Not undone"

    def __init__(self) -> None:
        super().__init__(
            "One changed session has been trained, so this can't be undone."
            " End it from the next session?"
        )


def apply(
    *,
    client: models.Client,
    report_id: uuid.UUID,
    option_id: str,
    basis: str,
    by: User,
    at: dt.datetime,
) -> models.Regression:
    """Lay the chosen option over the plan until its review; raises rather than half-applies.

    1. Hold the client's row, so that no report raises the level meanwhile (ruling 5).
    2. Refuse while a stop is open: ``ReferralDue`` here, a trigger in the database behind it.
    3. Refuse a preview that is no longer true (``Stale``) or an option no longer there.
    4. End the change that failed, if the option takes its place: its record says so (domain §5).
    5. Write regression, step, decision and questions; close the report, keep the episode.
    """
    people.lock(client)
    report = _report(client, report_id)
    found, offer = _offered(report, client, option_id, basis=basis, at=at)
    if found.replacing is not None:
        _give_way(found.replacing, client, offer, by=by, at=at)
    regression = _record(report, client, found, offer, kind="applied", by=by, at=at)
    telling.acknowledged(report, by=by, at=at)
    _close(report, at=at)
    return regression


def apply_provisionally(
    *,
    client: models.Client,
    report: models.SymptomReport,
    option_id: str,
    by: User,
    at: dt.datetime,
) -> models.Regression:
    """Lay an option over the plan as its coach allowed beforehand; the report stays open.

    ``by`` is the coach who allowed it. The caller holds the client's row and has judged the
    conditions (ruling 3). A change that failed is never replaced without a coach.
    """
    found, offer = _offered(report, client, option_id, basis=None, at=at)
    if found.replacing is not None:
        raise NotOffered("A change that did not help is only replaced by a coach.")
    return _record(report, client, found, offer, kind="provisional", by=by, at=at)


def confirm(*, client: models.Client, regression_id: uuid.UUID, by: User, at: dt.datetime) -> None:
    """The coach stands behind what the phone did as allowed: the report is answered with it."""
    regression, _, _ = steps.running(client, regression_id)
    use = regression.grant_uses.filter(confirmed_at__isnull=True).first()
    if use is None:
        return
    use.confirmed_at, use.confirmed_by = at, by
    use.save(update_fields=["confirmed_at", "confirmed_by"])
    report = regression.report
    telling.acknowledged(report, by=by, at=at)
    _close(report, at=at)
    steps.decided("confirmed", client, by=by, at=at, report=report, regression=regression)


def watch(
    *, client: models.Client, report_id: uuid.UUID, note: str, by: User, at: dt.datetime
) -> models.Decision:
    """Change nothing, and say so: the report is answered, the episode goes on."""
    people.lock(client)
    report = _report(client, report_id)
    steps.refuse_while_stopped(report, client)
    _close(report, at=at)
    telling.acknowledged(report, by=by, at=at)
    return steps.decided("watch", client, by=by, at=at, report=report, note=note)


def acknowledge(
    *, client: models.Client, report_id: uuid.UUID, by: User, at: dt.datetime
) -> models.Decision | None:
    """Take a report on: escalation stops, the row stays until it is decided."""
    report = _report(client, report_id)
    if not telling.acknowledged(report, by=by, at=at):
        return None
    return steps.decided("acknowledged", client, by=by, at=at, report=report)


def undo(*, client: models.Client, regression_id: uuid.UUID, by: User, at: dt.datetime) -> None:
    """Take a change back as if it had never been; refused once a changed session was trained."""
    regression, taken, overlays = steps.running(client, regression_id)
    ids = {each.id for each in overlays}
    trained = models.Session.objects.filter(
        client=client, frozen__isnull=False, started_at__gte=regression.created_at
    ).values_list("frozen", flat=True)
    if any(ids & set(item["because"]) for items in trained for item in items or ()):
        raise TooLate
    steps.write_step(
        regression, taken, "undone", starts_on=local_date(at, client.time_zone), by=by, at=at
    )
    steps.questions_done(regression, at=at)
    report = regression.report
    report.closed_at = None
    report.save(update_fields=["closed_at"])
    report.sites.update(closed_at=None)
    steps.decided("undone", client, by=by, at=at, report=report, regression=regression)


def keep_going(
    *, client: models.Client, regression_id: uuid.UUID, by: User, at: dt.datetime
) -> None:
    """The coach has looked on day 7 and changes nothing; the review stays where it is."""
    regression, _, _ = steps.running(client, regression_id)
    regression.follow_ups.filter(kind="day_7", done_at__isnull=True).update(done_at=at)
    steps.decided("watch", client, by=by, at=at, report=regression.report, regression=regression)


def end(
    *,
    client: models.Client,
    regression_id: uuid.UUID,
    outcome: str,
    by: User,
    at: dt.datetime,
) -> None:
    """End a change from today's next unstarted session on; the record keeps what it came to."""
    regression, taken, _ = steps.running(client, regression_id)
    today = local_date(at, client.time_zone)
    steps.write_step(regression, taken, "ended", starts_on=today, outcome=outcome, by=by, at=at)
    steps.questions_done(regression, at=at)
    steps.decided("ended", client, by=by, at=at, report=regression.report, regression=regression)


def extend(
    *,
    client: models.Client,
    regression_id: uuid.UUID,
    review_on: dt.date,
    by: User,
    at: dt.datetime,
) -> None:
    """Set a later review, once and by 14 days at most (RG-1)."""
    regression, taken, overlays = steps.running(client, regression_id)
    steps.refuse_while_stopped(regression.report, client)
    latest = overlays[-1].review_on + MOST_EXTENSION
    if any(step.kind == "extended" for step in taken):
        raise NotOffered("A change is extended once; end it, or choose the next option.")
    if not overlays[-1].review_on < review_on <= latest:
        raise NotOffered(f"The new review lies after the old one, at the latest on {latest}.")
    today = local_date(at, client.time_zone)
    steps.write_step(
        regression, taken, "extended", starts_on=today, review_on=review_on, by=by, at=at
    )
    steps.ask_again(regression, review_on, client, at=at)
    steps.decided("extended", client, by=by, at=at, report=regression.report, regression=regression)


def _offered(
    report: models.SymptomReport,
    client: models.Client,
    option_id: str,
    *,
    basis: str | None,
    at: dt.datetime,
) -> tuple[options.Choice, Offer]:
    """The option as it is offered now; raises when it is not, or when the preview is no longer."""
    found = options.choice(report, client=client, at=at)
    steps.refuse_while_stopped(report, client)
    if basis is not None and basis != found.basis:
        raise Stale(found.basis)
    offer = options.offered(found.offers, option_id)
    if offer is None or found.standing is None:
        raise NotOffered(options.why_not(found.offers, option_id))
    clashing = conflicts(found.standing.overlays, offer.overlay, found.standing.book)
    if clashing:
        raise Conflicting(clashing[0].sentence)
    return found, offer


def _report(client: models.Client, report_id: uuid.UUID) -> models.SymptomReport:
    found = models.SymptomReport.objects.filter(client=client, pk=report_id).first()
    if found is None:
        raise NotThere
    return found


def _give_way(
    failed: models.Regression, client: models.Client, offer: Offer, *, by: User, at: dt.datetime
) -> None:
    """The change that failed ends on the day the next option begins."""
    regression, taken, _ = steps.running(client, failed.pk)
    begins = offer.overlay.starts_on
    steps.write_step(regression, taken, "ended", starts_on=begins, outcome="failed", by=by, at=at)
    steps.questions_done(regression, at=at)
    steps.decided("ended", client, by=by, at=at, report=regression.report, regression=regression)


def _record(
    report: models.SymptomReport,
    client: models.Client,
    found: options.Choice,
    offer: Offer,
    *,
    kind: str,
    by: User,
    at: dt.datetime,
) -> models.Regression:
    assert found.standing is not None
    protocols = rules.protocols_for(client.practice_id)
    regression = models.Regression.objects.create(
        client=client,
        plan=found.standing.plan,
        report=report,
        protocol_id=offer.option_id.rpartition(".")[0],
        option_id=offer.option_id,
        protocol_version=protocols.version,
        protocol_digest=protocols.digest,
        pattern=offer.overlay.pattern or "",
        title=offer.title[:120],
        reason=offer.reason[:300],
        ladder=offer.ladder or "",
        created_at=at,
    )
    regression.episodes.set(models.Episode.objects.filter(sites__report=report).distinct())
    overlay = replace(offer.overlay, id=str(new_id()), regression=str(regression.pk))
    try:
        steps.write_step(
            regression,
            [],
            "applied",
            starts_on=overlay.starts_on,
            review_on=overlay.review_on,
            overlay=overlay_json.to_json(overlay),
            by=by,
            at=at,
        )
    except DatabaseError as no:
        if getattr(no.__cause__, "sqlstate", "") == "CA001":
            raise steps.ReferralDue("Not applied. A stop is open for this client.") from no
        raise
    steps.ask_coach(regression, "day_7", overlay.starts_on + dt.timedelta(days=7), client)
    steps.ask_coach(regression, "review", overlay.review_on, client)
    steps.decided(
        kind,
        client,
        by=by,
        at=at,
        report=report,
        regression=regression,
        verdict=found.verdict,
    )
    return regression


def _close(report: models.SymptomReport, *, at: dt.datetime) -> None:
    """The report is answered; its episode stays open until the places are calm."""
    report.closed_at = at
    report.save(update_fields=["closed_at"])
    report.sites.filter(closed_at__isnull=True).update(closed_at=at)
