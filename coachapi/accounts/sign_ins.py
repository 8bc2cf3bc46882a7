"""Where somebody is signed in, and ending it from afar. Deleting the row is the sign-out."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from coachapi.accounts.models import SignIn, User
from coachapi.accounts.sessions import hashed
from coachapi.refusals import NotThere


def of(user: User, *, current_key: str | None) -> list[dict[str, Any]]:
    """Every place this user is signed in, last seen first; ``is_current`` is the asking one."""
    here = hashed(current_key or "")
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "user_agent": row.user_agent,
            "made_at": row.made_at,
            "seen_at": row.seen_at,
            "is_current": row.session_key == here,
        }
        for row in SignIn.objects.filter(user=user).order_by("-seen_at", "id")
    ]


def end(user: User, sign_in_id: uuid.UUID) -> None:
    """Sign out there; the next request with that key is refused. Raises ``NotThere``."""
    ended, _ = SignIn.objects.filter(pk=sign_in_id, user=user).delete()
    if not ended:
        raise NotThere


def end_others(user: User, *, keep: str | None = None) -> None:
    """Sign out everywhere but under this key."""
    SignIn.objects.filter(user=user).exclude(session_key=hashed(keep or "")).delete()


def address_changed(*, request: HttpRequest, user: User, **signal: Any) -> None:
    """allauth's word that another address was proved; the first one changes nothing."""
    if signal["from_email_address"] is not None:
        end_others(user, keep=request.session.session_key)
