"""Loads brought down to what can be loaded (domain §6 rounding: down for regressions, never up)."""

from decimal import ROUND_FLOOR, Decimal

from clients.domain.overlay import Grid

_GRAM = Decimal("0.001")
"""Loads are stored to the gram; a pound step is not a whole number of them."""


def step_down(load_kg: Decimal, grid: Grid) -> Decimal:
    """The heaviest loadable weight not above a load, in kg to the gram.

    Below the empty bar the steps count from nothing, and below one step the load itself is given:
    a lighter implement by hand (domain §6).
    """
    start = grid.bar_kg or Decimal(0)
    if load_kg + _GRAM < start:
        start = Decimal(0)
    steps = ((load_kg - start + _GRAM) / grid.step_kg).to_integral_value(ROUND_FLOOR)
    if not start and not steps:
        return load_kg.quantize(_GRAM, ROUND_FLOOR)
    return min(load_kg, (start + steps * grid.step_kg).quantize(_GRAM))


def eased(load_kg: Decimal, wanted_kg: Decimal, cap_kg: Decimal | None, grid: Grid) -> Decimal:
    """A load eased to a wanted one and rounded down, never above itself or the cap, in kg.

    Below the empty bar: the bar if it is within the cap, else lighter by hand (domain §6).
    """
    wanted = wanted_kg if cap_kg is None else min(wanted_kg, cap_kg)
    if wanted >= load_kg:
        return load_kg
    bar = grid.bar_kg
    most = load_kg if cap_kg is None else min(load_kg, cap_kg)
    if bar is not None and wanted < bar <= most:
        return bar
    return step_down(wanted, grid)


def down_to_tenth(percent: Decimal) -> Decimal:
    """A share of e1RM in whole tenths of a percent, rounded down."""
    return percent.quantize(Decimal("0.1"), ROUND_FLOOR)
