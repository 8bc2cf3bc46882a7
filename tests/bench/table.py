"""The table a bench ends with: figure, measured, target, ratio to the baseline of the same run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

COLUMNS = ("figure", "measured", "target", "×baseline", "")


def at_rank(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent lie (nearest rank); not a number for none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def middle(values: Sequence[float]) -> float:
    """The value half of them stay below."""
    return at_rank(values, 50)


@dataclass(slots=True)
class Table:
    """Figures in the order they were measured; what is wrong, not slow, fails the run."""

    lines: list[tuple[str, ...]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def figure(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        most: float | None = None,
        least: float | None = None,
        ratio: float | None = None,
    ) -> None:
        """One figure; beside its target whether it holds on this machine at this moment."""
        target, mark = "", ""
        if most is not None:
            target, mark = f"≤ {most:g} {unit}", "" if value <= most else "slower"
        if least is not None:
            target, mark = f"≥ {least:g} {unit}", "" if value >= least else "slower"
        times = "" if ratio is None else f"{ratio:.2f}"
        self.lines.append((name, f"{_short(value)} {unit}", target, times, mark))

    def must(self, name: str, count: int, *, exactly: int = 0) -> None:
        """Something that no machine excuses: a lost alert, a request that failed."""
        right = count == exactly
        self.lines.append((name, str(count), str(exactly), "", "" if right else "WRONG"))
        if not right:
            self.wrong.append(f"{name}: {count}, not {exactly}")

    def __str__(self) -> str:
        rows = [COLUMNS, *self.lines]
        widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        )


def _short(value: float) -> str:
    if math.isnan(value):
        return "none"
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
