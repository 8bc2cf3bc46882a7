"""Forgetting who a user was: the row stays for what points at it, and names nobody."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from coachapi.accounts.models import SignIn, User

GONE = "Former member"


def forget(user: User) -> None:
    """Take name, address, password, second factors and every sign-in; the address is free again."""
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    SignIn.objects.filter(user=user).delete()
    gone = User(pk=user.pk)
    gone.set_unusable_password()
    User.objects.filter(pk=user.pk).update(
        email=f"gone-{user.pk}@invalid.invalid",
        name=GONE,
        password=gone.password,
        is_active=False,
    )
