"""The fakes are good enough for the providers' own clients; if not, our senders prove nothing."""

from __future__ import annotations

import asyncio
import gc
import json
import ssl
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.channels.conftest import IPHONE
from tests.channels.fakes import apns, fcm


def apart(act: Callable[[], Any]) -> Any:
    """In a thread of its own: a browser's tests leave an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act).result()


@pytest.fixture
def firebase(google: fcm.Fcm, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Google's own client, pointed at the fake."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import firebase_admin
        from firebase_admin import credentials, messaging

    where = f"{google.url}/v1/projects/{{0}}/messages:send"
    monkeypatch.setattr(messaging._MessagingService, "FCM_URL", where)
    account = credentials.Certificate(json.loads(google.credentials))
    app = firebase_admin.initialize_app(account, name="test")
    yield app
    apart(lambda: firebase_admin.delete_app(app))
    gc.collect()  # its sessions close when they are collected, and warn


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_firebase_admin_accepts_the_fake(google: fcm.Fcm, firebase: object) -> None:
    from firebase_admin import exceptions, messaging

    def send(**to: str) -> str:
        words = messaging.Notification(title="t", body="b")
        android = messaging.AndroidConfig(collapse_key="k", priority="high", ttl=60)
        made = messaging.Message(notification=words, data={"a": "b"}, android=android, **to)
        name: str = messaging.send(made, app=firebase)
        return name

    assert send(fid="an-installation").startswith(f"projects/{fcm.PROJECT}/messages/")
    send(token="a-token")
    google.dead.add("gone")
    with pytest.raises(messaging.UnregisteredError):
        send(token="gone")
    with pytest.raises(exceptions.InvalidArgumentError):
        send(token="malformed")
    google.fail("429")
    with pytest.raises(messaging.QuotaExceededError):
        send(token="a-token")
    assert [each["android"]["collapse_key"] for each in google.messages] == ["k", "k"]


def test_aioapns_accepts_the_fake(apple: apns.Apns, monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from aioapns import APNs, NotificationRequest, PushType
        from aioapns.connection import APNsProductionClientProtocol as Protocol

    host, _, port = apple.url.removeprefix("https://").partition(":")
    monkeypatch.setattr(Protocol, "APNS_SERVER", host)
    monkeypatch.setattr(Protocol, "APNS_PORT", int(port))
    apple.dead["cd" * 32] = 1_700_000_000_000
    apple.bad.add("ef" * 32)
    context = ssl.create_default_context(cafile=apple.ca_file)
    context.set_alpn_protocols(["h2"])

    async def send() -> list[tuple[str, str | None, int | None]]:
        client = APNs(
            key=apple.key,
            key_id=apns.KEY_ID,
            team_id=apns.TEAM,
            topic=apns.TOPIC,
            ssl_context=context,
            err_func=lambda *_: asyncio.sleep(0),
        )
        said = []
        for token in (IPHONE, "cd" * 32, "ef" * 32):
            message = {"aps": {"alert": "hello"}}
            got = await client.send_notification(
                NotificationRequest(
                    token, message, collapse_key="k", priority=10, push_type=PushType.ALERT
                )
            )
            said.append((got.status, got.description, got.timestamp))
        client.pool.close()
        while client.pool.connections:  # until both sides have hung up
            await asyncio.sleep(0.01)
        return said

    assert apart(lambda: asyncio.run(send())) == [
        ("200", None, None),
        ("410", "Unregistered", 1_700_000_000_000),
        ("400", "BadDeviceToken", None),
    ]
    assert apple.taken[0].headers["apns-collapse-id"] == "k"
