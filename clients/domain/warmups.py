"""Warm-up sets that follow their changed work sets (domain §5, "warm-up sets")."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from clients.domain.rounding import down_to_tenth, step_down
from programs.domain.loadable import Loadable
from programs.domain.prescription import SetTarget

EASY_RIR = Decimal(6)
"""The one easy set before body-weight or band work leaves six reps or more."""


def ramp(work: SetTarget) -> tuple[SetTarget, SetTarget]:
    """Two ramp sets by which the client finds a load nobody knows yet (domain §6, step 7)."""
    rising = replace(work, kind="warmup", load_kg=None, percent=None, rir=None, amrap=False)
    return rising, rising


def easy(work: SetTarget) -> tuple[SetTarget]:
    """The one easy set that stands for all warm-ups before body-weight or band work."""
    light = replace(work, kind="warmup", load_kg=None, percent=None, rir=EASY_RIR, amrap=False)
    return (light,)


def rescaled(
    warmups: Sequence[SetTarget],
    before: Sequence[SetTarget],
    after: Sequence[SetTarget],
    loadable: Loadable,
) -> tuple[SetTarget, ...]:
    """Warm-ups × (new ÷ old working load), rounded down; those below the bar become one bar set.

    A warm-up written in percent keeps its share of the working load. `before` and `after` are the
    work sets, the heaviest of which is the working load.
    """
    old, new = _heaviest(before, "load_kg"), _heaviest(after, "load_kg")
    if new is None:
        return _share_of_percent(warmups, before, after)
    old_percent = _heaviest(before, "percent")
    kept: list[SetTarget] = []
    bar_set = False
    for target in warmups:
        wanted = _wanted(target, old, new, old_percent)
        if wanted is None:
            kept.append(target)
            continue
        bar = loadable.lightest
        at_bar = wanted < bar <= min(new, target.load_kg or new)
        if at_bar and bar_set:
            continue
        bar_set = bar_set or at_bar
        load = bar if at_bar else step_down(wanted, loadable)
        kept.append(replace(target, load_kg=load, percent=None))
    return tuple(kept)


def _wanted(
    target: SetTarget, old: Decimal | None, new: Decimal, old_percent: Decimal | None
) -> Decimal | None:
    """The load a warm-up should have before rounding; None where it is written without one."""
    if target.load_kg is not None:
        return min(target.load_kg, target.load_kg * new / old if old else new)
    if target.percent is not None and old_percent:
        return new * target.percent / old_percent
    return None


def _share_of_percent(
    warmups: Sequence[SetTarget], before: Sequence[SetTarget], after: Sequence[SetTarget]
) -> tuple[SetTarget, ...]:
    """Warm-ups of a lift written in percent alone, at the same share of the new percent."""
    old, new = _heaviest(before, "percent"), _heaviest(after, "percent")
    if not old or not new:
        return tuple(warmups)
    return tuple(
        target
        if target.percent is None
        else replace(target, percent=down_to_tenth(target.percent * new / old))
        for target in warmups
    )


def _heaviest(targets: Sequence[SetTarget], member: str) -> Decimal | None:
    return max(
        (value for target in targets if (value := getattr(target, member)) is not None),
        default=None,
    )
