"""What the operations of one overlay make of one prescription (domain §5, "Ops, exactly").

No operation raises a load: every load from an overlay is capped by the working load written for
that very set.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from clients.domain.overlay import (
    Alternate,
    Freq,
    HighRep,
    Op,
    Overlay,
    Range,
    Recheck,
    Remove,
    Reps,
    RirMin,
    ScaleLoad,
    ScaleSets,
    Setup,
    Swap,
    Tempo,
)
from clients.domain.rounding import step_down
from clients.domain.set_targets import at_load, in_range_of, scaled, with_reps, with_rir
from clients.domain.warmups import easy, ramp, rescaled
from programs.domain.exercise import Library
from programs.domain.loadable import Loadable
from programs.domain.prescription import Prescription, SetTarget

_RANK: dict[type[Op], int] = {
    # The lift first, then its sets: "8–12 reps" beside a swap speaks of the new lift.
    Swap: 0,
    Range: 1,
    HighRep: 2,
    Reps: 3,
    ScaleLoad: 4,
    ScaleSets: 5,
    RirMin: 6,
    Tempo: 7,
    Setup: 8,
    Recheck: 9,
}


def changed(
    now: Prescription,
    overlay: Overlay,
    exposure: int,
    library: Library,
    written: Prescription | None = None,
) -> Prescription:
    """A prescription under an overlay, at its n-th exposure counted from 1.

    `written` is what the program says, where another overlay has changed `now` already.
    """
    ops, turn = ops_at(overlay.ops, exposure)
    after = now
    for op in sorted(ops, key=lambda op: _RANK[type(op)]):
        after = _one(after, op, overlay, turn, library)
    return _capped(after, written or now, overlay.loadable(after.exercise))


def _capped(now: Prescription, written: Prescription, loadable: Loadable) -> Prescription:
    """No work set above what was written for it, also where a load was left open in between."""
    most = written.work_sets
    raised = [
        target.load_kg is not None and cap.load_kg is not None and target.load_kg > cap.load_kg
        for target, cap in zip(now.work_sets, most, strict=False)
    ]
    if not any(raised):
        return now
    work = tuple(
        at_load(target, cap.load_kg and step_down(cap.load_kg, loadable), loadable)
        if up
        else target
        for target, cap, up in zip(now.work_sets, most, raised, strict=False)
    )
    warmups = rescaled(_warmups(now), now.work_sets, work, loadable)
    return replace(now, sets=(*warmups, *work))


def ops_at(ops: Iterable[Op], exposure: int) -> tuple[list[Op], int]:
    """The operations of an exposure, and how often they have come up by then.

    An alternate counts its two kinds apart: exposure 3 is the second odd one (domain §5).
    """
    flat: list[Op] = []
    turn = exposure
    for op in ops:
        if isinstance(op, Alternate):
            flat.extend(op.odd if exposure % 2 else op.even)
            turn = (exposure + 1) // 2
        elif not isinstance(op, Freq | Remove):
            flat.append(op)
    return flat, max(turn, 1)


def lifts_in(ops: Iterable[Op]) -> frozenset[str]:
    """The lifts that the swaps of an option name; such an option leaves all others alone."""
    named: set[str] = set()
    for op in ops:
        if isinstance(op, Swap):
            named.add(op.source)
        elif isinstance(op, Alternate):
            named |= lifts_in((*op.odd, *op.even))
    return frozenset(named)


def _one(now: Prescription, op: Op, overlay: Overlay, turn: int, library: Library) -> Prescription:
    match op:
        case Swap():
            return _swap(now, op, overlay, turn, library)
        case Range():
            return _range(now, op, library)
        case HighRep():
            return _high_rep(now, op, overlay, turn, library)
        case ScaleLoad():
            return _scale_load(now, op, overlay, library)
        case Reps():
            return _each_work_set(now, lambda target: with_reps(target, op.low, op.high))
        case ScaleSets():
            return _scale_sets(now, op.factor)
        case RirMin():
            return _each_work_set(now, lambda target: with_rir(target, op.n))
        case Tempo():
            return replace(now, tempo=op.text)
        case Setup():
            kept = tuple(pair for pair in now.setup if pair[0] != op.param)
            return replace(now, setup=(*kept, (op.param, op.value)))
        case Recheck():
            return replace(now, checklist=op.checklist)
    raise TypeError(f"{type(op).__name__} changes sessions, not one prescription")


def _swap(
    now: Prescription, op: Swap, overlay: Overlay, turn: int, library: Library
) -> Prescription:
    """Another lift: set count, rest, tempo, slot and superset letter stay (domain §5 swap)."""
    if now.exercise != op.source:
        return now
    lift = library.get(op.target)
    work = _each(now.work_sets, lambda target: in_range_of(target, lift))
    return _on_lift(now, op.target, work, op.loads, overlay, turn, library)


def _high_rep(
    now: Prescription, op: HighRep, overlay: Overlay, turn: int, library: Library
) -> Prescription:
    """The same lift with many reps; a hold in seconds stays as it is."""
    work = _each(
        now.work_sets,
        lambda target: with_rir(with_reps(target, op.low, op.high), op.rir_min),
    )
    return _on_lift(now, now.exercise, work, op.loads, overlay, turn, library)


def _on_lift(
    now: Prescription,
    exercise: str,
    work: tuple[SetTarget, ...],
    loads: tuple[Decimal | None, ...],
    overlay: Overlay,
    turn: int,
    library: Library,
) -> Prescription:
    """Work sets put on a lift at the overlay's load of this turn, with warm-ups that fit."""
    loadable = overlay.loadable(exercise)
    carried = _has_load(library, exercise)
    load = loads[min(turn, len(loads)) - 1] if loads and carried else None
    loaded = _each(work, lambda target: at_load(target, load, loadable))
    warmups = _warmups(now)
    if not carried:
        same = exercise == now.exercise
        warmups = warmups if same or not warmups else easy(loaded[0])
    elif load is None:
        warmups = ramp(loaded[0])
    else:
        warmups = rescaled(warmups, now.work_sets, loaded, loadable)
    return _other_lift(now, exercise, (*warmups, *loaded))


def _range(now: Prescription, op: Range, library: Library) -> Prescription:
    """Less range: the load stays at most what was written, never a ratio upwards (domain §5)."""
    if op.exercise is None or op.exercise == now.exercise:
        return replace(now, limit=op.limit)
    carried = _has_load(library, op.exercise)
    sets = tuple(
        replace(target, percent=None, load_kg=target.load_kg if carried else None)
        for target in now.sets
    )
    return replace(_other_lift(now, op.exercise, sets), limit=op.limit)


def _other_lift(now: Prescription, exercise: str, sets: tuple[SetTarget, ...]) -> Prescription:
    """The same place with a lift's sets; what was said about another lift goes with that lift.

    Its alternates go too, or the phone could offer the painful lift by the side door.
    """
    if exercise == now.exercise:
        return replace(now, sets=sets)
    return Prescription(
        slot=now.slot,
        exercise=exercise,
        sets=sets,
        rest_seconds=now.rest_seconds,
        tempo=now.tempo,
        superset=now.superset,
    )


def _scale_load(
    now: Prescription, op: ScaleLoad, overlay: Overlay, library: Library
) -> Prescription:
    """Each working load × factor; does nothing on a lift without a load (domain §5)."""
    if not _has_load(library, now.exercise):
        return now
    loadable = overlay.loadable(now.exercise)
    before = now.work_sets
    after = _each(before, lambda target: scaled(target, op, loadable))
    if after == before:
        return now
    return replace(now, sets=(*rescaled(_warmups(now), before, after, loadable), *after))


def _scale_sets(now: Prescription, factor: Decimal) -> Prescription:
    """The first work sets, as many as are left after × factor, rounded half up, at least one."""
    whole = (len(now.work_sets) * factor).to_integral_value(ROUND_HALF_UP)
    left = max(int(whole), 1)
    return replace(now, sets=(*_warmups(now), *now.work_sets[:left]))


def _warmups(now: Prescription) -> tuple[SetTarget, ...]:
    return tuple(target for target in now.sets if target.kind == "warmup")


def _each_work_set(now: Prescription, change: Callable[[SetTarget], SetTarget]) -> Prescription:
    return replace(now, sets=(*_warmups(now), *_each(now.work_sets, change)))


def _each(
    targets: tuple[SetTarget, ...], change: Callable[[SetTarget], SetTarget]
) -> tuple[SetTarget, ...]:
    """Every set changed; equal sets in a row, the usual case, are worked out once."""
    made: list[SetTarget] = []
    for place, target in enumerate(targets):
        same = place > 0 and target == targets[place - 1]
        made.append(made[-1] if same else change(target))
    return tuple(made)


def _has_load(library: Library, exercise: str) -> bool:
    """Whether a lift is written down in kilograms; one nobody knows any more keeps its load."""
    lift = library.get(exercise)
    return lift is None or lift.has_load
