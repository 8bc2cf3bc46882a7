"""Alerts as actions write them, one after the other: `python -m tests.faults.writer COUNT …`.

A process of its own, signed in as the web is. Each line of its log is an alert whose commit has
returned, written through to the disk. When the database is away it tries the same one again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import time
import uuid
from pathlib import Path

import django


def main() -> None:
    """Write so many, so many a second."""
    reader = argparse.ArgumentParser()
    reader.add_argument("count", type=int)
    reader.add_argument("log", type=Path)
    reader.add_argument("--per-second", type=float, default=50)
    reader.add_argument("--priority", type=int, default=5)
    reader.add_argument("--escalate", type=float, default=0, help="seconds")
    given = reader.parse_args()
    django.setup()
    begun = time.monotonic()
    with given.log.open("a") as log:
        for number in range(given.count):
            time.sleep(max(0.0, begun + number / given.per_second - time.monotonic()))
            about = uuid.uuid4()
            write(about, given.priority, given.escalate)
            log.write(f"{about} {time.time()}\n")
            log.flush()
            os.fsync(log.fileno())


def write(about: uuid.UUID, priority: int, escalate: float) -> None:
    """One alert for the client's lead coach, into feed and phone, when it has committed."""
    from django.db import InterfaceError, OperationalError, connection

    from clients.queries import people
    from coachapi import clock
    from coachapi.door import acting_as
    from coachapi.notifications import outbox

    user, client, practice = (uuid.UUID(word) for word in os.environ["TELL"].split())
    message = outbox.Message(
        kind="symptom.reported",
        about_id=about,
        client_id=client,
        practice_id=practice,
        level="urgent" if priority <= 1 else "modify",
        priority=priority,
        escalate_after=dt.timedelta(seconds=escalate) if escalate else None,
    )
    while True:
        try:
            with acting_as(user):
                lead = [who for who in people.recipients(client) if who.turn == 1]
                to = outbox.everywhere(lead, ("feed", "push"))
                outbox.record(message, to=to, at=clock.now())
            return
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.1)


if __name__ == "__main__":
    main()
