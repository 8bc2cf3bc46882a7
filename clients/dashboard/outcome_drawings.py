"""Places of the outcome page's drawings: an interval with its tick, and the step curve, twice.

Units are pixels at 1:1; the curve is drawn wide and narrow because a scaled one has letters too
small to read. Shares are fractions, days are since apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clients.domain.option_rows import DAYS, AtRisk, OptionRow
from clients.domain.survival import Curve

INTERVAL = 200
EDGE = 6
WIDE, NARROW = 760, 352
HEIGHT = 190
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 14, 160
MOST_DOTS = 30
WEEK = 7


@dataclass(frozen=True, slots=True)
class Interval:
    """A range from `low` to `high` on a line of `width`, its point estimate a tick at `point`."""

    width: int
    first: int
    last: int
    low: int
    across: int
    point: int
    half: int


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of the band."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CurveDrawing:
    """The curve, its band, the dashed curve of those who left for another way, and the axes."""

    width: int
    height: int
    left: int
    right: int
    top: int
    middle: int
    bottom: int
    steps: str
    band: tuple[Box, ...]
    elsewhere: str
    days: tuple[tuple[int, int], ...]


def dots(row: OptionRow) -> tuple[str, str]:
    """Filled and open dots of a count; none when there are too many to be seen as a number."""
    if row.of > MOST_DOTS:
        return "", ""
    return "●" * row.settled, "○" * (row.of - row.settled)


def interval(row: OptionRow) -> Interval | None:
    """The drawn interval; None below 5 answers."""
    if row.interval is None:
        return None
    span = INTERVAL - 2 * EDGE

    def at(percent: float) -> int:
        return round(EDGE + span * percent / 100)

    low, high = row.interval
    return Interval(
        width=INTERVAL,
        first=EDGE,
        last=INTERVAL - EDGE,
        low=at(low),
        across=at(high) - at(low),
        point=at(100 * row.settled / row.of),
        half=at(50),
    )


def curves(row: OptionRow) -> tuple[tuple[str, CurveDrawing], ...]:
    """Both renders under the names of their style classes; none below 5 answers."""
    if row.curve is None or row.competing is None:
        return ()
    return tuple(
        (name, _curve(row.curve, row.competing, row.at_risk, width))
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )


def _curve(settled: Curve, elsewhere: Curve, at_risk: Sequence[AtRisk], width: int) -> CurveDrawing:
    followed = [each.day for each in at_risk if each.at_risk]
    end = max([*followed, *(point.day for point in (*settled.points, *elsewhere.points))])
    last = max(DAYS[-1], -(-end // WEEK) * WEEK)
    every = WEEK * max(1, -(-(last // WEEK) // (12 if width > NARROW else 5)))

    def x(day: int) -> float:
        return round(LEFT + (width - RIGHT - LEFT) * day / last, 1)

    def y(share: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    def steps(curve: Curve) -> str:
        path = [f"M{LEFT} {y(curve.start)}"]
        path += [f"H{x(point.day)}V{y(point.share)}" for point in curve.points]
        return "".join([*path, f"H{x(end)}"])

    until = [point.day for point in settled.points[1:]] + [end]
    band = []
    for point, day in zip(settled.points, until, strict=True):
        if point.low is not None and point.high is not None and day > point.day:
            top, foot = round(y(point.high)), round(y(point.low))
            band.append(Box(round(x(point.day)), top, round(x(day) - x(point.day)), foot - top))
    return CurveDrawing(
        width=width,
        height=HEIGHT,
        left=LEFT,
        right=width - RIGHT,
        top=TOP,
        middle=(TOP + BOTTOM) // 2,
        bottom=BOTTOM,
        steps=steps(settled),
        band=tuple(band),
        elsewhere=steps(elsewhere) if elsewhere.points else "",
        days=tuple((round(x(day)), day) for day in range(0, last + 1, every)),
    )
