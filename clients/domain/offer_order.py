"""Which options an action set lets through, and in what order they are shown (domain §3.5)."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from clients.domain.action_sets import permits
from programs.domain.protocol_ops import OpClass

T = TypeVar("T")

OFFERING_SETS = frozenset({"A1", "A2", "A3", "A4"})
"""At A0 nothing is proposed; at A5 the coach writes by hand."""


def allows(action_set: str, classes: Collection[OpClass], *, questions_left: bool) -> bool:
    """At least one class marked yes and none marked no; "with" only beside a yes.

    `questions_left` leaves swaps and removal out (D05b).
    """
    table = permits(action_set, questions_left=questions_left)
    marks = {getattr(table, one.value) for one in classes}
    return "yes" in marks and marks.isdisjoint({"no", "by_hand"})


def in_order(action_set: str, options: Sequence[tuple[Collection[OpClass], T]]) -> tuple[T, ...]:
    """Options with their classes, as shown: at A1 rechecks first, at A2 and A3 removal last."""
    table = permits(action_set, questions_left=False)
    ranked = list(options)
    if table.check_first:
        ranked.sort(key=lambda option: OpClass.CHECK not in option[0])
    if table.removal_last:
        ranked.sort(key=lambda option: OpClass.REMOVE in option[0])
    return tuple(shown for _, shown in ranked)
