"""Accounts: who signs in, and in which practice they coach."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, practices, coaches, session tokens."""

    name = "coachapi.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear of what allauth does: addresses that change, codes that were wrong.

        A changed address ends every other sign-in, as a changed password does.
        """
        from allauth.account import signals

        from coachapi.accounts import sign_ins, wrong_codes

        signals.email_changed.connect(sign_ins.address_changed)
        signals.login_code_rejected.connect(wrong_codes.count)
        signals.password_reset_code_rejected.connect(wrong_codes.count)
