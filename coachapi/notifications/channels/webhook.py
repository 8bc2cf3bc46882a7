"""Webhooks: ids, a level and times, signed, to an address that a practice's owner typed in."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING

from coachapi.notifications.channels import guard, wire
from coachapi.notifications.channels.outcomes import NeverDeliverable, NotNow
from coachapi.notifications.targets import Target
from coachapi.webhooks import signing

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel

WHO = "the endpoint"
PAUSES = (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200)  # seconds; the last one holds
GIVE_UP = 3 * 24 * 60 * 60.0  # seconds after the event


def send(parcel: Parcel) -> None:
    """Post the event; anything but a 2xx within 10 s is tried again, for three days."""
    to = Target.of(parcel)
    body = json.dumps(to.event, separators=(",", ":")).encode()
    try:
        signed_by = [signing.unseal(each) for each in to.secrets]
        guard.check_url(to.url)
        answer = wire.post(
            to.url,
            headers={
                "content-type": "application/json",
                "user-agent": "coachapi-webhooks/1",
                **signing.headers(
                    str(parcel.id), body, signed_by=signed_by, timestamp=int(time.time())
                ),
            },
            content=body,
            who=WHO,
            within=10,
            guarded=True,
        )
    except guard.NotPublic as no:
        raise _again(parcel, to, str(no)) from no
    except signing.Unreadable as no:
        raise _again(parcel, to, "the secret cannot be read any more: rotate it") from no
    except NotNow as nobody:
        raise _again(parcel, to, str(nobody)) from nobody
    if 200 <= answer.status < 300:
        return
    said = f"{WHO} answered {answer.status}"
    if answer.status == 410:
        raise NeverDeliverable(said, device=True)
    if 300 <= answer.status < 400:
        said += "; redirects are not followed"
    raise _again(parcel, to, said, at_least=answer.retry_after or 0)


def _again(parcel: Parcel, to: Target, why: str, *, at_least: float = 0) -> Exception:
    if to.age > GIVE_UP or to.event["type"] == "webhook.test":
        return NeverDeliverable(f"given up: {why}")
    pause = PAUSES[min(parcel.attempt, len(PAUSES)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311
    return NotNow(why, after=max(pause, at_least))
