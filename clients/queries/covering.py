"""Who stands in for a coach: named at set-up, so that nobody learns it in an emergency."""

from __future__ import annotations

from dataclasses import dataclass

from clients import models
from clients.queries import people
from coachapi.accounts.models import User


@dataclass(frozen=True, slots=True)
class Covered:
    """The clients a coach leads: how many somebody covers, by whom; and those nobody does."""

    led: int
    by: tuple[tuple[str, int], ...]
    alone: tuple[str, ...]


def of(user: User) -> Covered:
    """Of the clients this coach leads and who agree to it. Two queries."""
    led = dict(
        models.Coaching.objects.filter(
            client__in=people.for_coach(user), coach__user=user, role="lead", until__isnull=True
        )
        .order_by("client__name")
        .values_list("client_id", "client__name")
    )
    covers = models.Coaching.objects.filter(
        client__in=led, role="cover", until__isnull=True, coach__active=True
    ).values_list("client_id", "coach__user__name")
    by: dict[str, int] = {}
    for _client, name in covers:
        by[name] = by.get(name, 0) + 1
    covered = {client for client, _name in covers}
    return Covered(
        led=len(led),
        by=tuple(sorted(by.items())),
        alone=tuple(name for client, name in led.items() if client not in covered),
    )
