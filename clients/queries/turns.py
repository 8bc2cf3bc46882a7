"""Whom each step of an alert tells. The relay asks this; it knows no coaches and no levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from clients.queries import people
from coachapi.notifications.outbox import LOUD, Recipient, Standing, Step, everywhere

LAST_STEP = 6  # then the alert stays in the feed and in the count of unacknowledged alerts


def step(standing: Standing, *, at: dt.datetime) -> Step:
    """The addresses of a step: first the lead, then cover; without cover the lead again."""
    known = people.recipients(standing.client_id)
    cover = [who for who in known if who.turn > 1]
    to = first(known) if standing.step == 1 else cover or known
    return Step(
        to=tuple(everywhere(to, channels(loud=True))),
        next_after=standing.every if standing.step < LAST_STEP else None,
    )


def first(known: Iterable[Recipient]) -> list[Recipient]:
    """Whoever is first in turn: the lead, or cover when there is no lead."""
    known = list(known)
    turn = min((who.turn for who in known), default=0)
    return [who for who in known if who.turn == turn]


def channels(*, loud: bool) -> tuple[str, ...]:
    """The channels of an alert, loud or in the feed alone."""
    return LOUD if loud else ("feed",)
