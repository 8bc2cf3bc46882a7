"""What a prescription asks for in one week: its progression and its percents worked out.

Nothing here edits a program: it is read anew each time, so a changed rule changes what is ahead.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, takewhile

from programs.domain.loadable import GRAM, Loadable
from programs.domain.prescription import Prescription, SetTarget
from programs.domain.progression_rules import (
    Double,
    Linear,
    LogGated,
    Percentages,
    Progression,
    Rule,
)
from programs.domain.strength import PAIN_LEAST, TENTH, PerformedSet


@dataclass(frozen=True, slots=True)
class Exposure:
    """One time a place of a program was trained, its sets as logged.

    `eased` marks one that says nothing about what comes next: under a regression, or in a deload
    week. What was eased never drives a progression; it goes on where it stood.
    """

    sets: tuple[PerformedSet, ...]
    eased: bool = False


def targeted(
    written: Prescription,
    *,
    week: int,
    earlier: Sequence[Exposure] = (),
    loadable: Loadable | None = None,
    e1rm_kg: Decimal | None = None,
) -> Prescription:
    """A prescription as asked for in a week of its block, 0 being the first; the rule is gone.

    `earlier` are the exposures of the same place, oldest first: "as last time + x" and the rules
    that look at the log go by them, and without any stay as written. `e1rm_kg` turns a percent
    into kg. Loads worked out here go to the nearest in `loadable` (domain §6, rounding), loads as
    written stay. Without a progression, "last time" or a percent to turn: unchanged.
    """
    counted = [one for one in earlier if not one.eased]
    sets = written.sets
    progression = written.progression
    if progression is not None:
        at = week + progression.behind
        if progression.rule is not None:
            step = _step(progression, at)
            sets = _by_rule(progression.rule, written, sets, step, counted, loadable)
        sets = _deloaded(progression, sets, at, loadable)
    sets = tuple(_in_kg(one, e1rm_kg, loadable) for one in _as_last_time(sets, counted, loadable))
    if progression is None and sets == written.sets:
        return written
    return replace(written, sets=sets, progression=None)


def waits_for_log(written: Prescription) -> bool:
    """Whether what it asks for next depends on what is logged: only the next session is known."""
    rule = written.progression.rule if written.progression else None
    if isinstance(rule, Double | LogGated):
        return True
    return any(one.last_plus_kg is not None for one in written.sets)


def is_deload(progression: Progression | None, week: int) -> bool:
    """Whether a week of its block (0 the first) is one of the lighter ones."""
    if progression is None or progression.deload is None:
        return False
    return (week + progression.behind + 1) % progression.deload.every == 0


def _step(progression: Progression, at: int) -> int:
    """How many steps were taken before a week: deload weeks are none, and repeat the last."""
    if progression.deload is None:
        return at
    every = progression.deload.every
    step = at - at // every
    return max(step - 1, 0) if (at + 1) % every == 0 else step


def _by_rule(
    rule: Rule,
    written: Prescription,
    sets: tuple[SetTarget, ...],
    step: int,
    earlier: Sequence[Exposure],
    loadable: Loadable | None,
) -> tuple[SetTarget, ...]:
    if isinstance(rule, Double | LogGated):
        load = _next_load(rule, written.work_sets, earlier, loadable)
        if load is None:
            return sets
        return _work(sets, lambda one: replace(one, load_kg=load, percent=None))
    if isinstance(rule, Linear):
        return _work(sets, lambda one: _linear(one, rule, step // rule.every, loadable))
    value = rule.weeks[min(step, len(rule.weeks) - 1)]
    if isinstance(rule, Percentages):
        return _work(sets, lambda one: replace(one, percent=value))
    return _work(sets, lambda one: replace(one, rir=value))


def _work(
    sets: Iterable[SetTarget], change: Callable[[SetTarget], SetTarget]
) -> tuple[SetTarget, ...]:
    """The sets with each work set changed; warm-ups stay as written."""
    return tuple(change(one) if one.kind == "work" else one for one in sets)


def _linear(target: SetTarget, rule: Linear, steps: int, loadable: Loadable | None) -> SetTarget:
    if not steps:
        return target
    if rule.add_kg is not None and target.load_kg is not None:
        load = target.load_kg + rule.add_kg * steps
        if rule.most_kg is not None:
            load = min(load, max(rule.most_kg, target.load_kg))
        return replace(target, load_kg=_rounded(load, loadable))
    if rule.add_percent is not None and target.percent is not None:
        return replace(target, percent=target.percent + rule.add_percent * steps)
    return target


def _next_load(
    rule: Double | LogGated,
    wanted: Sequence[SetTarget],
    earlier: Sequence[Exposure],
    loadable: Loadable | None,
) -> Decimal | None:
    """The load after what was logged, in kg; None without a logged load: it stays as written."""
    base = _usual_load(earlier[-1]) if earlier else None
    if base is None:
        return None
    top = isinstance(rule, Double)
    same = takewhile(lambda one: _usual_load(one) == base, reversed(earlier))
    # The latest first, as far as the load was the same: a new load starts a new count.
    succeeded, in_a_row = next(
        (good, len(list(run)))
        for good, run in groupby(_as_asked(one, wanted, base, top=top) for one in same)
    )
    if succeeded:
        enough = isinstance(rule, Double) or in_a_row >= rule.after
        return _raised(base, rule.add_kg, loadable) if enough else base
    if isinstance(rule, LogGated) and rule.fails is not None and in_a_row >= rule.fails:
        return _rounded(base * (100 - rule.drop_percent) / 100, loadable)
    return base


def _usual_load(exposure: Exposure) -> Decimal | None:
    """The load most work sets had, the lower one of two as frequent."""
    loads = Counter(
        one.load_kg for one in exposure.sets if one.load_kg is not None and not one.warm_up
    )
    return min(loads, key=lambda load: (-loads[load], load)) if loads else None


def _as_asked(exposure: Exposure, wanted: Sequence[SetTarget], load: Decimal, *, top: bool) -> bool:
    """Whether every set was done: load, reps (the top of the range if `top`), effort, no pain."""
    sets = [one for one in exposure.sets if not one.warm_up]
    if len(sets) < len(wanted):
        return False
    return all(
        _set_as_asked(one, target, load, top=top) for one, target in zip(sets, wanted, strict=False)
    )


def _set_as_asked(done: PerformedSet, target: SetTarget, load: Decimal, *, top: bool) -> bool:
    # A set with pain of 3 or more, or an end for position, earns nothing (domain §6, validity).
    if (done.pain or 0) >= PAIN_LEAST or done.end == "position_lost":
        return False
    if done.load_kg is None or done.load_kg < load:
        return False
    reps = (target.reps_max if top else None) or target.reps_min or 1
    if done.reps < reps:
        return False
    return done.rir is None or target.rir is None or target.amrap or done.rir >= target.rir


def _deloaded(
    progression: Progression, sets: tuple[SetTarget, ...], at: int, loadable: Loadable | None
) -> tuple[SetTarget, ...]:
    deload = progression.deload
    if deload is None or (at + 1) % deload.every:
        return sets
    if deload.load_percent is not None:
        share = deload.load_percent / 100
        sets = _work(sets, lambda one: _lightened(one, share, loadable))
    if deload.sets is None:
        return sets
    warmups = tuple(one for one in sets if one.kind == "warmup")
    return warmups + tuple(one for one in sets if one.kind == "work")[: deload.sets]


def _lightened(target: SetTarget, share: Decimal, loadable: Loadable | None) -> SetTarget:
    load, percent = target.load_kg, target.percent
    return replace(
        target,
        load_kg=None if load is None else _rounded(load * share, loadable),
        percent=None if percent is None else (percent * share).quantize(TENTH, ROUND_HALF_UP),
    )


def _as_last_time(
    sets: Sequence[SetTarget], earlier: Sequence[Exposure], loadable: Loadable | None
) -> list[SetTarget]:
    """Each "as last time + x" from the same work set of the last exposure, else from its last."""
    last = [one for one in (earlier[-1].sets if earlier else ()) if not one.warm_up]
    found: list[SetTarget] = []
    place = 0
    for one in sets:
        if one.last_plus_kg is not None:
            done = last[min(place, len(last) - 1)].load_kg if last else None
            load = None if done is None else _raised(done, one.last_plus_kg, loadable)
            one = replace(one, load_kg=load, last_plus_kg=None)
        place += one.kind == "work"
        found.append(one)
    return found


def _in_kg(target: SetTarget, e1rm_kg: Decimal | None, loadable: Loadable | None) -> SetTarget:
    if e1rm_kg is None or target.percent is None or target.load_kg is not None:
        return target
    return replace(target, load_kg=_rounded(e1rm_kg * target.percent / 100, loadable))


def _raised(base: Decimal, add: Decimal, loadable: Loadable | None) -> Decimal:
    """A load with something added; what was earned is at least the next load there is."""
    load = _rounded(base + add, loadable)
    if loadable is not None and add > 0 and load <= base:
        return loadable.up(base + GRAM) or base
    return base if add == 0 else load


def _rounded(load: Decimal, loadable: Loadable | None) -> Decimal:
    load = max(load, Decimal(0)).quantize(GRAM, ROUND_HALF_UP)
    return load if loadable is None else loadable.nearest(load)
