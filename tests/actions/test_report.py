"""A report …"""

from __future__ import annotations

import datetime as dt

import pytest

from clients import models
from clients.actions import symptoms
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert, Delivery
from coachapi.refusals import NotThere
from tests.bodies import MONDAY, emergency_body, half_told_body, says, sore_back
from tests.world import DAY, HOUR, World


def levels(w: World, report: models.SymptomReport) -> list[str]:
    with acting_as(w.ada.pk):
        return list(report.verdicts.order_by("number").values_list("level", flat=True))


def test_commits_with_site_verdict_episode_question_alert_and_deliveries(w: World) -> None:
    report = w.hurts(w.noor, sore_back(4))
    with acting_as(w.ada.pk):
        site = models.Site.objects.get(report=report)
        assert (site.region, site.side, site.value, site.level) == (
            "back_low",
            "midline",
            4,
            "monitor",
        )
        assert site.episode is not None and site.episode.opened_at == MONDAY
        assert models.Verdict.objects.get(report=report).number == 1
        assert models.FollowUp.objects.filter(report=report, kind="next_morning").count() == 1
        alert = Alert.objects.get(about_id=report.pk)
        told = Delivery.objects.filter(alert=alert).values_list("recipient__name", "channel")
        assert sorted(told) == [("Ada", "email"), ("Ada", "feed")]
