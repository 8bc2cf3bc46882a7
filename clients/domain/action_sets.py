"""Which classes of operations a level allows, and in what order they are shown (domain §3.5)."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from programs.domain.protocol_ops import OpClass

T = TypeVar("T")

YES, NO, WITH = "yes", "no", "with"

_ORDER = (
    OpClass.CHECK,
    OpClass.EASE,
    OpClass.RANGE,
    OpClass.SWAP,
    OpClass.FREQ,
    OpClass.REMOVE,
)
_TABLE = {
    "A1": (YES, YES, YES, YES, YES, NO),
    "A2": (YES, YES, YES, YES, YES, YES),
    "A3": (WITH, YES, YES, YES, YES, YES),
    "A4": (WITH, WITH, WITH, YES, WITH, YES),
}
"""A0 and A5 offer nothing: at A5 the coach writes by hand."""


def offers_anything(action_set: str) -> bool:
    """Whether options exist under an action set at all."""
    return action_set in _TABLE


def allows(action_set: str, classes: Collection[OpClass]) -> bool:
    """At least one class marked yes and none marked no; "with" only beside a yes."""
    if not offers_anything(action_set):
        return False
    marks = dict(zip(_ORDER, _TABLE[action_set], strict=True))
    said = {marks[one] for one in classes}
    return YES in said and NO not in said


def in_order(action_set: str, options: Sequence[tuple[Collection[OpClass], T]]) -> tuple[T, ...]:
    """Options with their classes, as shown: at A1 rechecks first, from A2 on removal last."""
    if action_set == "A1":
        ranked = sorted(options, key=lambda option: OpClass.CHECK not in option[0])
    else:
        ranked = sorted(options, key=lambda option: OpClass.REMOVE in option[0])
    return tuple(shown for _, shown in ranked)
