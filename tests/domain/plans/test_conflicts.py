"""A second change is refused beside a first one …"""

from datetime import date
from decimal import Decimal as D

import pytest

from clients.domain.conflicts import conflicts
from clients.domain.overlay import (
    Alternate,
    Freq,
    HighRep,
    Op,
    Range,
    Recheck,
    Remove,
    Reps,
    RirMin,
    ScaleLoad,
    ScaleSets,
    Setup,
    Swap,
    Tempo,
)
from programs.domain.exercises import library
from tests.domain.plans.training import MONDAY, overlay

LIBRARY = library()
AMERICAN = Swap("ht_barbell", "ht_american", (D(60),))
EASE = ScaleLoad(D("0.8"))


def refused(first: Op, second: Op) -> bool:
    return bool(conflicts([overlay(first)], overlay(second, id="o2"), LIBRARY))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (EASE, EASE),
        (AMERICAN, EASE),
        (AMERICAN, AMERICAN),
        (AMERICAN, Recheck("ht_top_v1")),
        (AMERICAN, Setup("feet", "out")),
        (Remove(), RirMin(D(3))),
        (Freq(1), Freq(1)),
        (ScaleSets(D("0.5")), ScaleSets(D("0.5"))),
        (HighRep(15, 30, D(3)), Reps(8, 12)),
        (Reps(5, 8), Reps(8, 12)),
        (Tempo("3-1-1"), Tempo("4-0-1")),
        (Range("shallow"), Range("half")),
        (Range("shallow", "ht_kas"), EASE),
        (Recheck("ht_top_v1"), Recheck("ht_setup_v1")),
        (Setup("feet", "out"), Setup("feet", "in")),
        (Alternate((AMERICAN,), (HighRep(15, 30, D(3)),)), EASE),
    ],
)
def test_that_settles_the_same_matter_differently(first: Op, second: Op) -> None:
    assert refused(first, second)
    assert refused(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RirMin(D(3)), RirMin(D(4))),
        (RirMin(D(3)), AMERICAN),
        (Freq(1), EASE),
        (Tempo("3-1-1"), Tempo("3-1-1")),
        (Setup("feet", "out"), Setup("bench", "low")),
        (Recheck("ht_top_v1"), EASE),
        (ScaleSets(D("0.5")), EASE),
    ],
)
def test_but_not_where_both_can_hold(first: Op, second: Op) -> None:
    assert not refused(first, second)
    assert not refused(second, first)


def test_but_not_on_another_pattern_or_another_lift_of_it() -> None:
    hip = overlay(EASE)
    assert conflicts([hip], overlay(EASE, id="o2", pattern="squat"), LIBRARY) == ()
    named = overlay(EASE, id="o2", exercises=("sq_back",))
    assert conflicts([hip], named, LIBRARY) == ()
    bridge = overlay(Swap("gb_barbell", "gb_bw"))
    assert conflicts([bridge], overlay(AMERICAN, id="o2"), LIBRARY) == ()


def test_that_thins_out_the_week_of_a_lift_the_other_only_swaps_beside() -> None:
    week_and_swap = overlay(Freq(1), AMERICAN)
    bridges = overlay(Freq(1), id="o2", exercises=("gb_barbell",))
    assert conflicts([week_and_swap], bridges, LIBRARY)


def test_but_not_where_a_shorter_range_stays_inside_its_own_pattern() -> None:
    ranged = overlay(Range("shallow", "ht_kas"), exercises=("ht_barbell",))
    bridges = overlay(ScaleLoad(D("0.8")), id="o2", exercises=("gb_barbell",))
    assert conflicts([ranged], bridges, LIBRARY) == ()


def test_but_not_after_a_person_ended_the_first() -> None:
    ended = overlay(EASE, ended_on=date(2025, 11, 10))
    assert conflicts([ended], overlay(EASE, id="o2", starts_on=date(2025, 11, 10)), LIBRARY) == ()
    assert conflicts([ended], overlay(EASE, id="o2", starts_on=date(2025, 11, 9)), LIBRARY)


def test_even_long_after_the_first_ones_review_date() -> None:
    late = overlay(EASE, id="o2", starts_on=date(2026, 11, 2))
    assert conflicts([overlay(EASE, days=14)], late, LIBRARY)


def test_that_brings_in_a_lift_paused_elsewhere() -> None:
    paused = overlay(Remove())
    squat = overlay(Swap("sq_back", "ht_barbell"), id="o2", pattern="squat")
    assert conflicts([paused], squat, LIBRARY)
    assert conflicts([squat], paused, LIBRARY)
    ranged = overlay(Range("high", "ht_kas"), id="o2", pattern="squat")
    assert conflicts([paused], ranged, LIBRARY)
    alternating = overlay(
        Alternate((Swap("sq_back", "ht_band"),), (EASE,)), id="o2", pattern="squat"
    )
    assert conflicts([paused], alternating, LIBRARY)
    watched = overlay(Recheck("ht_top_v1"))
    assert conflicts([watched], squat, LIBRARY) == ()


def test_with_a_sentence_that_says_what_and_since_when() -> None:
    (conflict,) = conflicts([overlay(AMERICAN)], overlay(EASE, id="o2"), LIBRARY)
    assert conflict.sentence == (
        "Barbell hip thrust: the load is already changed since Mon 3 Nov 2025. "
        "End that regression first, or choose a change that leaves it as it is."
    )
    assert (conflict.overlay, conflict.matter) == ("o1", "load")
    assert conflict.exercises == ("ht_barbell",)
    (wide,) = conflicts([overlay(EASE)], overlay(EASE, id="o2"), LIBRARY)
    assert wide.sentence.startswith("Barbell hip thrust and 23 more: the load")
    two = ("ht_barbell", "gb_barbell")
    (pair,) = conflicts([overlay(EASE)], overlay(EASE, id="o2", exercises=two), LIBRARY)
    assert pair.sentence.startswith("Barbell hip thrust and 1 more: the load")


def test_but_never_beside_itself() -> None:
    assert conflicts([overlay(EASE)], overlay(EASE, starts_on=MONDAY), LIBRARY) == ()


def test_names_the_lift_itself_when_one_is_paused() -> None:
    found = conflicts([overlay(EASE)], overlay(Remove(), id="o2"), LIBRARY)
    assert [each.matter for each in found] == ["lift"]
