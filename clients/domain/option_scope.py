"""What an option would change in a plan: which exercises, and by what each is replaced."""

from dataclasses import dataclass

from clients.domain.offer_facts import Ahead, Facts
from clients.domain.targets import first_target
from programs.domain.protocol import Protocol
from programs.domain.protocol_ops import (
    SAME,
    AlternateSpec,
    HighRepSpec,
    OpSpec,
    RemoveSpec,
    RomSpec,
    SwapSpec,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an option is not offered, in a sentence; empty when it is for something else."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Scope:
    """The exercises an option changes; `swaps` names the target of each, and by which operation.

    `sibling` is the short-range exercise of a `rom` operation, None for a limit in words.
    """

    exercises: tuple[str, ...]
    swaps: dict[str, tuple[str, SwapSpec]]
    sibling: str | None


def covered(protocol: Protocol, facts: Facts, there: Ahead) -> tuple[str, ...]:
    """The exercises of the pattern the row is for, the painful one first."""
    mine = [
        exercise
        for exercise in there.prescriptions
        if protocol.covers_exercise(exercise, facts.pattern) and exercise not in facts.blocked
    ]
    return tuple(sorted(mine, key=lambda exercise: exercise != facts.painful_exercise))


def scope_of(
    ops: tuple[OpSpec, ...], mine: tuple[str, ...], facts: Facts, there: Ahead, *, strictly: bool
) -> Scope | Refused:
    """What the operations reach of the exercises a row is for, or why they reach nothing."""
    swap_ops = [op for op in ops if isinstance(op, SwapSpec)]
    if swap_ops:
        return _swap_scope(swap_ops, mine, facts, there, strictly=strictly)
    for op in ops:
        if isinstance(op, RomSpec):
            return _range_scope(op, mine, facts, there)
        if isinstance(op, AlternateSpec):
            return _alternate_scope(op, mine, facts, there)
        if isinstance(op, HighRepSpec):
            return Scope(mine[:1], {}, None)
        if isinstance(op, RemoveSpec) and op.exercises:
            out = tuple(one for one in mine if one in op.exercises)
            return Scope(out, {}, None) if out else Refused("")
    return Scope(mine, {}, None)


def _swap_scope(
    ops: list[SwapSpec], mine: tuple[str, ...], facts: Facts, there: Ahead, *, strictly: bool
) -> Scope | Refused:
    """Each exercise with the first target that holds RG-5; the others stay as written."""
    swaps: dict[str, tuple[str, SwapSpec]] = {}
    why = ""
    for source in mine:
        for op in ops:
            target, refused = first_target(op, source, facts, there, strictly=strictly)
            if target is not None:
                swaps[source] = (target, op)
                break
            why = why or refused
        if source == facts.painful_exercise and source not in swaps:
            return Refused(why)
    return Scope(tuple(swaps), swaps, None) if swaps else Refused(why)


def _range_scope(op: RomSpec, mine: tuple[str, ...], facts: Facts, there: Ahead) -> Scope | Refused:
    """The sibling that fits the painful exercise, and all exercises it fits as well."""
    found = {source: first_target(op, source, facts, there, strictly=False) for source in mine}
    target, why = found[mine[0]]
    if target is None:
        return Refused(why)
    same = tuple(source for source in mine if found[source][0] == target)
    return Scope(same, {}, None if target == SAME else target)


def _alternate_scope(
    op: AlternateSpec, mine: tuple[str, ...], facts: Facts, there: Ahead
) -> Scope | Refused:
    if op.even not in mine or facts.painful_exercise not in (op.even, None):
        return Refused(f"It takes turns with {facts.library[op.even].name}, which is not written.")
    odd = SwapSpec(targets=(op.odd,))
    target, why = first_target(odd, op.even, facts, there, strictly=False)
    if target is None:
        return Refused(why)
    return Scope((op.even,), {op.even: (op.odd, odd)}, None)


def leaves_no_painful(
    ops: tuple[OpSpec, ...], scope: Scope, facts: Facts, mine: tuple[str, ...]
) -> bool:
    """A4: nothing of what hurts is left; without a named exercise that is the whole pattern."""
    if any(isinstance(op, AlternateSpec) for op in ops):
        return False
    removed = any(isinstance(op, RemoveSpec) for op in ops)
    gone = set(scope.exercises) if removed else set(scope.swaps)
    hurting = {facts.painful_exercise} if facts.painful_exercise else set(mine)
    return hurting.intersection(mine) <= gone
