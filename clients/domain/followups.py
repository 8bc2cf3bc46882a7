"""Questions that fall due: the next morning, what is left open, silence (domain §3.6, D05)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from clients.domain.report import Report, Site
from clients.domain.verdict import Due

MORNING_FROM = time(4)
MORNING_UNTIL = time(12)
SILENCE = timedelta(hours=48)
SOON = timedelta(minutes=15)
LATER = timedelta(hours=2)
COACH_AFTER = timedelta(hours=24)
DAY = timedelta(days=1)


class Placement(StrEnum):
    """Where an answer to the next-morning check belongs."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    TOO_LATE = "too_late"


def on_clock(on: date, at: time, zone: str) -> datetime:
    """A local date and time as a moment, in UTC; also where the clocks change."""
    return datetime.combine(on, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def morning_due(session_on: date, zone: str) -> datetime:
    """04:00 local on the calendar day after the session."""
    return on_clock(session_on + DAY, MORNING_FROM, zone)


def morning_asked(session_on: date, zone: str, hour: int) -> datetime:
    """The client's hour of that morning, when the question is asked."""
    return on_clock(session_on + DAY, time(hour), zone)


def silent_from(session_on: date, zone: str) -> datetime:
    """48 hours after the check fell due; from then on it is TR7's."""
    return morning_due(session_on, zone) + SILENCE


def placement(
    answered_at: datetime, session_on: date, zone: str, *, exposures: Iterable[datetime] = ()
) -> Placement:
    """Early before 04:00, on time until 12:00, then late, too late after a newer exposure or 48 h.

    `answered_at` is the phone's own time, so that a late sync is on time; `exposures` = starts of
    later sessions with the pattern.
    """
    due = morning_due(session_on, zone)
    noon = on_clock(session_on + DAY, MORNING_UNTIL, zone)
    if answered_at < due:
        return Placement.EARLY
    if answered_at <= noon:
        return Placement.ON_TIME
    newer = any(due <= exposure < answered_at for exposure in exposures)
    if newer or answered_at >= due + SILENCE:
        return Placement.TOO_LATE
    return Placement.LATE


def morning_open(site: Site) -> bool:
    """Whether the next morning of a site is not answered."""
    return site.next_morning is None and site.morning_feel is None


def morning_check(report: Report, on: date, hour: int) -> Due:
    """The next-morning check of a report's session."""
    return Due(
        kind="next_morning",
        due_at=morning_due(on, report.zone),
        ask_at=morning_asked(on, report.zone, hour),
    )


def asked_again(report: Report, on: date, hour: int, items: tuple[str, ...]) -> Due:
    """Questions to ask once more next morning (H2 unsure, domain §3.2)."""
    return Due(
        kind="ask_again",
        due_at=morning_due(on, report.zone),
        ask_at=morning_asked(on, report.zone, hour),
        items=items,
    )


def reminders(
    report: Report, on: date, hour: int, items: tuple[str, ...], *, now: bool
) -> tuple[Due, ...]:
    """Reminders of open questions: at 15 min (D05 only), 2 h, next morning; the coach at 24 h."""
    start = report.performed_at.astimezone(UTC)
    soon = [start + SOON] if now else []
    kind = "questions_now" if now else "questions_after"
    asked = [Due(kind, when, when, items=items) for when in (*soon, start + LATER)]
    morning = morning_asked(on, report.zone, hour)
    day = start + COACH_AFTER
    return (
        *asked,
        Due(kind, morning, morning, items=items),
        Due("questions_coach", day, day, asks="coach", items=items),
    )
