"""Canaries: no word about health, no name, no note, no token in what leaves or is logged."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from coachapi.notifications import relay
from coachapi.notifications.channels.webpush import public_key
from tests.channels.conftest import IPHONE
from tests.channels.fakes import apns, fcm, receiver
from tests.isolation.cast import canary
from tests.isolation.phone import fresh
from tests.notifications.conftest import Post, post, provider

__all__ = ["post", "provider"]

HEALTH = re.compile(
    r"pain|hurt|sore|injur|numb|swell|back_low|low back|knee|groin|buttock|elbow|symptom|regress"
    r"|emergenc|urgent|refer\b|modify|monitor|thrust|red.?flag",
    re.IGNORECASE,
)
PIXEL, AUTH = "pixel-token-of-ada", "A" * 22
LETTERS = re.compile(r"In an emergency call your emergency number[^\n]*", re.IGNORECASE)


@pytest.fixture
def everywhere(
    post: Post, google: fcm.Fcm, apple: apns.Apns, vapid: str, settings: Settings
) -> Iterator[tuple[receiver.Receiver, receiver.Receiver, str]]:
    """Ada on three devices, and a webhook of the practice: browser's service, webhook, secret."""
    settings.PUSH_CHANNELS = ["fcm", "apns", "webpush"]
    ada, olga = post.cast.people["ada"], post.cast.people["olga"]
    with receiver.running() as browsers, receiver.running() as hooks:
        keys = {"p256dh": public_key(vapid), "auth": AUTH}
        subscription = {"endpoint": f"{browsers.url}/browser-of-ada", "keys": keys}
        for push in (
            {"provider": "fcm", "value": PIXEL},
            {"provider": "apns", "value": IPHONE},
            {"provider": "webpush", "subscription": subscription},
        ):
            ada.ok("PUT", f"/v1/devices/{fresh()}", {"platform": "web", "push": push})
        body = {"url": f"{hooks.url}/hook", "events": ["symptom.reported"]}
        made = olga.ok("POST", "/v1/webhooks", body)
        yield browsers, hooks, made["secret"]
        olga.ok("DELETE", f"/v1/webhooks/{made['id']}")
        for each in ada.ok("GET", "/v1/devices")["items"]:
            ada.ok("DELETE", f"/v1/devices/{each['installation_id']}")


def test_nothing_about_anybody_leaves_or_is_logged(
    post: Post,
    everywhere: tuple[receiver.Receiver, receiver.Receiver, str],
    google: fcm.Fcm,
    apple: apns.Apns,
    caplog: pytest.LogCaptureFixture,
) -> None:
    browsers, hooks, secret = everywhere
    life = post.cast.lives["noor"]
    life.person.ok("PUT", f"/v1/reports/{fresh()}", life.report_sent)  # with her canary in a note
    with caplog.at_level(logging.INFO):
        post.tell(channels=("feed", "push", "email"), priority=0)
        relay.drain()
        for fake, fault in ((google, "503"), (apple, "429"), (browsers, "500"), (hooks, "500")):
            fake.fail(fault)
        post.provider.fail("450")
        post.tell(channels=("feed", "push", "email"), priority=0)
        relay.drain()
        google.dead.add(PIXEL)
        apple.bad.add(IPHONE)
        browsers.fail("410")
        post.tell(channels=("feed", "push", "email"), priority=0)
        post.pass_time()
        relay.drain()
    sent = {"fcm": google, "apns": apple, "webpush": browsers, "webhook": hooks}
    assert all(len(fake.asked) >= 2 for fake in sent.values())
    name = re.compile(canary("noor") + "|noor", re.IGNORECASE)
    for channel, fake in sent.items():
        for each in fake.asked:
            said = f"{each.path} {each.headers} {each.body.decode('latin-1')}"
            if channel == "webhook":  # the kind of event and the level are what it is for
                said = re.sub(r'"type":"symptom.reported"|"level":"[a-z+]+"', "", said)
            if channel != "webpush":  # its body is sealed
                assert not HEALTH.search(said), (channel, HEALTH.search(said))
            assert not name.search(said), channel
    mails = "".join(each.read_text("latin-1") for each in post.provider.folder.glob("*.eml"))
    assert mails
    assert not name.search(mails)
    assert not HEALTH.search(LETTERS.sub("", mails)), HEALTH.search(mails)
    troubles = " ".join(row["trouble"] for row in post.rows())
    said = caplog.text + troubles
    assert "503" in said and "410" in said
    tokens = (PIXEL, IPHONE, "browser-of-ada", AUTH, secret, "/hook", "Bearer", "@coaches.example")
    for word in (*tokens, canary("noor")):
        assert word not in said, word
    assert not HEALTH.search(said), HEALTH.search(said)
