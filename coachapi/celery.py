"""The Celery application: tasks send, PostgreSQL remembers. Its settings are CELERY_* of ours."""

import os
from typing import Any

from celery import Celery, bootsteps
from celery.signals import task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coachapi.settings")

app = Celery("coachapi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

LOOK_EVERY = 5.0  # seconds between two looks at whether the consumer still has its places


class Places(bootsteps.StartStopStep):
    """Connects the consumer anew when messages hold places though no task of theirs is under way.

    An acknowledgement that the wire to the broker swallows is logged by Celery and given up, and
    its message keeps its place among those that may be under way at once: one a child. When all
    are taken so, the worker takes no task any more, connected and looking well. A new connection
    begins with every place free; the messages are run again, which every task here stands.
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.timer: Any = None
        self.lost = False

    def start(self, parent: Any) -> None:
        """Look now and then, in the consumer's own loop."""
        self.lost = False  # a new connection begins with every place free
        self.timer = parent.timer.call_repeatedly(LOOK_EVERY, self.look, (parent,))

    def stop(self, parent: Any) -> None:
        """Look no more: the connection is gone."""
        if self.timer is not None:
            self.timer.cancel()

    def look(self, consumer: Any) -> None:
        """Break the connection when two looks in a row find a place held by nobody.

        One may fall between a task's end and its acknowledgement.
        """
        from celery.worker import state  # a web server needs none of it

        places = consumer.task_consumer.channel.qos
        held = places.prefetch_count - (places.can_consume_max_estimate() or 0)
        lost_before, self.lost = self.lost, held > len(state.reserved_requests)
        if lost_before and self.lost:
            raise ConnectionResetError("An acknowledgement was lost; connecting anew.")


app.steps["consumer"].add(Places)


@task_prerun.connect
def forget_dead_connections(**_: object) -> None:
    """Look at a kept connection before a task uses it: the database may have been restarted.

    ``CELERY_DB_REUSE_MAX`` keeps connections from task to task and never looks.
    """
    from django.db import close_old_connections

    close_old_connections()


@task_prerun.connect
def note_periodic(task: Any = None, **_: object) -> None:
    """Tell the workers' timers that this periodic task needs none of them."""
    from django.conf import settings

    from coachapi import heartbeat

    if task.name in settings.PERIODIC:
        heartbeat.beat(task.name)
