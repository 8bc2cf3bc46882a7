"""Technique as a record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clients import models
from clients.actions import sets, technique
from clients.queries import outcomes
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications.models import Delivery
from coachapi.refusals import NotThere, Unreadable
from tests.dashboard import world
from tests.isolation.phone import Person
from tests.outcomes_page.test_did_it_help import life

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 14, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LINES = ("gaze_forward", "chin_tuck", "ribs_down", "torso_level", "slight_ppt")


@pytest.fixture
def ada() -> User:
    return world.coach()


@pytest.fixture
def noor(ada: User) -> models.Client:
    who = world.client(ada, "Noor Haddad", at=AT - dt.timedelta(weeks=4))
    world.planned(who, ada, at=AT, weeks_ago=3)
    return who


def logged(who: models.Client, at: dt.datetime, **said: Any) -> None:
    """One set of a day's first lift."""
    assert who.user is not None
    with acting_as(who.user.pk):
        client = models.Client.objects.select_related("health", "practice").get(pk=who.pk)
        session = models.Session.objects.get(client=client, on=at.date())
        body = {
            "session_id": session.pk,
            "exercise_id": "ht_barbell",
            "slot": "A1",
            "set_index": 0,
            "kind": "work",
            "reps": 8,
            "weight_kg": 300,
            "end_reason": "",
            "performed_at": at,
            "zone": world.ZONE,
        }
        sets.log(client=client, set_id=new_id(), body=body | said, rev=None, received_at=at)


def tasks(by: User) -> list[str]:
    with acting_as(by.pk):
        found = models.FollowUp.objects.filter(kind="technique", done_at__isnull=True)
        return list(found.values_list("about", flat=True))


def looked(who: models.Client, by: User, at: dt.datetime, *no: str) -> models.TechniqueCheck:
    with acting_as(by.pk):
        client = models.Client.objects.get(pk=who.pk)
        answers = {line: line not in no for line in LINES}
        return technique.look(
            client=client, exercise_id="ht_barbell", answers=answers, by=by, at=at
        )


def test_one_set_that_lost_its_position_is_no_task_and_two_are(
    ada: User, noor: models.Client
) -> None:
    logged(noor, AT - 7 * DAY, end_reason="position_lost")
    assert tasks(ada) == []
    logged(noor, AT, end_reason="position_lost")
    assert tasks(ada) == ["Barbell hip thrust: position lost in 2 sets within 14 days."]


def test_two_sets_more_than_14_days_apart_are_no_task(ada: User, noor: models.Client) -> None:
    logged(noor, AT - 21 * DAY, end_reason="position_lost")
    logged(noor, AT, end_reason="position_lost")
    assert tasks(ada) == []


@pytest.mark.parametrize(("yes", "count"), [(4, 0), (3, 1)])
def test_a_checklist_below_four_of_five_is_a_task(
    ada: User, noor: models.Client, yes: int, count: int
) -> None:
    logged(noor, AT, checklist={line: place < yes for place, line in enumerate(LINES)})
    assert len(tasks(ada)) == count


def test_a_checklist_in_a_session_that_hurt_is_judged_with_the_report(
    ada: User, noor: models.Client
) -> None:
    session = world.trained(noor, AT.date(), done=False)
    world.hurts(noor, [("back_low", "midline", 3)], at=AT, session=session)
    logged(noor, AT, checklist=dict.fromkeys(LINES, False))
    assert tasks(ada) == []


def test_lines_nobody_knows_and_heavy_loads_are_no_task(ada: User, noor: models.Client) -> None:
    logged(noor, AT, checklist={"shoes_tied": False})
    logged(noor, AT, weight_kg=500, end_reason="muscular_failure")
    assert tasks(ada) == []


def test_a_task_is_set_once_and_told_in_the_feed_alone(ada: User, noor: models.Client) -> None:
    for days in (7, 5, 3, 0):
        logged(noor, AT - days * DAY, end_reason="position_lost")
    assert len(tasks(ada)) == 1
    with acting_as(ada.pk):
        told = Delivery.objects.filter(alert__kind="technique.task")
        assert [each.channel for each in told] == ["feed"]


def test_a_look_closes_the_task_and_what_was_before_it_counts_no_more(
    ada: User, noor: models.Client
) -> None:
    logged(noor, AT - 7 * DAY, end_reason="position_lost")
    logged(noor, AT - 5 * DAY, end_reason="position_lost")
    looked(noor, ada, AT - 4 * DAY)
    assert tasks(ada) == []
    logged(noor, AT - 3 * DAY, end_reason="position_lost")
    assert tasks(ada) == []
    logged(noor, AT, end_reason="position_lost")
    assert len(tasks(ada)) == 1


def test_a_look_needs_every_line_and_a_lift_with_a_checklist(
    ada: User, noor: models.Client
) -> None:
    with acting_as(ada.pk):
        client = models.Client.objects.get(pk=noor.pk)
        act: dict[str, Any] = {"client": client, "by": ada, "at": AT}
        with pytest.raises(Unreadable) as no:
            technique.look(exercise_id="ht_barbell", answers={"chin_tuck": True, "x": True}, **act)
        assert len(no.value.faults) == 5
        for lift in ("row_chest", "no_such_lift"):
            with pytest.raises(NotThere):
                technique.look(exercise_id=lift, answers={}, **act)


def test_a_look_is_never_rewritten(ada: User, noor: models.Client) -> None:
    made = looked(noor, ada, AT)
    with acting_as(ada.pk), pytest.raises(DatabaseError), transaction.atomic():
        models.TechniqueCheck.objects.filter(pk=made.pk).update(passed=False)


def test_the_record_says_whether_technique_was_checked_while_the_option_ran(ada: User) -> None:
    from clients.actions import regressions

    who = life(ada, "Eli Roth")

    def verified() -> str:
        with acting_as(ada.pk):
            (record,) = outcomes.episode_records(client_id=who.pk)
        return record.technique_verified

    assert verified() == "unknown"
    looked(who, ada, AT + 2 * DAY, "ribs_down", "chin_tuck")
    assert verified() == "no"
    looked(who, ada, AT + 4 * DAY, "ribs_down")
    assert verified() == "yes"
    with acting_as(ada.pk):
        client = models.Client.objects.select_related("health").get(pk=who.pk)
        running = models.Regression.objects.get(client=client)
        regressions.end(
            client=client,
            regression_id=running.pk,
            outcome="settled",
            by=ada,
            at=AT + 6 * DAY,
        )
    looked(who, ada, AT + 8 * DAY, "ribs_down", "chin_tuck")
    assert verified() == "yes"


def test_the_api_keeps_a_look_for_ones_own_clients_only(ada: User, noor: models.Client) -> None:
    path = f"/v1/clients/{noor.pk}/technique/ht_barbell"
    body = {"answers": dict.fromkeys(LINES, True)}
    made: Any = Person.signed_in(ada).send("PUT", path, body)
    assert (made.status_code, made.json()["passed"]) == (201, True)
    stranger = Person.signed_in(world.coach("Bo Ek", "Quarry"))
    assert stranger.send("PUT", path, body).status_code == 404
    assert noor.user is not None
    assert Person.signed_in(noor.user).send("PUT", path, body).status_code == 404


def test_the_desk_shows_the_task_and_a_look_takes_it_away(
    ada: User, noor: models.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (7, 0):
        logged(noor, AT - days * DAY, end_reason="position_lost")
    browser = Person.signed_in(ada).browser
    page = f"/desk/clients/{noor.pk}/technique/"
    monkeypatch.setattr("coachapi.clock.now", lambda: AT + DAY)
    why = "Barbell hip thrust: position lost in 2 sets within 14 days."
    assert why in browser.get("/desk/").content.decode()
    shown = browser.get(page).content.decode()
    assert why in shown and "checked" not in shown  # nothing is ticked that nobody ticked
    done = browser.post(page, {"exercise": "ht_barbell", "seen": LINES[:4]}, follow=True)
    assert "Kept: 4 of 5 lines seen." in done.content.decode()
    assert why not in browser.get("/desk/").content.decode()
    assert browser.post(page, {"exercise": "row_chest"}).status_code == 404
