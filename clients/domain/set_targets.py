"""What one operation makes of one set (domain §5, "Ops, exactly")."""

from dataclasses import replace
from decimal import Decimal

from clients.domain.overlay import ScaleLoad
from clients.domain.rounding import down_to_tenth, eased, step_down
from programs.domain.exercise import Exercise
from programs.domain.loadable import Loadable
from programs.domain.prescription import SetTarget


def with_reps(target: SetTarget, low: int, high: int) -> SetTarget:
    """A set of `low` to `high` reps; one held for seconds stays as it is."""
    if target.seconds is not None:
        return target
    return replace(target, reps_min=low, reps_max=high)


def with_rir(target: SetTarget, least: Decimal) -> SetTarget:
    """At least so many reps left; as many reps as possible would leave none."""
    rir = least if target.rir is None else max(target.rir, least)
    return replace(target, rir=rir, amrap=target.amrap and least == 0)


def at_load(target: SetTarget, load: Decimal | None, loadable: Loadable) -> SetTarget:
    """A set at the overlay's load, never above what was written for that very set."""
    if load is not None and target.load_kg is not None and load > target.load_kg:
        load = step_down(target.load_kg, loadable)
    return replace(target, load_kg=load, percent=None)


def in_range_of(target: SetTarget, lift: Exercise | None) -> SetTarget:
    """Reps on a new lift: the overlap of both ranges, else the new lift's own (domain §5 swap)."""
    usual = lift.reps if lift else None
    if usual is None:
        return target
    if usual.unit == "seconds":
        held = usual.low if target.seconds is None else target.seconds
        seconds = min(max(held, usual.low), usual.high)
        return replace(target, reps_min=None, reps_max=None, seconds=seconds)
    low, high = target.reps_min, target.reps_max or target.reps_min
    if low is None or high is None or low > usual.high or high < usual.low:
        low, high = usual.low, usual.high
    return replace(
        target, reps_min=max(low, usual.low), reps_max=min(high, usual.high), seconds=None
    )


def scaled(target: SetTarget, op: ScaleLoad, loadable: Loadable) -> SetTarget:
    """A set at its load × factor; where only a percent is known, at a lower percent."""
    if target.load_kg is not None:
        load = eased(target.load_kg, target.load_kg * op.factor, op.cap_kg, loadable)
        return target if load == target.load_kg else replace(target, load_kg=load, percent=None)
    if target.percent is not None:
        return replace(target, percent=down_to_tenth(target.percent * op.factor))
    return target
