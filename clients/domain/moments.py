"""Instants and the client's own days: a training day is a date in the client's zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def local_date(at: dt.datetime, zone: str) -> dt.date:
    """The date on the client's wall at an instant."""
    return at.astimezone(ZoneInfo(zone)).date()


def local_instant(on: dt.date, hour: int, zone: str) -> dt.datetime:
    """The instant at which the client's wall shows this hour of this date, in UTC."""
    return dt.datetime.combine(on, dt.time(hour), ZoneInfo(zone)).astimezone(dt.UTC)
