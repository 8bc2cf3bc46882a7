"""The outbound heartbeat: somebody outside is told that all is well; silence is their alarm."""

from __future__ import annotations

import logging
import urllib.request

from django.conf import settings
from django.db import connection

from coachapi.notifications.vitals import vitals
from coachapi.watch import parts

log = logging.getLogger(__name__)

NAME = "outbound"
EVERY = 60.0  # seconds, over all workers together
PATIENCE = 5.0


def ping() -> bool:
    """Ask the configured address, once a minute and only while every part is green."""
    if not settings.HEARTBEAT_URL or not _is_due() or not parts.healthy(parts.of(vitals())):
        return False
    try:
        with urllib.request.urlopen(settings.HEARTBEAT_URL, timeout=PATIENCE):
            return True
    except (OSError, ValueError) as broken:
        log.warning("The outbound heartbeat was not taken: %s", type(broken).__name__)
        return False


def _is_due() -> bool:
    """Whether this worker is the one to ask now; the others see that it has been done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO coachapi_heartbeat (name, beat_at) VALUES (%s, clock_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at"
            " WHERE coachapi_heartbeat.beat_at < clock_timestamp() - make_interval(secs => %s)",
            [NAME, EVERY],
        )
        return bool(cursor.rowcount == 1)
