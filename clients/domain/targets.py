"""Which exercise may replace which for this client: RG-4 and RG-5, judged per prescription."""

from collections.abc import Iterable
from decimal import Decimal

from clients.domain.offer_facts import Ahead, Facts
from programs.domain.exercises import has_equipment
from programs.domain.prescription import Prescription
from programs.domain.protocol import covers_region
from programs.domain.protocol_ops import NEAREST, SAME, OpSpec, RomSpec, SwapSpec
from programs.domain.regions import TAG_WORDS, allows_swap
from programs.domain.strength import percent
from programs.domain.variation import raises_demand, regress_of, strictly_lower

LIGHT_PERCENT = 60
"""At or below this share of e1RM some demands count one step lower (domain §4)."""


def in_force(op: OpSpec, facts: Facts) -> bool:
    """Whether an operation is for this pattern and this region at all."""
    if op.patterns and facts.pattern not in op.patterns:
        return False
    return not op.regions or covers_region(op.regions, facts.painful[0].region)


def first_target(
    op: SwapSpec | RomSpec, source: str, facts: Facts, there: Ahead, *, strictly: bool
) -> tuple[str | None, str]:
    """The first target that may replace a source, or None and why the last one may not.

    `SAME` is always possible: a limit in words raises nothing.
    """
    if op.exercises and source not in op.exercises:
        return None, "The option is for another exercise."
    cap = op.cap_percent if isinstance(op, SwapSpec) else None
    light = cap is not None and cap <= LIGHT_PERCENT
    why = "No easier exercise of the same pattern is known."
    for target in _candidates(op, source, facts):
        if target == SAME:
            return SAME, ""
        refused = _refusal(source, target, facts, there, light=light, strictly=strictly)
        if not refused:
            return target, ""
        why = refused
    return None, why


def _candidates(op: SwapSpec | RomSpec, source: str, facts: Facts) -> Iterable[str]:
    for target in op.targets:
        if target == NEAREST:
            yield from regress_of(facts.library, source, facts.painful[0].region)
        else:
            yield target


def _refusal(
    source: str, target: str, facts: Facts, there: Ahead, *, light: bool, strictly: bool
) -> str:
    """Why a target may not replace a source, in a sentence; empty when it may."""
    lift = facts.library.get(target)
    if lift is None or not lift.has_vector or not facts.library[source].has_vector:
        return "Nobody has rated what this exercise asks of the body."
    if target == source:
        return f"{lift.name} is what is written already."
    if target == facts.painful_exercise:
        return f"{lift.name} is what hurts."
    if target in facts.exclusions:
        return f"{lift.name} was ruled out by coach or client."
    if target in facts.blocked:
        return f"{lift.name} waits for a clearance."
    if facts.equipment is not None and not has_equipment(lift, facts.equipment):
        return f"{lift.name} needs equipment that is not there."
    return _demand_refusal(source, target, facts, there, light=light, strictly=strictly)


def _demand_refusal(
    source: str, target: str, facts: Facts, there: Ahead, *, light: bool, strictly: bool
) -> str:
    name = facts.library[target].name
    # One light prescription among heavier ones sets the measure: RG-5 holds for each of them.
    source_light = any(is_light(one, source, facts) for one in there.prescriptions[source])
    lower = False
    for spot in facts.painful:
        if not allows_swap(spot.region):
            return f"For {_words(spot.region)} nobody can say which exercise is easier."
        raised = raises_demand(
            facts.library, source, target, spot.region, light=light, source_light=source_light
        )
        if raised:
            return f"{name} asks more of {_words(spot.region)}: {TAG_WORDS[raised[0]]}."
        lower = lower or strictly_lower(
            facts.library, source, target, spot.region, light=light, source_light=source_light
        )
    if strictly and not lower:
        return f"{name} asks as much of the painful spot as what is written."
    return ""


def is_light(written: Prescription, exercise: str, facts: Facts) -> bool:
    """Whether a prescription stays at or below 60 % of e1RM in every work set, as far as known."""
    shares = [
        _share(one.percent, one.reps_max or one.reps_min, one.rir) for one in written.work_sets
    ]
    if not facts.library[exercise].has_load or not shares:
        return False
    return all(share is not None and share <= LIGHT_PERCENT for share in shares)


def _share(written: Decimal | None, reps: int | None, rir: Decimal | None) -> Decimal | None:
    if written is not None:
        return written
    if reps is None or rir is None or rir * 2 % 1 or reps < 1:
        return None
    return percent(reps, rir)


def _words(region: str) -> str:
    return region.replace("_", " ")
