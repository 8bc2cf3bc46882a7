"""Leaving: the account is deleted, every access ends at once, records stay without a name.

What stays and why stands in docs/adr/0019: reports, plans and decisions are a record of care, kept
under the client's id until the practice's retention or an erasure removes them.
"""

from __future__ import annotations

import datetime as dt

from clients import models
from coachapi.accounts import deletion
from coachapi.accounts.models import Coach, User
from coachapi.refusals import Refused

GONE = "Former client"


class StillCoaching(Refused):
    """Clients who rely on this coach, or a practice without another owner, come first."""

    code = "account.still_needed"
    title = "Hand over first"


def leave(*, user: User, at: dt.datetime) -> None:
    """Delete the account of a client or a coach. Raises ``StillCoaching``."""
    _check_nobody_is_left_alone(user)
    for client in models.Client.objects.filter(user=user):
        client.coachings.filter(until__isnull=True).update(until=at)
        client.invitations.update(email="")
        models.HealthProfile.objects.filter(client=client).update(emergency_contact="")
        models.Consent.objects.filter(client=client, withdrawn_at__isnull=True).update(
            withdrawn_at=at
        )
        models.Client.objects.filter(pk=client.pk).update(name=GONE)
    deletion.forget(user)


def _check_nobody_is_left_alone(user: User) -> None:
    coached = models.Coaching.objects.filter(coach__user=user, until__isnull=True).count()
    if coached:
        raise StillCoaching(
            f"You still coach {coached} client{'s' if coached > 1 else ''}. End each coaching or"
            " hand it over, then delete your account."
        )
    for place in Coach.objects.filter(user=user, active=True, role=Coach.OWNER):
        others = Coach.objects.filter(practice_id=place.practice_id, active=True, role=Coach.OWNER)
        if not others.exclude(pk=place.pk).exists():
            raise StillCoaching(
                "You are the only owner of your practice. Name another owner, then delete your"
                " account."
            )
