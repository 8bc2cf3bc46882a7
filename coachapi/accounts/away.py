"""When a coach is away, and who covers in which order."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from coachapi.accounts.actions import NotTheOwner
from coachapi.accounts.models import Absence, Coach, User
from coachapi.refusals import NotThere, Refused

LONGEST = dt.timedelta(days=366)  # a mistyped year would tell cover first for good


class NotADate(Refused):
    """An absence has a first day and a last one, in this order and near each other."""

    code = "absence.dates"
    status = 422
    title = "Not saved"

    def __init__(self) -> None:
        super().__init__(
            _(
                "The last day must not lie before the first, nor in the past, nor more than a year"
                " after the first."
            )
        )


def absences(user: User, *, today: dt.date) -> list[Absence]:
    """The user's own absences that are not over yet, the next one first. One query."""
    mine = Absence.objects.filter(user=user, last_on__gte=today)
    return list(mine.order_by("first_on", "id"))


def be_away(*, user: User, first_on: dt.date, last_on: dt.date, today: dt.date) -> Absence:
    """Note days on which cover stands in; raises ``NotADate``."""
    if last_on < max(first_on, today) or last_on - first_on > LONGEST:
        raise NotADate
    return Absence.objects.create(user=user, first_on=first_on, last_on=last_on)


def be_back(*, user: User, absence_id: uuid.UUID) -> None:
    """Forget an absence, before it or in the middle of it; raises ``NotThere``."""
    gone, _each = Absence.objects.filter(user=user, pk=absence_id).delete()
    if not gone:
        raise NotThere


def rota(practice_id: uuid.UUID) -> list[Coach]:
    """The coaches of a practice in the order in which they cover. One query."""
    rows = Coach.objects.filter(practice_id=practice_id, active=True).select_related("user")
    return list(rows.order_by("rota", "user__name", "id"))


def order_rota(*, practice_id: uuid.UUID, order: Sequence[uuid.UUID], by: User) -> list[Coach]:
    """Let coaches cover in this order, those not named after them; returns them so.

    Raises ``NotTheOwner``, and ``NotThere`` for somebody who is no active coach of the practice.
    """
    known = {each.pk: each for each in rota(practice_id)}
    if not any(each.user_id == by.pk and each.role == Coach.OWNER for each in known.values()):
        raise NotTheOwner("Only the owner of a practice orders who covers.")
    if not known.keys() >= set(order):
        raise NotThere
    ordered = [known[each] for each in dict.fromkeys([*order, *known])]
    for number, coach in enumerate(ordered, start=1):
        coach.rota = number
    Coach.objects.bulk_update(ordered, ["rota"])
    return ordered
