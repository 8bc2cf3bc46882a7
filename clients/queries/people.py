"""Whose is it? Answered here, once: every other query starts from these (house rule 7).

Row-level security holds the same line a second time, in the database.
"""

from __future__ import annotations

import uuid

from django.db import connection
from django.db.models import QuerySet

from clients import models
from coachapi.accounts.models import User
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


def own_client(user: User) -> models.Client:
    """The client this user is; raises ``NotThere`` for someone who is nobody's client.

    A user coached in several practices acts in the newest; the phone may name another later.
    """
    found = for_user(user).select_related("health", "practice").order_by("-created_at").first()
    if found is None:
        raise NotThere
    return found


def coached_client(user: User, client_id: uuid.UUID) -> models.Client:
    """One client of this coach; raises ``NotThere`` for anybody else's."""
    found = for_coach(user).select_related("health", "practice").filter(pk=client_id).first()
    if found is None:
        raise NotThere
    return found


def recipients(client_id: uuid.UUID) -> list[Recipient]:
    """Who may be told about this client, in turn; the relay asks this just before sending."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recipients_of(%s)", [client_id])
        return [Recipient(user, turn) for user, turn, _digest in cursor.fetchall()]


def prefers_digest(client_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """The recipients who turned ``monitor`` down to the digest (decision 14)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recipients_of(%s)", [client_id])
        return frozenset(user for user, _turn, digest in cursor.fetchall() if digest)
