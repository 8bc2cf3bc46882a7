"""How fast one user may ask: a brake on a runaway app, never on what a client says or logs.

Counted in this process, in fixed minutes: no request costs a write, and a server of several
processes allows as many times more (docs/adr/0020). Guessing passwords is braked elsewhere, by
allauth, in the database.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass

from django.conf import settings

WINDOW = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a user stands in this minute: the quota, what is left, when it starts anew."""

    quota: int
    left: int
    resets_in: int

    @property
    def over(self) -> bool:
        """Whether this request was one too many."""
        return self.left < 0

    def headers(self) -> dict[str, str]:
        """RateLimit headers (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Policy": f'"user";q={self.quota};w={WINDOW}',
            "RateLimit": f'"user";r={max(0, self.left)};t={self.resets_in}',
        }


class Minute:
    """Counts each user's requests of the present minute; the next one forgets them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = -1
        self._asked: Counter[uuid.UUID] = Counter()

    def count(self, user_id: uuid.UUID, *, at: float | None = None) -> Standing:
        """One more request of this user; ``at`` in seconds of a clock that never goes back."""
        now = time.monotonic() if at is None else at
        window = int(now // WINDOW)
        with self._lock:
            if window != self._window:
                self._window, self._asked = window, Counter()
            self._asked[user_id] += 1
            asked = self._asked[user_id]
        quota: int = settings.API_REQUESTS_PER_MINUTE
        return Standing(quota, quota - asked, int((window + 1) * WINDOW - now) + 1)


minute = Minute()
