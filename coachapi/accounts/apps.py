"""Accounts: who signs in, and in which practice they coach."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, practices, coaches, session tokens."""

    name = "coachapi.accounts"
    label = "accounts"

    def ready(self) -> None:
        """A changed address ends every other sign-in, as a changed password does."""
        from allauth.account.signals import email_changed

        from coachapi.accounts import sign_ins

        email_changed.connect(sign_ins.address_changed)
