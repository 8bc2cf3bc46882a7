"""Every refusal has a code of its own, stands in docs/refusals.md, and is made somewhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from coachapi.management.commands.refusals_page import FRAMEWORK, page, refusals

ROOT = Path(__file__).parents[2]
SOURCES = [
    path.read_text()
    for floor in ("coachapi", "programs", "clients")
    for path in (ROOT / floor).rglob("*.py")
]


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "refusals.md").read_text() == page(), "run: make docs"


def test_no_two_refusals_share_a_code() -> None:
    codes = Counter(each.code for each in refusals())
    codes.update(code for code, *_ in FRAMEWORK)
    assert [code for code, times in codes.items() if times > 1] == []


def test_every_refusal_is_raised_somewhere() -> None:
    said = "\n".join(SOURCES)
    silent = [
        each.__name__
        for each in refusals()
        if not re.search(rf"raise (\w+\.)?{each.__name__}\b|(?<!class ){each.__name__}\(", said)
    ]
    assert silent == []
