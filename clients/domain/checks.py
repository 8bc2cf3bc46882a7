"""Whether a regression is helping: success, partial, fail, stop, extend (domain §5 "Checks")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome and why, in a sentence for the coach."""

    outcome: Outcome
    reason: str


def check(
    exposures: Sequence[Exposure],
    *,
    value_before: int,
    applied_on: date,
    new_flag: bool = False,
) -> Check:
    """Judge a regression from its exposures in order; `value_before` is v when it was applied."""
    raise NotImplementedError
