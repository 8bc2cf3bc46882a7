"""iPhone and iPad: Apple's push service over HTTP/2."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jwt
from django.conf import settings

from coachapi.notifications.channels import wire, words
from coachapi.notifications.channels.outcomes import NeverDeliverable, NotNow
from coachapi.notifications.devices import Address

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel

WHO = "APNs"
HOLDS = 40 * 60.0  # seconds a provider token is used: Apple wants a new one after 20 to 60 minutes
OURS = 60.0  # seconds until the next try where not the message is wrong but our own set-up
RED_FLAG = 1  # alerts of this priority or less pause the client's training: emergency and urgent
GONE = {"BadDeviceToken", "DeviceTokenNotForTopic", "Unregistered", "ExpiredToken"}
OUR_TOKEN = {"ExpiredProviderToken", "InvalidProviderToken", "MissingProviderToken"}

_tokens: dict[tuple[str, str], tuple[str, float]] = {}
_signing = threading.Lock()


def send(parcel: Parcel) -> None:
    """Hand Apple a neutral notification that replaces an earlier try of itself."""
    to = Address.of(parcel)
    answer = wire.post(
        f"{settings.APNS_URL}/3/device/{to.value}",
        headers={
            "authorization": f"bearer {_provider_token()}",
            "apns-topic": settings.APNS_TOPIC,
            "apns-push-type": "alert",
            "apns-priority": "10",
            "apns-collapse-id": parcel.collapse_id,
            "apns-expiration": str(int(time.time()) + words.LIFE),
            "apns-id": str(parcel.id),
        },
        content=json.dumps(payload(parcel, to.locale)).encode(),
        who=WHO,
        http2=True,
    )
    if answer.status != 200:
        raise _no(answer)


def payload(parcel: Parcel, locale: str) -> dict[str, Any]:
    """Neutral words and a pointer; it may break through a Focus only for a red flag."""
    title, body = words.neutral(locale)
    level = "time-sensitive" if parcel.priority <= RED_FLAG else "active"
    return {
        "aps": {
            "alert": {"title": title, "body": body},
            "sound": "default",
            "interruption-level": level,
        },
        **words.pointer(parcel),
    }


def _no(answer: wire.Answer) -> Exception:
    """What Apple's refusal means for the message, the device or us."""
    try:
        said = json.loads(answer.body)
        reason = str(said.get("reason", ""))[:40]
        lost_at = said.get("timestamp")
    except (ValueError, AttributeError):
        reason, lost_at = "", None
    words_ = f"{WHO} answered {answer.status} {reason}".strip()
    if answer.status == 410 or reason in GONE:
        as_of = None
        if isinstance(lost_at, int):  # milliseconds; a device registered again since lives on
            as_of = dt.datetime.fromtimestamp(lost_at / 1000, dt.UTC)
        return NeverDeliverable(words_, device=True, as_of=as_of)
    if reason in OUR_TOKEN:
        _tokens.clear()
        return NotNow(words_, after=1 if reason == "ExpiredProviderToken" else OURS)
    if answer.status == 403:
        return NotNow(words_, after=OURS)
    if answer.status in (400, 404, 405, 413):
        return NeverDeliverable(words_)
    return answer.again(WHO)


def _provider_token() -> str:
    """The token that says who we are, signed once and used by all threads for a while."""
    who = (settings.APNS_TEAM_ID, settings.APNS_KEY_ID)
    with _signing:
        token, until = _tokens.get(who, ("", 0.0))
        if time.monotonic() >= until:
            said = settings.APNS_KEY
            key = said if "PRIVATE KEY" in said else Path(said).read_text()
            key = key.replace("\\n", "\n")  # as one line of an environment file has it
            claim = {"iss": settings.APNS_TEAM_ID, "iat": int(time.time())}
            token = jwt.encode(claim, key, algorithm="ES256", headers={"kid": settings.APNS_KEY_ID})
            _tokens[who] = (token, time.monotonic() + HOLDS)
    return token
