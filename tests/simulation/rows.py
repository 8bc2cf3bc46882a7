"""What the simulated desk holds: episodes, alerts, interruptions, and a client's record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from clients.domain.facts import Clearance, SessionFact
from clients.domain.levels import Level, Priority
from clients.domain.reader import Weight
from clients.domain.report import Report
from clients.domain.verdict import Verdict
from tests.simulation.practice import Life


@dataclass
class Episode:
    """Everything at one place until 28 calm days; what it cost the coach."""

    place: tuple[str, str]
    opened: dt.datetime
    calm: int = 0
    settled: dt.datetime | None = None
    resolved: bool = False
    regressed: dt.datetime | None = None
    interruptions: int = 0
    heaviest: Weight = (Level.LOG, Priority.NORMAL)
    rises: int = 0
    clicks: int = 0


@dataclass
class Alert:
    """One report at one level, on its way to the coach."""

    report: Report
    verdict: Verdict
    weight: Weight
    at: dt.datetime
    episodes: list[Episode]
    every: dt.timedelta | None = None
    step: int = 1
    acked: dt.datetime | None = None


@dataclass
class Interruption:
    """A push that left, or that waits: then ``due`` is ahead."""

    alert: Alert
    due: dt.datetime
    why: str
    withheld: bool = False


@dataclass
class Client:
    """A client as the desk knows them."""

    life: Life
    reports: list[Report] = field(default_factory=list)
    sessions: list[SessionFact] = field(default_factory=list)
    closed: set[UUID] = field(default_factory=set)
    clearances: list[Clearance] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    pushed: list[Interruption] = field(default_factory=list)
    told: set[tuple[UUID, str]] = field(default_factory=set)
