"""From an alert to a coach's devices and back: dead ones die, the alert lives on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from coachapi.notifications import devices, relay
from tests.channels.conftest import IPHONE
from tests.channels.fakes import apns, fcm
from tests.isolation.phone import Person, fresh
from tests.notifications.conftest import Post, post, provider

__all__ = ["post", "provider"]


@pytest.fixture
def ada(post: Post, google: fcm.Fcm, apple: apns.Apns, settings: Settings) -> Iterator[Person]:
    """Noor's coach with an Android and an iPhone."""
    settings.PUSH_CHANNELS = ["fcm", "apns"]
    ada = post.cast.people["ada"]
    for push in (
        {"provider": "fcm", "value": "pixel"},
        {"provider": "apns", "value": IPHONE},
    ):
        ada.ok("PUT", f"/v1/devices/{fresh()}", {"platform": "android", "push": push})
    yield ada
    for each in ada.ok("GET", "/v1/devices")["items"]:
        ada.ok("DELETE", f"/v1/devices/{each['installation_id']}")


def states(post: Post) -> dict[str, str]:
    """What became of each delivery of the only alert, by channel."""
    return {row["channel"]: row["state"] for row in post.rows()}


def test_an_alert_reaches_every_device_and_the_mailbox(
    post: Post, ada: Person, google: fcm.Fcm, apple: apns.Apns
) -> None:
    post.tell(channels=("feed", "push", "email"))
    relay.drain()
    assert states(post) == dict.fromkeys(("feed", "fcm", "apns", "email"), "accepted")
    assert len(google.taken) == len(apple.taken) == len(post.provider.taken()) == 1
    keys = {row["device_key"] for row in post.rows() if row["channel"] in devices.PUSH}
    assert len(keys) == 2 and "" not in keys


def test_a_dead_device_dies_and_the_alert_arrives_elsewhere(
    post: Post, ada: Person, google: fcm.Fcm, apple: apns.Apns
) -> None:
    google.dead.add("pixel")
    post.tell(channels=("feed", "push", "email"))
    relay.drain()
    assert states(post)["apns"] == states(post)["email"] == "accepted"
    assert states(post)["fcm"] != "accepted"
    held = [each["push"] for each in ada.ok("GET", "/v1/devices")["items"]]
    shown = {push["provider"]: push for push in held}
    assert shown["fcm"]["state"] == "dead" and shown["fcm"]["dead_at"]
    assert shown["apns"]["state"] == "live"
    assert [one.channel for one in devices.live([ada.id])] == ["apns"]


def test_a_device_that_registered_after_apple_lost_it_lives_on(
    post: Post, ada: Person, apple: apns.Apns
) -> None:
    apple.dead[IPHONE] = 1_700_000_000_000  # years before the device registered here
    post.tell(channels=("feed", "push"))
    relay.drain()
    assert "apns" in [one.channel for one in devices.live([ada.id])]
    apple.dead[IPHONE] = 4_000_000_000_000
    post.tell(channels=("feed", "push"))
    relay.drain()
    assert "apns" not in [one.channel for one in devices.live([ada.id])]


def test_signing_out_between_report_and_sending_silences_the_phone(
    post: Post, ada: Person, google: fcm.Fcm
) -> None:
    post.tell(channels=("feed", "push", "email"))
    for each in ada.ok("GET", "/v1/devices")["items"]:
        ada.ok("DELETE", f"/v1/devices/{each['installation_id']}")
    relay.drain()
    assert not google.asked
    assert states(post)["fcm"] == "withheld"
    assert states(post)["email"] == "accepted"
