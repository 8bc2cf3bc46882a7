"""What each level tells whom and how fast, and what each action set permits (domain §3.1, §3.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from clients.domain.levels import Level, Priority
from clients.domain.questions import Weight
from clients.domain.verdict import Notice, Permits

MINUTE, HOUR = 60, 3600

NO = Permits("no", "no", "no", "no", "no", "no")
ACTION_SETS: Mapping[str, Permits] = {
    "A0": NO,
    "A1": Permits("yes", "yes", "yes", "yes", "yes", "no", check_first=True),
    "A2": Permits("yes", "yes", "yes", "yes", "yes", "yes", removal_last=True),
    "A3": Permits("with_any", "yes", "yes", "yes", "yes", "yes", removal_last=True),
    "A4": Permits("with", "with", "with", "yes", "with", "yes", swap_lower=True),
    "A5": Permits("no", "by_hand", "by_hand", "by_hand", "by_hand", "by_hand"),
}
"""The action sets in order, A5 the strictest of those in which anything may be done."""

LEFT_OPEN = Permits("yes", "yes", "yes", "no", "yes", "no", check_first=True)
"""A1 without swap: the most there is while questions after the session are open (D05b)."""

_STRICT = ("yes", "with_any", "with", "by_hand", "no")

NOTICES: Mapping[tuple[Level, Priority], Notice] = {
    (Level.LOG, Priority.NORMAL): Notice(None, None, 0, False, False, False, False),
    (Level.MONITOR, Priority.NORMAL): Notice(None, None, 0, False, False, True, False),
    (Level.MODIFY, Priority.NORMAL): Notice(24 * HOUR, 24 * HOUR, 1, False, True, False, False),
    (Level.MODIFY, Priority.HIGH): Notice(4 * HOUR, 4 * HOUR, 1, False, True, False, False),
    (Level.INCOMPLETE, Priority.NORMAL): Notice(24 * HOUR, None, 1, False, True, False, True),
    (Level.INCOMPLETE, Priority.HIGH): Notice(24 * HOUR, None, 1, False, True, False, True),
    (Level.REFER, Priority.HIGH): Notice(4 * HOUR, 4 * HOUR, 1, False, True, False, True),
    (Level.URGENT, Priority.HIGH): Notice(5 * MINUTE, HOUR, 1, False, True, False, True),
    (Level.EMERGENCY, Priority.HIGH): Notice(MINUTE, 10 * MINUTE, 2, False, True, False, True),
}
"""Seconds for each level and priority (domain §3.1; ruling 6 for the backup at 4 h)."""


def permits(action_set: str, *, questions_left: bool) -> Permits:
    """What an option may hold; with questions left, only what both sides permit."""
    own = ACTION_SETS[action_set]
    if not questions_left or action_set == "A5":
        return own
    return replace(
        own,
        check=_stricter(own.check, LEFT_OPEN.check),
        ease=_stricter(own.ease, LEFT_OPEN.ease),
        range=_stricter(own.range, LEFT_OPEN.range),
        swap="no",
        freq=_stricter(own.freq, LEFT_OPEN.freq),
        remove="no",
    )


def _stricter(one: str, other: str) -> str:
    return max(one, other, key=_STRICT.index)


def labelled(action_set: str, *, questions_left: bool) -> str:
    """Name of the set: with questions left never more than A1, and A4 stays A4 (it is less)."""
    return "A1" if questions_left and action_set in ("A2", "A3") else action_set


def fastest(weights: Iterable[Weight], *, at_once: bool) -> Notice:
    """The fastest of all matching rows, each part for itself; at once uses a channel now."""
    found = [NOTICES[one] for one in weights] or [NOTICES[Level.LOG, Priority.NORMAL]]
    return Notice(
        coach_within_s=_least(one.coach_within_s for one in found),
        backup_after_s=_least(one.backup_after_s for one in found),
        channels=max([one.channels for one in found] + [1 if at_once else 0]),
        at_once=at_once,
        feed=at_once or any(one.feed for one in found),
        digest=any(one.digest for one in found),
        client_now=any(one.client_now for one in found),
    )


def _least(seconds: Iterable[int | None]) -> int | None:
    known = [one for one in seconds if one is not None]
    return min(known, default=None)
