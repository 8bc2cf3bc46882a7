"""Two versions of a program, line by line in words."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programs.domain.document import parse
from programs.domain.exercise import Exercise
from programs.domain.words import outline


@dataclass(frozen=True, slots=True)
class Change:
    """Lines that differ: theirs, yours; one of them may be empty."""

    theirs: tuple[str, ...]
    yours: tuple[str, ...]


def changes(theirs: Any, yours: Any, exercises: Mapping[str, Exercise]) -> list[Change]:
    """What differs between two stored documents, in the order of the program. No query."""
    left = outline(parse(theirs, exercises=None), exercises)
    right = outline(parse(yours, exercises=None), exercises)
    matcher = difflib.SequenceMatcher(a=left, b=right, autojunk=False)
    return [
        Change(left[a:b], right[c:d])
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
