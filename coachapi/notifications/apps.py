"""Notifications: alerts that a person must know, and their deliveries."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The outbox, the relay that empties it, the channels."""

    name = "coachapi.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Give every worker process its timer, so that no broker is needed for sending."""
        from celery.signals import worker_process_init, worker_process_shutdown

        from coachapi.notifications import timer

        worker_process_init.connect(timer.start)
        worker_process_shutdown.connect(timer.stop)
