"""Places of an exercise's drawing: the best e1RM of each day, wide and narrow, at 1:1."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from clients.domain.diff import weight
from clients.domain.exercise_history import History
from programs.domain.loadable import Unit

WIDE, NARROW = 760, 352
HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 170, 64, 14, 16, 138
TICKS = {WIDE: 6, NARROW: 3}


@dataclass(frozen=True, slots=True)
class LiftDrawing:
    """One render: the curve, a dot each day, the scale at its ends, days below."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    line: str
    dots: tuple[tuple[float, float], ...]
    scale: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, dt.date], ...]


def drawings(found: History, unit: Unit) -> tuple[tuple[str, LiftDrawing], ...]:
    """Both renders under the names of their style classes; none below two days."""
    if len(found.curve) < 2:
        return ()
    return tuple(
        (name, _drawing(found, unit, width)) for name, width in (("wide", WIDE), ("narrow", NARROW))
    )


def _drawing(found: History, unit: Unit, width: int) -> LiftDrawing:
    curve = found.curve
    first, last = curve[0][0], curve[-1][0]
    days = max((last - first).days, 1)
    values = [value for _, value in curve]
    low, high = min(values), max(values)
    room = max(high - low, high / 20)

    def x(on: dt.date) -> float:
        return round(LEFT + (width - RIGHT - LEFT) * (on - first).days / days, 1)

    def y(value: Decimal) -> float:
        return round(BOTTOM - float((value - low) / room) * (BOTTOM - TOP), 1)

    points = tuple((x(on), y(value)) for on, value in curve)
    step = days / TICKS[width]
    ticks = [first + dt.timedelta(days=round(n * step)) for n in range(TICKS[width] + 1)]
    ends = [low] if high == low else [low, high]
    return LiftDrawing(
        width=width,
        height=HEIGHT,
        left=LEFT,
        right=width - RIGHT,
        top=TOP,
        bottom=BOTTOM,
        line=" ".join(f"{across},{up}" for across, up in points),
        dots=points,
        scale=tuple((y(value), weight(value, unit)) for value in ends),
        days=tuple((x(each), each) for each in dict.fromkeys(ticks)),
    )
