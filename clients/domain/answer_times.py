"""How fast reports were seen and decided, and whether a flag ever met a proposal (domain §7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HandledReport:
    """One report as it was handled; times are aware, None = not yet.

    `rule` is the row that set its level, `acted` whether the coach did more than look, `overridden`
    whether the coach decided against the first option, `flagged` whether a warning was
    answered yes and `proposals` how many options it was ever given.
    """

    reported_at: datetime
    seen_at: datetime | None
    decided_at: datetime | None
    rule: str
    acted: bool
    overridden: bool
    flagged: bool
    proposals: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """Nearest-rank minutes since the report; `waiting` are not answered yet and not in them."""

    p50: float | None
    p95: float | None
    of: int
    waiting: int


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many of a rule's reports the coach acted on."""

    rule: str
    acted: int
    of: int


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """How the work was done; `flags_with_a_proposal` must be 0, always (domain §7)."""

    seen: Minutes
    decided: Minutes
    follow_ups_answered: int
    follow_ups_due: int
    follow_up_words: str
    overrides: int
    reports: int
    flags_with_a_proposal: int
    acted_by_rule: tuple[RuleCount, ...]


def process_figures(
    reports: Iterable[HandledReport], *, follow_ups_answered: int, follow_ups_due: int
) -> ProcessFigures:
    """The process figures of a practice or coach. ValueError for more answered than due."""
    raise NotImplementedError
