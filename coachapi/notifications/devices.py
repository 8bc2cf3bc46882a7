"""Where people are reached besides the feed: which devices live, and what a sender needs of them.

The relay asks both questions for many at once and outside the sending, so that no sender holds a
database connection while a provider thinks.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coachapi.accounts.models import User

if TYPE_CHECKING:
    from coachapi.notifications.relay import Parcel

PUSH = ("fcm", "apns", "webpush")  # the channels that reach a device and not a person


@dataclass(frozen=True, slots=True)
class Device:
    """One of a person's devices as a delivery names it; the key holds no secret."""

    user_id: uuid.UUID
    channel: str
    key: str


def live(user_ids: Collection[uuid.UUID]) -> list[Device]:
    """The devices at which these people want to be told, dead ones left out. One query at most.

    Asked by a client's request about their coach and by the relay's role alike: what it reads must
    be open to both, as ``recipients_of`` is.
    """
    return []


def addresses(parcels: Iterable[Parcel]) -> dict[uuid.UUID, str]:
    """What a sender needs to reach each delivery: a mail address, a device's token.

    A delivery that is not in the answer has no address any more; it is withheld. Asked by the
    worker's login.
    """
    waiting = list(parcels)
    people = {parcel.recipient_id for parcel in waiting if parcel.channel == "email"}
    mail = dict(User.objects.filter(pk__in=people).values_list("pk", "email"))
    return {
        parcel.id: mail[parcel.recipient_id]
        for parcel in waiting
        if parcel.channel == "email" and mail.get(parcel.recipient_id)
    }


def retire(*, channel: str, key: str) -> None:
    """The provider says this device is gone: never try it again. The alert is not touched."""
