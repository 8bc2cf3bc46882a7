"""A relay, or a phone's request, that is killed at an exact place: run as its own process.

`python -m tests.notifications.runner PLACE COUNT [MUTANT]` forks COUNT children one after the
other. Each does its work and kills itself (SIGKILL) at PLACE; `nowhere` lets it finish. A MUTANT
is one of the faults that would lose alerts, put in here and nowhere in the product.
"""

from __future__ import annotations

import os
import signal
import sys
import uuid
from collections.abc import Callable
from typing import Any

import django

PLACES = (
    "after the report's commit",
    "before the report's commit",
    "after the claim",
    "just before sending",
    "taken but not marked",
    "in the middle of an escalation",
)
MUTANTS = ("send on commit only", "mark before sending")


def die(*_: Any, **__: Any) -> None:
    """Gone, with nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def work(place: str, mutant: str) -> None:
    """What a child does: a report's request, or a drain."""
    from coachapi.notifications import outbox, pacing, relay

    one_at_a_time = pacing.Rule(slots=1, spare=0)  # each death has one in its hands
    pacing.rule = lambda _: one_at_a_time  # type: ignore[assignment]
    send = relay.channels.SENDERS["email"]

    def sent_then_dead(parcel: relay.Parcel) -> None:
        send(parcel)
        die()

    def stepped_then_dead(*args: Any, **kwargs: Any) -> None:
        address(*args, **kwargs)
        die()

    address = outbox.address
    if mutant == "send on commit only":
        outbox._deliver = lambda *_, **__: 0
    if place.endswith("the report's commit"):
        outbox._send = die  # type: ignore[assignment]
        if place.startswith("before"):
            outbox.ring = die  # type: ignore[assignment]
        tell()
        return
    if place == "after the claim":
        relay._checked = die  # type: ignore[assignment]
    if place == "just before sending":
        relay.channels.SENDERS["email"] = die  # type: ignore[assignment]
    if place == "taken but not marked":
        relay.channels.SENDERS["email"] = sent_then_dead
    if place == "in the middle of an escalation":
        outbox.address = stepped_then_dead  # type: ignore[assignment]
    if mutant == "mark before sending":
        relay.channels.SENDERS["email"] = marked_first(relay.channels.SENDERS["email"])
    relay.drain()


def marked_first(send: Callable[[Any], None]) -> Callable[[Any], None]:
    """The order of things that healthchecks once had: mark, then send."""
    from coachapi.notifications import ledger

    def marked_then_sent(parcel: Any) -> None:
        ledger.mark([ledger.Outcome(parcel, "accepted")])
        send(parcel)

    return marked_then_sent


def tell() -> None:
    """What a report's request does, up to its commit."""
    from clients.queries import people
    from coachapi import clock
    from coachapi.door import acting_as
    from coachapi.notifications import outbox

    user, client, practice = os.environ["TELL"].split()
    message = outbox.Message(
        kind="symptom.reported",
        about_id=uuid.UUID(os.environ["ABOUT"]),
        client_id=uuid.UUID(client),
        practice_id=uuid.UUID(practice),
        level="urgent",
        priority=1,
    )
    with acting_as(uuid.UUID(user)):
        lead = [who for who in people.recipients(message.client_id) if who.turn == 1]
        outbox.record(message, to=outbox.everywhere(lead, ("feed", "email")), at=clock.now())


def main(place: str, count: int, mutant: str = "") -> int:
    """Run the children; returns how many were killed."""
    django.setup()
    killed = 0
    for _ in range(count):
        child = os.fork()
        if child == 0:
            try:
                work(place, mutant)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    return killed


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:]))  # noqa: T201
