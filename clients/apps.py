"""Clients: what happens to a client, and what is decided about it."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Clients, plans, sessions, reports, regressions."""

    name = "clients"

    def ready(self) -> None:
        """Register the check that the rule set has been reviewed."""
        from clients import checks  # noqa: F401
