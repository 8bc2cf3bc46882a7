"""The timer in every worker: drains by itself, so that a dead broker only delays by one tick."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from coachapi.accounts import letters
from coachapi.notifications import relay
from coachapi.watch import outbound

log = logging.getLogger(__name__)
_stop = threading.Event()
_threads: list[threading.Thread] = []

LAST_WORDS = 20.0  # seconds to finish and mark what is under way; after that the leases see to it


def start(**_: Any) -> None:
    """Start the timer thread of this worker process."""
    _stop.clear()
    thread = threading.Thread(target=_run, name="drain-timer", daemon=True)
    _threads[:] = [thread]
    thread.start()


def stop(**_: Any) -> None:
    """Let the timer end with the worker, after what it has under way."""
    _stop.set()
    relay.close()
    for thread in _threads:
        thread.join(LAST_WORDS)


def _run() -> None:
    while not _stop.wait(settings.DRAIN_EVERY_SECONDS):
        close_old_connections()
        try:
            relay.drain()
            letters.post()
            outbound.ping()
        except Exception:  # the timer outlives every fault; health shows it by the missing beat
            log.exception("The drain failed; trying again in a moment.")
        finally:
            close_old_connections()
