"""A user's e-mail address, and whether it has been proved to be theirs."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from coachapi.accounts.models import User


def prove(user: User) -> None:
    """The address is the user's: an invitation sent to it was accepted, or an operator says so.

    Without this the first sign-in asks for a code that is sent there.
    """
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
