"""An option made concrete for one client: which exercises, which operations, which loads."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from clients.domain import overlay as bound
from clients.domain.bound_loads import grid_of, with_loads
from clients.domain.offer_facts import Ahead, Facts
from clients.domain.overlay import Op, Overlay
from clients.domain.targets import first_target, in_force
from programs.domain.prescription import Prescription
from programs.domain.protocol import Option, Protocol
from programs.domain.protocol_ops import (
    SAME,
    AlternateSpec,
    FreqSpec,
    HighRepSpec,
    LoadSpec,
    OpClass,
    OpSpec,
    RecheckSpec,
    RemoveSpec,
    RepsSpec,
    RirSpec,
    RomSpec,
    SetsSpec,
    SetupSpec,
    SwapSpec,
    TempoSpec,
)


@dataclass(frozen=True, slots=True)
class Bound:
    """An option worked out: its overlay, the classes it comes down to, and what a coach reads.

    `sample` is a prescription it changes. `calibrate`: a start load must be found by ramp sets.
    """

    overlay: Overlay
    classes: frozenset[OpClass]
    sample: Prescription
    calibrate: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an option is not offered, in a sentence; empty when it is for something else."""

    sentence: str


@dataclass(frozen=True, slots=True)
class _Scope:
    """The exercises an option changes, and by what each is replaced."""

    exercises: tuple[str, ...]
    swaps: dict[str, tuple[str, SwapSpec]]
    sibling: str | None


def effective(option: Option, facts: Facts, there: Ahead) -> tuple[OpSpec, ...]:
    """The operations that have something to change here; none when the main one has nothing.

    A set-up or RIR beside a swap for another pattern is not an option of its own.
    """
    if option.patterns and facts.pattern not in option.patterns:
        return ()
    ops = tuple(op for op in option.ops if in_force(op, facts) and _has_exercise(op, facts, there))
    if not any(isinstance(op, SwapSpec) for op in option.ops):
        return ops
    return ops if any(isinstance(op, SwapSpec | RemoveSpec) for op in ops) else ()


def bind(
    option: Option,
    protocol: Protocol,
    facts: Facts,
    there: Ahead,
    *,
    strictly: bool = False,
    review_days: int,
) -> Bound | Refused:
    """Tie an option to the plan: overlay operations with loads for this client (domain §5, §6).

    `strictly` asks a swap to lower what it asks of a painful region, and the painful exercise to
    be left in no session (action set A4).
    """
    ops = effective(option, facts, there)
    mine = _covered(protocol, facts, there)
    if not ops or not mine:
        return Refused("")
    scope = _scope(ops, mine, facts, there, strictly=strictly)
    if isinstance(scope, Refused):
        return scope
    if strictly and not _leaves_no_painful(ops, scope, facts, mine):
        return Refused("The painful exercise would stay in the program.")
    if not _any_load(scope, facts, there):
        ops = tuple(op for op in ops if not isinstance(op, LoadSpec))
    made = _ops(ops, scope, there)
    if isinstance(made, Refused):
        return made
    draft = _overlay(option, made, scope, facts, there, review_days)
    overlay, calibrate = with_loads(draft, _caps(ops, scope), facts, there)
    sample = there.prescriptions[scope.exercises[0]][0]
    return Bound(overlay, frozenset(op.op_class for op in ops), sample, calibrate)


def _has_exercise(op: OpSpec, facts: Facts, there: Ahead) -> bool:
    if not op.exercises:
        return True
    if isinstance(op, RemoveSpec):
        # One overlay has one reach: leaving a single exercise out is for the one that hurts.
        return facts.painful_exercise in op.exercises
    return any(exercise in there.prescriptions for exercise in op.exercises)


def _covered(protocol: Protocol, facts: Facts, there: Ahead) -> tuple[str, ...]:
    """The exercises of the pattern the row is for, the painful one first."""
    mine = [
        exercise
        for exercise in there.prescriptions
        if protocol.covers_exercise(exercise, facts.pattern) and exercise not in facts.blocked
    ]
    return tuple(sorted(mine, key=lambda exercise: exercise != facts.painful_exercise))


def _scope(
    ops: tuple[OpSpec, ...], mine: tuple[str, ...], facts: Facts, there: Ahead, *, strictly: bool
) -> _Scope | Refused:
    swap_ops = [op for op in ops if isinstance(op, SwapSpec)]
    if swap_ops:
        return _swap_scope(swap_ops, mine, facts, there, strictly=strictly)
    for op in ops:
        if isinstance(op, RomSpec):
            return _range_scope(op, mine, facts, there)
        if isinstance(op, AlternateSpec):
            return _alternate_scope(op, mine, facts, there)
        if isinstance(op, HighRepSpec):
            return _Scope(mine[:1], {}, None)
        if isinstance(op, RemoveSpec) and op.exercises:
            return _Scope(tuple(one for one in mine if one in op.exercises), {}, None)
    return _Scope(mine, {}, None)


def _swap_scope(
    ops: list[SwapSpec], mine: tuple[str, ...], facts: Facts, there: Ahead, *, strictly: bool
) -> _Scope | Refused:
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
    return _Scope(tuple(swaps), swaps, None) if swaps else Refused(why)


def _range_scope(
    op: RomSpec, mine: tuple[str, ...], facts: Facts, there: Ahead
) -> _Scope | Refused:
    """The sibling that fits the painful exercise, and all exercises it fits as well."""
    found = {source: first_target(op, source, facts, there, strictly=False) for source in mine}
    target, why = found[mine[0]]
    if target is None:
        return Refused(why)
    same = tuple(source for source in mine if found[source][0] == target)
    return _Scope(same, {}, None if target == SAME else target)


def _alternate_scope(
    op: AlternateSpec, mine: tuple[str, ...], facts: Facts, there: Ahead
) -> _Scope | Refused:
    if op.even not in mine or facts.painful_exercise not in (op.even, None):
        return Refused(f"It takes turns with {facts.library[op.even].name}, which is not written.")
    odd = SwapSpec(targets=(op.odd,))
    target, why = first_target(odd, op.even, facts, there, strictly=False)
    if target is None:
        return Refused(why)
    return _Scope((op.even,), {op.even: (op.odd, odd)}, None)


def _leaves_no_painful(
    ops: tuple[OpSpec, ...], scope: _Scope, facts: Facts, mine: tuple[str, ...]
) -> bool:
    """A4: nothing of what hurts is left; without a named exercise that is the whole pattern."""
    if any(isinstance(op, AlternateSpec) for op in ops):
        return False
    removed = any(isinstance(op, RemoveSpec) for op in ops)
    gone = set(scope.exercises) if removed else set(scope.swaps)
    hurting = {facts.painful_exercise} if facts.painful_exercise else set(mine)
    return hurting.intersection(mine) <= gone


def _ops(ops: tuple[OpSpec, ...], scope: _Scope, there: Ahead) -> tuple[Op, ...] | Refused:
    """Overlay operations without loads yet; refused when nothing would change."""
    made: list[Op] = []
    for op in ops:
        if isinstance(op, SwapSpec):
            continue
        if isinstance(op, FreqSpec) and there.sessions_a_week - op.fewer < 1:
            return Refused("There is one session a week with it: none can go.")
        if isinstance(op, RemoveSpec):
            return (bound.Remove(),)
        made.append(_one(op, scope))
    if not any(isinstance(op, AlternateSpec) for op in ops):
        made = [bound.Swap(source, to) for source, (to, _) in scope.swaps.items()] + made
    return tuple(made) or Refused("It is written without a load: there is nothing to lower.")


def _one(op: OpSpec, scope: _Scope) -> Op:
    match op:
        case RecheckSpec():
            return bound.Recheck(op.checklist)
        case SetupSpec():
            return bound.Setup(op.param, op.value)
        case LoadSpec():
            return bound.ScaleLoad(op.factor)
        case RepsSpec():
            return bound.Reps(op.low, op.high)
        case RirSpec():
            return bound.RirMin(Decimal(op.rir))
        case SetsSpec():
            return bound.ScaleSets(op.factor)
        case TempoSpec():
            return bound.Tempo(op.text)
        case HighRepSpec():
            return bound.HighRep(op.low, op.high, Decimal(op.rir))
        case RomSpec():
            return bound.Range(op.limit, scope.sibling)
        case FreqSpec():
            return bound.Freq(op.fewer)
        case AlternateSpec():
            rx = HighRepSpec()
            odd = (bound.Swap(op.even, op.odd), bound.RirMin(Decimal(rx.rir)))
            return bound.Alternate(odd, (bound.HighRep(rx.low, rx.high, Decimal(rx.rir)),))
    raise TypeError(f"{type(op).__name__} has no operation of its own")


def _any_load(scope: _Scope, facts: Facts, there: Ahead) -> bool:
    return any(
        target.load_kg is not None or target.percent is not None
        for exercise in scope.exercises
        if facts.library[exercise].has_load
        for written in there.prescriptions[exercise]
        for target in written.work_sets
    )


def _overlay(
    option: Option,
    ops: tuple[Op, ...],
    scope: _Scope,
    facts: Facts,
    there: Ahead,
    review_days: int,
) -> Overlay:
    changes_all = not scope.swaps and not any(isinstance(op, bound.HighRep) for op in ops)
    whole = changes_all and set(scope.exercises) == set(there.prescriptions)
    touched = [*scope.exercises, *(to for to, _ in scope.swaps.values())]
    touched += [scope.sibling] if scope.sibling else []
    return Overlay(
        id=option.id,
        regression="",
        starts_on=facts.today,
        ended_on=None,
        review_on=facts.today + timedelta(days=review_days),
        pattern=facts.pattern,
        exercises=() if whole else scope.exercises,
        ops=ops,
        reason=option.reason,
        grids=tuple(grid_of(one, facts) for one in dict.fromkeys(touched)),
    )


def _caps(ops: tuple[OpSpec, ...], scope: _Scope) -> dict[str, int | None]:
    """The cap in % e1RM of each lift that gets a load of its own."""
    caps = {target: spec.cap_percent for target, spec in scope.swaps.values()}
    if any(isinstance(op, HighRepSpec | AlternateSpec) for op in ops):
        caps.update(dict.fromkeys(scope.exercises, HighRepSpec().cap_percent))
    return caps
