"""Places of the precision page's drawings: what became of the alerts, and how long it took.

Units are pixels at 1:1. Shares are parts of one bar; times lie on a scale by factors, because a
red flag is answered in minutes and a monitor in a day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from clients.domain.precision import Precision

BAR, TIMES = 200, 320
EDGE = 6
FIRST, LAST = 1.0, 7 * 24 * 3600.0  # seconds on the scale
TICKS = ((60, "1 min"), (3600, "1 h"), (4 * 3600, "4 h"), (24 * 3600, "1 d"))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the bar."""

    name: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One stage: from the median (a tick) to the 95th of 100."""

    name: str
    y: int
    point: int
    across: int


def bar(row: Precision) -> tuple[Part, ...]:
    """Acted on, watched, waiting, as parts of a bar; each part that holds any is seen."""
    parts, x = [], 0
    for name, count in (("acted", row.acted), ("watched", row.dismissed), ("left", row.waiting)):
        width = round(BAR * count / row.sent)
        if count:
            parts.append(Part(name, x, max(2, width)))
        x += width
    return tuple(parts)


def lines(row: Precision) -> tuple[Line, ...]:
    """Visible, seen, decided: those that were reached, one under the other."""
    stages = (("visible", row.visible), ("seen", row.seen), ("decided", row.decided))
    return tuple(
        Line(name, 7 + 10 * number, at(wait.p50), at(wait.p95) - at(wait.p50))
        for number, (name, wait) in enumerate(stages)
        if wait.p50 is not None and wait.p95 is not None
    )


def ticks() -> tuple[tuple[int, str], ...]:
    """The scale: where a minute, an hour, four hours and a day lie."""
    return tuple((at(float(seconds)), words) for seconds, words in TICKS)


def at(seconds: float) -> int:
    """The place of a time on the scale."""
    share = math.log(min(max(seconds, FIRST), LAST) / FIRST) / math.log(LAST / FIRST)
    return round(EDGE + (TIMES - 2 * EDGE) * share)
