"""A referral handed on: the coach has told the client to get it checked."""

from __future__ import annotations

import datetime as dt
import uuid

from clients import models
from clients.actions import steps, telling
from coachapi.accounts.models import User
from coachapi.refusals import NotThere


def told(
    *, client: models.Client, report_id: uuid.UUID, by: User, at: dt.datetime
) -> models.Decision:
    """Write down that the client was told; the referral stays open until a clearance (I-2)."""
    report = models.SymptomReport.objects.filter(client=client, pk=report_id).first()
    if report is None:
        raise NotThere
    telling.acknowledged(report, by=by, at=at)
    return steps.decided("told_to_get_checked", client, by=by, at=at, report=report)
