"""Two channels at once: one that fails or hangs holds up no other, and red flags go elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from coachapi.notifications import ledger, pacing, relay
from tests.channels.conftest import _fcm, google
from tests.channels.fakes import fcm
from tests.isolation.phone import fresh
from tests.notifications.conftest import Post

__all__ = ["_fcm", "google"]


@pytest.fixture
def phone(post: Post, google: fcm.Fcm, settings: Settings) -> Iterator[fcm.Fcm]:
    """Ada's phone; what is known of the providers begins anew."""
    settings.PUSH_CHANNELS = ["fcm"]
    ada, id_ = post.cast.people["ada"], fresh()
    push = {"provider": "fcm", "value": "pixel"}
    ada.ok("PUT", f"/v1/devices/{id_}", {"platform": "android", "push": push})
    relay._lanes.clear()
    yield google
    relay._lanes.clear()
    ada.ok("DELETE", f"/v1/devices/{id_}")


def channels(post: Post) -> Counter[tuple[str, str]]:
    """Every delivery's channel and what became of it, but for the feed's."""
    return Counter(
        (row["channel"], row["state"]) for row in post.rows() if row["channel"] != "feed"
    )


def test_a_red_flag_that_fails_leaves_on_the_other_channel_at_once(
    post: Post, phone: fcm.Fcm
) -> None:
    phone.fail("503", "503")
    post.tell(priority=pacing.RED_FLAG, channels=("feed", "push"))
    relay.drain()
    assert channels(post) == {("fcm", "pending"): 1, ("email", "accepted"): 1}


def test_what_is_no_red_flag_waits_for_its_own_channel(post: Post, phone: fcm.Fcm) -> None:
    phone.fail("503")
    post.tell(channels=("feed", "push"))
    relay.drain()
    assert channels(post) == {("fcm", "pending"): 1}


def test_a_red_flag_whose_relay_died_without_a_word_is_told_elsewhere_with_the_next_try(
    post: Post, phone: fcm.Fcm
) -> None:
    post.tell(priority=0, channels=("feed", "push"))
    assert len(ledger.claim([("fcm", 1, pacing.ANY)])) == 1  # and nothing is heard of it
    post.pass_time()
    relay.drain()
    assert channels(post) == {("fcm", "accepted"): 1, ("email", "accepted"): 1}


def test_a_provider_that_names_its_time_is_left_alone_until_then(
    post: Post, phone: fcm.Fcm
) -> None:
    phone.fail("429 7")
    post.tell(channels=("feed", "push"))
    relay.drain()
    (row,) = [row for row in post.rows() if row["channel"] == "fcm"]
    assert 7 <= (row["due_at"] - row["wanted_at"]).total_seconds() < 12
    post.pass_time()
    post.tell(priority=0, channels=("feed", "push"))
    for _ in range(3):  # on a busy machine a first try may take too long, and is tried again
        relay.drain()
        if channels(post)["fcm", "accepted"]:
            break
        post.pass_time()
    assert channels(post)["fcm", "pending"] == 1, "the ordinary one waits"
    assert channels(post)["fcm", "accepted"] == 1, "a red flag does not"


def test_a_sick_provider_is_tried_no_more_and_the_mail_goes_on(post: Post, phone: fcm.Fcm) -> None:
    phone.fail(*["503"] * 50)
    for _ in range(30):
        post.tell(channels=("feed", "push", "email"))
    relay.drain()
    assert channels(post)["email", "accepted"] == 30
    assert len(phone.asked) < 30, "what was under way when it was found sick, and no more"
