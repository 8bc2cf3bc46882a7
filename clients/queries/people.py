"""Whose is it? Answered here, once: every other query starts from these (house rule 7).

Row-level security holds the same line a second time, in the database.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from clients import models
from clients.domain.emergency_numbers import emergency_number
from clients.queries import readers
from coachapi.accounts import second_factor
from coachapi.accounts.models import Coach, User
from coachapi.notifications.outbox import Recipient
from coachapi.refusals import NotThere


def for_coach(user: User) -> QuerySet[models.Client]:
    """The clients whose health this coach may see: coaching open, consent standing."""
    return models.Client.objects.filter(
        coachings__coach__user=user,
        coachings__coach__active=True,
        coachings__until__isnull=True,
        consents__purpose="coach_sees",
        consents__withdrawn_at__isnull=True,
    )


def for_user(user: User) -> QuerySet[models.Client]:
    """The rows in which this user is the client."""
    return models.Client.objects.filter(user=user)


def own_client(user: User, *, held: bool = False) -> models.Client:
    """The client this user is; raises ``NotThere`` for someone who is nobody's client.

    A user coached in several practices acts in the newest; the phone may name another later.
    With ``held`` the row is held as by ``lock``.
    """
    found: models.Client = own_client_with(user, held=held)
    return found


def own_client_with(user: User, *, held: bool = False, **beside: Any) -> Any:
    """The same, and what stands beside the row (``coachapi.nested``), in one statement."""
    rows = for_user(user).select_related("health", "practice", "user").annotate(**beside)
    if held:
        rows = rows.select_for_update(of=("self",), no_key=True)
    found = rows.order_by("-created_at").first()
    if found is None:
        raise NotThere
    return found


def coached_client(user: User, client_id: uuid.UUID) -> models.Client:
    """One client of this coach; raises ``NotThere`` for anybody else's."""
    found = for_coach(user).select_related("health", "practice").filter(pk=client_id).first()
    if found is None:
        raise NotThere
    return found


def lock(client: models.Client) -> None:
    """Hold the client's row for this transaction: report and apply never race (ruling 5).

    Not against rows that merely point at it: a set being logged keeps nobody waiting.
    """
    models.Client.objects.select_for_update(no_key=True).only("id").get(pk=client.pk)


TURNS = {"lead": 1, "cover": 2, "owner": 3, "client": 4}


def recipients(client_id: uuid.UUID) -> list[Recipient]:
    """Who may be told about this client, in turn; the relay asks this just before sending."""
    found = [Recipient(each.user_id, TURNS[each.place]) for each in readers.of(client_id)]
    return sorted(found, key=lambda who: who.turn)


def emergency_contact(client_id: uuid.UUID) -> dict[str, str] | None:
    """Whom the client agreed may be told in an emergency, with the client's name; the relay's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, name FROM emergency_contact_of(%s)", [client_id])
        row = cursor.fetchone()
    return {"address": row[0], "name": row[1]} if row else None


def coach_place(user: User) -> Coach:
    """Where this user coaches; raises ``NotThere`` for someone who coaches nowhere."""
    found = Coach.objects.filter(user=user, active=True).order_by("role", "id").first()
    if found is None:
        raise NotThere
    return found


def coach_of_practice(practice_id: uuid.UUID, coach_id: uuid.UUID) -> Coach:
    """An active coach of a practice; raises ``NotThere``."""
    found = Coach.objects.filter(pk=coach_id, practice_id=practice_id, active=True).first()
    if found is None:
        raise NotThere
    return found


def me(user: User) -> dict[str, Any]:
    """The signed-in user with every place as coach and as client. Five queries."""
    coached = (
        for_user(user)
        .select_related("practice", "health")
        .prefetch_related(
            Prefetch(
                "coachings",
                models.Coaching.objects.filter(until__isnull=True).select_related("coach__user"),
            ),
            Prefetch("consents", models.Consent.objects.filter(withdrawn_at__isnull=True)),
        )
    )
    return {
        "user_id": user.pk,
        "email": user.email,
        "name": user.name,
        "second_factor": second_factor.is_on(user),
        "coaches_in": [
            {"coach_id": place.pk, "practice": place.practice.name, "role": place.role}
            for place in Coach.objects.filter(user=user, active=True).select_related("practice")
        ],
        "coached_in": [
            {
                "client_id": client.pk,
                "practice": client.practice.name,
                "emergency_number": emergency_number(client.practice.country),
                "coaches": [link.coach.user.name for link in client.coachings.all()],
                "covered": any(link.role == "cover" for link in client.coachings.all()),
                "consents": sorted(consent.purpose for consent in client.consents.all()),
                "emergency_contact": client.health.emergency_contact or None,
                "unit": client.unit,
                "time_zone": client.time_zone,
            }
            for client in coached
        ],
    }
