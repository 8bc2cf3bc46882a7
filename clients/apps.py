"""Clients: what happens to a client, and what is decided about it."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Clients, plans, sessions, reports, regressions."""

    name = "clients"
