"""What a client sees of a report on its way: sent, delivered, seen, changed, or not yet reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clients.domain.action_sets import NOTICES
from clients.domain.levels import Level, Priority
from clients.domain.reader import Weight


@dataclass(frozen=True, slots=True)
class Way:
    """A report's way: ``look_by`` is until when a coach should have looked, None = no deadline.

    ``state`` is sent, delivered, seen, changed or not_reached. A phone without signal may say "not
    yet seen" by itself once ``look_by`` has passed.
    """

    state: str
    delivered_at: dt.datetime | None
    look_by: dt.datetime | None


def look_within(weight: Weight, told_within: dt.timedelta | None = None) -> dt.timedelta | None:
    """How long a coach has to look before the client is told that nobody has (domain §3.1).

    The time after which backup is told; where there is none, the level's own, or the faster
    ``told_within`` of a report that is incomplete (D05).
    """
    level, priority = weight
    notice = NOTICES.get(weight) or NOTICES.get((level, Priority.HIGH))
    seconds = notice and (notice.backup_after_s or notice.coach_within_s)
    own = dt.timedelta(seconds=seconds) if seconds else None
    if level is Level.INCOMPLETE and own is not None and told_within is not None:
        return min(own, told_within)
    return own


def way(
    *,
    sent_at: dt.datetime,
    delivered_at: dt.datetime | None,
    looked_at: dt.datetime | None,
    changed: bool,
    within: dt.timedelta | None,
    is_open: bool,
    at: dt.datetime,
) -> Way:
    """Where a report stands at an instant."""
    look_by = sent_at + within if within is not None and is_open and looked_at is None else None
    if changed:
        state = "changed"
    elif looked_at is not None:
        state = "seen"
    elif look_by is not None and look_by <= at:
        state = "not_reached"
    else:
        state = "delivered" if delivered_at is not None else "sent"
    return Way(state, delivered_at, look_by)


def words(weight: Weight, *, number: str, cover: str, told_cover: bool, consented: bool) -> str:
    """What to do when nobody has looked yet; ``number`` empty where none is known to us."""
    level, _ = weight
    dial = number or "your emergency number"
    if level is Level.EMERGENCY:
        do = f"Do not wait for an answer: call {dial} now."
    elif level is Level.URGENT:
        do = f"Do not wait for an answer: be seen today, and call {dial} if it gets worse."
    elif level is Level.REFER:
        do = "Do not load that area; arrange to be seen, and ring your coach."
    else:
        do = "Leave that exercise out until you hear back, and ring your coach if you can."
    return f"Not seen yet. {do} {_backup(cover, told=told_cover, consented=consented)}"


def _backup(cover: str, *, told: bool, consented: bool) -> str:
    if not consented:
        return "Nobody is told: you have taken back your consent that a coach sees this."
    if not cover:
        return "Nobody covers for your coach."
    return f"{cover} covers and has been told." if told else f"{cover} covers and is told next."
