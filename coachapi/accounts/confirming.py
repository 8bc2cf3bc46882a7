"""Is it still the person who signed in? Asked before what cannot be undone."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from rest_framework.request import Request

from coachapi.accounts.models import User
from coachapi.refusals import Refused


class ConfirmFirst(Refused):
    """The password is wrong, or nobody confirmed in the last five minutes who they are."""

    code = "account.confirm_first"
    status = 403
    title = "Confirm that it is you"


def check(request: Request, *, password: str | None) -> None:
    """Raises ``ConfirmFirst`` unless the password fits or the sign-in was confirmed just now.

    Wrong passwords count as failed sign-ins do. Confirming with a code or a passkey is allauth's
    ``/auth/reauthenticate``, ``/auth/2fa/reauthenticate`` and ``/auth/webauthn/reauthenticate``.
    """
    user = request.user
    assert isinstance(user, User)
    if password is None:
        if not _confirmed_lately(request, user):
            raise ConfirmFirst("Send your password, or confirm with your second factor first.")
        return
    try:
        right = get_adapter().reauthenticate(user, password)
    except ValidationError as many:
        raise ConfirmFirst(" ".join(many.messages)) from many
    if not right:
        raise ConfirmFirst("That is not your password.")


def _confirmed_lately(request: Request, user: User) -> bool:
    """Whether this sign-in was made or confirmed within allauth's time for it."""
    asked = HttpRequest()
    asked.session = request.auth  # type: ignore[assignment]
    made = [each["at"] for each in get_authentication_records(asked, user)]
    return bool(made) and time.time() - max(made) < app_settings.REAUTHENTICATION_TIMEOUT
