"""Sign-in as allauth does it, with the decisions that are ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from coachapi.accounts import letters, sign_ins, wrong_codes
from coachapi.accounts.models import User


class Adapter(DefaultAccountAdapter):
    """Accounts come from invitations (clients) and from a practice's owner (coaches)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the letter for a worker; the answer waits for no mail server."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        letters.write(to=email, subject=str(message.subject), body=str(message.body))

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """A code opens no account of which too many were guessed."""
        if wrong_codes.was_by_code(request, user):
            wrong_codes.refuse_after_many(request, user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and remember with what, for the list of sign-ins."""
        super().login(request, user)
        request.session["user_agent"] = self.get_http_user_agent(request)[:200]

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A new password ends every other sign-in, wherever it was set.

        Set by somebody who is not signed in, it was a code that allowed it.
        """
        if not self.request.user.is_authenticated:
            wrong_codes.refuse_after_many(self.request, user)
        super().set_password(user, password)
        assert isinstance(user, User)
        sign_ins.end_others(user, keep=self.request.session.session_key)
