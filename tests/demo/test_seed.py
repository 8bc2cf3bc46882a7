"""The demo's world …"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from clients import models
from clients.actions import symptoms
from clients.actions.moment import Moment
from clients.demo import said, world
from clients.demo.people import PASSWORD, PEOPLE
from clients.management.commands.seed import sign_ins
from clients.queries import inbox, options, outcomes, people, phone
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Alert, Delivery

pytestmark = pytest.mark.whole

NOW = dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC)
ZONE = "Europe/London"


@pytest.fixture(scope="module", autouse=True)
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[None, None, None]:
    """The world, built once for this module in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.build(NOW)
        yield
        transaction.set_rollback(True)


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def open_levels(coach: str) -> dict[str, str]:
    """The level of every report that waits for this coach, by its client's first name."""
    with acting_as(user(coach).pk):
        rows = inbox.inbox(user(coach), at=NOW).rows
        return {row.client_name.split()[0]: f"{row.level} {row.priority}" for row in rows}


def test_holds_a_report_of_every_level_today() -> None:
    assert open_levels("ada") == {
        "Rosa": "urgent high",
        "Tomas": "refer high",
        "Leo": "incomplete normal",
        "Aisha": "modify high",
        "Jonas": "modify normal",
        "Mei": "monitor normal",
        "Priya": "log normal",
    }
    assert open_levels("bo") == {"Sam": "emergency high", "Ines": "log normal"}


@pytest.mark.parametrize(
    ("coach", "option", "settled", "of", "interval"),
    [
        ("ada", "LB-HT.b", 5, 7, (36, 92)),
        ("ada", "KN-HT.a", 2, 3, None),
        ("ada", "LB-HT.c", 1, 2, None),
        ("bo", "KN-SQ.a", 1, 2, None),
    ],
)
def test_holds_a_record_of_what_helped(
    coach: str, option: str, settled: int, of: int, interval: tuple[int, int] | None
) -> None:
    with acting_as(user(coach).pk):
        rows = outcomes.option_rows(outcomes.episode_records(today=NOW.date()))
    row = next(each for each in rows if each.option_id == option)
    assert (row.settled, row.of, row.interval) == (settled, of, interval)


def test_holds_every_way_a_change_may_end_and_three_that_have_not() -> None:
    last: dict[object, models.RegressionStep] = {}
    for coach in ("ada", "bo"):
        with acting_as(user(coach).pk):
            steps = models.RegressionStep.objects.order_by("number").select_related("client")
            last |= {step.regression_id: step for step in steps}
    ended = {step.outcome for step in last.values() if step.kind == "ended"}
    assert ended == {"settled", "failed", "referred"}
    running = {s.client.name: (s.kind, s.rung) for s in last.values() if s.kind != "ended"}
    assert running == {
        "Mei Tanaka": ("applied", 0),  # past its review
        "Jonas Berg": ("rung", 3),  # on the way back up
        "Hana Novak": ("applied", 0),  # lost
    }


def test_shows_noor_her_hip_thrusts_today_and_three_weeks_of_them_behind() -> None:
    noor = user("noor")
    with acting_as(noor.pk):
        client = people.own_client(noor)
        [session] = phone.today(noor, at=NOW)["sessions"]
        assert session["items"][0]["prescription"]["line"] == "3 × 8 · 120 kg · RIR 2"
        done = models.SetLog.objects.filter(client=client, exercise="ht_barbell", weight_kg=120)
        assert done.filter(reps=8, rir=2, performed_at__gte=NOW - dt.timedelta(days=21)).count() > 9


@pytest.mark.parametrize("value", [3, 4])
def test_offers_the_american_hip_thrust_first_for_the_visitors_low_back(value: int) -> None:
    noor, ada = user("noor"), user("ada")
    with transaction.atomic():
        with acting_as(noor.pk):
            client = people.own_client(noor)
            session = models.Session.objects.get(client=client, on=NOW.date())
            place = ("back_low", "midline")
            body = said.hurts(
                place, value, at=NOW, zone=ZONE, lift="ht_barbell", session_id=session.pk
            )
            moment = Moment(NOW, ZONE, NOW)
            report, _ = symptoms.report(
                client=client, report_id=new_id(), said=body, moment=moment, by=noor
            )
            left = report.verdicts.get().body["due_after"]
            if left:
                symptoms.answer(
                    client=client,
                    report_id=report.pk,
                    answer_id=new_id(),
                    said=said.all_no(left),
                    source="after_session",
                    moment=moment,
                    by=noor,
                )
        with acting_as(ada.pk):
            found = options.choice(report, client=people.coached_client(ada, client.pk), at=NOW)
        transaction.set_rollback(True)
    assert (found.verdict.level, found.verdict.rows[0]) == ("modify", "D10")
    first = found.offers.main[0]
    assert (first.option_id, first.line) == ("LB-HT.b", "8–12 · RIR 3+ · 60 kg")


def test_sends_nothing_about_the_past() -> None:
    for coach in ("ada", "bo"):
        with acting_as(user(coach).pk):
            waiting = Delivery.objects.filter(state="pending")
            assert waiting.exists()
            assert not waiting.filter(due_at__lt=NOW - world.STILL_NEWS).exists()
            accepted = Delivery.objects.filter(state="accepted")
            assert not accepted.filter(accepted_at__gt=NOW).exists()


def test_escalates_nothing_but_what_is_open_today() -> None:
    for coach in ("ada", "bo"):
        with acting_as(user(coach).pk):
            due = Alert.objects.filter(acked_at__isnull=True, escalate_at__isnull=False)
            open_ = models.SymptomReport.objects.filter(closed_at__isnull=True)
            assert set(due.values_list("about_id", flat=True)) <= set(
                open_.values_list("pk", flat=True)
            )


def test_leaves_nothing_due_untold() -> None:
    for coach in ("ada", "bo"):
        with acting_as(user(coach).pk):
            silent = NOW - dt.timedelta(hours=48)
            untold = models.FollowUp.objects.filter(done_at__isnull=True, told_at__isnull=True)
            assert not untold.filter(asks="coach", due_at__lte=NOW).exists()
            assert not untold.filter(asks="client", due_at__lte=silent).exists()


def test_says_nothing_in_the_future() -> None:
    for coach in ("ada", "bo"):
        with acting_as(user(coach).pk):
            for rows in (models.SymptomReport, models.Answer, models.SetLog):
                assert not rows.objects.filter(performed_at__gt=NOW).exists()
            for acts in (models.Decision, models.RegressionStep, models.Verdict):
                assert not acts.objects.filter(at__gt=NOW + dt.timedelta(seconds=2)).exists()


def test_is_built_once() -> None:
    with pytest.raises(world.AlreadyThere):
        world.build(NOW)


def test_is_refused_where_there_is_no_demo(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO is off"):
        call_command("seed")


def test_is_refused_by_name_where_it_stands_already(settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="make reset"):
        call_command("seed")


def test_names_everybody_in_fifteen_lines() -> None:
    lines = list(sign_ins())
    assert len(lines) <= 15
    assert PASSWORD in lines[0]
    assert all(any(each.email in line for line in lines) for each in PEOPLE)
