"""Did it help: the counts per option, in the protocol's order, and what they cannot say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clients.domain.endpoints import (
    DatedValue,
    Ended,
    EpisodeRecord,
    Milestone,
    Resolved,
    TechniqueVerified,
    recurred_on,
    relapsed_on,
    resolved_on,
    returned_on,
    settled_on,
)
from clients.domain.survival import Curve

__all__ = [
    "REASONS",
    "AtRisk",
    "DatedValue",
    "Ended",
    "EpisodeRecord",
    "Milestone",
    "OptionRow",
    "Resolved",
    "TechniqueCount",
    "TechniqueVerified",
    "first_episodes",
    "recurred_on",
    "relapsed_on",
    "resolved_on",
    "returned_on",
    "settled_on",
    "table",
]

REASONS: tuple[str, ...] = ()
"""Printed beside every comparison, in this order."""


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Where everyone who started stands as `day` begins; the four numbers add up to the start."""

    day: int
    at_risk: int
    settled: int
    referred_or_switched: int
    left: int


@dataclass(frozen=True, slots=True)
class TechniqueCount:
    """The counts of those whose technique was checked, not checked or not known (S-10)."""

    verified: TechniqueVerified
    settled: int
    of: int


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option's record. Percent are whole numbers, days are since apply.

    `of` are the episodes whose answer is known; `lost`, `running` and `unshown` (closed without two
    clean sessions on record) are beside it. `best_worst` counts lost and unshown as settled, then
    as not. `curve` is the share settled, `competing` the share referred or switched.
    """

    option_id: str
    started: int
    settled: int
    of: int
    words: str
    interval: tuple[int, int] | None
    interval_words: str
    curve: Curve | None
    competing: Curve | None
    at_risk: tuple[AtRisk, ...]
    median: int | None
    median_words: str
    lost: int
    unshown: int
    running: int
    best_worst: tuple[tuple[int, int], tuple[int, int]]
    lost_words: str
    returned: int
    resolved: int
    nearly_none: int
    relapsed: int
    recurred: int
    by_technique: tuple[TechniqueCount, ...]
    overlaps: tuple[str, ...]
    overlap_sentence: str | None


def first_episodes(records: Iterable[EpisodeRecord]) -> tuple[EpisodeRecord, ...]:
    """The records of each client's first decided episode in each region (domain §7)."""
    raise NotImplementedError


def table(records: Iterable[EpisodeRecord], protocol_order: Sequence[str]) -> tuple[OptionRow, ...]:
    """One row per option of `protocol_order`, in that order and never by rate (domain §7)."""
    raise NotImplementedError
