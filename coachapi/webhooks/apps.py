"""Webhooks: other systems of a practice are told what happened, by id, signed."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Endpoints, their secrets, and how sending to them goes."""

    name = "coachapi.webhooks"
    label = "webhooks"
