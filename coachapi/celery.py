"""The Celery application: tasks send, PostgreSQL remembers. Its settings are CELERY_* of ours."""

import os

from celery import Celery
from celery.signals import task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coachapi.settings")

app = Celery("coachapi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def forget_dead_connections(**_: object) -> None:
    """Look at a kept connection before a task uses it: the database may have been restarted.

    ``CELERY_DB_REUSE_MAX`` keeps connections from task to task and never looks.
    """
    from django.db import close_old_connections

    close_old_connections()
