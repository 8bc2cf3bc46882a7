"""How fast reports were seen and decided, and whether a flag ever met a proposal (domain §7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clients.domain.statistics import percentile


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
    if not 0 <= follow_ups_answered <= follow_ups_due:
        raise ValueError(f"{follow_ups_answered} of {follow_ups_due} follow-ups is not a count")
    handled = list(reports)
    return ProcessFigures(
        seen=_minutes([(r.reported_at, r.seen_at) for r in handled]),
        decided=_minutes([(r.reported_at, r.decided_at) for r in handled]),
        follow_ups_answered=follow_ups_answered,
        follow_ups_due=follow_ups_due,
        follow_up_words=f"{follow_ups_answered} of {follow_ups_due} answered",
        overrides=sum(r.overridden for r in handled),
        reports=len(handled),
        flags_with_a_proposal=sum(r.flagged and r.proposals > 0 for r in handled),
        acted_by_rule=_acted_by_rule(handled),
    )


def _minutes(times: Sequence[tuple[datetime, datetime | None]]) -> Minutes:
    # A phone's clock may run ahead of ours; nobody sees a report before it was made.
    waits = [
        max(timedelta(0), answered - reported) / timedelta(minutes=1)
        for reported, answered in times
        if answered is not None
    ]
    p50, p95 = percentile(waits, 0.5), percentile(waits, 0.95)
    return Minutes(p50, p95, len(waits), len(times) - len(waits))


def _acted_by_rule(handled: Sequence[HandledReport]) -> tuple[RuleCount, ...]:
    counts = []
    for rule in sorted({r.rule for r in handled}):
        acted = [r.acted for r in handled if r.rule == rule]
        counts.append(RuleCount(rule, sum(acted), len(acted)))
    return tuple(counts)
