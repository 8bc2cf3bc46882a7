"""How many at once, how fast, and when again: one sick provider must not hold up the rest.

Plain rules over what has been seen of one channel; seconds are of any steady clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

RED_FLAG = 1  # alerts of this priority or a smaller number: emergency and urgent
ANY = 32_767
PAUSES = (1, 2, 4, 8, 15, 30, 60)  # seconds: the longest before each next attempt; the last holds
FAILURES = 8  # in a row, then the provider counts as sick
SHUT_FIRST, SHUT_LONGEST = 1.0, 30.0  # seconds without an ordinary sending, doubled each time
WAIT_LONGEST = 60.0  # seconds that one provider's Retry-After may hold back its whole channel


@dataclass(frozen=True, slots=True)
class Rule:
    """What one process gives a channel."""

    slots: int = 16  # under way at once: a provider that hangs holds no more threads than these
    spare: int = 4  # beyond the slots, for red flags only
    per_second: float = 200.0  # also the burst
    breaks: bool = True  # failures in a row are the provider's, not one address's


WEBHOOKS = Rule(breaks=False)  # each address is somebody else's server


def rule(channel: str) -> Rule:
    """The rule of a channel."""
    return WEBHOOKS if channel == "webhook" else Rule()


@dataclass(frozen=True, slots=True)
class Lane:
    """What has been seen of one channel's provider lately."""

    failures: int = 0  # in a row
    times_shut: int = 0
    shut_until: float = 0.0
    asked_until: float = 0.0  # the provider's own wish; one message that passes does not end it
    probing: bool = False
    spent: float = 0.0  # of the burst
    counted_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Room:
    """How many more may leave now: of any kind, and of red flags."""

    ordinary: int
    red: int


def room(lane: Lane, rule: Rule, *, under_way: int, at: float) -> Room:
    """Red flags pass a sick or throttled provider: each is a probe, and slots bound them."""
    red = max(0, rule.slots + rule.spare - under_way)
    if at < max(lane.shut_until, lane.asked_until):
        return Room(0, red)
    if lane.times_shut:  # half open: one ordinary sending finds out whether it is well again
        return Room(0 if lane.probing else min(1, red), red)
    left = int(rule.per_second - _spent(lane, rule, at=at))
    return Room(max(0, min(rule.slots - under_way, left)), red)


def began(lane: Lane, rule: Rule, *, at: float) -> Lane:
    """One more is on its way."""
    probing = lane.probing or (lane.times_shut > 0 and at >= lane.shut_until)
    return replace(lane, spent=_spent(lane, rule, at=at) + 1, counted_at=at, probing=probing)


def answered(lane: Lane) -> Lane:
    """The provider took it, or refused it for good: it is well."""
    return replace(lane, failures=0, times_shut=0, shut_until=0.0, probing=False)


def failed(lane: Lane, rule: Rule, *, at: float, wait: float | None = None) -> Lane:
    """The provider was not there, hung, or asked to ``wait`` so many seconds."""
    seen = replace(lane, failures=lane.failures + 1, probing=False)
    if not rule.breaks:
        return seen
    if wait:
        until = at + min(wait, WAIT_LONGEST)
        seen = replace(seen, asked_until=max(lane.asked_until, until))
    sick = seen.failures >= FAILURES or lane.times_shut > 0
    if not sick or at < lane.shut_until:  # what was under way when it was shut says no more
        return seen
    pause = min(SHUT_LONGEST, SHUT_FIRST * 2**lane.times_shut)
    return replace(seen, times_shut=lane.times_shut + 1, shut_until=at + pause)


def pause(attempt: int, *, chance: float, wait: float | None = None) -> float:
    """Seconds until the next attempt: anything up to the schedule's (full jitter, so that a crowd
    does not come back together), or the provider's own wish and up to a second more.

    ``chance`` is anything from 0 up to 1.
    """
    if wait is not None:
        return wait + chance
    return chance * PAUSES[min(attempt, len(PAUSES)) - 1]


def _spent(lane: Lane, rule: Rule, *, at: float) -> float:
    return max(0.0, lane.spent - (at - lane.counted_at) * rule.per_second)
