"""The fakes, and parcels as the relay hands them to a sender."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from coachapi.notifications import channels
from coachapi.notifications.channels.webpush import new_private_key
from coachapi.notifications.devices import Address
from coachapi.notifications.ledger import Parcel
from tests.channels.fakes import apns, fcm, keys, webpush

IPHONE = "ab" * 32


@pytest.fixture(scope="session")
def _fcm() -> Iterator[fcm.Fcm]:
    with fcm.running() as fake:
        yield fake


@pytest.fixture(scope="session")
def _apns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[apns.Apns]:
    with apns.running(tmp_path_factory.mktemp("apns")) as fake:
        yield fake


@pytest.fixture(scope="session")
def push_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webpush.PushService]:
    """npm's web-push-testing."""
    with webpush.running(tmp_path_factory.mktemp("webpush")) as service:
        yield service


@pytest.fixture
def google(_fcm: fcm.Fcm, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> fcm.Fcm:
    """FCM, set up in the settings; what another fake gave for signing in is forgotten."""
    monkeypatch.setattr("coachapi.notifications.channels.fcm._held", None)
    _fcm.forget()
    _fcm.dead.clear()
    settings.FCM_URL, settings.FCM_CREDENTIALS = _fcm.url, _fcm.credentials
    return _fcm


@pytest.fixture
def apple(_apns: apns.Apns, settings: Settings) -> apns.Apns:
    """APNs, set up in the settings."""
    _apns.forget()
    _apns.dead.clear()
    _apns.bad.clear()
    settings.APNS_URL, settings.CA_FILE = _apns.url, _apns.ca_file
    settings.APNS_KEY, settings.APNS_KEY_ID = _apns.key, apns.KEY_ID
    settings.APNS_TEAM_ID, settings.APNS_TOPIC = apns.TEAM, apns.TOPIC
    return _apns


@pytest.fixture
def vapid(settings: Settings) -> str:
    """A key pair of our own; local addresses are allowed."""
    settings.VAPID_PRIVATE_KEY = new_private_key()
    settings.VAPID_SUBSCRIBER = "coach@test.example"
    settings.ALLOW_PRIVATE_TARGETS = True
    return str(settings.VAPID_PRIVATE_KEY)


def parcel(channel: str, address: str = "", **more: Any) -> Parcel:
    """A claimed delivery; ``more`` replaces what it holds."""
    given: dict[str, Any] = {
        "id": uuid.uuid4(),
        "token": uuid.uuid4(),
        "alert_id": uuid.uuid4(),
        "client_id": uuid.uuid4(),
        "recipient_id": uuid.uuid4(),
        "step": 1,
        "channel": channel,
        "device_key": str(uuid.uuid4()),
        "attempt": 1,
        "address": address,
    }
    return Parcel(**given | more)


def to(kind: str, value: str, locale: str = "", **keys_: str) -> str:
    """A device's address."""
    return Address(kind, value, keys_, locale).packed()


def no(parcel_: Parcel) -> channels.NeverDeliverable | channels.NotNow:
    """What a sender says about a parcel that must not go."""
    with pytest.raises((channels.NeverDeliverable, channels.NotNow)) as said:
        channels.SENDERS[parcel_.channel](parcel_)
    return said.value


__all__ = ["IPHONE", "keys", "no", "parcel", "to"]
