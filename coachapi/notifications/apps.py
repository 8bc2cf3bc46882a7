"""Notifications: alerts that a person must know, and their deliveries."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The outbox, the relay that empties it, the channels."""

    name = "coachapi.notifications"
    label = "notifications"
