"""How a person wants to be told: kept, read and checked here; what it does is decided above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from coachapi.accounts.models import User
from coachapi.notifications.models import PASSES, Preference
from coachapi.refusals import Refused

LOUD = ("push", "email")
DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "reports": ("push",),
    "changes": ("push",),
    "messages": ("push",),
    "questions": (),
    "technique": (),
    "answers": ("push",),
}
"""Kinds of news and the channels that interrupt for them, until somebody chooses otherwise."""


class NotTold(Refused):
    """Reports always have a channel: a client's red flag must reach somebody."""

    code = "preferences.no_channel_for_reports"
    status = 422
    title = "Not saved"

    def __init__(self) -> None:
        super().__init__(_("Keep push or e-mail for reports. Accepted: either, or both."))


class NoQuiet(Refused):
    """Quiet hours have two different ends."""

    code = "preferences.quiet_hours"
    status = 422
    title = "Not saved"

    def __init__(self) -> None:
        super().__init__(
            _("Quiet hours need a beginning and an end that differ, or neither of them.")
        )


def of(user: User) -> Preference:
    """What this user chose, or the defaults. One query."""
    found = Preference.objects.filter(user=user).first() or Preference(user=user)
    found.channels = {kind: list(found.channels.get(kind, DEFAULTS[kind])) for kind in DEFAULTS}
    return found


def choose(
    *,
    user: User,
    quiet_from: dt.time | None,
    quiet_to: dt.time | None,
    passes: str,
    monitor_to_digest: bool,
    digest_hour: int,
    channels: Mapping[str, Any],
) -> Preference:
    """Keep it whole; kinds that are not named stay as they were.

    Raises ``NotTold`` when reports would reach no channel, ``NoQuiet`` for one end of a night.
    """
    assert passes in PASSES  # the forms offer no other
    if (quiet_from is None) is not (quiet_to is None) or (quiet_from and quiet_from == quiet_to):
        raise NoQuiet
    kept = of(user).channels
    for kind in DEFAULTS:
        if kind in channels:
            kept[kind] = [each for each in LOUD if each in channels[kind]]
    if not kept["reports"]:
        raise NotTold
    made, _new = Preference.objects.update_or_create(
        user=user,
        defaults={
            "quiet_from": quiet_from,
            "quiet_to": quiet_to,
            "passes": passes,
            "monitor_to_digest": monitor_to_digest,
            "digest_hour": digest_hour,
            "channels": kept,
        },
    )
    return made
