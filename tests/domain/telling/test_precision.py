"""Counted by rule and coach, in the order of names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clients.dashboard.precision_drawings import BAR, bar, lines
from clients.domain.precision import HandledAlert, Wait, precision

AT = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def alert(*, seen: float | None = None, decided: float | None = None, **more: Any) -> HandledAlert:
    def after(minutes: float | None) -> dt.datetime | None:
        return None if minutes is None else AT + dt.timedelta(minutes=minutes)

    given = {"coach": "Ada", "rule": "D10", "acted": False, "dismissed": False} | more
    return HandledAlert(
        level="modify", reported_at=AT, visible_at=AT, seen_at=after(seen),
        decided_at=after(decided), **given,
    )  # fmt: skip


def test_each_alert_is_counted_once_at_its_rule_and_coach() -> None:
    rows = precision(
        [
            alert(seen=2, decided=5, acted=True, dismissed=True),
            alert(decided=30, dismissed=True),
            alert(),
            alert(rule="D01"),
            alert(coach="Bo"),
        ]
    )
    assert [(row.coach, row.rule) for row in rows] == [
        ("Ada", "D01"),
        ("Ada", "D10"),
        ("Bo", "D10"),
    ]
    row = rows[1]
    assert (row.sent, row.opened, row.acted, row.dismissed, row.waiting) == (3, 2, 1, 1, 1)
    assert row.visible == Wait(0.0, 0.0, 3)
    assert row.seen == Wait(120.0, 1800.0, 2), "who decides has looked"
    assert row.decided.of == 2 and rows[0].decided == Wait(None, None, 0)


def test_the_bar_is_whole_and_the_lines_start_at_the_median() -> None:
    (row,) = precision([alert(decided=5, acted=True), alert(decided=60 * 24 * 30), alert()])
    parts = bar(row)
    assert [part.name for part in parts] == ["acted", "left"]
    assert parts[-1].x + parts[-1].width in range(BAR - 2, BAR + 3)
    drawn = lines(row)
    assert [line.name for line in drawn] == ["visible", "seen", "decided"]
    assert all(line.across >= 0 and line.point + line.across <= 320 for line in drawn)
