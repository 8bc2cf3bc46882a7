"""The history of one exercise …"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from clients.domain.exercise_history import DatedSet, History, estimate, history, since
from programs.domain.strength import PerformedSet

D = Decimal
FIRST, SECOND = date(2026, 5, 4), date(2026, 5, 6)
SET = PerformedSet("ht_barbell", D(100), 5, D(2), datetime(2026, 5, 4, tzinfo=UTC))


def of(*sets: tuple[date, PerformedSet]) -> History:
    return history(DatedSet(on, one) for on, one in sets)


def test_holds_the_days_in_order_without_warm_ups() -> None:
    found = of((SECOND, SET), (FIRST, SET), (FIRST, replace(SET, warm_up=True)))
    assert [(day.on, len(day.sets)) for day in found.days] == [(FIRST, 1), (SECOND, 1)]
    assert [on for on, _ in found.curve] == [FIRST, SECOND]
    assert [day.on for day in since(found, SECOND).days] == [SECOND]
    assert since(found, SECOND).records == found.records


def test_keeps_the_records_and_the_day_each_was_first_reached() -> None:
    heavier = replace(SET, load_kg=D(110), reps=3)
    found = of((FIRST, SET), (SECOND, heavier), (SECOND, SET))
    records = {each.kind: each for each in found.records}
    assert (records["heaviest"].load_kg, records["heaviest"].on) == (110, SECOND)
    assert (records["volume"].value, records["volume"].on) == (830, SECOND)
    assert records["e1rm"].value == max(estimate(SET) or 0, estimate(heavier) or 0)
    assert [(each.reps, each.on) for each in found.by_reps] == [(3, SECOND), (5, FIRST)]


def test_of_a_set_that_hurt_or_lost_its_position_makes_no_record() -> None:
    hurt, lost = replace(SET, pain=3), replace(SET, end="position_lost")
    found = of((FIRST, hurt), (FIRST, lost))
    assert estimate(hurt) is None and estimate(lost) is None
    assert found.curve == () and found.by_reps == ()
    assert {each.kind for each in found.records} == {"volume", "reps"}


def test_of_an_exercise_without_load_counts_reps() -> None:
    plain = replace(SET, load_kg=None, rir=None)
    found = of((FIRST, plain), (SECOND, replace(plain, reps=9)))
    [most] = found.records
    assert (most.kind, most.value, most.on) == ("reps", 9, SECOND)
    assert of().records == ()


def test_estimates_a_set_to_failure_and_none_that_may_not_be_trusted() -> None:
    failed = replace(SET, rir=None, end="muscular_failure")
    assert estimate(failed) is not None
    assert estimate(replace(SET, rir=None)) is None
    assert estimate(replace(SET, reps=40)) is None
    only = of((FIRST, replace(SET, rir=None)))
    assert {each.kind for each in only.records} == {"heaviest", "volume"}
