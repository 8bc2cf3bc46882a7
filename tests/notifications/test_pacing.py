"""How a channel is kept clear: slots, a breaker with a probe, a speed limit; red flags pass."""

from __future__ import annotations

import pytest

from coachapi.notifications import pacing
from coachapi.notifications.pacing import FAILURES, PAUSES, Lane, Room, Rule

RULE = Rule(slots=4, spare=2, per_second=10)


def sick(at: float = 0.0) -> Lane:
    """A channel whose provider has just failed once too often."""
    lane = Lane()
    for _ in range(FAILURES):
        lane = pacing.failed(lane, RULE, at=at)
    return lane


def test_slots_are_for_all_and_the_spare_ones_for_red_flags() -> None:
    assert pacing.room(Lane(), RULE, under_way=0, at=0) == Room(4, 6)
    assert pacing.room(Lane(), RULE, under_way=4, at=0) == Room(0, 2)
    assert pacing.room(Lane(), RULE, under_way=7, at=0) == Room(0, 0)


def test_a_burst_is_bounded_and_comes_back_with_time() -> None:
    lane = Lane()
    for _ in range(9):
        lane = pacing.began(lane, RULE, at=0)
    assert pacing.room(lane, RULE, under_way=0, at=0) == Room(1, 6)
    lane = pacing.began(lane, RULE, at=0)
    assert pacing.room(lane, RULE, under_way=0, at=0).ordinary == 0
    assert pacing.room(lane, RULE, under_way=0, at=0.35).ordinary == 3


def test_a_sick_provider_is_left_alone_but_for_red_flags_and_one_probe() -> None:
    lane = sick()
    assert pacing.room(lane, RULE, under_way=0, at=0.9) == Room(0, 6)
    assert pacing.room(lane, RULE, under_way=0, at=1.0) == Room(1, 6)
    probing = pacing.began(lane, RULE, at=1.0)
    assert pacing.room(probing, RULE, under_way=1, at=1.1).ordinary == 0
    again = pacing.failed(probing, RULE, at=2.0)
    assert pacing.room(again, RULE, under_way=0, at=3.9).ordinary == 0, "twice as long"
    assert pacing.room(again, RULE, under_way=0, at=4.0).ordinary == 1
    well = pacing.answered(pacing.began(again, RULE, at=4.0))
    assert pacing.room(well, RULE, under_way=0, at=9.0) == Room(4, 6)


def test_it_is_never_left_alone_for_longer_than_half_a_minute() -> None:
    lane, at = sick(), 1000.0
    for _ in range(20):
        lane, at = pacing.failed(lane, RULE, at=at), at + 100
    assert pacing.room(lane, RULE, under_way=0, at=at - 100 + pacing.SHUT_LONGEST).ordinary == 1


def test_what_was_under_way_when_it_was_shut_says_no_more() -> None:
    lane = sick()
    assert pacing.failed(lane, RULE, at=0.5).shut_until == lane.shut_until


def test_a_provider_that_names_its_time_gets_it_up_to_a_minute() -> None:
    asked = pacing.failed(Lane(), RULE, at=0, wait=7)
    assert pacing.room(asked, RULE, under_way=0, at=6.9) == Room(0, 6)
    assert pacing.room(asked, RULE, under_way=0, at=7.0).ordinary == 4
    assert pacing.failed(Lane(), RULE, at=0, wait=3600).asked_until == pacing.WAIT_LONGEST
    passed = pacing.answered(asked)
    assert pacing.room(passed, RULE, under_way=0, at=6.9).ordinary == 0, "a red flag got through"


def test_one_webhook_that_fails_says_nothing_of_the_others() -> None:
    rule, lane = pacing.rule("webhook"), Lane()
    for _ in range(3 * FAILURES):
        lane = pacing.failed(lane, rule, at=0, wait=7)
    assert pacing.room(lane, rule, under_way=0, at=0).ordinary == rule.slots


@pytest.mark.parametrize(("attempt", "longest"), [*enumerate(PAUSES, 1), (50, PAUSES[-1])])
def test_a_pause_is_anything_up_to_the_schedules(attempt: int, longest: float) -> None:
    assert pacing.pause(attempt, chance=0) == 0
    assert pacing.pause(attempt, chance=0.5) == longest / 2
    assert pacing.pause(attempt, chance=0.25, wait=7) == 7.25
