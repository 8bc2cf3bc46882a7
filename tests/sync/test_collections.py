"""Each collection that others write for the phone: it comes when it changes, goes when it ends, and
comes to nobody else's phone."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from clients import models
from clients.actions import grants, media, regressions
from clients.queries import people
from coachapi.door import acting_as
from coachapi.ids import new_id
from tests.actions.test_grants import allowed, hurts_again, used
from tests.bodies import MONDAY, sore_back
from tests.sync.phone import Phone
from tests.world import DAY, HOUR, World


@pytest.fixture
def noor(world: World) -> Phone:
    """Noor's phone, freshly signed in and synced once; she has trained, so loads are known."""
    world.trains(world.noor)
    phone = Phone.of(world.noor)
    phone.pull()
    return phone


@pytest.fixture
def sam(world: World) -> Phone:
    """A phone in another practice, synced once."""
    phone = Phone.of(world.sam)
    phone.pull()
    return phone


def film_of(world: World) -> str:
    """Noor announces a film of her hip thrust."""
    with acting_as(world.noor.user_id):
        row, _ = media.announce(
            client=world.noor,
            media_id=new_id(),
            body={
                "exercise_id": "ht_barbell",
                "session_id": None,
                "note": "the top",
                "content_type": "video/mp4",
                "size_bytes": 1000,
                "sha256": "0" * 64,
            },
            by=people.own_client(world.noor.user).user,
            at=MONDAY,
        )
    return str(row.pk)


def test_a_grant_comes_when_given_and_goes_when_withdrawn(
    world: World, noor: Phone, sam: Phone
) -> None:
    given = allowed(world)
    assert noor.pull() == {"grants"}
    row = noor.rows["grants"][str(given.pk)]
    assert (row["way"], row["option"], row["most_pain"]) == ("down", "LB-HT.b", given.most_pain)
    assert (row["until"], row["given_by"]) == (str(given.until), world.ada.name)
    with acting_as(world.ada.pk):
        grants.withdraw(client=world.noor, grant_id=given.pk, by=world.ada, at=MONDAY + HOUR)
    assert noor.pull() == {"grants"} and noor.rows["grants"] == {}
    assert sam.pull() == set()


def test_a_use_comes_and_says_when_it_was_confirmed(world: World, noor: Phone, sam: Phone) -> None:
    use = used(world, allowed(world), hurts_again(world))
    assert "grant_uses" in noor.pull()
    row = noor.rows["grant_uses"][str(use.pk)]
    assert (row["regression_id"], row["refused"]) == (str(use.regression_id), "[]")
    assert row["confirmed_at"] is None
    assert use.regression is not None
    at = MONDAY + 2 * DAY + 2 * HOUR
    with acting_as(world.ada.pk):
        regressions.confirm(client=world.noor, regression_id=use.regression.pk, by=world.ada, at=at)
    noor.pull()
    confirmed = noor.rows["grant_uses"][str(use.pk)]["confirmed_at"]
    assert confirmed == int(at.timestamp() * 1000)
    assert sam.pull() == set()


def test_a_film_comes_as_it_stands_and_goes_when_deleted(
    world: World, noor: Phone, sam: Phone
) -> None:
    id_ = film_of(world)
    assert noor.pull() == {"media"}
    row = noor.rows["media"][id_]
    assert (row["state"], row["exercise_id"], row["note"]) == ("pending", "ht_barbell", "the top")
    with acting_as(world.noor.user_id):
        media.take_back(client=world.noor, media_id=uuid.UUID(id_))
    assert noor.pull() == {"media"} and noor.rows["media"] == {}
    assert sam.pull() == set()


def test_news_for_the_client_comes_and_a_coach_s_own_does_not(
    world: World, noor: Phone, sam: Phone
) -> None:
    report = world.hurts(world.noor, sore_back(4))
    noor.pull()
    assert noor.rows["notifications"] == {}, "the alert is the coach's"
    world.says_no_to_the_rest(report)
    world.applies(report, "LB-HT.b")
    assert "notifications" in noor.pull()
    (row,) = noor.rows["notifications"].values()
    with acting_as(world.noor.user_id):
        decision = models.Decision.objects.get(report=report)
    assert (row["kind"], row["about_id"]) == ("client.changed", str(decision.pk))
    assert dt.datetime.fromtimestamp(row["told_at"] / 1000, dt.UTC) >= MONDAY
    assert sam.pull() == set()
