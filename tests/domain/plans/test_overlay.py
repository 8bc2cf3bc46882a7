"""An overlay …"""

from collections.abc import Callable
from decimal import Decimal as D

import pytest

from clients.domain.overlay import (
    Alternate,
    Freq,
    Grid,
    HighRep,
    Op,
    Overlay,
    Remove,
    Reps,
    RirMin,
    ScaleLoad,
    ScaleSets,
    Swap,
)
from clients.domain.overlay_json import from_json, to_json
from programs.domain.loadable import Loadable
from tests.domain.plans.training import BAR, MONDAY, overlay


@pytest.mark.parametrize(
    "make",
    [
        lambda: ScaleLoad(D("1.05")),
        lambda: ScaleLoad(D(0)),
        lambda: ScaleLoad(D("0.8"), D(0)),
        lambda: ScaleSets(D(2)),
        lambda: Reps(8, 5),
        lambda: Reps(0, 5),
        lambda: RirMin(D(11)),
        lambda: Swap("ht_barbell", "ht_barbell"),
        lambda: Swap("ht_barbell", "ht_band", (D(-5),)),
        lambda: Freq(0),
        lambda: HighRep(30, 15, D(3)),
        lambda: Alternate((), (RirMin(D(3)),)),
        lambda: Alternate((Remove(),), (RirMin(D(3)),)),
        lambda: overlay(),
        lambda: overlay(Remove(), pattern=None),
    ],
)
def test_refuses_what_cannot_be_meant(make: Callable[[], Op | Overlay]) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        make()


def test_accepts_the_last_value_that_can_be_meant() -> None:
    ten, none = D(10), D(0)
    assert (Reps(1, 1).high, RirMin(none).n, RirMin(ten).n) == (1, 0, 10)
    assert (ScaleLoad(D(1)).factor, ScaleSets(D(1)).factor, Freq(1).minus) == (1, 1, 1)
    assert [HighRep(1, 1, rir).rir_min for rir in (none, ten)] == [0, 10]
    for refused in (D("10.5"), D(-1)):
        with pytest.raises(ValueError, match="reps left"):
            HighRep(15, 30, refused)


@pytest.mark.parametrize(
    "change",
    [
        {"ops": [{"op": "heal"}]},
        {"ops": [{"op": "freq", "minus": 1, "plus": 2}]},
        {"ops": [{"op": "freq"}]},
        {"until": "2026-01-01"},
    ],
)
def test_is_not_read_with_an_operation_or_a_member_unknown(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="unknown operation|takes"):
        from_json(to_json(overlay(Freq(1))) | change)


def test_covers_its_first_date_and_not_the_date_it_was_ended_on() -> None:
    closed = overlay(Remove(), ended_on=MONDAY.replace(day=10))
    assert [closed.covers(MONDAY.replace(day=day)) for day in (3, 9, 10)] == [True, True, False]
    assert not closed.covers(MONDAY.replace(day=2))


def test_knows_the_grid_of_a_lift_before_the_general_one() -> None:
    dumbbells = Grid(Loadable.dumbbells(), "sq_goblet")
    laid = overlay(Remove(), grids=(dumbbells, BAR))
    assert laid.loadable("sq_goblet") == dumbbells.loadable
    assert laid.loadable("sq_back") == BAR.loadable
    assert overlay(Remove(), grids=()).loadable("sq_back") == Grid().loadable
