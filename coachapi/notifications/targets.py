"""The endpoints that hear of an alert, and what a sender needs of each."""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel

TEST = "webhook.test"
EVENTS = {
    "symptom.reported": "A client reported a symptom, or its level rose.",
    "regression.applied": "A coach applied a change.",
    "regression.rung": "A coach moved a change one rung of its ladder.",
    "regression.extended": "A coach moved a change's review.",
    "regression.ended": "A coach ended a change.",
    "regression.undone": "A coach undid a change.",
    "regression.review": "A change's review is due.",
    "regression.first_worse": "It got worse for the first time under a change.",
    "regression.worse": "A change made it worse again.",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where an event goes and what it says, as it travels from the relay to the sender."""

    url: str
    secrets: list[str]  # sealed
    age: float  # seconds since it should first have left
    event: dict[str, Any]

    def packed(self) -> str:
        """As a parcel's address."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def of(cls, parcel: Parcel) -> Target:
        """From a parcel's address."""
        return cls(**json.loads(parcel.address))


def addresses(parcels: Iterable[Parcel]) -> dict[uuid.UUID, str]:
    """What the sender needs for each; an endpoint that is off or removed is not in the answer.

    Nor is an event of a client who has taken back the consent that their coach sees such things.
    """
    ids = [parcel.id for parcel in parcels]
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM webhook_targets(%s)", [ids])
        rows = cursor.fetchall()
    found = {}
    for row in rows:
        delivery, url, secrets, kind, level, about, client, practice, alert, at, age, owners = row
        if kind != TEST and not _owner_may_be_told(client, owners):
            continue
        ids_of = {"id": about, "client_id": client, "practice_id": practice, "alert_id": alert}
        data = {name: str(value) for name, value in ids_of.items() if value is not None}
        if kind.startswith("symptom."):
            data["level"] = level
        event = {"type": kind, "timestamp": at.isoformat(), "data": data}
        found[delivery] = Target(url, secrets, age, event).packed()
    return found


def _owner_may_be_told(client_id: uuid.UUID, owners: list[uuid.UUID]) -> bool:
    """While the client's consent stands, the practice's owner is among those who may be told."""
    find: Callable[[uuid.UUID], list[Any]] = import_string(settings.RECIPIENTS)
    return any(who.user_id in owners for who in find(client_id))


def retire(key: str) -> None:
    """The endpoint says that it is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT retire_endpoint(%s)", [key])
