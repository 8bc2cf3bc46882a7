"""Fields the phone's bodies share."""

from __future__ import annotations

import datetime as dt
import math
import zoneinfo
from typing import Any

from rest_framework import serializers

EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
OVERRIDE = "Why this is written though a running change keeps it away; never past a referral."
ZONES = zoneinfo.available_timezones()


class Instant(serializers.DateTimeField):
    """An RFC 3339 instant with an offset, not before 2000 and at most a day ahead of us."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=None, **kwargs)

    def to_internal_value(self, value: Any) -> dt.datetime:
        """The instant in UTC; refuses a time without an offset."""
        if not isinstance(value, str):
            raise serializers.ValidationError(
                "Accepted: an RFC 3339 instant such as 2026-05-01T10:00:00Z."
            )
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError as wrong:
            raise serializers.ValidationError(
                f"{value[:40]!r} is not an RFC 3339 instant such as 2026-05-01T10:00:00Z."
            ) from wrong
        if moment.tzinfo is None:
            raise serializers.ValidationError("The instant needs an offset, for example Z.")
        try:
            moment = moment.astimezone(dt.UTC)
        except OverflowError as wrong:
            raise serializers.ValidationError("The year must be 2000 or later.") from wrong
        if moment < EARLIEST or moment.year > 2100:
            raise serializers.ValidationError("The year must be between 2000 and 2100.")
        return moment


class Zone(serializers.CharField):
    """An IANA time zone name."""

    def to_internal_value(self, data: Any) -> str:
        """The name, if the machine knows the zone."""
        name = str(super().to_internal_value(data))
        if name not in ZONES:
            raise serializers.ValidationError(
                f"{name[:60]!r} is not an IANA time zone such as Europe/Berlin."
            )
        return name


class Number(serializers.FloatField):
    """A JSON number (not a string, not true), finite."""

    def to_internal_value(self, data: Any) -> float:
        """The number."""
        if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
            raise serializers.ValidationError("Accepted: a JSON number.")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole JSON number (not a string, not true, not 3.5)."""

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if isinstance(data, bool) or not isinstance(data, int):
            raise serializers.ValidationError("Accepted: a whole JSON number.")
        return super().to_internal_value(data)


class Override(serializers.CharField):
    """Why a coach writes what a running change keeps away."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=500, allow_blank=True, default="", help_text=OVERRIDE, **more)
