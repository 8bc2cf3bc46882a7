"""The ground floor as a Django app."""

from django.apps import AppConfig


class CoachapiConfig(AppConfig):
    """Loads the Celery app and the system checks.

    Celery is loaded here and not in ``__init__`` so that a pure module imports neither it nor
    Django.
    """

    name = "coachapi"
    verbose_name = "coachapi"

    def ready(self) -> None:
        """Bind the tasks to our Celery app; register the checks."""
        from coachapi import celery, checks  # noqa: F401
        from coachapi.watch import tasks

        tasks.connect()
