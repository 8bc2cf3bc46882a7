"""An open loop: requests leave at their appointed time, whether or not the last was answered.

The time of a request counts from its appointment, so a server that falls behind cannot hide it.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

THREADS = 64
PATIENCE = 30.0
LEAD_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Ask:
    """One request of one signed-in person."""

    method: str
    path: str
    token: str
    body: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The answer: status, size, when it was asked (epoch) and how long it took, in seconds."""

    status: int
    bytes: int
    asked_at: float
    took: float


class Line:
    """A kept-open connection, opened anew when the server has closed it."""

    def __init__(self, base: str) -> None:
        self.address = base.removeprefix("http://")
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, ask: Ask) -> tuple[int, bytes]:
        """Status and body; status 0 for no answer."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if ask.token:
            headers["Authorization"] = f"Bearer {ask.token}"
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        data = None if ask.body is None else json.dumps(ask.body)
        try:
            self.connection.request(ask.method, ask.path, data, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            return 0, b""


def open_loop(base: str, asks: Sequence[Ask], *, per_second: float) -> list[Said]:
    """Send every request at its time; the answers, in the order of the requests."""
    lines = threading.local()

    def one(ask: Ask, due: float) -> Said:
        if not hasattr(lines, "mine"):
            lines.mine = Line(base)
        asked_at = time.time() - (time.perf_counter() - due)
        status, body = lines.mine.ask(ask)
        return Said(status, len(body), asked_at, time.perf_counter() - due)

    begun = time.perf_counter() + LEAD_SECONDS
    with ThreadPoolExecutor(THREADS) as pool:
        waiting = []
        for number, ask in enumerate(asks):
            due = begun + number / per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            waiting.append(pool.submit(one, ask, due))
        return [each.result() for each in waiting]


def one_by_one(base: str, asks: Sequence[Ask]) -> list[Said]:
    """One person asking, each request after the last answer."""
    line, found = Line(base), []
    for ask in asks:
        begun, at = time.perf_counter(), time.time()
        status, body = line.ask(ask)
        found.append(Said(status, len(body), at, time.perf_counter() - begun))
    return found
