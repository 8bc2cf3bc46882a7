"""What changes accounts: founding a practice, adding a coach to it."""

from __future__ import annotations

import uuid

from django.db import connection

from coachapi.accounts.models import Coach, Practice, User
from coachapi.refusals import Refused


class NotTheOwner(Refused):
    """Only an owner changes who coaches in a practice."""

    code = "practice.not_the_owner"
    status = 403
    title = "Not yours to change"


def found_practice(*, name: str, country: str, time_zone: str, by: User) -> uuid.UUID:
    """Open a practice with this user as its owner and first coach; returns the practice's id.

    The one write that no policy can allow, since nobody sees a practice before it has a coach: a
    definer function of the database makes both rows at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT found_practice(%s, %s, %s, %s)", [name, country, time_zone, by.pk])
        practice_id: uuid.UUID = cursor.fetchone()[0]
    return practice_id


def add_coach(*, practice_id: uuid.UUID, user: User, by: User, role: str = Coach.COACH) -> Coach:
    """Give a user a coach's place; raises ``NotTheOwner`` unless ``by`` owns the practice."""
    owns = Coach.objects.filter(practice_id=practice_id, user=by, role=Coach.OWNER, active=True)
    if not owns.exists():
        raise NotTheOwner("Only the owner of a practice adds coaches to it.")
    practice = Practice.objects.get(pk=practice_id)
    return Coach.objects.create(practice=practice, user=user, role=role)
