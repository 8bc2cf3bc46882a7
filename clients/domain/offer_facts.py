"""All that a coach's options depend on, and the part of the plan they may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clients.domain.frequency import DAYS_IN_WEEK
from clients.domain.levels import Level, Priority
from clients.domain.overlay import Overlay
from programs.domain.exercises import Library, library
from programs.domain.loadable import Implements
from programs.domain.prescription import Plan, PlannedSession, Prescription
from programs.domain.protocol import ProtocolSet, Severity, protocol_set
from programs.domain.strength import PerformedSet


@dataclass(frozen=True, slots=True)
class Painful:
    """A region-side that hurts, with its severity (highest value of the episode, domain §3.6)."""

    region: str
    side: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a client when options are asked for; `today` is in the client's zone.

    The first of `painful` is the region the report is about, the rest are the client's other
    active ones. `equipment` None = not asked, so everything is there. `blocked` are exercises an
    open refer keeps out (I-4). `failed_option_ids` are those of the last 84 days, `records` how
    often an option settled, of how many. `logs` are work sets by exercise, `pain_free_kg` the
    last pain-free load of 28 days, `own_pairs` the client's own e1RM ratios (source, target) of
    90 days. `replacing` is the regression that a new option would take the place of.
    `questions_left`: after-session questions are open, so no swap (D05b).
    """

    level: Level
    priority: Priority
    action_set: str
    painful: tuple[Painful, ...]
    pattern: str
    plan: Plan
    today: date
    painful_exercise: str | None = None
    library: Library = field(default_factory=library)
    protocol_set: ProtocolSet = field(default_factory=protocol_set)
    equipment: frozenset[str] | None = None
    exclusions: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    failed_option_ids: frozenset[str] = frozenset()
    active_overlays: tuple[Overlay, ...] = ()
    replacing: str | None = None
    records: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    logs: Mapping[str, tuple[PerformedSet, ...]] = field(default_factory=dict)
    pain_free_kg: Mapping[str, Decimal] = field(default_factory=dict)
    own_pairs: Mapping[tuple[str, str], tuple[Decimal, ...]] = field(default_factory=dict)
    loadable: Implements = Implements()
    aggravators: frozenset[str] = frozenset()
    timing: frozenset[str] = frozenset()
    questions_left: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """The pattern in the sessions still to come: what is prescribed, and how often a week."""

    prescriptions: Mapping[str, tuple[Prescription, ...]]
    sessions_a_week: int


def ahead(facts: Facts) -> Ahead:
    """The pattern's prescriptions in planned sessions from today on, by exercise (domain §5)."""
    found: dict[str, dict[Prescription, None]] = {}
    weeks: dict[int, int] = {}
    for session in facts.plan.sessions:
        here = _of_pattern(facts, session)
        if not here:
            continue
        week = (session.on - facts.plan.starts_on).days // DAYS_IN_WEEK
        weeks[week] = weeks.get(week, 0) + (session.state != "excused")
        if session.state == "planned" and session.on >= facts.today:
            for one in here:
                found.setdefault(one.exercise, {})[one] = None
    this_week = (facts.today - facts.plan.starts_on).days // DAYS_IN_WEEK
    often = max((count for week, count in weeks.items() if week >= this_week), default=0)
    return Ahead({exercise: tuple(shapes) for exercise, shapes in found.items()}, often)


def _of_pattern(facts: Facts, session: PlannedSession) -> list[Prescription]:
    written = [item.written for item in session.items if item.now or item.was]
    return [
        one
        for one in written
        if one.exercise in facts.library and facts.library[one.exercise].pattern == facts.pattern
    ]
