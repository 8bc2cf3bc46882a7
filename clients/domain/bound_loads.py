"""The loads of an option for this client: computed low, from the log, for each exposure."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from clients.domain import overlay as bound
from clients.domain.change import changed
from clients.domain.offer_facts import Ahead, Facts
from clients.domain.overlay import Grid, Op, Overlay
from programs.domain.loads import LiftLog, Wanted, map_load
from programs.domain.prescription import Prescription, SetTarget
from programs.domain.strength import best_sets, working_e1rm

CAREFUL_RIR = Decimal(3)
"""RIR counted on where neither the option nor the program says one."""

Loads = tuple[Decimal | None, ...]


def with_loads(
    overlay: Overlay, caps: dict[str, int | None], facts: Facts, there: Ahead
) -> tuple[Overlay, bool]:
    """The overlay with loads of the first and later exposures, and whether one must be found.

    `caps` are the % e1RM caps by target lift (domain §6, mapping 1–7; ruling 10).
    """
    calibrate = False
    made: list[Op] = []
    for op in overlay.ops:
        if isinstance(op, bound.Alternate):
            odd, first = _filled(op.odd, overlay, 1, caps, facts, there)
            even, second = _filled(op.even, overlay, 2, caps, facts, there)
            made.append(bound.Alternate(odd, even))
            calibrate = calibrate or first or second
        else:
            (filled,), unknown = _filled((op,), overlay, 1, caps, facts, there)
            made.append(filled)
            calibrate = calibrate or unknown
    return replace(overlay, ops=tuple(made)), calibrate


def _filled(
    ops: tuple[Op, ...],
    overlay: Overlay,
    exposure: int,
    caps: dict[str, int | None],
    facts: Facts,
    there: Ahead,
) -> tuple[tuple[Op, ...], bool]:
    made: list[Op] = []
    calibrate = False
    for op in ops:
        if isinstance(op, bound.Swap | bound.HighRep):
            # High reps are bound to one exercise, because the overlay keeps one load for them.
            source = op.source if isinstance(op, bound.Swap) else overlay.exercises[0]
            target = op.target if isinstance(op, bound.Swap) else source
            loads, unknown = _loads(
                source, target, overlay, exposure, caps.get(target), facts, there
            )
            op = replace(op, loads=loads)
            calibrate = calibrate or unknown
        made.append(op)
    return tuple(made), calibrate


def _loads(
    source: str,
    target: str,
    overlay: Overlay,
    exposure: int,
    cap_percent: int | None,
    facts: Facts,
    there: Ahead,
) -> tuple[Loads, bool]:
    """Loads of the first and the later exposures; True when ramp sets must find them."""
    if not facts.library[target].has_load:
        return (), False
    written = there.prescriptions[source]
    after = [changed(one, overlay, exposure, facts.library) for one in written]
    asked = [_wanted(one, cap_percent) for shape in after for one in shape.work_sets]
    wanted = [one for one in asked if one is not None]
    if not wanted:
        return (), True
    # The most reps with the most in reserve ask for the least load: never too heavy in any week.
    least = max(wanted, key=lambda one: sum(one.reps) + 2 * one.rir)
    log = lift_log(source, target, facts, written)
    loadable = facts.loadable.for_exercise(facts.library[target])
    first, later = (
        map_load(facts.library, source, target, log=log, wanted=one, loadable=loadable)
        for one in (least, replace(least, first_exposure=False))
    )
    return ((), True) if first.calibrate else ((first.kg, later.kg), False)


def _wanted(target: SetTarget, cap_percent: int | None) -> Wanted | None:
    low = target.reps_min or target.reps_max
    if low is None:
        return None
    rir = CAREFUL_RIR if target.rir is None else Decimal(round(target.rir * 2)) / 2
    return Wanted((low, target.reps_max or low), rir, cap_percent)


def lift_log(
    source: str, target: str, facts: Facts, written: tuple[Prescription, ...] = ()
) -> LiftLog:
    """What the client's log says before a swap (domain §6, mapping 1, 2 and 5)."""
    # The last moment of today on earth: a set just synced from the west counts.
    at = datetime.combine(facts.today, time.max, UTC) + timedelta(hours=12)
    sets = facts.logs.get(source, ())
    make = sets[-1].make if sets else ""
    heaviest = [
        max(loads)
        for loads in (
            [one.load_kg for one in best_sets(sets, at, make=make) if one.load_kg is not None],
            [one.load_kg for shape in written for one in shape.work_sets if one.load_kg],
        )
        if loads
    ]
    return LiftLog(
        e1rm_kg=working_e1rm(sets, at, make=make),
        working_kg=min(heaviest, default=None),
        pain_free_kg=facts.pain_free_kg.get(target),
        own_pairs=facts.own_pairs.get((source, target), ()),
    )


def grid_of(exercise: str, facts: Facts) -> Grid:
    """The client's loadable weights of an exercise, as an overlay keeps them (ruling 10)."""
    return Grid(facts.loadable.for_exercise(facts.library[exercise]), exercise)
