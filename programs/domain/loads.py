"""A load for the changed lift, and the way back up: computed low, explained, never above source.

The coach may type another number; both are stored (domain §6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from programs.domain.exercise import Library
from programs.domain.loadable import GRAM, Loadable, from_kg
from programs.domain.strength import (
    Effort,
    PerformedSet,
    Validity,
    Zone,
    best_sets,
    e1rm,
    effort_zone,
    hard_sets,
    load_zone,
    percent,
    rir_from_rpe,
    validity,
    volume_load,
    working_e1rm,
)
from programs.domain.variation import OWN_PAIRS_LEAST, ratio

__all__ = [
    "Effort",
    "LiftLog",
    "LoadRung",
    "Loadable",
    "Mapped",
    "PerformedSet",
    "Validity",
    "Wanted",
    "Zone",
    "best_sets",
    "e1rm",
    "effort_zone",
    "hard_sets",
    "load_zone",
    "map_load",
    "middle",
    "percent",
    "ramp",
    "rir_from_rpe",
    "rungs",
    "validity",
    "volume_load",
    "working_e1rm",
]

FIRST_EXPOSURE = Decimal("0.9")
LADDER_A = (60, 70, 80, 90, 100)
LADDER_E = (50, *LADDER_A)
LONG_AWAY_DAYS = 21


@dataclass(frozen=True, slots=True)
class LiftLog:
    """What a client's log says before a swap, loads in kg.

    `e1rm_kg` the working e1RM of the source lift, `working_kg` its working load, `pain_free_kg`
    the last load without pain on the target lift in 28 days, `own_pairs` the client's own ratios
    of target to source e1RM in 90 days.
    """

    e1rm_kg: Decimal | None = None
    working_kg: Decimal | None = None
    pain_free_kg: Decimal | None = None
    own_pairs: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the changed lift is asked for: reps (lowest, highest), RIR, cap in % of its e1RM."""

    reps: tuple[int, int]
    rir: Decimal | int
    cap_percent: Decimal | int | None = None
    first_exposure: bool = True
    regression: bool = True


@dataclass(frozen=True, slots=True)
class Mapped:
    """A load in kg and how it came about, one sentence a step.

    `calibrate`: no load is computed; two ramp sets until the target RIR is felt find it, at most
    `cap_kg` where one is known. `percent_e1rm` = the load's share of the lift's e1RM.
    """

    kg: Decimal | None
    steps: tuple[str, ...]
    calibrate: bool
    cap_kg: Decimal | None = None
    percent_e1rm: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LoadRung:
    """One step of the way back: percent of the load before, that load in kg, least RIR.

    `kg` is None where only a lighter implement by hand is light enough; `rir_min` None = as
    planned.
    """

    percent: int
    kg: Decimal | None
    rir_min: int | None


def middle(reps: tuple[int, int]) -> int:
    """The middle of a rep range, half up: 8–12 is 10, 15–30 is 23 (domain §6)."""
    return (reps[0] + reps[1] + 1) // 2


def map_load(
    library: Library,
    source: str,
    target: str,
    *,
    log: LiftLog,
    wanted: Wanted,
    loadable: Loadable,
) -> Mapped:
    """The load of the target lift from the log of the source lift (domain §6, mapping 1–7).

    Raises KeyError for an unknown exercise, ValueError for reps or RIR that make no sense.
    """
    lift = library[target]
    part = ratio(library, source, target, own_pairs=log.own_pairs, regression=wanted.regression)
    timed = lift.reps is not None and lift.reps.unit != "reps"
    cap = _least(log.working_kg, log.pain_free_kg)
    if log.e1rm_kg is None or part is None or timed or lift.body_share is not None:
        return _to_calibrate(log, cap, loadable)
    e1rm_kg = log.e1rm_kg * part
    share = percent(middle(wanted.reps), wanted.rir)
    first = FIRST_EXPOSURE if wanted.first_exposure else Decimal(1)
    raw = e1rm_kg * share / 100 * first
    share_cap = None if wanted.cap_percent is None else e1rm_kg * wanted.cap_percent / 100
    cap = _least(cap, share_cap)
    kg = _fitted(raw, cap, loadable)
    steps = (
        f"e1RM {_said(log.e1rm_kg, loadable)}",
        "same lift" if source == target else f"× {part:.2f} ({_ratio_source(log, wanted)})",
        f"{middle(wanted.reps)} reps at RIR {wanted.rir}: {share} %",
        *(["first time on this lift: × 0.9"] if wanted.first_exposure else []),
        f"computed {_said(raw, loadable)}",
        *([f"at most {_said(cap, loadable)}"] if cap is not None and cap < raw else []),
        _rounded(kg, loadable),
    )
    now = None if kg is None else (kg / e1rm_kg * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Mapped(kg, steps, kg is None, _to_gram(cap), now)


def rungs(
    base_kg: Decimal,
    percents: Sequence[int],
    loadable: Loadable,
    *,
    rir_min: int = 3,
    cap_kg: Decimal | None = None,
) -> tuple[LoadRung, ...]:
    """The rungs of a ladder from a base load, rounded down; equal loads are one rung.

    The least RIR holds up to 80 %, then as planned (domain §5, ladder A). A rung of 100 % is the
    base itself. The empty bar stands in for less when it is within the cap, by default the base.
    """
    most = _least(base_kg, cap_kg)
    found: list[LoadRung] = []
    for share in percents:
        raw = base_kg * share / 100
        kg = base_kg if share >= 100 else _fitted(raw, most, loadable)
        if kg is not None and cap_kg is not None and kg > cap_kg:
            kg = loadable.down(cap_kg)
        if found and found[-1].kg == kg:
            found.pop()
        found.append(LoadRung(share, kg, rir_min if share <= 80 else None))
    return tuple(found)


def ramp(
    pain_free_kg: Decimal, days_away: int, loadable: Loadable, *, clearance: bool = False
) -> tuple[LoadRung, ...]:
    """The way back to the last pain-free load after days without the lift (domain §5, A and E).

    From 60 % and RIR 3 within 21 days; from 50 % and RIR 4 after that or after a clearance.
    Raises ValueError for negative days.
    """
    if days_away < 0:
        raise ValueError(f"days away are counted from 0, not {days_away}")
    if clearance or days_away >= LONG_AWAY_DAYS:
        return rungs(pain_free_kg, LADDER_E, loadable, rir_min=4)
    return rungs(pain_free_kg, LADDER_A, loadable)


def _to_calibrate(log: LiftLog, cap: Decimal | None, loadable: Loadable) -> Mapped:
    why = "no recent e1RM" if log.e1rm_kg is None else "the two lifts cannot be compared"
    limit = () if cap is None else (f"at most {_said(cap, loadable)}",)
    ask = "two ramp sets until the target RIR is felt give the start load"
    return Mapped(None, (why, ask, *limit), True, _to_gram(cap))


def _fitted(raw: Decimal, cap: Decimal | None, loadable: Loadable) -> Decimal | None:
    """What can be loaded for a computed load, rounded down, never above the cap.

    Below the lightest: the lightest when it is within a known cap, else None, by hand.
    """
    kg = loadable.down(raw if cap is None else min(raw, cap))
    if kg is None and cap is not None and loadable.lightest <= cap:
        return loadable.lightest
    return kg


def _least(*values: Decimal | None) -> Decimal | None:
    return min((value for value in values if value is not None), default=None)


def _to_gram(kg: Decimal | None) -> Decimal | None:
    return None if kg is None else kg.quantize(GRAM, ROUND_HALF_UP)


def _said(kg: Decimal, loadable: Loadable) -> str:
    value = from_kg(kg.quantize(GRAM), loadable.unit).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{value} {loadable.unit}"


def _ratio_source(log: LiftLog, wanted: Wanted) -> str:
    if len(log.own_pairs) >= OWN_PAIRS_LEAST:
        return "median of own pairs"
    return "table, low end" if wanted.regression else "table, usual"


def _rounded(kg: Decimal | None, loadable: Loadable) -> str:
    if kg is None:
        return "lighter than the lightest there is: take a lighter implement by hand"
    return f"loaded {_said(kg, loadable)}"
