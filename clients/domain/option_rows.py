"""One option's record: counts, interval, curve, and the sentence for all that is not given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clients.domain import outcome_words
from clients.domain.endpoints import (
    Ended,
    EpisodeRecord,
    TechniqueVerified,
    followed_until,
    recurred_on,
    relapsed_on,
    resolved_on,
    returned_on,
    settled_on,
)
from clients.domain.statistics import percent, wilson
from clients.domain.survival import Curve, Observation, aalen_johansen

DAYS = (0, 7, 14, 21, 28)
SETTLED = "settled"
ELSEWHERE = "referred_or_switched"
COMPETING: frozenset[Ended] = frozenset({"referred", "failed_next"})
# Ended with the answer known: without E1 it is "not settled". Silence (lost) is no answer (TR7).
ANSWERED: frozenset[Ended] = COMPETING | {"withdrawn", "expired_unreviewed"}
_Records = Sequence[EpisodeRecord]
TECHNIQUES: tuple[TechniqueVerified, ...] = ("yes", "no", "unknown")


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
class Later:
    """What came after, in episodes: E2 returned, E3 resolved (of these at 0–1), TR2, TR3."""

    returned: int
    resolved: int
    nearly_none: int
    relapsed: int
    recurred: int


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option's record. Percent are whole numbers, days are since apply.

    `of` are the episodes whose answer is known; `lost`, `running` and `unshown` (closed without two
    clean sessions on record) are beside it. `best_worst` counts lost and unshown as settled, then
    as not. `curve` is the share settled, `competing` the share referred or switched; neither is
    drawn, and no interval given, below 5. A `withheld` row holds no counts, only its `words`.
    """

    option_id: str
    started: int
    settled: int
    of: int
    words: str
    interval: tuple[int, int] | None
    thin_words: str | None
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
    later: Later
    by_technique: tuple[TechniqueCount, ...]
    withheld: bool = False
    overlaps: tuple[str, ...] = ()
    overlap_sentence: str | None = None


def option_row(
    option: str, mine: _Records, following: Mapping[str, _Records], least: int
) -> OptionRow:
    """The row of the first records `mine`; `following` are records by the episode they follow.

    Splits of fewer than `least` clients are left out.
    """
    settled, of = _count(mine)
    silent = [r.ended for r in mine if settled_on(r) is None]
    lost, unshown = silent.count("lost"), silent.count("settled")
    everyone = of + lost + unshown
    best_worst = ((settled + lost + unshown, everyone), (settled, everyone))
    enough = of >= outcome_words.LEAST_FOR_INTERVAL
    seen = [_observation(r) for r in mine]
    curves = aalen_johansen(seen, (SETTLED, ELSEWHERE)) if enough else {}
    curve = curves.get(SETTLED)
    median = None
    if curve is not None and len(mine) >= outcome_words.LEAST_FOR_MEDIAN:
        median = curve.first_day_at_least(0.5)
    return OptionRow(
        option_id=option,
        started=len(mine),
        settled=settled,
        of=of,
        words=outcome_words.settled_words(settled, of),
        interval=_interval(settled, of) if enough else None,
        thin_words=outcome_words.thin_words(of),
        curve=curve,
        competing=curves.get(ELSEWHERE),
        at_risk=tuple(_at_risk(day, seen) for day in DAYS) if enough else (),
        median=median,
        median_words=outcome_words.median_words(median, len(mine), of),
        lost=lost,
        unshown=unshown,
        running=silent.count("open"),
        best_worst=best_worst,
        lost_words=outcome_words.lost_words(lost, unshown, best_worst),
        later=_later(mine, following),
        by_technique=_by_technique(mine, least),
    )


def withheld_row(option: str) -> OptionRow:
    """A row that tells nothing, so that nobody is found among few."""
    empty = option_row(option, (), {}, 0)
    return replace(
        empty,
        withheld=True,
        words=outcome_words.WITHHELD,
        thin_words=None,
        median_words="",
        lost_words="",
    )


def _later(mine: _Records, following: Mapping[str, _Records]) -> Later:
    resolved = [found for r in mine if (found := resolved_on(r)) is not None]
    return Later(
        returned=sum(returned_on(r) is not None for r in mine),
        resolved=len(resolved),
        nearly_none=sum(found.nearly_none for found in resolved),
        relapsed=sum(relapsed_on(r) is not None for r in mine),
        recurred=sum(recurred_on(r, following.get(r.id, ())) is not None for r in mine),
    )


def _count(records: _Records) -> tuple[int, int]:
    """How many settled, of how many whose answer is known."""
    settled = sum(settled_on(r) is not None for r in records)
    not_settled = sum(settled_on(r) is None and r.ended in ANSWERED for r in records)
    return settled, settled + not_settled


def _interval(settled: int, of: int) -> tuple[int, int]:
    low, high = wilson(settled, of)
    return percent(low), percent(high)


def _observation(record: EpisodeRecord) -> Observation:
    """Days since apply and what ended them; others are censored at last contact (domain §7)."""
    settled = settled_on(record)
    if settled is not None:
        return settled.days, SETTLED
    followed = (followed_until(record) - (record.applied_on or record.opened_on)).days
    # A client who was last heard of before the coach applied is followed for no day at all.
    return max(0, followed), ELSEWHERE if record.ended in COMPETING else None


def _at_risk(day: int, seen: Sequence[Observation]) -> AtRisk:
    before = [cause for until, cause in seen if until < day]
    settled, elsewhere = before.count(SETTLED), before.count(ELSEWHERE)
    return AtRisk(day, len(seen) - len(before), settled, elsewhere, before.count(None))


def _by_technique(records: _Records, least: int) -> tuple[TechniqueCount, ...]:
    split = ((name, [r for r in records if r.technique_verified == name]) for name in TECHNIQUES)
    return tuple(
        TechniqueCount(name, *_count(part))
        for name, part in split
        if part and clients_in(part) >= least
    )


def clients_in(records: _Records) -> int:
    """How many different clients the records are of."""
    return len({r.client for r in records})
