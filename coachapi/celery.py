"""The Celery application: tasks send, PostgreSQL remembers. Its settings are CELERY_* of ours."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coachapi.settings")

app = Celery("coachapi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
