"""Where people are reached besides the feed: which devices live, and what a sender needs of them.

The relay asks both questions for many at once and outside the sending, so that no sender holds a
database connection while a provider thinks.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from coachapi.accounts.models import User
from coachapi.notifications import targets

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel

PUSH = ("fcm", "apns", "webpush")  # the channels that reach a device and not a person
WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Device:
    """One of a person's devices, or a webhook they answer for, as a delivery names it.

    The key holds no secret. An endpoint that is failing hears of it at its next try.
    """

    user_id: uuid.UUID
    channel: str
    key: str
    not_before: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A device's push token, as it travels from the relay to a sender. Never logged."""

    kind: str
    value: str
    keys: dict[str, str]
    locale: str

    def packed(self) -> str:
        """As a parcel's address."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def of(cls, parcel: Parcel) -> Address:
        """From a parcel's address."""
        return cls(**json.loads(parcel.address))


LIVE = """
    SELECT user_id, channel, key, NULL::timestamptz FROM push_devices_of(%s) UNION ALL
    SELECT owner, 'webhook', endpoint, not_before FROM webhook_endpoints_for(%s, %s)
"""


def live(
    user_ids: Collection[uuid.UUID], *, practice_id: uuid.UUID | None = None, event: str = ""
) -> list[Device]:
    """The devices at which these people want to be told, dead ones left out. One query at most.

    With an ``event`` also the practice's webhooks that asked for it. Asked by a client's request
    about their coach and by the relay's role alike, so the database's functions are open to both
    and tell no token. A channel that is not set up has none.
    """
    asked = event if event in targets.EVENTS else ""
    if not user_ids and not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LIVE, [list(user_ids), practice_id, asked])
        found = [Device(user, to, str(key), after) for user, to, key, after in cursor.fetchall()]
    ready = {*settings.PUSH_CHANNELS, WEBHOOK}
    return [each for each in found if each.channel in ready]


def addresses(parcels: Iterable[Parcel]) -> dict[uuid.UUID, str]:
    """What a sender needs to reach each delivery: a mail address, a device's token (as JSON).

    A delivery that is not in the answer has no address any more; it is withheld. Asked by the
    worker's login.
    """
    waiting = list(parcels)
    people = {parcel.recipient_id for parcel in waiting if parcel.channel == "email"}
    mail = dict(User.objects.filter(pk__in=people).values_list("pk", "email"))
    tokens = _tokens([parcel for parcel in waiting if parcel.channel in PUSH])
    tokens |= targets.addresses(parcel for parcel in waiting if parcel.channel == "webhook")
    tokens |= _contacts([parcel for parcel in waiting if parcel.channel == "contact"])
    found = {
        parcel.id: mail[parcel.recipient_id]
        for parcel in waiting
        if parcel.channel == "email" and mail.get(parcel.recipient_id)
    }
    return found | tokens


def _contacts(parcels: list[Parcel]) -> dict[uuid.UUID, str]:
    """The emergency contact a client names, while they agree to its being told (as JSON)."""
    find = import_string(settings.EMERGENCY_CONTACT)
    found = {parcel.id: find(parcel.client_id) for parcel in parcels}
    return {key: json.dumps(contact) for key, contact in found.items() if contact}


def _tokens(parcels: list[Parcel]) -> dict[uuid.UUID, str]:
    """The token of each device that still is this recipient's and still lives."""
    if not parcels:
        return {}
    with connection.cursor() as cursor:
        keys = [parcel.device_key for parcel in parcels]
        cursor.execute("SELECT * FROM push_addresses(%s::uuid[])", [keys])
        rows = {str(row[0]): row[1:] for row in cursor.fetchall()}
    found = {}
    for parcel in parcels:
        row = rows.get(parcel.device_key)
        if row and row[:2] == (parcel.recipient_id, parcel.channel):
            kind, value, keys_of_it, locale = row[2:]
            found[parcel.id] = Address(kind, value, json.loads(keys_of_it), locale).packed()
    return found


def retire(parcel: Parcel, *, as_of: dt.datetime | None = None) -> None:
    """The provider says this device is gone: never try its token again. The alert is not touched.

    With ``as_of`` only if the device has not registered since (APNs says when it lost it).
    """
    if parcel.channel == "webhook":
        targets.retire(parcel.device_key)
        return
    tried = Address.of(parcel).value
    with connection.cursor() as cursor:
        cursor.execute("SELECT retire_device(%s, %s, %s)", [parcel.device_key, tried, as_of])
