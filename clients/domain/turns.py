"""Who is told in which step: the lead, then cover by the rota, then the owner (domain §3.1).

A coach who is away is passed over while another is there, at once and at every level; at urgent
and emergency they stand behind those who are there. With nobody else there an absence holds
nothing back, so that a solo coach's holiday loses no client.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from clients.domain.levels import Level, Priority
from clients.domain.reader import URGENT, Reader, Weight

LAST_STEP = 6  # then the alert stays in the feed and in the count of unacknowledged alerts
TOLD_AGAIN: frozenset[Weight] = frozenset(
    {(level, priority) for level in (Level.EMERGENCY, Level.URGENT) for priority in Priority}
    | {(Level.MODIFY, Priority.NORMAL)}
)
"""Weights at which a step tells those before again: modify is "re-notify and backup" (§3.1); at
refer and at high modify the next in turn takes over."""

PLACES = ("lead", "cover", "owner")


@dataclass(frozen=True, slots=True)
class Turn:
    """One step's readers; ``contact``: the client's emergency contact is told too, once, if agreed.

    ``passed_over``: coaches who are away; their feed has it when they are back.
    """

    readers: tuple[Reader, ...]
    passed_over: tuple[Reader, ...]
    contact: bool


def turn(readers: Iterable[Reader], weight: Weight, step: int, *, at: dt.datetime) -> Turn:
    """Who is told at a step; 1 is the first telling."""
    known = list(readers)
    order = in_order(known, weight, at)
    before, here = order[: step - 1], order[step - 1 : step]
    told = (*here, *before) if here and weight in TOLD_AGAIN else here or order
    named = {each.user_id for each in order}
    return Turn(
        readers=told,
        passed_over=tuple(
            each for each in known if each.place == "lead" and each.user_id not in named
        ),
        contact=weight[0] is Level.EMERGENCY and step == max(1, len(order)) + 1,
    )


def in_order(readers: Iterable[Reader], weight: Weight, at: dt.datetime) -> tuple[Reader, ...]:
    """Everybody in turn at this weight: those who are there, then those away, the owner last."""
    known = sorted(
        (each for each in readers if each.place in PLACES),
        key=lambda each: (PLACES.index(each.place), each.rota, str(each.user_id)),
    )
    coaches = [each for each in known if each.place != "owner"]
    owners = [each for each in known if each.place == "owner"]
    there = [each for each in coaches if not each.is_away(at)]
    away = [replace(each, away=()) for each in coaches if each.is_away(at)]
    return (*there, *(away if weight >= URGENT or not there else ()), *owners)
