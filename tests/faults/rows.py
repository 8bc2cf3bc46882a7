"""What each fault test showed, a row of docs/faults.md each, printed at the end of `make faults`.

The number stands in a test's name (`test_d6_…`) or in its mark (`fault("D2")`); a row that was
never said, because the test failed before, still says that it failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.faults.oracle import Judgement

NUMBER = re.compile(r"test_d(\d+)_")


class Row:
    """Says one test's row."""

    def __init__(self, kept: list[tuple[str, object]]) -> None:
        self.kept = kept

    def __call__(self, size: str, judged: Judgement | None = None, showed: str = "") -> None:
        """The size that was run, the oracle's word, and what else it showed."""
        words = [str(judged) if judged else "", showed]
        self.kept.append(("row", (size, ", ".join(each for each in words if each))))


def number(items: Iterable[pytest.Item]) -> None:
    """Note the number of each fault test where its report can find it."""
    for item in items:
        mark, named = item.get_closest_marker("fault"), NUMBER.search(item.name)
        if mark and (mark.args or named):
            item.user_properties.append(("fault", mark.args[0] if mark.args else f"D{named[1]}"))  # type: ignore[index]


def lines(reports: Iterable[Any]) -> Iterator[str]:
    """The table, in the order of the numbers."""
    found = []
    for report in reports:
        told = dict(report.user_properties)
        if report.when == "call" and "fault" in told:
            size, showed = told.get("row", ("", ""))  # type: ignore[misc]
            name = report.nodeid.rpartition("::")[2].removeprefix("test_").replace("_", " ")
            name = re.sub(r"^d\d+ ", "", name)
            words = [] if report.passed else [report.outcome.upper()]
            words += [showed] if showed else ["as its test says"] if report.passed else []
            seconds = f"{report.duration:.0f} s"
            cells = [told["fault"], name, size, "; ".join(words), seconds]
            found.append((int(str(told["fault"])[1:]), f"| {' | '.join(map(str, cells))} |"))
    yield "| | fault | size | what it showed | took |"
    yield "|---|---|---|---|---|"
    yield from (line for _, line in sorted(found, key=lambda each: each[0]))
