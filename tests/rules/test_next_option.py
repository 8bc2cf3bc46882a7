"""When a running change does not help."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clients import models
from clients.actions import follow_ups, regressions
from clients.actions.moment import Moment
from clients.queries import options
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert
from tests.dashboard import world

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return world.coach()


@pytest.fixture
def noor(ada: User) -> models.Client:
    return world.client(ada, "Noor Haddad", at=AT - dt.timedelta(weeks=4))


def chosen(report_id: Any, by: User, at: dt.datetime) -> options.Choice:
    with acting_as(by.pk):
        report = models.SymptomReport.objects.select_related("client__health").get(pk=report_id)
        return options.choice(report, client=report.client, at=at)


def apply(report_id: Any, option_id: str, by: User, at: dt.datetime) -> models.Regression:
    basis = chosen(report_id, by, at).basis
    with acting_as(by.pk):
        report = models.SymptomReport.objects.select_related("client__health").get(pk=report_id)
        return regressions.apply(
            client=report.client,
            report_id=report_id,
            option_id=option_id,
            basis=basis,
            by=by,
            at=at,
        )


def trained_and_felt(who: models.Client, on: dt.date, worst: int) -> None:
    """Train a session of the changed plan, and say next morning how it was."""
    world.trained(who, on, kg=60)
    at = dt.datetime.combine(on + DAY, dt.time(8), dt.UTC)
    assert who.user is not None
    with acting_as(who.user.pk):
        client = models.Client.objects.select_related("health").get(pk=who.pk)
        asked = models.FollowUp.objects.get(
            client=client, kind="exposure", session__on=on, done_at__isnull=True
        )
        place = {"region": "back_low", "side": "midline", "pain_worst": worst}
        follow_ups.answer(
            client=client,
            follow_up_id=asked.pk,
            answer_id=new_id(),
            said={"regions": [place | {"pain_next_morning": 0, "morning_feel": "same"}]},
            moment=Moment(at, world.ZONE, at),
            by=who.user,
        )


def told(by: User) -> list[str]:
    with acting_as(by.pk):
        return list(
            Alert.objects.filter(kind__startswith="regression.").values_list("kind", flat=True)
        )


def ended(regression: models.Regression, by: User) -> str:
    with acting_as(by.pk):
        last = models.RegressionStep.objects.filter(regression=regression).order_by("-number")[0]
        return last.outcome if last.kind == "ended" else last.kind


def first_change(noor: models.Client, ada: User) -> models.Regression:
    return apply(world.sore_back(noor, ada, at=AT), "LB-HT.b", ada, AT + dt.timedelta(hours=1))


@pytest.mark.parametrize(("worst", "alerts"), [(5, []), (6, ["first_worse", "worse"])])
def test_a_first_session_worse_by_two_is_told_at_once(
    noor: models.Client, ada: User, worst: int, alerts: list[str]
) -> None:
    first_change(noor, ada)  # at 4 of 10
    trained_and_felt(noor, (AT + 2 * DAY).date(), worst)
    assert told(ada) == [f"regression.{each}" for each in alerts]


def test_a_second_session_worse_by_two_is_no_first_one(noor: models.Client, ada: User) -> None:
    first_change(noor, ada)
    trained_and_felt(noor, (AT + 2 * DAY).date(), 1)
    trained_and_felt(noor, (AT + 4 * DAY).date(), 6)
    assert told(ada) == ["regression.worse"]


def test_while_a_change_runs_and_has_not_failed_no_other_is_offered(
    noor: models.Client, ada: User
) -> None:
    running = first_change(noor, ada)
    trained_and_felt(noor, (AT + 2 * DAY).date(), 4)
    at = AT + 3 * DAY
    found = chosen(world.hurts(noor, [("back_low", "midline", 4)], at=at), ada, at)
    assert found.replacing is None
    assert found.offers.main == ()
    assert ended(running, ada) == "applied"


def test_the_next_option_ends_the_failed_one_in_the_same_act(
    noor: models.Client, ada: User
) -> None:
    failed = first_change(noor, ada)
    trained_and_felt(noor, (AT + 2 * DAY).date(), 6)
    at = AT + 3 * DAY
    report_id = world.hurts(noor, [("back_low", "midline", 5)], at=at)
    world.answers_the_rest(noor, report_id, at=at)
    found = chosen(report_id, ada, at)
    assert found.replacing == failed
    assert "LB-HT.b" not in [each.option_id for each in (*found.offers.main, *found.offers.more)]
    made = apply(report_id, "LB-HT.d", ada, at)
    assert ended(failed, ada) == "failed"
    assert ended(made, ada) == "applied"
    with acting_as(ada.pk):
        waiting = models.FollowUp.objects.filter(regression=failed, done_at__isnull=True)
        assert not waiting.exists()


def test_the_preview_shows_the_day_with_the_next_option_alone(
    noor: models.Client, ada: User
) -> None:
    first_change(noor, ada)
    trained_and_felt(noor, (AT + 2 * DAY).date(), 6)
    at = AT + 3 * DAY
    report_id = world.hurts(noor, [("back_low", "midline", 5)], at=at)
    world.answers_the_rest(noor, report_id, at=at)
    shown = options.preview(chosen(report_id, ada, at), "LB-HT.d", unit="kg")
    assert shown is not None
    assert shown.diff.rows
    changed = {(row.was_exercise, row.becomes_exercise) for row in shown.diff.rows}
    assert ("ht_american", "ht_band") in changed
    assert {after for _, after in changed} <= {"ht_band", "ht_barbell"}


def test_after_two_failed_options_no_third_is_offered(noor: models.Client, ada: User) -> None:
    first_change(noor, ada)
    trained_and_felt(noor, (AT + 2 * DAY).date(), 6)
    at = AT + 3 * DAY
    report_id = world.hurts(noor, [("back_low", "midline", 5)], at=at)
    world.answers_the_rest(noor, report_id, at=at)
    second = apply(report_id, "LB-HT.d", ada, at)
    trained_and_felt(noor, (AT + 4 * DAY).date(), 6)
    at = AT + 5 * DAY
    found = chosen(world.hurts(noor, [("back_low", "midline", 5)], at=at), ada, at)
    assert found.replacing is None
    assert (*found.offers.main, *found.offers.more, found.offers.remove) == (None,)
    assert ended(second, ada) == "applied"
