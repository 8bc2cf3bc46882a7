"""The ways out of a stop: a clearance, or a mistaken tap that the client and a coach both confirm.

Never silence, never time, and never one person alone (I-2, I-5).
"""

from __future__ import annotations

import datetime as dt
import uuid

from clients import models
from clients.actions import steps, telling, verdicts
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.refusals import NotThere, Refused


class NothingToClear(Refused):
    """The report holds nothing that a clearance could take off."""

    code = "clearance.nothing_to_clear"
    title = "Nothing to clear"

    def __init__(self) -> None:
        super().__init__("This report is not stopped, so there is nothing to clear.")


class NotAnsweredAgain(Refused):
    """A mistaken tap needs the client's own new answer before a coach can confirm it."""

    code = "clearance.not_answered_again"
    title = "Not confirmed"

    def __init__(self) -> None:
        super().__init__("The client has not answered again yet; ask for the new answer first.")


def record(
    *,
    client: models.Client,
    report_id: uuid.UUID,
    seen_on: dt.date,
    professional: str,
    limits: str,
    by: User,
    at: dt.datetime,
) -> models.Clearance:
    """Write down that a professional has looked, and judge the report again (D21)."""
    people.lock(client)
    report = _open_report(client, report_id)
    latest = report.verdicts.order_by("-number")[0]
    to_clear = latest.body["to_clear"]
    if not to_clear:
        raise NothingToClear
    clearance = models.Clearance.objects.create(
        client=client,
        report=report,
        seen_on=seen_on,
        professional=professional,
        limits=limits,
        cleared=to_clear,
        by=by,
        at=at,
    )
    steps.decided("cleared", client, by=by, at=at, report=report, verdict=latest)
    telling.acknowledged(report, by=by, at=at)
    verdicts.judge(report, client=client, at=at)
    return clearance


def confirm_mistaken_tap(
    *, client: models.Client, report_id: uuid.UUID, note: str, by: User, at: dt.datetime
) -> models.Decision:
    """Confirm the client's new answers to questions tapped by mistake; judge the report again."""
    people.lock(client)
    report = _open_report(client, report_id)
    if not report.answers.filter(source="mistaken_tap").exists():
        raise NotAnsweredAgain
    decision = steps.decided("mistaken_tap", client, by=by, at=at, report=report, note=note)
    telling.acknowledged(report, by=by, at=at)
    verdicts.judge(report, client=client, at=at)
    return decision


def _open_report(client: models.Client, report_id: uuid.UUID) -> models.SymptomReport:
    found = models.SymptomReport.objects.filter(
        client=client, pk=report_id, closed_at__isnull=True
    ).first()
    if found is None:
        raise NotThere
    return found
