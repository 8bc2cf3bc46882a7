"""Were the alerts worth it? Counted by rule and coach, with how long each stage took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clients.domain.statistics import percentile


@dataclass(frozen=True, slots=True)
class HandledAlert:
    """One alert about a report; times are aware, None = not yet.

    `rule` is the row that set the level. `visible_at`: the first channel that interrupts took it,
    or the feed where nothing louder was due. `acted`: the coach did more than look; `dismissed`:
    the coach decided that nothing was needed.
    """

    coach: str
    rule: str
    level: str
    reported_at: datetime
    visible_at: datetime | None
    seen_at: datetime | None
    decided_at: datetime | None
    acted: bool
    dismissed: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds since the report, nearest rank; `of` have reached the stage."""

    p50: float | None
    p95: float | None
    of: int


@dataclass(frozen=True, slots=True)
class Precision:
    """What became of the alerts of one rule at one coach."""

    coach: str
    rule: str
    sent: int
    opened: int
    acted: int
    dismissed: int
    visible: Wait
    seen: Wait
    decided: Wait

    @property
    def waiting(self) -> int:
        """Neither acted on nor dismissed yet."""
        return self.sent - self.acted - self.dismissed


def precision(alerts: Iterable[HandledAlert]) -> tuple[Precision, ...]:
    """By coach and rule, in the order of their names and ids."""
    found: dict[tuple[str, str], list[HandledAlert]] = {}
    for each in alerts:
        found.setdefault((each.coach, each.rule), []).append(each)
    return tuple(_of(*key, found[key]) for key in sorted(found))


def _of(coach: str, rule: str, alerts: list[HandledAlert]) -> Precision:
    return Precision(
        coach=coach,
        rule=rule,
        sent=len(alerts),
        opened=sum(each.seen_at is not None or each.decided_at is not None for each in alerts),
        acted=sum(each.acted for each in alerts),
        dismissed=sum(each.dismissed and not each.acted for each in alerts),
        visible=_wait(alerts, [each.visible_at for each in alerts]),
        seen=_wait(alerts, [each.seen_at or each.decided_at for each in alerts]),
        decided=_wait(alerts, [each.decided_at for each in alerts]),
    )


def _wait(alerts: list[HandledAlert], reached: list[datetime | None]) -> Wait:
    # A phone's clock does not come into this: a report is counted from its arrival here.
    seconds = [
        max(0.0, (at - each.reported_at).total_seconds())
        for each, at in zip(alerts, reached, strict=True)
        if at is not None
    ]
    return Wait(percentile(seconds, 0.5), percentile(seconds, 0.95), len(seconds))
