"""Which alerts reached the mail server, by its own log: when, and how often."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from coachapi.embedded.mailbox import LOG
from coachapi.notifications.ledger import Parcel


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of the letters that were due: seconds each took, and what must be none."""

    took: list[float]
    lost: int
    twice: int


def letters(superuser: str) -> dict[str, str]:
    """For everything ever reported: the Message-ID its letter must bear, from the outbox."""
    found = {}
    with psycopg.connect(superuser) as link:
        rows = link.execute(
            "SELECT a.about_id, d.id, d.alert_id, d.client_id, d.recipient_id, d.step, d.device_key"
            " FROM notifications_delivery d JOIN notifications_alert a ON a.id = d.alert_id"
            " WHERE d.channel = 'email' AND d.step = 1"
        )
        for about, id_, alert, client, recipient, step, device in rows:
            parcel = Parcel(id_, id_, alert, client, recipient, step, "email", device, 1)
            found[str(about)] = parcel.collapse_id
    return found


def arrivals(folder: Path) -> dict[str, list[float]]:
    """When each Message-ID arrived (epoch), as often as it did."""
    found: dict[str, list[float]] = {}
    log = folder / LOG
    for line in log.read_text().splitlines() if log.exists() else ():
        at, named, _ = line.split(" ", 2)
        key = named.strip("<>").partition("@")[0]
        found.setdefault(key, []).append(dt.datetime.fromisoformat(at).timestamp())
    return found


def handed_over(
    since: Mapping[uuid.UUID, float], *, superuser: str, folder: Path, within: float
) -> Handed:
    """Wait until a letter about each of these has arrived, then for a repeat of any."""
    deadline = time.monotonic() + within
    while True:
        expected, came = letters(superuser), arrivals(folder)
        keys = {about: expected.get(str(about), "") for about in since}
        missing = [about for about, key in keys.items() if key not in came]
        if not missing or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    time.sleep(0.5)
    came = arrivals(folder)
    took = [came[keys[about]][0] - at for about, at in since.items() if about not in missing]
    return Handed(took, len(missing), sum(len(times) - 1 for times in came.values()))
