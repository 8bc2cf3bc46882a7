"""What became of a change …"""

from __future__ import annotations

import datetime as dt

import pytest

from clients import models
from clients.actions import episodes
from clients.queries import outcomes, plans
from coachapi.accounts.models import Coach
from coachapi.door import acting_as, acting_for
from coachapi.notifications.models import Alert
from programs.domain.prescription import PlannedSession
from tests.bodies import MONDAY, TODAY, sore_back
from tests.world import DAY, HOUR, World

WEDNESDAY, FRIDAY = TODAY + 2 * DAY, TODAY + 4 * DAY


@pytest.fixture
def settled(w: World, sore: models.SymptomReport) -> models.Regression:
    """American hip thrusts, two calm sessions, both settled by the morning."""
    change = w.applies(sore, "LB-HT.b")
    w.after_exposure(change, WEDNESDAY, 2, 1)
    w.after_exposure(change, FRIDAY, 1, 0)
    return change


def records(w: World) -> dict[str, tuple[int, int]]:
    with acting_as(w.ada.pk):
        return outcomes.records(Coach.objects.get(user=w.ada).practice_id)


def episode(w: World) -> models.Episode:
    with acting_as(w.ada.pk):
        return models.Episode.objects.get()


def ticks(w: World, at: dt.datetime) -> bool:
    found = episode(w)
    with acting_for(w.noor.pk):
        return episodes.close_if_calm(episode_id=found.pk, at=at)


def test_counts_once_two_sessions_in_a_row_were_calm(w: World, settled: models.Regression) -> None:
    assert records(w)["LB-HT.b"] == (1, 1)
    assert episode(w).settled_on == WEDNESDAY


def test_does_not_count_before(w: World, sore: models.SymptomReport) -> None:
    change = w.applies(sore, "LB-HT.b")
    w.after_exposure(change, WEDNESDAY, 2, 1)
    assert records(w)["LB-HT.b"][0] == 0
    assert episode(w).settled_on is None


def test_is_told_to_the_coach_the_same_day_when_it_fails(
    w: World, sore: models.SymptomReport
) -> None:
    change = w.applies(sore, "LB-HT.b")
    w.after_exposure(change, WEDNESDAY, 7, 1)
    with acting_as(w.ada.pk):
        assert Alert.objects.filter(kind="regression.worse", about_id=change.pk).count() == 1


def test_is_nobodys_elses_business(w: World, settled: models.Regression) -> None:
    with acting_as(w.bo.pk):
        assert outcomes.episode_records() == []


def test_closes_its_episode_after_28_calm_days_and_lifts_nothing(
    w: World, settled: models.Regression
) -> None:
    assert not ticks(w, MONDAY + 20 * DAY)
    for day in range(7, 42, 7):
        w.after_exposure(settled, TODAY + day * DAY, 0, 0)
    before = _standing(w)
    assert ticks(w, MONDAY + 36 * DAY)
    assert (episode(w).outcome, episode(w).closed_at) == ("resolved", MONDAY + 36 * DAY)
    assert _standing(w) == before


def test_keeps_its_episode_open_when_it_came_back(w: World, settled: models.Regression) -> None:
    w.hurts(w.noor, sore_back(4), at=MONDAY + 10 * DAY)
    for day in range(14, 42, 7):
        w.after_exposure(settled, TODAY + day * DAY, 0, 0)
    assert not ticks(w, MONDAY + 45 * DAY + HOUR)


def _standing(w: World) -> tuple[PlannedSession, ...]:
    with acting_as(w.ada.pk):
        return plans.standing(w.noor.pk).resolved.sessions
