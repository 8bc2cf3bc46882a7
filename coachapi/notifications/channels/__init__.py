"""Senders: one thin file per channel. Neutral text; the content is read after sign-in.

A sender runs in a thread of the relay, many at once. It has all it needs in the parcel and asks no
database; it returns when the provider has accepted, and raises ``NotNow`` or ``NeverDeliverable``.
Its own timeout stays below the lease of 25 s, its library's own retries are off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coachapi.notifications.channels import apns, fcm, mail, webhook, webpush
from coachapi.notifications.channels.outcomes import NeverDeliverable, NotNow

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel

__all__ = ["SENDERS", "NeverDeliverable", "NotNow"]

SENDERS: dict[str, Callable[[Parcel], None]] = {
    "email": mail.send,
    "contact": mail.send,
    "fcm": fcm.send,
    "apns": apns.send,
    "webpush": webpush.send,
    "webhook": webhook.send,
}
