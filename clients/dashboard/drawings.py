"""The timeline twice: wide and narrow at 1:1, chosen by the width of its place on the page."""

from __future__ import annotations

from decimal import Decimal

from clients.domain.timeline import Drawing, Rows, draw
from programs.domain.loadable import from_kg

WIDE, NARROW = 760, 352


def two_drawings(rows: Rows, unit: str) -> tuple[tuple[str, Drawing], ...]:
    """Both renders under the names of their style classes; none when there is nothing to draw."""
    if rows.empty:
        return ()
    factor = from_kg(Decimal(1), "lb" if unit == "lb" else "kg")
    return tuple(
        (name, draw(rows, width=width, unit_factor=factor))
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )
