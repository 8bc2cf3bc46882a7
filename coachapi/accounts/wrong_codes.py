"""Wrong codes are counted by account, whatever sign-in they were tried in (docs/adr/0019).

A code bears three tries in its own session; that count alone is outrun by tries sent at once, and
begun anew with each code asked for. Once an account has borne too many in an hour, no code opens
it any more, right or wrong; its password and passkeys do.
"""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

COUNTED = "wrong_code"  # its figure stands in ACCOUNT_RATE_LIMITS


def count(*, request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    """Somebody tried a wrong code of this account."""
    _borne(request, user)


def refuse_after_many(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Answer 429 if this account has borne too many."""
    if not _borne(request, user, dry_run=True):
        raise ImmediateHttpResponse(ratelimit.respond_429(request))


def _borne(request: HttpRequest, user: AbstractBaseUser, *, dry_run: bool = False) -> bool:
    """Whether the account bears one more, which is then counted; codes are tried by GET too."""
    usage = ratelimit.consume(
        request,
        app="allauth.account",
        action=COUNTED,
        key=str(user.pk),
        dry_run=dry_run,
        limit_get=True,
    )
    return usage is not None


def was_by_code(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether it was a code that has just let this user in."""
    records = get_authentication_records(request, user)
    return bool(records) and records[-1]["method"] == "code"
