"""Somebody who may be told: their place, their zone, and when they wish not to be disturbed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from clients.domain.levels import Level, Priority

Weight = tuple[Level, Priority]

URGENT: Weight = (Level.URGENT, Priority.NORMAL)
PASSES = ("monitor", "modify", "modify+", "refer", "urgent")
"""From which level on quiet hours and holidays hold nothing back; urgent always passes."""

GROUPS = ("reports", "changes", "questions", "technique", "messages", "answers")
"""Kinds of news: a client's reports; running changes that want a look; unanswered questions;
technique tasks; messages; and, for a client, the coach's answers."""

LOUD = ("push", "email")
"""What interrupts. ``push`` is every device; with no device it means e-mail (but for answers)."""

DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "reports": ("push",),
    "changes": ("push",),
    "questions": (),
    "technique": (),
    "messages": ("push",),
    "answers": ("push",),
}


def weight_of(word: str, within: dt.timedelta | None = None) -> Weight:
    """The weight of an alert's level, as in ``modify`` or ``modify+`` (priority high).

    A missing answer says nothing of how grave it is, so ``incomplete`` weighs what the answered
    part asks for, by the time ``within`` which a coach must know (domain §3.5 D05, D23); with no
    such time more than monitor and less than any change.
    """
    level = Level(word.rstrip("+"))
    if level is not Level.INCOMPLETE:
        return level, Priority.HIGH if word.endswith("+") else Priority.NORMAL
    if within is None or within > dt.timedelta(hours=4):
        return Level.MONITOR, Priority.HIGH
    return URGENT if within <= dt.timedelta(hours=1) else (Level.MODIFY, Priority.HIGH)


@dataclass(frozen=True, slots=True)
class Reader:
    """A recipient with what they chose.

    ``place``: lead, cover, owner or client. ``rota``: the order among covers, lower first.
    ``away``: first and last day of each absence, in ``zone``. ``quiet``: from and to on their
    wall. ``channels``: for each kind of news the channels that interrupt.
    """

    user_id: UUID
    place: str
    zone: str
    rota: int = 0
    away: tuple[tuple[dt.date, dt.date], ...] = ()
    quiet: tuple[dt.time, dt.time] | None = None
    passes: str = "urgent"
    monitor_to_digest: bool = False
    digest_hour: int = 7
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wants(self, group: str) -> tuple[str, ...]:
        """The channels that interrupt for this kind of news; a report always has one."""
        chosen = self.channels.get(group, DEFAULTS[group])
        return chosen or (DEFAULTS[group] if group == "reports" else ())

    def is_away(self, at: dt.datetime) -> bool:
        """Whether today, on their wall, lies in an absence."""
        today = at.astimezone(ZoneInfo(self.zone)).date()
        return any(first <= today <= last for first, last in self.away)

    def silent_until(self, weight: Weight, at: dt.datetime) -> dt.datetime | None:
        """When quiet hours and absences that hold this weight back are over; None: not held."""
        if weight >= min(weight_of(self.passes), URGENT):
            return None
        until = at
        for _ in range(2 * len(self.away) + 2):  # an absence may end in a quiet night
            later = self._back(until) or self._loud(until)
            if later is None:
                break
            until = later
        return until if until > at else None

    def _back(self, at: dt.datetime) -> dt.datetime | None:
        today = at.astimezone(ZoneInfo(self.zone)).date()
        ends = [last for first, last in self.away if first <= today <= last]
        return self._wall(max(ends) + dt.timedelta(days=1), dt.time(), at) if ends else None

    def _loud(self, at: dt.datetime) -> dt.datetime | None:
        if self.quiet is None:
            return None
        begin, end = self.quiet
        local = at.astimezone(ZoneInfo(self.zone))
        wall = local.time()
        over_midnight = begin > end
        inside = (wall >= begin or wall < end) if over_midnight else begin <= wall < end
        if not inside:
            return None
        tomorrow = over_midnight and wall >= begin
        return self._wall(local.date() + dt.timedelta(days=int(tomorrow)), end, at)

    def _wall(self, on: dt.date, time: dt.time, after: dt.datetime) -> dt.datetime:
        """The first instant after ``after`` at which their wall shows this; past a gap, just after.

        A wall shows an hour twice when clocks go back: the second time if the first is over.
        """
        for fold in (0, 1):
            found = dt.datetime.combine(on, time, ZoneInfo(self.zone)).replace(fold=fold)
            if found.astimezone(dt.UTC) > after:
                break
        return found.astimezone(dt.UTC)


def last_digest_time(reader_zone: str, hour: int, at: dt.datetime) -> dt.datetime:
    """The latest instant, not after ``at``, at which the reader's wall showed the digest's hour."""
    zone = ZoneInfo(reader_zone)
    today = at.astimezone(zone).date()
    for back in (0, 1, 2):
        on = today - dt.timedelta(days=back)
        found = dt.datetime.combine(on, dt.time(hour), zone).astimezone(dt.UTC)
        if found <= at:
            break
    return found
