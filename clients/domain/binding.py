"""An option made concrete for one client: which exercises, which operations, which loads."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from clients.domain import overlay as bound
from clients.domain.bound_loads import grid_of, with_loads
from clients.domain.change import changed
from clients.domain.offer_facts import Ahead, Facts
from clients.domain.option_scope import Refused, Scope, covered, leaves_no_painful, scope_of
from clients.domain.overlay import Op, Overlay
from clients.domain.targets import in_force
from programs.domain.prescription import Prescription
from programs.domain.protocol import Option, Protocol
from programs.domain.protocol_ops import (
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
    mine = covered(protocol, facts, there)
    if not ops or not mine:
        return Refused("")
    scope = scope_of(ops, mine, facts, there, strictly=strictly)
    if isinstance(scope, Refused):
        return scope
    if strictly and not leaves_no_painful(ops, scope, facts, mine):
        return Refused("The painful exercise would stay in the program.")
    if not _any_load(scope, facts, there):
        ops = tuple(op for op in ops if not isinstance(op, LoadSpec))
    made = _ops(ops, scope, there)
    if isinstance(made, Refused):
        return made
    draft = _overlay(option, made, scope, facts, there, review_days)
    overlay, calibrate = with_loads(draft, _caps(ops, scope), facts, there)
    shapes = [shape for one in scope.exercises for shape in there.prescriptions[one]]
    if not _changes(overlay, shapes, facts):
        return Refused("It is written like that already.")
    sample = there.prescriptions[scope.exercises[0]][0]
    return Bound(overlay, frozenset(op.op_class for op in ops), sample, calibrate)


def _has_exercise(op: OpSpec, facts: Facts, there: Ahead) -> bool:
    if not op.exercises:
        return True
    if isinstance(op, RemoveSpec):
        # One overlay has one reach: leaving a single exercise out is for the one that hurts.
        return facts.painful_exercise in op.exercises
    return any(exercise in there.prescriptions for exercise in op.exercises)


def _ops(ops: tuple[OpSpec, ...], scope: Scope, there: Ahead) -> tuple[Op, ...] | Refused:
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


def _one(op: OpSpec, scope: Scope) -> Op:
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
    assert isinstance(op, AlternateSpec), "swaps and removals are made before"
    rx = HighRepSpec()
    odd = (bound.Swap(op.even, op.odd), bound.RirMin(Decimal(rx.rir)))
    return bound.Alternate(odd, (bound.HighRep(rx.low, rx.high, Decimal(rx.rir)),))


def _changes(overlay: Overlay, shapes: list[Prescription], facts: Facts) -> bool:
    if any(isinstance(op, bound.Freq | bound.Remove) for op in overlay.ops):
        return True
    return any(changed(one, overlay, 1, facts.library) != one for one in shapes)


def _any_load(scope: Scope, facts: Facts, there: Ahead) -> bool:
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
    scope: Scope,
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


def _caps(ops: tuple[OpSpec, ...], scope: Scope) -> dict[str, int | None]:
    """The cap in % e1RM of each lift that gets a load of its own."""
    caps = {target: spec.cap_percent for target, spec in scope.swaps.values()}
    if any(isinstance(op, HighRepSpec | AlternateSpec) for op in ops):
        caps.update(dict.fromkeys(scope.exercises, HighRepSpec().cap_percent))
    return caps
