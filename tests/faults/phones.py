"""Reports as phones send them, again and again until they are accepted, and what was accepted.

The log of accepted answers is written through to the disk before the next request, so that it is
at least as durable as what it is compared with.
"""

from __future__ import annotations

import http.client
import json
import os
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from coachapi import clock
from tests.bench.crowd import PLACES, said
from tests.faults.ground import Ground
from tests.isolation.cast import Life
from tests.isolation.phone import fresh

PATIENCE = 30.0


@dataclass
class Heard:
    """What the phones were told."""

    log: Path
    accepted: set[str] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)  # Retry-After of each 503
    lock: Lock = field(default_factory=Lock)

    def note(self, report: str, status: int, wait: str, took: float) -> None:
        """One answer; an accepted one is on the disk before this returns."""
        with self.lock:
            self.statuses.append(status)
            self.took.append(took)
            if status == 503:
                self.waits.append(wait)
            if status in (200, 201):
                self.accepted.add(report)
                with self.log.open("a") as log:
                    log.write(report + "\n")
                    log.flush()
                    os.fsync(log.fileno())


def reports(crowd: Sequence[Life], number: int) -> list[tuple[str, Life, bytes]]:
    """So many new reports: id, who, body. Every one is about a place that this client has not
    named before, so that each is an alert of its own."""
    at, found = clock.now(), []
    for life in crowd:
        for place in PLACES:
            if (life.client.pk, place) not in _named and len(found) < number:
                _named.add((life.client.pk, place))
                found.append((fresh(), life, json.dumps(said(place, at)).encode()))
    assert len(found) == number, "the crowd is too small"
    return found


_named: set[tuple[uuid.UUID, tuple[str, str]]] = set()


def send(
    ground: Ground,
    wanted: list[tuple[str, Life, bytes]],
    *,
    per_second: float,
    until: float = 120,
    heard: Heard | None = None,
) -> Heard:
    """Send each at its time, and again when the server says or after a second, until accepted."""
    heard, begun = heard or Heard(ground.folder / "accepted.log"), time.monotonic()

    def one(number: int) -> None:
        report, life, body = wanted[number]
        time.sleep(max(0.0, begun + number / per_second - time.monotonic()))
        while time.monotonic() - begun < until:
            status, wait, took = put(ground.web_port, f"/v1/reports/{report}", life, body)
            heard.note(report, status, wait, took)
            if status in (200, 201):
                return
            time.sleep(float(wait or 1))

    with ThreadPoolExecutor(16) as phones:
        for each in [phones.submit(one, number) for number in range(len(wanted))]:
            each.result()
    return heard


def put(port: int, path: str, life: Life, body: bytes) -> tuple[int, str, float]:
    """Status (0 for no answer), Retry-After, seconds."""
    begun = time.monotonic()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Authorization": f"Bearer {life.person.token}", "Content-Type": "application/json"}
    try:
        link.request("PUT", path, body, headers)
        answer = link.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Retry-After", ""), time.monotonic() - begun
    except (OSError, http.client.HTTPException):
        return 0, "", time.monotonic() - begun
    finally:
        link.close()
