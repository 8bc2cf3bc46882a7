"""Browsers: Web Push (RFC 8030, 8291, 8292). The service worker has the words; a pointer goes."""

from __future__ import annotations

import base64
import functools
import json
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from pydantic import ValidationError
from webpush import WebPush
from webpush.types import WebPushSubscription

from coachapi.notifications.channels import guard, wire, words
from coachapi.notifications.channels.outcomes import NeverDeliverable
from coachapi.notifications.devices import Address

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel

WHO = "Web Push"


def send(parcel: Parcel) -> None:
    """Hand the browser's push service an encrypted pointer that replaces an earlier try."""
    to = Address.of(parcel)
    pointer = words.pointer(parcel) | {"tag": parcel.collapse_id}
    try:
        subscription = WebPushSubscription.model_validate({"endpoint": to.value, "keys": to.keys})
        sealed = _sealer(settings.VAPID_PRIVATE_KEY).get(
            json.dumps(pointer), subscription, subscriber=settings.VAPID_SUBSCRIBER
        )
    except (ValidationError, ValueError) as unreadable:
        raise NeverDeliverable("the subscription's keys are none", device=True) from unreadable
    try:
        guard.check_url(to.value)
        answer = wire.post(
            to.value,
            headers={
                **{name: str(value) for name, value in sealed.headers.items()},
                "content-type": "application/octet-stream",
                "topic": parcel.collapse_id,  # 32 characters, as many as are allowed
                "urgency": "high",
            },
            content=sealed.encrypted,
            who=WHO,
            guarded=True,
        )
    except guard.NotPublic as no:
        raise NeverDeliverable("the subscription leads into a private network", device=True) from no
    if answer.status in (200, 201, 202, 204):
        return
    said = f"{WHO} answered {answer.status}"
    if answer.status in (401, 403, 404, 410):  # gone, or made for another key than ours
        raise NeverDeliverable(said, device=True)
    if answer.status in (400, 413):
        raise NeverDeliverable(said)
    raise answer.again(WHO)


@functools.cache
def public_key(private_key: str) -> str:
    """What a browser subscribes with: the public half, as base64url."""
    point = (
        _key(private_key)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def new_private_key() -> str:
    """A fresh private key, as base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def _key(private_key: str) -> ec.EllipticCurvePrivateKey:
    raw = base64.urlsafe_b64decode(private_key + "=" * (-len(private_key) % 4))
    if len(raw) != 32:
        raise ValueError("not 32 bytes")
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())


@functools.cache
def _sealer(private_key: str) -> WebPush:
    key = _key(private_key)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return WebPush(private, public, ttl=words.LIFE)
