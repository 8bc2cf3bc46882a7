"""How work is rung for and done: Celery, its queues, its beat, the workers' own timer."""

from __future__ import annotations

import os
from typing import Any

from coachapi.environ import number

_WEB = os.environ.get("PROCESS_ROLE", "web") == "web"

# Celery carries wake-ups, never facts: every task may be lost or run twice (docs/adr/0004).
CELERY_BROKER_URL = os.environ.get("BROKER_URL", "redis://localhost:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # three times the hard limit: no task is run again while it runs
    # A broker that is dead or hangs holds no request: the bell can wait, the rows stand.
    "socket_timeout": 0.15 if _WEB else 5,
    "socket_connect_timeout": 0.1 if _WEB else 2,
    "socket_keepalive": True,
    "health_check_interval": 5,  # a consumer on a line that has gone dead notices within 11 s
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,  # with the default a killed worker's message waits 100 s more
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 0}  # "retry=False" waits 6 s, this 0.08 s
CELERY_TASK_IGNORE_RESULT = True  # state belongs in our tables
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # without it a killed child's message is acked and lost
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
# A minute of film must not hold up a bell. A worker without -Q serves both queues.
CELERY_TASK_QUEUES: dict[str, Any] = {"celery": {}, "long": {}}
CELERY_TASK_ROUTES = {"clients.tasks.make_clip*": {"queue": "long"}}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000  # prefork leaks; so does one exception in a thousand
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 250_000  # kB
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20  # what is under way is sent and marked
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"  # schedules shift at clock changes otherwise
CELERY_DB_REUSE_MAX = 1000  # by default every task connects anew, at a quarter of the speed
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "drain": {
        "task": "coachapi.notifications.tasks.drain",
        "schedule": 5.0,
        "kwargs": {"from_beat": True},
    },
    "due": {"task": "clients.tasks.due", "schedule": 10.0},
    "clips": {"task": "clients.tasks.make_clips", "schedule": 60.0},
    "forget": {"task": "coachapi.tasks.forget_replies", "schedule": 3600.0},
    "tombstones": {"task": "coachapi.tasks.forget_tombstones", "schedule": 3600.0},
    "tidy": {"task": "coachapi.accounts.tasks.tidy", "schedule": 3600.0},
}

# What the workers' timer does by itself when no task has (ruling 18), and how often it is wanted.
# Not the drain: the timer does that in any case.
PERIODIC: dict[str, float] = {
    entry["task"]: entry["schedule"]
    for name, entry in CELERY_BEAT_SCHEDULE.items()
    if name != "drain"
}

# The workers' own timer (ruling 18): what a dead broker, a retry or an escalation may wait longer.
DRAIN_EVERY_SECONDS = number("DRAIN_EVERY_SECONDS", 1)
