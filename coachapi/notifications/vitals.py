"""Whether alerts are leaving: numbers and sentences for whoever watches, and nothing about health.

Any login of ours may ask ``vitals``. ``look`` is the relay's own: does it see every waiting row?
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import ProgrammingError, connection

from coachapi import heartbeat
from coachapi.notifications import ledger

OLDEST = 30.0  # seconds a delivery may be overdue
SILENT = 20.0  # seconds without a sign of life from any worker's sweep
BLIND = "relay blind"  # the heartbeat of a relay that does not see what it should


class BlindRelay(RuntimeError):
    """The relay's login cannot see the outbox: every alert would be lost while all looks well."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the deliveries of every practice are."""

    waiting: int
    oldest_unsent_seconds: float  # since it should first have left
    dead_letters: int
    unacknowledged_red_flags: int
    sweep_seconds: float | None  # since any worker last looked; ``None``: never
    blind: bool
    clock_went_back: bool

    def troubles(self) -> list[str]:
        """What somebody must see to, a sentence each; empty when alerts are leaving."""
        said = []
        if self.blind:
            said.append("A relay does not see the outbox: wrong login or row policy.")
        if self.sweep_seconds is None:
            said.append("No worker has ever looked for alerts to send.")
        elif self.sweep_seconds > SILENT:
            said.append(f"No worker has looked for alerts for {self.sweep_seconds:.0f} s.")
        if self.oldest_unsent_seconds > OLDEST:
            said.append(f"An alert has been waiting for {self.oldest_unsent_seconds:.0f} s.")
        if self.dead_letters:
            said.append(f"{self.dead_letters} deliveries were refused for good: see dead letters.")
        if self.clock_went_back:
            said.append("The database's clock is behind what it wrote: alerts would leave late.")
        return said


def vitals() -> Vitals:
    """The numbers as they are now. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM delivery_vitals()")
        waiting, oldest, dead, red, behind = cursor.fetchone()
    ages = heartbeat.ages("worker", BLIND)
    swept, blind = ages.get("worker"), ages.get(BLIND)
    return Vitals(
        waiting=waiting,
        oldest_unsent_seconds=max(0.0, float(oldest)),
        dead_letters=dead,
        unacknowledged_red_flags=red,
        sweep_seconds=swept,
        blind=blind is not None and (swept is None or blind < swept),
        clock_went_back=behind,
    )


def look() -> int:
    """How many deliveries wait, as the relay sees it; at a thousand it stops counting.

    Raises ``BlindRelay`` when a definer's count sees more, and the database's own error when the
    login may not take the relay's role. Both are noted for ``vitals``.
    """
    try:
        with ledger.as_relay(), connection.cursor() as cursor:
            cursor.execute(  # one statement, one snapshot: a report between two would look hidden
                "SELECT count(*), deliveries_waiting() FROM (SELECT FROM notifications_delivery"
                " WHERE state IN ('pending', 'sending') LIMIT 1000) AS found"
            )
            count, truth = cursor.fetchone()
        if truth > count:
            raise BlindRelay(f"The relay sees {count} of {truth} waiting deliveries.")
    except (BlindRelay, ProgrammingError):
        heartbeat.beat(BLIND)
        raise
    return int(count)
