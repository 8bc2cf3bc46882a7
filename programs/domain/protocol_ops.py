"""The operations an option is made of, as the protocol table writes them, without a plan."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

NEAREST = "nearest"
"""Swap target: the nearest strictly lower exercise of the same pattern (domain §5 ANY-H)."""

SAME = "same"
"""Range target: the same exercise with a limit in words."""


class OpClass(StrEnum):
    """What an operation does to the training; the action sets allow by class (domain §3.5)."""

    CHECK = "check"
    EASE = "ease"
    RANGE = "range"
    SWAP = "swap"
    FREQ = "freq"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpSpec:
    """One operation. Empty `exercises`, `patterns`, `regions` mean: everything of the pattern."""

    op_class: ClassVar[OpClass]
    exercises: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckSpec(OpSpec):
    """Go through a checklist again before the first work set, for example `ht_top_v1` (S-05)."""

    op_class = OpClass.CHECK
    checklist: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupSpec(OpSpec):
    """Set `param` up as `value` says, in the words of the trade."""

    op_class = OpClass.CHECK
    param: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSpec(OpSpec):
    """Multiply each load by `factor` (below 1) and round down."""

    op_class = OpClass.EASE
    factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RepsSpec(OpSpec):
    """Prescribe `low` to `high` reps."""

    op_class = OpClass.EASE
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RirSpec(OpSpec):
    """Leave at least `rir` reps in reserve."""

    op_class = OpClass.EASE
    rir: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsSpec(OpSpec):
    """Multiply the work sets by `factor`, rounded half up, at least 1."""

    op_class = OpClass.EASE
    factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TempoSpec(OpSpec):
    """A tempo in the coach's notation: seconds down, pause, up (`3-0-1`)."""

    op_class = OpClass.EASE
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HighRepSpec(OpSpec):
    """`rx_highrep` [S]: the same exercise, 15–30 reps, 40–60 % of e1RM, RIR 3 or more."""

    op_class = OpClass.EASE
    low: int = 15
    high: int = 30
    rir: int = 3
    least_percent: int = 40
    cap_percent: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RomSpec(OpSpec):
    """Shorten the range: a sibling out of `targets` in order, or `SAME` with the limit in words."""

    op_class = OpClass.RANGE
    limit: str
    targets: tuple[str, ...] = (SAME,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapSpec(OpSpec):
    """Another exercise: the first of `targets` that fits the client; `cap_percent` of its e1RM."""

    op_class = OpClass.SWAP
    targets: tuple[str, ...]
    cap_percent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateSpec(OpSpec):
    """Exposures numbered from the start: odd ones on `odd`, even ones high-rep on `even` [S]."""

    op_class = OpClass.SWAP
    odd: str
    even: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreqSpec(OpSpec):
    """`fewer` sessions a week with the pattern, at least one kept."""

    op_class = OpClass.FREQ
    fewer: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSpec(OpSpec):
    """Leave the exercises out for at most `days` (14); `instead` names what may fill the place."""

    op_class = OpClass.REMOVE
    days: int
    instead: tuple[str, ...] = ()


STRENGTH: tuple[OpClass, ...] = (
    OpClass.REMOVE,
    OpClass.SWAP,
    OpClass.RANGE,
    OpClass.FREQ,
    OpClass.EASE,
    OpClass.CHECK,
)
"""Strongest first (domain §5, "ladder of an option")."""


def strongest(ops: tuple[OpSpec, ...]) -> OpClass:
    """The strongest class among an option's operations. Raises ValueError without any."""
    return min((op.op_class for op in ops), key=STRENGTH.index)


def ladder_letters(classes: Collection[OpClass]) -> str:
    """The ladders back for an option's classes, in the order they are climbed (domain §5).

    `AB` for an option that eases and takes a session away; empty when there is nothing to climb.
    """
    if OpClass.REMOVE in classes or OpClass.SWAP in classes:
        return "C"
    if OpClass.RANGE in classes:
        return "D"
    eased = "A" if OpClass.EASE in classes else ""
    return eased + ("B" if OpClass.FREQ in classes else "")
