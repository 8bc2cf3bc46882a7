"""What the client reads while nobody has looked."""

from __future__ import annotations

import datetime as dt

import pytest

from clients.domain.levels import Level, Priority
from clients.domain.reached import look_within, way, words
from clients.domain.reader import weight_of

AT = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("level", "minutes"),
    [("emergency", 10), ("urgent", 60), ("refer", 240), ("modify+", 240), ("modify", 1440),
     ("monitor", None), ("log", None)],
)  # fmt: skip
def test_nobody_has_looked_in_the_time_of_the_level(level: str, minutes: int | None) -> None:
    within = look_within(weight_of(level))
    assert within == (None if minutes is None else minutes * MINUTE)


def test_an_incomplete_report_waits_as_long_as_its_answered_part() -> None:
    assert look_within((Level.INCOMPLETE, Priority.HIGH), 5 * MINUTE) == 5 * MINUTE
    assert look_within(weight_of("refer"), 5 * MINUTE) == 240 * MINUTE


@pytest.mark.parametrize(
    ("seen", "changed", "minutes_later", "state"),
    [(False, False, 9, "delivered"), (False, False, 10, "not_reached"), (True, False, 99, "seen"),
     (True, True, 99, "changed"), (False, True, 5, "changed")],
)  # fmt: skip
def test_sent_seen_changed_or_not_yet_reached(
    seen: bool, changed: bool, minutes_later: int, state: str
) -> None:
    found = way(
        sent_at=AT,
        delivered_at=AT,
        looked_at=AT + MINUTE if seen else None,
        changed=changed,
        within=10 * MINUTE,
        is_open=True,
        at=AT + minutes_later * MINUTE,
    )
    assert found.state == state
    assert (found.look_by is None) is (seen or False)


def test_a_report_that_is_closed_asks_for_no_look() -> None:
    found = way(
        sent_at=AT, delivered_at=None, looked_at=None, changed=False, within=10 * MINUTE,
        is_open=False, at=AT + 99 * MINUTE,
    )  # fmt: skip
    assert (found.state, found.look_by) == ("sent", None)


def test_the_words_say_what_to_do_and_who_covers() -> None:
    solo = words(weight_of("emergency"), number="999", cover="", told_cover=False, consented=True)
    assert "call 999 now" in solo and "Nobody covers" in solo
    covered = words(weight_of("refer"), number="", cover="Jo", told_cover=True, consented=True)
    assert "Jo covers and has been told." in covered
    today = words(weight_of("urgent"), number="", cover="", told_cover=False, consented=True)
    assert "be seen today, and call your emergency number if it gets worse" in today
    alone = words(weight_of("modify"), number="", cover="Jo", told_cover=False, consented=False)
    assert "taken back your consent" in alone
