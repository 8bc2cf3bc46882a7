"""A small practice for four weeks: quiet without being late. `make simulate` runs the whole."""

from __future__ import annotations

from tests.simulation.figures import run

SIZE = {"clients": 40, "weeks": 5, "seed": 3}


def test_a_coach_is_seldom_interrupted_and_never_late_for_a_red_flag() -> None:
    ours, without = run(**SIZE), run(**SIZE, coalesce=False)
    assert ours.reports == without.reports > 40
    assert ours.a_day[1] <= 3 < without.a_day[1]
    assert ours.more_than_once == 0 < without.more_than_once, "once an episode, unless it rises"
    assert ours.flags == without.flags > 0
    assert ours.flag_delay == without.flag_delay == 0
