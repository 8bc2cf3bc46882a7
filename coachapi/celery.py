"""The Celery application: tasks send, PostgreSQL remembers. Its settings are CELERY_* of ours."""

import os

from celery import Celery
from celery.signals import worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coachapi.settings")

app = Celery("coachapi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def _start_timer(**_: object) -> None:
    """Every worker drains the outbox by itself, ring or no ring (docs/adr/0004)."""
    from coachapi.notifications import timer

    timer.start()


@worker_shutting_down.connect
def _stop_timer(**_: object) -> None:
    from coachapi.notifications import timer

    timer.stop()
