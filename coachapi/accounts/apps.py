"""Accounts: who signs in, and in which practice they coach."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, practices, coaches, session tokens."""

    name = "coachapi.accounts"
    label = "accounts"
