"""How much of what was planned was trained; days a body could not are in neither number.

Product page, "compliance that excuses injury days": left out are what a coach excused, what was
skipped for injury or illness, and what fell on a day on which all training was paused.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

SKIP_REASONS = ("injury", "illness", "holiday", "no_time", "other")
NOT_COUNTED = frozenset({"injury", "illness"})


@dataclass(frozen=True, slots=True)
class Due:
    """A session whose day has come: its state, why it was skipped."""

    on: date
    state: str
    skipped_for: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Sessions trained, of how many that counted, and how many were left out of the count."""

    done: int
    of: int
    left_out: int


def kept(sessions: Iterable[Due], *, paused: Collection[date] = ()) -> Kept:
    """Count sessions whose day is over; give today's only when it is done.

    A session done on a paused day counts as done: a pause never stops logging.
    """
    done = of = out = 0
    for each in sessions:
        if each.state == "done":
            done, of = done + 1, of + 1
        elif _excused(each) or each.on in paused:
            out += 1
        else:
            of += 1
    return Kept(done, of, out)


def _excused(session: Due) -> bool:
    if session.state == "excused":
        return True
    return session.state == "skipped" and session.skipped_for in NOT_COUNTED
