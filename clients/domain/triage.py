"""From a report to a verdict: the heart. Plain functions, no clock, no database (domain §3)."""

from datetime import datetime

from clients.domain.bands import Settings
from clients.domain.facts import History, Profile
from clients.domain.report import Report
from clients.domain.verdict import Verdict

__all__ = ["History", "Profile", "Report", "Settings", "Verdict", "decide"]


def decide(
    report: Report, history: History, profile: Profile, settings: Settings, *, at: datetime
) -> Verdict:
    """Judge a report with everything known; the same answers always give the same verdict."""
    raise NotImplementedError
