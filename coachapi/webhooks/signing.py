"""Secrets and signatures as the Standard Webhooks specification has them.

``webhook-id`` is the same for every try of one event, ``webhook-timestamp`` is the time of this
try, ``webhook-signature`` holds one ``v1,`` signature for each secret in force. A receiver checks a
signature, refuses a timestamp more than five minutes off, and remembers ids: then a recorded
request is worth nothing (docs/webhooks.md).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PREFIX = "whsec_"


class Unreadable(Exception):
    """A stored secret was sealed with a SECRET_KEY that is gone; it must be rotated."""


def new_secret() -> str:
    """A fresh secret, as its owner keeps it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def seal(secret: str) -> str:
    """A secret as it is stored: a dump of the database signs nothing."""
    return _keys().encrypt(secret.encode()).decode()


def unseal(stored: str) -> str:
    """The secret; raises ``Unreadable`` when its key is gone."""
    try:
        return _keys().decrypt(stored.encode()).decode()
    except InvalidToken as gone:
        raise Unreadable from gone


def headers(
    message_id: str, body: bytes, *, signed_by: Iterable[str], timestamp: int
) -> dict[str, str]:
    """The three header fields of one try."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    signatures = []
    for secret in signed_by:
        key = base64.b64decode(secret.removeprefix(PREFIX))
        made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        signatures.append(f"v1,{made.decode()}")
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def _keys() -> MultiFernet:
    words = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = (hashlib.sha256(b"webhook secrets " + word.encode()).digest() for word in words)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
