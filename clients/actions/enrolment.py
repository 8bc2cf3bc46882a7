"""How a coach and a client come together, and how they part."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from clients import models
from coachapi.accounts import addresses
from coachapi.accounts.models import Coach, User
from coachapi.door import acting_for
from coachapi.refusals import NotThere, Refused

GOOD_FOR = dt.timedelta(hours=72)
WORDING = "2026-11"  # the consent texts as the phone shows them; a changed text is a new wording


class InvitationSpent(Refused):
    """Used, revoked, expired or unknown: one answer for all, so that nobody learns which."""

    code = "invitation.not_valid"
    title = "Invitation not valid"

    def __init__(self) -> None:
        super().__init__("This invitation is not valid any more. Ask your coach for a new one.")


class ConsentNeeded(Refused):
    """Coaching with health answers needs the client's consent that the coach sees them."""

    code = "consent.coach_sees_needed"
    status = 422
    title = "Consent needed"

    def __init__(self) -> None:
        super().__init__(
            "Your coach can only look after you if you agree that your coach sees what you report."
        )


class LinkedAlready(Refused):
    """This coach is the client's lead or cover already."""

    code = "coaching.linked_already"
    title = "Linked already"

    def __init__(self) -> None:
        super().__init__("This coach is linked to this client already.")


class SignInFirst(Refused):
    """The invited address already has an account: its owner signs in, then accepts."""

    code = "invitation.sign_in_first"
    title = "Sign in first"

    def __init__(self) -> None:
        super().__init__("There is an account for the invited address. Sign in, then accept.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation shows before it is accepted: who invites, who will see what."""

    practice: str
    coach: str
    email: str
    client_name: str


def invite(
    *, place: Coach, name: str, email: str, time_zone: str, by: User, at: dt.datetime
) -> tuple[models.Client, str]:
    """Write down a client and mint the single-use token to hand over (good for 72 hours)."""
    client = models.Client.objects.create(
        practice_id=place.practice_id, name=name, time_zone=time_zone, created_at=at
    )
    models.Coaching.objects.create(client=client, coach=place, role="lead", since=at)
    token = secrets.token_urlsafe(32)
    models.Invitation.objects.create(
        client=client,
        email=email.lower(),
        token_hash=_hash(token),
        invited_by=by,
        expires_at=at + GOOD_FOR,
    )
    return client, token


def link(token: str) -> str:
    """The address to hand over. The token is in the fragment: it reaches no log and no Referer."""
    return f"{settings.PUBLIC_URL}/phone/join/#{token}"


def preview(*, token: str, at: dt.datetime) -> Offer:
    """What accepting would mean; raises ``InvitationSpent``."""
    invitation = _standing(token, at)
    with acting_for(invitation.client_id):
        client = models.Client.objects.select_related("practice").get(pk=invitation.client_id)
        return Offer(
            practice=client.practice.name,
            coach=invitation.invited_by.name,
            email=invitation.email,
            client_name=client.name,
        )


def accept(
    *,
    token: str,
    password: str,
    purposes: Iterable[str],
    signed_in: User | None,
    at: dt.datetime,
) -> models.Client:
    """Bind the invitation to an account and record each consent; usable once, even in a race.

    Raises ``InvitationSpent``, ``ConsentNeeded`` or ``SignInFirst``.
    """
    agreed = set(purposes)
    if "coach_sees" not in agreed:
        raise ConsentNeeded
    invitation = _standing(token, at)
    with acting_for(invitation.client_id):
        taken = models.Invitation.objects.filter(
            pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True
        ).update(accepted_at=at)
        if not taken:
            raise InvitationSpent
        client = models.Client.objects.select_related("practice").get(pk=invitation.client_id)
        client.user = _account(invitation, client, password, signed_in)
        client.save(update_fields=["user"])
        models.HealthProfile.objects.create(client=client)
        models.Consent.objects.bulk_create(
            models.Consent(client=client, purpose=purpose, wording=WORDING, given_at=at)
            for purpose in sorted(agreed)
        )
    return client


def _account(
    invitation: models.Invitation, client: models.Client, password: str, signed_in: User | None
) -> User:
    known = User.objects.filter(email=invitation.email).first()
    if known is None:
        known = User.objects.create_user(
            invitation.email, password, name=client.name, time_zone=client.time_zone
        )
        addresses.prove(known)
        return known
    if signed_in is None or signed_in.pk != known.pk:
        raise SignInFirst
    return known


def add_cover(*, client: models.Client, coach: Coach, by: User, at: dt.datetime) -> models.Coaching:
    """Let a second coach of the practice receive what the first does not see in time."""
    if coach.practice_id != client.practice_id:
        raise NotThere
    if client.coachings.filter(coach=coach, until__isnull=True).exists():
        raise LinkedAlready
    return models.Coaching.objects.create(client=client, coach=coach, role="cover", since=at)


def end_coaching(*, client_id: uuid.UUID, by: User, at: dt.datetime) -> None:
    """End this coach's link to the client; access ends with the transaction."""
    ended = models.Coaching.objects.filter(
        client_id=client_id, coach__user=by, until__isnull=True
    ).update(until=at)
    if not ended:
        raise NotThere


def name_emergency_contact(*, client: models.Client, address: str, at: dt.datetime) -> None:
    """Keep whom to write to in an emergency nobody answers, and that the client agrees to it."""
    models.HealthProfile.objects.filter(client=client).update(emergency_contact=address)
    models.Consent.objects.get_or_create(
        client=client,
        purpose="emergency_contact",
        withdrawn_at=None,
        defaults={"wording": WORDING, "given_at": at},
    )


def withdraw_consent(*, client: models.Client, purpose: str, at: dt.datetime) -> None:
    """Take a consent back; for ``coach_sees`` the coach's access ends at once.

    With the consent for an emergency contact goes the address.
    """
    taken_back = models.Consent.objects.filter(
        client=client, purpose=purpose, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)
    if not taken_back:
        raise NotThere
    if purpose == "emergency_contact":
        models.HealthProfile.objects.filter(client=client).update(emergency_contact="")


def _standing(token: str, at: dt.datetime) -> models.Invitation:
    found = (
        models.Invitation.objects.select_related("invited_by")
        .filter(
            token_hash=_hash(token),
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=at,
        )
        .first()
    )
    if found is None:
        raise InvitationSpent
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
