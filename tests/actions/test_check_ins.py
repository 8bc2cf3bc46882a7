"""A check-in …"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clients import models
from clients.actions import check_ins
from clients.actions.moment import Moment
from clients.domain.weekly import WeeklyRefused
from clients.queries import check_ins as queries
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert
from tests.bodies import MONDAY, TODAY, says
from tests.world import DAY, ZONE, World

BACK = ("back_low", "midline")
WORSE = [1, 2, 2, 2]  # substantial
SLIGHT = [1, 1, 1, 1]


def weekly(
    w: World, answers: list[int], *, on: dt.datetime = MONDAY, **more: Any
) -> models.CheckIn:
    """Noor's weekly check of her low back."""
    assert w.noor.user is not None
    with acting_as(w.noor.user.pk):
        row, _ = check_ins.weekly(
            client=w.noor,
            check_in_id=more.pop("check_in_id", new_id()),
            place=more.pop("place", BACK),
            answers=answers,
            said={"answers": answers, "note": "", **more},
            moment=Moment(on, ZONE, on),
            by=w.noor.user,
        )
        return row


def alerts(w: World) -> list[tuple[str, str]]:
    """What Ada was told, in order."""
    with acting_as(w.ada.pk):
        found = Alert.objects.exclude(kind="message.new").order_by("created_at", "id")
        return list(found.values_list("kind", "level"))


def test_keeps_the_score_and_the_version_it_was_asked_with(w: World) -> None:
    row = weekly(w, SLIGHT)
    assert (row.score, row.substantial, row.instrument_version) == (32, False, "weekly_check_v1")
    assert row.performed_on == TODAY


def test_refuses_answers_that_are_none(w: World) -> None:
    with pytest.raises(WeeklyRefused):
        weekly(w, [1, 1])
    with acting_as(w.ada.pk):
        assert not models.CheckIn.objects.exists()


def test_the_same_again_is_the_same_and_another_is_refused(w: World) -> None:
    id_ = new_id()
    weekly(w, SLIGHT, check_in_id=id_)
    weekly(w, SLIGHT, check_in_id=id_)
    with pytest.raises(check_ins.CheckedOtherwise):
        weekly(w, WORSE, check_in_id=id_)


def test_a_substantial_week_raises_the_report_of_the_place(w: World) -> None:
    report = w.says_no_to_the_rest(w.hurts(w.noor, mild()))
    assert report.level == "monitor"
    weekly(w, WORSE, on=MONDAY + dt.timedelta(hours=8))
    with acting_as(w.ada.pk):
        after = models.SymptomReport.objects.get(pk=report.pk)
    assert after.level == "modify"
    assert "TR8" in str(w.verdict(report).body["reasons"])
    assert ("check_in.weekly", "modify") not in alerts(w)
    assert ("symptom.reported", "modify") in alerts(w)


def test_a_bad_week_of_a_place_nobody_reported_is_told_once(w: World) -> None:
    weekly(w, WORSE, on=MONDAY - 7 * DAY)
    weekly(w, WORSE)
    assert alerts(w) == [("check_in.weekly", "modify")]


def test_a_score_that_rises_two_weeks_running_is_told(w: World) -> None:
    for weeks, answers in ((2, [1, 0, 0, 0]), (1, SLIGHT)):
        weekly(w, answers, on=MONDAY - weeks * 7 * DAY)
    assert alerts(w) == []
    weekly(w, [1, 1, 1, 2])
    assert alerts(w) == [("check_in.weekly", "modify")]


def test_readiness_is_kept_and_changes_nothing(w: World) -> None:
    assert w.noor.user is not None
    at = Moment(MONDAY, ZONE, MONDAY)
    said = {"taps": {"sleep": 1, "energy": 2}, "body_weight_kg": 71.5, "note": ""}
    with acting_as(w.noor.user.pk):
        row, new = check_ins.ready(
            client=w.noor, check_in_id=new_id(), said=said, moment=at, by=w.noor.user
        )
        shown = queries.shown(row)
    assert new and shown["taps"] == {"sleep": 1, "energy": 2} and shown["body_weight_kg"] == 71.5
    assert alerts(w) == []


def test_a_warning_in_the_note_is_asked_at_once(w: World) -> None:
    weekly(w, SLIGHT, note="and numb between my legs")
    assert ("symptom.reported", "incomplete") in alerts(w)


def test_is_due_a_week_after_a_place_began_to_hurt(w: World) -> None:
    w.hurts(w.noor, mild(), at=MONDAY - 8 * DAY)
    with acting_as(w.ada.pk):
        assert queries.due(w.noor, on=TODAY - 3 * DAY) == []
        assert [each["region"] for each in queries.due(w.noor, on=TODAY)] == ["back_low"]
    weekly(w, SLIGHT)
    with acting_as(w.ada.pk):
        assert queries.due(w.noor, on=TODAY) == []
        assert queries.due(w.noor, on=TODAY + 7 * DAY) != []


def mild() -> dict[str, Any]:
    """Low back, 1 of 10, nothing changed because of it."""
    return says("back_low", "midline", 1, effect="none")
