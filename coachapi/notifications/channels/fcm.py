"""Android (and iOS through Firebase): FCM HTTP v1."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import jwt
from django.conf import settings

from coachapi.notifications.channels import wire, words
from coachapi.notifications.channels.outcomes import NeverDeliverable, NotNow
from coachapi.notifications.devices import Address

if TYPE_CHECKING:
    from coachapi.notifications.ledger import Parcel

WHO = "FCM"
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
EARLY = 300.0  # seconds before its end that an access token is no longer used
OURS = 60.0  # seconds until the next try where not the message is wrong but our own set-up


@dataclass(frozen=True, slots=True)
class _Access:
    account: str
    token: str
    until: float


_held: _Access | None = None
_asking = threading.Lock()


def send(parcel: Parcel) -> None:
    """Hand FCM a neutral notification that replaces an earlier try of itself."""
    account = _account()
    url = f"{settings.FCM_URL}/v1/projects/{account['project_id']}/messages:send"
    headers = {
        "Authorization": f"Bearer {_access(account)}",
        "Content-Type": "application/json; charset=utf-8",
    }
    body = json.dumps({"message": message(parcel)}).encode()
    answer = wire.post(url, headers=headers, content=body, who=WHO)
    if answer.status == 200:
        return
    raise _no(answer)


def message(parcel: Parcel) -> dict[str, Any]:
    """The message: neutral words, a pointer, and the key under which one replaces the other."""
    to = Address.of(parcel)
    title, body = words.neutral(to.locale)
    return {
        to.kind: to.value,
        "notification": {"title": title, "body": body},
        "data": words.pointer(parcel),
        "android": {
            "collapse_key": parcel.collapse_id,
            "priority": "HIGH",
            "ttl": f"{words.LIFE}s",
            "notification": {"tag": parcel.collapse_id},
        },
    }


def _no(answer: wire.Answer) -> Exception:
    """What FCM's refusal means for the message, the device or us."""
    global _held
    error = _error(answer)
    code = error.get("code")
    said = f"{WHO} answered {answer.status} {code}".strip()
    if answer.status == 404 and code == "UNREGISTERED":
        return NeverDeliverable(said, device=True)
    if answer.status == 403 and code == "SENDER_ID_MISMATCH":  # another project's token
        return NeverDeliverable(said, device=True)
    if answer.status == 400:
        return NeverDeliverable(said, device=error["about_token"])
    if answer.status == 401:
        _held = None
        return NotNow(said, after=1)
    if answer.status in (403, 404):
        return NotNow(said, after=OURS)
    return answer.again(WHO)


def _error(answer: wire.Answer) -> dict[str, Any]:
    """The error's own code, and whether it is about the token."""
    try:
        error = json.loads(answer.body)["error"]
        details = error.get("details", [])
        codes = [each["errorCode"] for each in details if "errorCode" in each]
        fields = [
            violation.get("field", "")
            for each in details
            for violation in each.get("fieldViolations", [])
        ]
        status = error.get("status", "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"code": "", "about_token": False}
    return {
        "code": str((codes or [status])[0])[:40],
        "about_token": any(field in ("message.token", "message.fid") for field in fields),
    }


def _account() -> dict[str, Any]:
    """The service account, from the setting itself or the file it names."""
    said = settings.FCM_CREDENTIALS
    text = said if said.lstrip().startswith("{") else Path(said).read_text()
    found: dict[str, Any] = json.loads(text)
    return found


def _access(account: dict[str, Any]) -> str:
    """An access token that still holds, asked for once for all threads of this process."""
    global _held
    with _asking:
        if _held and _held.account == account["client_email"] and time.time() < _held.until:
            return _held.token
        now = int(time.time())
        claim = {
            "iss": account["client_email"],
            "scope": SCOPE,
            "aud": account["token_uri"],
            "iat": now,
            "exp": now + 3600,
        }
        key_id = {"kid": account.get("private_key_id", "")}
        signed = jwt.encode(claim, account["private_key"], algorithm="RS256", headers=key_id)
        grant = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": signed}
        answer = wire.post(
            account["token_uri"],
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            content=urlencode(grant).encode(),
            who="Google's sign-in",
            within=7,  # the message's own exchange still fits below the lease
        )
        if answer.status != 200:
            wait = answer.retry_after or OURS
            raise NotNow(f"Google's sign-in answered {answer.status}", after=wait)
        given = json.loads(answer.body)
        until = now + float(given.get("expires_in", 3600)) - EARLY
        _held = _Access(account["client_email"], str(given["access_token"]), until)
        return _held.token
