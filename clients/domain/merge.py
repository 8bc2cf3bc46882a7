"""Three versions of a workout made one: what it was, what somebody makes of it, what stands.

The same merge serves a coach's edit that reaches other sessions (what the edit changes wins, the
rest stays as it stands there) and a template that flows to clients (what a client has of their
own wins, the rest follows the template). By place in the session, part by part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from programs.domain.document import Workout
from programs.domain.prescription import Prescription, SetTarget

PARTS = tuple(each.name for each in fields(Prescription) if each.name != "slot")
_OF_A_SET = tuple(each.name for each in fields(SetTarget))
_GO_TOGETHER = ("sets", "progression")


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a place that stayed as it stood though the other side changed it too."""

    slot: str
    parts: tuple[str, ...]


def reaching(base: Workout, new: Workout, held: Workout) -> Workout:
    """What stands with an edit (base → new) laid over it: the edit wins where it changed a thing.

    Only in places with the lift that was edited: a later phase with another lift there is left
    alone. A place the edit adds or takes out is added or taken out.
    """
    old, made, stands = _by_slot(base), _by_slot(new), _by_slot(held)
    result: list[Prescription] = []
    for slot, there in stands.items():
        was = old.get(slot)
        if was is None or was.exercise != there.exercise:
            result.append(there)
        elif slot in made:
            result.append(_over(was, made[slot], there))
    added = [one for slot, one in made.items() if slot not in old and slot not in stands]
    name = held.name if new.name == base.name else new.name
    return replace(held, name=name, prescriptions=_in_order([*result, *added], new, held))


def following(base: Workout, new: Workout, held: Workout) -> tuple[Workout, tuple[Kept, ...]]:
    """What stands with a template's change (base → new) under it: what deviates stays.

    Also returns what the template changed and the client keeps.
    """
    old, made, stands = _by_slot(base), _by_slot(new), _by_slot(held)
    result: list[Prescription] = []
    kept: list[Kept] = []
    for slot, there in stands.items():
        was, becomes = old.get(slot), made.get(slot)
        if was is None:  # the client's own place
            result.append(there)
            if becomes is not None and becomes != there:
                kept.append(Kept(slot, ("exercise",)))
        elif becomes is None:
            if there != was:
                result.append(there)
                kept.append(Kept(slot, ("exercise",)))
        else:
            merged, parts = _under(was, becomes, there)
            result.append(merged)
            if parts:
                kept.append(Kept(slot, parts))
    for slot, becomes in made.items():
        if slot not in old and slot not in stands:
            result.append(becomes)
        elif slot in old and slot not in stands and becomes != old[slot]:
            kept.append(Kept(slot, ("exercise",)))  # the client has it taken out
    name = new.name if held.name == base.name else held.name
    order = new if _slots(held) == _slots(base) else held
    return replace(held, name=name, prescriptions=_in_order(result, order, new)), tuple(kept)


def _over(base: Prescription, new: Prescription, held: Prescription) -> Prescription:
    changed = {
        part: getattr(new, part)
        for part in PARTS
        if part != "sets" and getattr(new, part) != getattr(base, part)
    }
    if new.sets != base.sets:
        changed["sets"] = _sets_over(base.sets, new.sets, held.sets)
    return replace(held, **changed)


def _sets_over(
    base: Sequence[SetTarget], new: Sequence[SetTarget], held: Sequence[SetTarget]
) -> tuple[SetTarget, ...]:
    """The edit's sets; where all three count the same, only what it changed of each."""
    if not len(base) == len(new) == len(held):
        return tuple(new)
    return tuple(
        replace(there, **_differing(was, becomes))
        for was, becomes, there in zip(base, new, held, strict=True)
    )


def _differing(was: SetTarget, becomes: SetTarget) -> dict[str, Any]:
    return {
        name: getattr(becomes, name)
        for name in _OF_A_SET
        if getattr(becomes, name) != getattr(was, name)
    }


def _under(
    base: Prescription, new: Prescription, held: Prescription
) -> tuple[Prescription, tuple[str, ...]]:
    if held.exercise != base.exercise:
        # Another lift is this client's: nothing said about the template's lift fits it.
        return held, ("exercise",) if new != base else ()
    if new.exercise != base.exercise and held != base:
        return held, ("exercise",)
    changed: dict[str, Any] = {}
    kept: list[str] = []
    own_sets = any(getattr(held, part) != getattr(base, part) for part in _GO_TOGETHER)
    for part in PARTS:
        was, becomes, there = (getattr(one, part) for one in (base, new, held))
        if becomes == was:
            continue
        deviates = own_sets if part in _GO_TOGETHER else there != was
        if deviates:
            if there != becomes:
                kept.append(part)
        else:
            changed[part] = becomes
    return replace(held, **changed), tuple(kept)


def _by_slot(workout: Workout) -> dict[str, Prescription]:
    return {each.slot: each for each in workout.prescriptions}


def _slots(workout: Workout) -> tuple[str, ...]:
    return tuple(each.slot for each in workout.prescriptions)


def _in_order(
    rows: Sequence[Prescription], first: Workout, then: Workout
) -> tuple[Prescription, ...]:
    """In the order of one workout, what it does not know after its neighbour in the other."""
    order = {slot: float(place) for place, slot in enumerate(_slots(first))}
    before = -1.0
    for slot in _slots(then):
        before = order.setdefault(slot, before + 0.001)
    last = float(len(rows) + len(order))
    return tuple(sorted(rows, key=lambda each: order.get(each.slot, last)))
