"""What is known of a client beside the report: the profile and what came before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from clients.domain.report import Report

POSTPARTUM = timedelta(weeks=12)
STILL_THE_SAME = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Profile:
    """Facts that change slowly, asked once with a date; None = not asked yet (domain §2.2).

    `clearances` names the standing facts a professional has cleared: pregnant, postpartum,
    clinician_limits.
    """

    born_on: date | None = None
    pregnant: bool | None = None
    gave_birth_on: date | None = None
    cancer_history: bool | None = None
    steroids: bool | None = None
    weak_bones: bool | None = None
    lowered_immunity: bool | None = None
    blood_thinner: bool | None = None
    clinician_limits: bool | None = None
    clearances: frozenset[str] = frozenset()
    confirmed_on: date | None = None

    def age(self, on: date) -> int | None:
        """Whole years on a date; None without a date of birth."""
        if self.born_on is None:
            return None
        had_birthday = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (0 if had_birthday else 1)

    def postpartum(self, on: date) -> bool:
        """Less than 12 weeks after giving birth (domain §3.2 P2)."""
        born = self.gave_birth_on
        return born is not None and born <= on < born + POSTPARTUM

    def stale(self, on: date) -> bool:
        """Whether "still the same?" is due: never confirmed, or 90 days ago (domain §2.2)."""
        return self.confirmed_on is None or on - self.confirmed_on >= STILL_THE_SAME

    def uncleared(self, on: date) -> tuple[str, ...]:
        """Standing facts that need a clearance record before loading (domain §3.5 D06)."""
        return tuple(fact for fact in self.standing(on) if fact not in self.clearances)

    def standing(self, on: date) -> tuple[str, ...]:
        """Facts under which a coach acts by hand only, cleared or not (domain §3.2 P2)."""
        named = {
            "pregnant": self.pregnant is True,
            "postpartum": self.postpartum(on),
            "clinician_limits": self.clinician_limits is True,
        }
        return tuple(fact for fact, holds in named.items() if holds)


@dataclass(frozen=True, slots=True)
class SessionFact:
    """A session of the client: when it started and its local date."""

    id: UUID
    started_at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Morning:
    """A next-morning value, 0–10; `trained` = the client trained on that day."""

    region: str
    side: str
    value: int
    on: date
    trained: bool


@dataclass(frozen=True, slots=True)
class EpisodeFact:
    """An episode of one region-side; settled = E1, resolved = E3 (domain §7).

    `failed_options` counts options marked failed, `regressed_days` days under regressions.
    """

    region: str
    side: str
    started_on: date
    settled_on: date | None = None
    resolved_on: date | None = None
    failed_options: int = 0
    regressed_days: int = 0


@dataclass(frozen=True, slots=True)
class ActiveRegression:
    """A regression in force for a region-side; `outcome` success, partial or not known yet."""

    region: str
    side: str
    started_on: date
    ends_on: date
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clearance record (domain §3.1 I-2): which answers and rows it takes off a report.

    `cleared` holds ids as in `Verdict.to_clear` at the time; what is said later counts again.
    """

    at: datetime
    report_ids: frozenset[UUID]
    cleared: frozenset[str]
    limits: bool
    professional: str = ""


@dataclass(frozen=True, slots=True)
class PositionLost:
    """A set that ended because the position went (domain §1 S-04)."""

    exercise: str
    on: date


@dataclass(frozen=True, slots=True)
class WeeklyValue:
    """One weekly check of a region-side, score 0–100 (domain §2.3)."""

    region: str
    side: str
    week_on: date
    score: int
    substantial: bool


@dataclass(frozen=True, slots=True)
class History:
    """What came before for this client, other reports newest last.

    `closed` holds reports a Decision, a clearance or E1 has closed; their answers stay on record
    and no longer couple with new ones.
    """

    reports: tuple[Report, ...] = ()
    closed: frozenset[UUID] = frozenset()
    sessions: tuple[SessionFact, ...] = ()
    mornings: tuple[Morning, ...] = ()
    episodes: tuple[EpisodeFact, ...] = ()
    regressions: tuple[ActiveRegression, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    position_lost: tuple[PositionLost, ...] = ()
    weekly: tuple[WeeklyValue, ...] = ()
