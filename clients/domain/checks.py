"""Whether a regression is helping: success, partial, fail, stop, extend (domain §5 "Checks")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

CALM = 2
"""Up to here an exposure is clean (domain §3.3, green)."""

TOO_MUCH = 6
"""From here on an exposure on the regression fails it."""

FALL_POINTS = 2
FALL_PERCENT = 30
"""A fall that counts: two points, or this share (Farrar 2001)."""

MOST_EXTENSION = 14
"""Days of the one extension a partial outcome may get (RG-1)."""

MOST_DAYS_IN_EPISODE = 42
"""Days under regressions after which an episode is referred (TR4)."""

RELAPSE = timedelta(days=28)
STUCK_VALUES, STUCK_VALUE, STUCK_SPAN = 4, 3, timedelta(days=14)
WORSE_AT_ONCE = 2

EFFECTS = (
    "none",
    "eased_load",
    "stopped_exercise",
    "stopped_session",
    "limits_daily_life",
    "cannot_use",
)
"""What a client did because of it, least first (domain §2.2)."""


class Morning(StrEnum):
    """The next morning after an exposure (domain §3.3)."""

    SETTLED = "settled"
    NOT_SETTLED = "not_settled"
    OVERLOAD = "overload"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Exposure:
    """One session with at least one completed work set of the pattern (domain §3.6).

    `worst` is v of 0–10 for the region-side, None when nobody said; `at_percent` the percent of the
    pre-episode working load, None on a regressed exercise.
    """

    on: date
    worst: int | None
    morning: Morning = Morning.UNKNOWN
    painkiller: bool = False
    effect: str = "none"
    at_percent: int | None = None


class Outcome(StrEnum):
    """How a regression stands."""

    RUNNING = "running"
    SUCCESS = "success"
    PARTIAL = "partial"
    FAIL = "fail"
    STOP = "stop"


class Next(StrEnum):
    """What follows for the coach to decide."""

    GO_ON = "go_on"
    LADDER = "ladder"
    EXTEND_OR_NEXT = "extend_or_next_option"
    NEXT_OPTION = "next_option"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome and why, in a sentence for the coach."""

    outcome: Outcome
    reason: str


def clean(exposure: Exposure) -> bool:
    """Worst 2 or below, settled by the next morning, no painkiller; unknown is never clean."""
    calm = exposure.worst is not None and exposure.worst <= CALM
    return calm and exposure.morning is Morning.SETTLED and not exposure.painkiller


def check(
    exposures: Sequence[Exposure],
    *,
    value_before: int,
    applied_on: date,
    new_flag: bool = False,
) -> Check:
    """Judge a regression from its exposures in order of date (domain §5 "Checks").

    `value_before` is v (0–10) when it was applied, `new_flag` any warning answer since then. The
    strictest outcome holds: stop, fail, success, partial.
    """
    if new_flag:
        return Check(Outcome.STOP, "A warning question was answered yes: stop at once.")
    since = [one for one in exposures if one.on >= applied_on]
    failed = _failed(since)
    if failed:
        return Check(Outcome.FAIL, failed)
    if any(clean(first) and clean(second) for first, second in pairwise(since)):
        return Check(Outcome.SUCCESS, "Two sessions in a row at 2 or below, settled by morning.")
    rated = [one.worst for one in since if one.worst is not None]
    if rated and CALM < rated[-1] < TOO_MUCH and _fell(value_before, rated[-1]):
        fall = f"Down from {value_before} to {rated[-1]}, not yet at 2 or below."
        return Check(Outcome.PARTIAL, fall)
    return Check(Outcome.RUNNING, "Two clean sessions in a row are awaited.")


def first_exposure_worse(exposures: Sequence[Exposure], *, value_before: int) -> bool:
    """RG-8: the first regressed exposure is worse by 2 or more; the coach is told the same day."""
    return bool(exposures) and (exposures[0].worst or 0) >= value_before + WORSE_AT_ONCE


def stuck(values: Sequence[tuple[date, int]], *, since: date) -> bool:
    """TR4: four or more values of 3 or higher over 14 days or more with a regression active."""
    high = sorted(on for on, value in values if on >= since and value >= STUCK_VALUE)
    return len(high) >= STUCK_VALUES and high[-1] - high[0] >= STUCK_SPAN


def extension_days(outcome: Outcome, *, extended_before: bool, days_in_episode: int) -> int:
    """Days a regression may still be extended by: once, for a partial outcome, 14 at most."""
    if outcome is not Outcome.PARTIAL or extended_before:
        return 0
    return max(0, min(MOST_EXTENSION, MOST_DAYS_IN_EPISODE - days_in_episode))


def after(
    outcome: Outcome,
    *,
    failed_options: int,
    days_in_episode: int,
    review_reached: bool,
    old_when_reported: bool = False,
) -> Next:
    """What follows an outcome (TR4, domain §3.4 and §5).

    `failed_options` counts this one too when it failed, `days_in_episode` the days under
    regressions, `old_when_reported` an episode already older than 14 days at its first report.
    """
    if outcome is Outcome.STOP or failed_options >= 2:
        return Next.REFER
    if outcome is Outcome.SUCCESS:
        return Next.LADDER
    if days_in_episode >= MOST_DAYS_IN_EPISODE:
        return Next.REFER
    if outcome is Outcome.FAIL:
        return Next.NEXT_OPTION
    if outcome is Outcome.PARTIAL and review_reached:
        return Next.EXTEND_OR_NEXT
    if review_reached and old_when_reported:
        return Next.REFER
    return Next.NEXT_OPTION if review_reached else Next.GO_ON


def _failed(since: Sequence[Exposure]) -> str:
    """Why a regression failed, in words; empty when it did not."""
    for one in since:
        if one.worst is not None and one.worst >= TOO_MUCH:
            return f"{one.worst} of 10 on the regression on {one.on:%d %b}."
        # An effect nobody listed is a newer app's word: not known to be mild, so it fails.
        if one.effect not in EFFECTS[:2]:
            return f"The client stopped or was limited on {one.on:%d %b}."
    if sum(one.morning is Morning.OVERLOAD for one in since) >= 2:
        return "Clearly worse on the next morning after two sessions."
    if stuck([(one.on, one.worst or 0) for one in since], since=date.min):
        return "Four or more values of 3 or higher over two weeks."
    if _relapsed(since):
        return "It settled and came back to 3 or higher within 28 days."
    return ""


def _relapsed(since: Sequence[Exposure]) -> bool:
    """TR2: a value of 3 or higher within 28 days after two clean exposures in a row."""
    for place, (first, second) in enumerate(pairwise(since)):
        if clean(first) and clean(second):
            later = since[place + 2 :]
            return any((one.worst or 0) >= 3 and one.on - second.on <= RELAPSE for one in later)
    return False


def _fell(before: int, now: int) -> bool:
    return before - now >= FALL_POINTS or (before - now) * 100 >= FALL_PERCENT * before
