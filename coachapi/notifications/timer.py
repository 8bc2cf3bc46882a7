"""The timers in every worker: they do by themselves what tasks do, so a dead broker costs a tick.

Alerts and letters at every tick; what beat asks Celery for, when no task has done it lately: of
bell, beat, broker and consumer any may be missing (docs/adr/0004).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import close_old_connections

from coachapi import heartbeat
from coachapi.accounts import letters
from coachapi.notifications import relay
from coachapi.watch import outbound

log = logging.getLogger(__name__)
_stop = threading.Event()
_threads: list[threading.Thread] = []

LAST_WORDS = 20.0  # seconds to finish and mark what is under way; after that the leases see to it


def start(**_: Any) -> None:
    """Start this worker process's timers: what may hang stands in no alert's way."""
    _stop.clear()
    _threads[:] = [
        threading.Thread(target=_run, args=(act,), name=f"{act.__name__}-timer", daemon=True)
        for act in (relay.drain, errands, overlooked)
    ]
    for thread in _threads:
        thread.start()


def errands() -> None:
    """Letters about accounts, and the sign of life to somebody outside."""
    letters.post()
    outbound.ping()


def overlooked() -> None:
    """Each periodic task that none has begun for three of its periods, here and by one worker."""
    for task, every in settings.PERIODIC.items():
        if heartbeat.take(task, after=3 * every):
            try:
                current_app.tasks[task]()
            except Exception:  # one that fails holds up no other
                log.exception("%s failed; trying again when it is overlooked again.", task)


def stop(**_: Any) -> None:
    """Let the timers end with the worker, after what it has under way."""
    _stop.set()
    relay.close()
    for thread in _threads:
        thread.join(LAST_WORDS)


def _run(act: Callable[[], object]) -> None:
    while not _stop.wait(settings.DRAIN_EVERY_SECONDS):
        close_old_connections()
        try:
            act()
        except Exception:  # the timer outlives every fault; health shows it by the missing beat
            log.exception("%s failed; trying again in a moment.", act.__name__)
        finally:
            close_old_connections()
