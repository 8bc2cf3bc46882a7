"""Loads brought down to what can be loaded (domain §6 rounding: down for regressions, never up)."""

from decimal import ROUND_FLOOR, Decimal

from programs.domain.loadable import GRAM, Loadable


def step_down(load_kg: Decimal, loadable: Loadable) -> Decimal:
    """The heaviest loadable weight not above a load, in kg to the gram.

    Below the empty bar the load itself: a lighter implement, chosen by hand (domain §6).
    """
    down = loadable.down(load_kg)
    return load_kg.quantize(GRAM, ROUND_FLOOR) if down is None else down


def eased(
    load_kg: Decimal, wanted_kg: Decimal, cap_kg: Decimal | None, loadable: Loadable
) -> Decimal:
    """A load eased to a wanted one and rounded down, never above itself or the cap, in kg.

    Below the empty bar: the bar if it is within the cap, else lighter by hand (domain §6). The
    bar itself is eased by hand too: the same weight again would ease nothing.
    """
    most = load_kg if cap_kg is None else min(load_kg, cap_kg)
    wanted = min(wanted_kg, most)
    bar = loadable.lightest
    if wanted == load_kg:
        return load_kg
    if wanted < bar <= most and bar < load_kg:
        return bar
    return step_down(wanted, loadable)


def down_to_tenth(percent: Decimal) -> Decimal:
    """A share of e1RM in whole tenths of a percent, rounded down."""
    return percent.quantize(Decimal("0.1"), ROUND_FLOOR)
