"""A verdict: the level of a report, every reason, and all that follows from it (domain §3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from clients.domain.levels import Level, Priority


@dataclass(frozen=True, slots=True)
class Reason:
    """A row that matched and a sentence for the coach; `facts` are the numbers in it."""

    row: str
    sentence: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteVerdict:
    """Level of one region-side; `v` and `severity` (mild, mod, high) as in domain §3.3, §3.6."""

    region: str
    side: str
    level: Level
    priority: Priority
    v: int | None
    severity: str | None
    morning: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told and how fast, in seconds; None = no deadline (domain §3.1, §3.5).

    `at_once` = the coach's feed and default channel within seconds, whatever the level
    (domain §3.5 D24); `channels` = how many channels at the first step; `backup_after_s` = cover,
    when nobody acknowledged.
    """

    coach_within_s: int | None
    backup_after_s: int | None
    channels: int
    at_once: bool
    feed: bool
    digest: bool
    client_now: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """The safety pause (domain §3.1 I-4, I-5): none, exercise, patterns or everything.

    At `patterns` the pattern it was felt in, and every exercise whose tag for one of `regions` is
    medium or higher. `also` names kinds of work that rest besides: impact, lower_body,
    tendon_loading. Logging and reporting are never paused.
    """

    kind: str = "none"
    exercise: str | None = None
    pattern: str | None = None
    regions: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Permits:
    """What an option may hold: yes, no, with (only beside a swap or a removal), by_hand.

    Domain §3.5, action sets. `with_any` in `check`: only beside any other class (A3).
    `swap_lower` = a swap must be strictly lower (A4).
    """

    check: str
    ease: str
    range: str
    swap: str
    freq: str
    remove: str
    swap_lower: bool = False
    removal_last: bool = False
    check_first: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due: `due_at` on the clock, `ask_at` at the client's hour."""

    kind: str
    due_at: datetime
    ask_at: datetime
    asks: str = "client"
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of a report at one moment; the whole of it is kept (I-7).

    `due_now` and `missing` make a report incomplete (D05); `due_after` are asked after the
    session (D05b) and keep options to `permits`. `action_set` names the row of domain §3.5;
    `permits` is what counts. `blocks_client` = no proposals for this client at all (ruling 5).
    """

    level: Level
    priority: Priority
    sites: tuple[SiteVerdict, ...]
    reasons: tuple[Reason, ...]
    rows: tuple[str, ...]
    due_now: tuple[str, ...]
    due_after: tuple[str, ...]
    missing: tuple[str, ...]
    notice: Notice
    action_set: str
    permits: Permits
    blocks_client: bool
    merged_into: UUID | None
    pauses: Pause
    follow_ups: tuple[Due, ...]
    to_clear: tuple[str, ...]
    tasks: tuple[str, ...]
    route: str
    crisis_line: bool
    rule_version: str
    digest: str

    @property
    def questions_left(self) -> bool:
        """Whether questions are still open, on the tiles or after the session."""
        return bool(self.due_now or self.due_after or self.missing)
