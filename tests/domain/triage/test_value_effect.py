"""Level and set by value × effect are the table of domain §3.5, cell by cell."""

import pytest

from clients.domain.levels import Effect
from tests.domain.triage.build import KNEE, LOW_BACK, judged, report

LOG, MON, M2, M4, REF = (
    ("log", "normal", "A0"),
    ("monitor", "normal", "A1"),
    ("modify", "normal", "A2"),
    ("modify", "high", "A4"),
    ("refer", "high", "A0"),
)
# Columns: none, eased_load, stopped_exercise, stopped_session, limits_daily_life, cannot_use.
TABLE = {
    **dict.fromkeys((0, 1, 2), (LOG, LOG, M2, M4, M4, REF)),
    3: (MON, MON, M2, M4, M4, REF),
    **dict.fromkeys((4, 5), (MON, MON, M4, M4, M4, REF)),
    **dict.fromkeys((6, 7), (M4, M4, M4, M4, M4, REF)),
    **dict.fromkeys((8, 9, 10), (REF, REF, REF, REF, REF, REF)),
}
CELLS = [
    (value, effect, cell)
    for value, row in TABLE.items()
    for effect, cell in zip(Effect, row, strict=True)
]


@pytest.mark.parametrize(("value", "effect", "cell"), CELLS)
@pytest.mark.parametrize("place", [KNEE, LOW_BACK], ids=["elsewhere", "pelvic"])
def test_the_cell(
    value: int, effect: Effect, cell: tuple[str, str, str], place: tuple[str, str]
) -> None:
    verdict = judged(report(place=place, worst=value, effect=effect))
    expected = MON if place == LOW_BACK and cell == LOG else cell
    assert (verdict.level, verdict.priority, verdict.action_set) == expected


def test_severity_words_of_the_value() -> None:
    words = {value: judged(report(worst=value)).sites[0].severity for value in range(11)}
    assert [words[v] for v in (0, 3, 4, 5, 6, 7)] == ["mild", "mild", "mod", "mod", "high", "high"]
