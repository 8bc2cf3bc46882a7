"""A load can be put together, in kilograms or pounds, and rounding down never rises (domain §6)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.domain.exercises import library
from programs.domain.loadable import BARS, GRAM, Implements, Loadable, Plate, Unit, from_kg, to_kg

KINDS = (
    Loadable.barbell(),
    Loadable.barbell("lb"),
    Loadable.barbell("kg", Decimal(15), (Plate(Decimal(20), 2), Plate(Decimal(5), 1))),
    Loadable.barbell("lb", None, (Plate(Decimal(45), 3), Plate(Decimal("2.5"), 1))),
    Loadable.dumbbells(),
    Loadable.dumbbells("lb", 1),
    Loadable.dumbbells("kg", 2, heaviest=Decimal(40)),
    Loadable.stack(),
    Loadable.stack("lb"),
)
kinds = st.sampled_from(KINDS)
weights = st.integers(1, 400_000).map(lambda grams: grams * GRAM)


def test_a_stack_has_the_step_its_owner_names() -> None:
    assert Loadable.stack("kg", Decimal("2.5")).down(Decimal("33")) == Decimal("32.5")
    assert Loadable.stack("kg", Decimal("10")).down(Decimal("33")) == Decimal("30")


@pytest.mark.parametrize(
    ("kind", "kg", "down", "nearest"),
    [
        (Loadable.barbell(), "61.1208", "60", "60"),
        (Loadable.barbell(), "58.6", "57.5", "57.5"),
        (Loadable.barbell(), "61.3", "60", "62.5"),
        (Loadable.barbell(), "61.25", "60", "60"),
        (Loadable.barbell(), "60", "60", "60"),
        (Loadable.barbell(), "19.9", None, "20"),
        (Loadable.barbell("kg", Decimal(15)), "19.9", "17.5", "20"),
        (Loadable.dumbbells(), "21.9", "20", "20"),
        (Loadable.dumbbells(), "22.1", "20", "24"),
        (Loadable.dumbbells("kg", 1), "21.9", "20", "22"),
        (Loadable.dumbbells("kg", 2, heaviest=Decimal(20)), "60", "40", "40"),
        (Loadable.dumbbells("kg", 2, heaviest=Decimal(21)), "60", "42", "42"),
        (Loadable.dumbbells("kg", 2), "3", None, "4"),
        (Loadable.stack(), "31", "30", "30"),
    ],
)
def test_loads_are_rounded_to_what_is_there(
    kind: Loadable, kg: str, down: str | None, nearest: str
) -> None:
    assert kind.down(Decimal(kg)) == (None if down is None else Decimal(down))
    assert kind.nearest(Decimal(kg)) == Decimal(nearest)


def test_pounds_are_rounded_in_pounds() -> None:
    bar = Loadable.barbell("lb")
    assert bar.down(Decimal("61.121")) == to_kg(Decimal(130), "lb") == Decimal("58.967")
    pair = Loadable.dumbbells("lb")
    assert pair.down(to_kg(Decimal(59), "lb")) == to_kg(Decimal(50), "lb")


def test_owned_plates_are_all_there_is() -> None:
    bar = KINDS[2]
    found = [bar.down(Decimal(kg)) for kg in (14, 15, 24, 25, 54, 60, 64, 200)]
    assert found == [None, 15, 15, 25, 25, 55, 55, 105]
    assert bar.up(Decimal(106)) is None
    assert bar.nearest(Decimal(200)) == 105
    assert bar.nearest(Decimal(41)) == 55


@pytest.mark.parametrize("unit", ["kg", "lb"])
def test_the_bars_and_steps_are_those_of_the_rule(unit: Unit) -> None:
    bar, dumbbell = Loadable.barbell(unit), Loadable.dumbbells(unit, 1)
    assert bar.empty == (20 if unit == "kg" else 45)
    assert bar.step == (Decimal("2.5") if unit == "kg" else 5)
    assert dumbbell.step == (2 if unit == "kg" else 5)
    assert Loadable.dumbbells(unit).step == 2 * dumbbell.step


def test_the_bars_to_choose_from_are_those_of_the_rule() -> None:
    assert BARS == {"kg": (20, 15, 10), "lb": (45, 35)}


@given(kinds, weights)
@settings(max_examples=200, deadline=None)
def test_rounding_down_never_rises_and_stays_when_repeated(kind: Loadable, kg: Decimal) -> None:
    down = kind.down(kg)
    if down is None:
        assert kg < kind.lightest
    else:
        assert down <= kg
        assert kind.down(down) == down == kind.nearest(down) == kind.up(down)


@given(kinds, weights, weights)
@settings(max_examples=200, deadline=None)
def test_rounding_keeps_the_order(kind: Loadable, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert (kind.down(low) or 0) <= (kind.down(high) or 0)
    assert kind.nearest(low) <= kind.nearest(high)


@given(kinds, weights)
@settings(max_examples=200, deadline=None)
def test_nearest_lies_between_down_and_up(kind: Loadable, kg: Decimal) -> None:
    nearest, down, up = kind.nearest(kg), kind.down(kg), kind.up(kg)
    assert nearest in {down, up}
    assert up is None or up >= kg


@given(st.integers(1, 100_000))
@settings(max_examples=200, deadline=None)
def test_pounds_come_back_as_they_were_entered(hundredths: int) -> None:
    pounds = Decimal(hundredths) / 100
    assert from_kg(to_kg(pounds, "lb"), "lb") == pounds


def test_a_pound_is_exact() -> None:
    assert to_kg(Decimal(1000), "lb") == Decimal("453.592")
    assert to_kg(Decimal(45), "lb") == Decimal("20.412")
    assert to_kg(Decimal("62.5"), "kg") == Decimal("62.500")


@pytest.mark.parametrize(
    ("exercise", "empty", "step"),
    [
        ("ht_barbell", "20", "2.5"),
        ("dl_trap", "20", "2.5"),
        ("bp_db", "4", "4"),
        ("row_db", "2", "2"),
        ("leg_press", "2.5", "2.5"),
    ],
)
def test_an_exercise_is_rounded_by_its_implement(exercise: str, empty: str, step: str) -> None:
    found = Implements().for_exercise(library()[exercise])
    assert (found.empty, found.step) == (Decimal(empty), Decimal(step))


def test_what_a_client_owns_replaces_the_defaults() -> None:
    own = Implements("lb", Decimal(35), (Plate(Decimal(10), 4),), Decimal("2.5"))
    bar = own.for_exercise(library()["ht_barbell"])
    assert (bar.unit, bar.plates) == ("lb", (Plate(Decimal(10), 4),))
    assert bar.empty == 35
    assert own.for_exercise(library()["bp_db"]).step == 5


@pytest.mark.parametrize(("weight", "pairs"), [("0", 1), ("-5", 1), ("5", 0)])
def test_a_plate_without_weight_or_pair_is_refused(weight: str, pairs: int) -> None:
    with pytest.raises(ValueError, match="a plate has a weight"):
        Plate(Decimal(weight), pairs)


def test_small_steps_from_nothing_are_fine() -> None:
    assert Loadable("kg", Decimal(0), Decimal("0.5")).down(Decimal("0.7")) == Decimal("0.5")


def test_steps_that_lead_nowhere_are_refused() -> None:
    with pytest.raises(ValueError, match="a step is above 0"):
        Loadable("kg", Decimal(20), Decimal(0))
    with pytest.raises(ValueError, match="a step is above 0"):
        Loadable("kg", Decimal(-1), Decimal(1))
    with pytest.raises(ValueError, match="heaviest load"):
        Loadable.dumbbells("kg", 2, lightest=Decimal(10), heaviest=Decimal(8))
