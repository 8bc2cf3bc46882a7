"""When something was said or done: the client's clock beside ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

CLOCK_LEEWAY = dt.timedelta(minutes=10)  # a phone's clock this far ahead of ours is marked
OLDEST = dt.timedelta(days=30)  # said to have happened longer ago than this: marked as well


@dataclass(frozen=True, slots=True)
class Moment:
    """When it happened by the client's clock, and when it reached us by ours."""

    performed_at: dt.datetime
    zone: str
    received_at: dt.datetime

    @property
    def suspect(self) -> bool:
        """Whether the client's clock can hardly be right."""
        ahead = self.performed_at - self.received_at > CLOCK_LEEWAY
        return ahead or self.received_at - self.performed_at > OLDEST
