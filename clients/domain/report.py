"""What a client said about a place that hurts, as the rules see it (domain §2.2, ruling 11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from clients.domain.levels import PAINKILLERS, Effect, Feel, Kind, Reply, Spread


@dataclass(frozen=True, slots=True)
class Site:
    """One leaf region and side with its pain values, 0–10; None = unknown, never 0."""

    region: str
    side: str
    worst: int | None = None
    now: int | None = None
    before: int | None = None
    rest: int | None = None
    next_morning: int | None = None
    morning_feel: Feel | None = None
    morning_late: bool = False
    morning_painkiller: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """Region and side, by which everything about this site is kept."""
        return self.region, self.side

    @property
    def values(self) -> tuple[int, ...]:
        """Every known pain value."""
        known = (self.worst, self.now, self.before, self.rest, self.next_morning)
        return tuple(value for value in known if value is not None)


@dataclass(frozen=True, slots=True)
class Medication:
    """Painkillers, without names (domain §2.2); `days_of_7` = days of the last 7 with one."""

    kind: str | None = None
    taken_within_8h: bool | None = None
    days_of_7: int | None = None

    @property
    def painkiller(self) -> bool:
        """Whether a painkiller is named or was taken within 8 hours."""
        return self.kind in PAINKILLERS or self.taken_within_8h is True


@dataclass(frozen=True, slots=True)
class Lift:
    """The exercise it was felt in; `load_zone` light, medium, heavy or unknown (domain §1 S-01)."""

    exercise: str
    pattern: str | None = None
    load_zone: str | None = None
    kg: Decimal | None = None
    reps: int | None = None
    rir: int | None = None


@dataclass(frozen=True, slots=True)
class Soreness:
    """What tells soreness after training from pain; None = not known (domain §3.3)."""

    hours_after: int | None = None
    eases_on_moving: bool | None = None
    muscle_trained: bool | None = None
    new_or_more_sets: bool | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One symptom report with every answer known so far; times are aware, dates are local.

    `tiles_none` says "none of these" for each tile shown and not tapped; an absent answer is
    never a no. `unreadable` names what could not be read; it makes the report incomplete.
    """

    id: UUID
    performed_at: datetime
    zone: str
    session_on: date
    kind: Kind = Kind.SYMPTOM
    sites: tuple[Site, ...] = ()
    timing: frozenset[str] = frozenset()
    effect: Effect | None = None
    answers: Mapping[str, Reply] = field(default_factory=dict)
    tiles_none: bool = False
    tiles_shown: frozenset[str] = frozenset()
    tiles_tapped: frozenset[str] = frozenset()
    onset: str | None = None
    onset_event: bool | None = None
    quality: frozenset[str] = frozenset()
    aggravators: frozenset[str] | None = None
    spread: Spread | None = None
    medication: Medication = field(default_factory=Medication)
    changes_8w: frozenset[str] = frozenset()
    exercise: Lift | None = None
    soreness: Soreness = field(default_factory=Soreness)
    checklist_score: int | None = None
    note_signals: frozenset[str] = frozenset()
    source: str = "spontaneous"
    session_id: UUID | None = None
    unreadable: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Region-sides named, in the order of the client."""
        return tuple(site.place for site in self.sites)
