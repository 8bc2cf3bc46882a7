"""What our senders hand over, and what each refusal means: the message, the device, or later."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import translation
from pytest_django import Settings

from coachapi.notifications import channels
from coachapi.notifications.channels import NeverDeliverable, NotNow, words
from coachapi.notifications.channels import apns as our_apns
from coachapi.notifications.channels.webpush import new_private_key, public_key
from tests.channels.conftest import IPHONE, no, parcel, to
from tests.channels.fakes import apns, fcm, webpush

NEUTRAL = {"title": "New message in the app", "body": "Open it to read."}


def test_fcm_takes_a_neutral_notification_that_replaces_itself(
    google: fcm.Fcm, settings: Settings
) -> None:
    mine = parcel("fcm", to("fid", "installation", "de-AT"))
    for _ in range(2):
        channels.SENDERS["fcm"](mine)
    first, second = google.messages
    assert first == second
    assert first["fid"] == "installation"
    assert first["notification"] == NEUTRAL
    link = f"{settings.PUBLIC_URL}/desk/alerts/{mine.alert_id}/"
    assert first["data"] == {"type": "alert", "id": str(mine.alert_id), "deep_link": link}
    assert first["android"]["collapse_key"] == mine.collapse_id
    assert first["android"]["notification"]["tag"] == mine.collapse_id
    assert first["android"]["priority"] == "HIGH"


@pytest.mark.parametrize("locale", ["", "en", "de-AT", "pt_BR", "zh-Hant-TW", "zz-ZZ", "x" * 35])
def test_the_words_are_neutral_in_whatever_language(locale: str) -> None:
    title, body = words.neutral(locale)
    assert title and body
    assert not any(mark in title + body for mark in ("{", "%", locale[:2] + ":"))
    assert translation.get_language() == "en"


def test_fcm_is_signed_in_to_once_and_again_when_the_token_is_refused(google: fcm.Fcm) -> None:
    mine = parcel("fcm", to("token", "phone"))
    channels.SENDERS["fcm"](mine)
    before = google.sign_ins
    channels.SENDERS["fcm"](mine)
    assert google.sign_ins == before
    google.sign_ins += 1  # Google forgets the access token it gave
    assert isinstance(no(mine), NotNow)
    channels.SENDERS["fcm"](mine)


def test_a_dead_fcm_token_kills_the_device_and_a_bad_message_only_itself(google: fcm.Fcm) -> None:
    google.dead.add("gone")
    said = no(parcel("fcm", to("token", "gone")))
    assert isinstance(said, NeverDeliverable) and said.device
    said = no(parcel("fcm", to("token", "malformed")))
    assert isinstance(said, NeverDeliverable) and said.device
    google.fail("400")
    said = no(parcel("fcm", to("token", "phone")))
    assert isinstance(said, NeverDeliverable) and not said.device


@pytest.mark.parametrize(("fault", "after"), [("429 7", 7), ("503 9", 9), ("500", None)])
@pytest.mark.parametrize("channel", ["fcm", "apns"])
def test_a_provider_that_wants_time_gets_it(
    channel: str, fault: str, after: float | None, google: fcm.Fcm, apple: apns.Apns
) -> None:
    fake = google if channel == "fcm" else apple
    fake.fail(fault)
    said = no(parcel(channel, to("token", IPHONE)))
    assert isinstance(said, NotNow)
    assert said.after == after


@pytest.mark.parametrize("fault", ["reset", "+reset"])
def test_a_cut_line_is_tried_again_under_the_same_id(
    fault: str, google: fcm.Fcm, apple: apns.Apns
) -> None:
    for channel, fake in (("fcm", google), ("apns", apple)):
        mine = parcel(channel, to("token", IPHONE))
        fake.fail(fault)
        assert isinstance(no(mine), NotNow)
        channels.SENDERS[channel](mine)
        assert len(fake.taken) == 1 + fault.startswith("+")


def test_a_provider_that_hangs_is_left_before_the_lease_ends(
    google: fcm.Fcm, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coachapi.notifications.channels import wire

    channels.SENDERS["fcm"](parcel("fcm", to("token", "phone")))  # signed in
    monkeypatch.setitem(wire.post.__kwdefaults__, "within", 0.3)
    google.fail("hang 5")
    began = time.monotonic()
    assert isinstance(no(parcel("fcm", to("token", "phone"))), NotNow)
    assert time.monotonic() - began < 3


def test_apple_takes_a_neutral_notification_over_one_connection(
    apple: apns.Apns, settings: Settings
) -> None:
    connections = apple.connections
    mine = parcel("apns", to("token", IPHONE))
    for _ in range(3):
        channels.SENDERS["apns"](mine)
    payload = apple.payloads[0]
    assert payload["aps"]["alert"] == NEUTRAL
    assert payload["aps"]["interruption-level"] == "active"
    assert payload["id"] == str(mine.alert_id)
    assert {each.headers["apns-collapse-id"] for each in apple.taken} == {mine.collapse_id}
    assert apple.connections - connections <= 1
    assert len({each.headers["authorization"] for each in apple.taken}) == 1


@pytest.mark.parametrize("channel", ["fcm", "apns"])
def test_many_threads_send_at_once(channel: str, google: fcm.Fcm, apple: apns.Apns) -> None:
    fake = google if channel == "fcm" else apple
    parcels = [parcel(channel, to("token", IPHONE)) for _ in range(48)]
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(channels.SENDERS[channel], parcels))
    assert len(fake.taken) == 48
    sent = {each.collapse_id for each in parcels}
    if channel == "apns":
        assert {each.headers["apns-collapse-id"] for each in fake.taken} == sent
    else:
        assert {each["android"]["collapse_key"] for each in google.messages} == sent


@pytest.mark.parametrize(("priority", "level"), [(0, "time-sensitive"), (1, "time-sensitive")])
@pytest.mark.parametrize("ordinary", [2, 5])
def test_only_a_red_flag_passes_a_focus(
    priority: int, level: str, ordinary: int, apple: apns.Apns
) -> None:
    for each in (priority, ordinary):
        channels.SENDERS["apns"](parcel("apns", to("token", IPHONE), priority=each))
    said = [each["aps"]["interruption-level"] for each in apple.payloads]
    assert said == [level, "active"]


def test_apple_says_since_when_a_device_is_gone(apple: apns.Apns) -> None:
    apple.dead[IPHONE] = 1_700_000_000_000
    said = no(parcel("apns", to("token", IPHONE)))
    assert isinstance(said, NeverDeliverable) and said.device
    assert said.as_of == dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.UTC)
    apple.bad.add("cd" * 32)
    said = no(parcel("apns", to("token", "cd" * 32)))
    assert isinstance(said, NeverDeliverable) and said.device and said.as_of is None


def test_a_wrong_key_of_ours_ends_no_device(apple: apns.Apns, settings: Settings) -> None:
    our_apns._tokens.clear()
    settings.APNS_KEY_ID = "ANOTHERKEY"
    said = no(parcel("apns", to("token", IPHONE)))
    assert isinstance(said, NotNow) and said.after == our_apns.OURS


def test_web_push_is_decrypted_by_somebody_else(
    push_service: webpush.PushService, vapid: str, settings: Settings
) -> None:
    subscription = push_service.subscribe(public_key(vapid))
    address = to("subscription", subscription["endpoint"], **subscription["keys"])
    mine = parcel("webpush", address)
    channels.SENDERS["webpush"](mine)
    link = f"{settings.PUBLIC_URL}/desk/alerts/{mine.alert_id}/"
    (got,) = push_service.messages(subscription)
    assert got == {
        "type": "alert",
        "id": str(mine.alert_id),
        "deep_link": link,
        "tag": mine.collapse_id,
    }
    push_service.expire(subscription)
    said = no(dataclasses.replace(mine, id=uuid.uuid4()))
    assert isinstance(said, NeverDeliverable) and said.device
    settings.VAPID_PRIVATE_KEY = new_private_key()
    other = push_service.subscribe(public_key(vapid))
    said = no(parcel("webpush", to("subscription", other["endpoint"], **other["keys"])))
    assert isinstance(said, NeverDeliverable)


def test_a_subscription_that_leads_inside_is_never_called(vapid: str, settings: Settings) -> None:
    settings.ALLOW_PRIVATE_TARGETS = False
    keys = {"p256dh": public_key(vapid), "auth": "A" * 22}
    for endpoint in ("https://127.0.0.1/x", "http://push.example/x", "https://[::1]:8443/"):
        said = no(parcel("webpush", to("subscription", endpoint, **keys)))
        assert isinstance(said, NeverDeliverable) and said.device
