"""The devices a user is signed in on: registered at every start, gone with the sign-in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from coachapi.accounts.models import Device, User
from coachapi.refusals import NotThere

MOST = 20  # of one user; the one that was not seen for longest makes room


def register(
    *,
    user: User,
    installation_id: uuid.UUID,
    session_key: str,
    body: Mapping[str, Any],
    push: Mapping[str, Any] | None,
    at: dt.datetime,
) -> tuple[Device, bool]:
    """Write down a device as it is now; returns it and whether it is new.

    ``push`` holds provider, kind, value and keys, or is ``None`` where nothing may be pushed. A
    token that another device holds moves here. ``session_key`` is the stored, hashed one.
    """
    token = push or {}
    row = {
        **body,
        "session_key": session_key,
        "push_provider": token.get("provider", ""),
        "push_kind": token.get("kind", ""),
        "push_value": token.get("value", ""),
        "push_keys": token.get("keys", {}),
        "refreshed_at": at,
        "dead_at": None,
    }
    device, created = Device.objects.update_or_create(
        user=user,
        installation_id=installation_id,
        defaults=row,
        create_defaults={**row, "registered_at": at},
    )
    if created:
        Device.objects.filter(pk__in=[each.pk for each in of(user)[MOST:]]).delete()
    return device, created


def of(user: User) -> list[Device]:
    """The user's devices, the one that was used last first. One query."""
    return list(Device.objects.filter(user=user).order_by("-refreshed_at", "-id"))


def one_of(user: User, installation_id: uuid.UUID) -> Device:
    """One device of the user; raises ``NotThere``."""
    found = Device.objects.filter(user=user, installation_id=installation_id).first()
    if found is None:
        raise NotThere
    return found


def forget(*, user: User, installation_id: uuid.UUID) -> None:
    """Tell this device nothing any more; raises ``NotThere`` for one that is not the user's."""
    one_of(user, installation_id).delete()
