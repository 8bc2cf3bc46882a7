"""Strength on paper: e1RM, % of 1RM, zones, volume. Start values, not truths (domain §6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median

from programs.domain.loadable import GRAM

BASE = (
    Decimal("100"), Decimal("95.5"), Decimal("92.2"), Decimal("89.2"), Decimal("86.3"),
    Decimal("83.7"), Decimal("81.1"), Decimal("78.6"), Decimal("76.2"), Decimal("73.9"),
    Decimal("70.7"), Decimal("68.0"), Decimal("65.3"), Decimal("62.6"), Decimal("59.9"),
)  # fmt: skip
"""% of 1RM for n = reps + RIR = 1 to 15 (domain §6, coach chart)."""

TENTH = Decimal("0.1")
WORKING_DAYS = timedelta(days=28)
BEST_SETS = 3
PAIN_LEAST = 3
HARD_RIR = 4
INDIRECT = Decimal("0.5")


class Validity(StrEnum):
    """How far an estimate may be trusted, by r = reps + RIR: 1–10, 11–15, above 15."""

    GOOD = "good"
    LOW = "low"
    NONE = "none"


class Zone(StrEnum):
    """How heavy, by % e1RM (S-01); no zone is forbidden."""

    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"


class Effort(StrEnum):
    """How close to failure, by RIR (S-02)."""

    FAR = "far"
    CLOSE = "close"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class PerformedSet:
    """One set as done: load in kg (both dumbbells together), reps without a lost one, RIR.

    `pain` the worst score felt in it, `end` why it ended, `make` the machine it was done on.
    """

    exercise: str
    load_kg: Decimal | None
    reps: int
    rir: Decimal | None
    performed_at: datetime
    pain: int | None = None
    end: str = ""
    make: str = ""
    band: bool = False
    warm_up: bool = False


def rir_from_rpe(rpe: Decimal) -> Decimal:
    """RIR = 10 − RPE, on the RIR-based scale (domain §6)."""
    return 10 - rpe


def e1rm(load_kg: Decimal, reps: int, rir: Decimal | int = 0) -> Decimal:
    """The load that could be lifted once, in kg to the gram (domain §6, default e1RM).

    The lower of Epley and Brzycki, which cross at r = 10. Raises ValueError below one rep.
    """
    r = _effective(reps, rir)
    factor = 1 + r / 30
    if r < 37:
        # Brzycki has no value from 37 on, and is the higher of the two long before.
        factor = min(factor, 36 / (37 - r))
    return (load_kg * (Decimal(1) if r == 1 else factor)).quantize(GRAM, ROUND_HALF_UP)


def validity(reps: int, rir: Decimal | int = 0) -> Validity:
    """How far an e1RM from such a set may be trusted. Raises ValueError below one rep."""
    r = _effective(reps, rir)
    if r <= 10:
        return Validity.GOOD
    return Validity.LOW if r <= 15 else Validity.NONE


def percent(reps: int, rir: Decimal | int = 0) -> Decimal:
    """% of 1RM for reps with RIR left, to 0.1 (domain §6); half steps are the neighbours' mean.

    Above 15 the curve goes on falling. Raises ValueError below one rep or off the half steps.
    """
    n = _effective(reps, rir)
    if n * 2 % 1:
        raise ValueError(f"reps + RIR go in half steps, not {n}")
    if n > 15:
        return (Decimal("89.85") / (1 + n / 30)).quantize(TENTH, ROUND_HALF_UP)
    below, above = BASE[int(n) - 1], BASE[int(n + Decimal("0.5")) - 1]
    return ((below + above) / 2).quantize(TENTH, ROUND_HALF_UP)


def best_sets(
    sets: Iterable[PerformedSet], at: datetime, *, make: str = ""
) -> tuple[PerformedSet, ...]:
    """The up to three sets of the last 28 days that a working e1RM stands on, best first.

    Never sets with pain of 3 or more, an end for position, bands, another make of machine,
    warm-ups, sets without load or RIR, or more than 15 reps + RIR (domain §6, validity).
    """
    fit = [one for one in sets if _counts(one, at, make)]
    if len({one.exercise for one in fit}) > 1:
        raise ValueError("a working e1RM is of one exercise")
    return tuple(sorted(fit, key=_estimate, reverse=True)[:BEST_SETS])


def working_e1rm(sets: Iterable[PerformedSet], at: datetime, *, make: str = "") -> Decimal | None:
    """The median of the best three sets of the last 28 days, in kg; None without such a set."""
    best = [_estimate(one) for one in best_sets(sets, at, make=make)]
    return median(best).quantize(GRAM, ROUND_HALF_UP) if best else None


def load_zone(percent_e1rm: Decimal) -> Zone:
    """Light below 60 %, medium 60 to 80 %, heavy above 80 % of e1RM (S-01)."""
    if percent_e1rm < 60:
        return Zone.LIGHT
    return Zone.MEDIUM if percent_e1rm <= 80 else Zone.HEAVY


def effort_zone(rir: Decimal | int) -> Effort:
    """Far from failure at RIR 4 and more, close above 0, failure at 0 (S-02)."""
    if rir >= 4:
        return Effort.FAR
    return Effort.CLOSE if rir > 0 else Effort.FAILURE


def volume_load(sets: Sequence[PerformedSet], *, body_kg: Decimal = Decimal(0)) -> Decimal:
    """Σ reps × load in kg; compared only within one exercise (domain §6).

    `body_kg` is the share of the body weight that a body-weight lift moves, added to each rep.
    Raises ValueError for sets of several exercises.
    """
    if len({one.exercise for one in sets}) > 1:
        raise ValueError("volume load is compared only within one exercise")
    total = sum((((one.load_kg or 0) + body_kg) * one.reps for one in sets), Decimal(0))
    return total.quantize(GRAM, ROUND_HALF_UP)


def hard_sets(direct: Iterable[PerformedSet], indirect: Iterable[PerformedSet] = ()) -> Decimal:
    """Sets of a muscle at RIR 4 or less: direct ones count 1, indirect ones half (domain §6)."""
    full = sum(_is_hard(one) for one in direct)
    return full + INDIRECT * sum(_is_hard(one) for one in indirect)


def _effective(reps: int, rir: Decimal | int) -> Decimal:
    if reps < 1 or rir < 0:
        raise ValueError(f"at least one rep and no negative RIR, not {reps} at RIR {rir}")
    return Decimal(reps) + rir


def _rir(one: PerformedSet) -> Decimal | None:
    """RIR as logged; a set that ended in muscular failure had none left."""
    return Decimal(0) if one.rir is None and one.end == "muscular_failure" else one.rir


def _counts(one: PerformedSet, at: datetime, make: str) -> bool:
    rir = _rir(one)
    if one.load_kg is None or one.load_kg <= 0 or one.reps < 1 or rir is None:
        return False
    if one.band or one.warm_up or one.end == "position_lost" or one.make != make:
        return False
    if one.pain is not None and one.pain >= PAIN_LEAST:
        return False
    recent = at - WORKING_DAYS <= one.performed_at <= at
    return recent and validity(one.reps, rir) is not Validity.NONE


def _estimate(one: PerformedSet) -> Decimal:
    return e1rm(one.load_kg or Decimal(0), one.reps, _rir(one) or 0)


def _is_hard(one: PerformedSet) -> bool:
    rir = _rir(one)
    return not one.warm_up and rir is not None and rir <= HARD_RIR
