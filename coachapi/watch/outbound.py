"""The outbound heartbeat: somebody outside is told that all is well; silence is their alarm."""

from __future__ import annotations

import logging
import urllib.request

from django.conf import settings

from coachapi import heartbeat
from coachapi.notifications.vitals import vitals
from coachapi.watch import parts

log = logging.getLogger(__name__)

NAME = "outbound"
EVERY = 60.0  # seconds, over all workers together
PATIENCE = 5.0


def ping() -> bool:
    """Ask the configured address, once a minute and only while every part is green."""
    mine = settings.HEARTBEAT_URL and heartbeat.take(NAME, after=EVERY)
    if not (mine and parts.healthy(parts.of(vitals()))):
        return False
    try:
        with urllib.request.urlopen(settings.HEARTBEAT_URL, timeout=PATIENCE):
            return True
    except (OSError, ValueError) as broken:
        log.warning("The outbound heartbeat was not taken: %s", type(broken).__name__)
        return False
