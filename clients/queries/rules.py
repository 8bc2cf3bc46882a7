"""Which rules hold for a client: the practice's own settings and protocols, else what ships."""

from __future__ import annotations

import uuid

from clients import models
from clients.domain.bands import Settings
from programs.domain.protocol import ProtocolSet, protocol_set


def settings_for(client: models.Client) -> Settings:
    """The borders and hours by which this client's reports are judged."""
    return Settings(ask_hour=client.health.morning_hour)


def protocols_for(practice_id: uuid.UUID) -> ProtocolSet:
    """The protocols from which this practice's options come."""
    return protocol_set()
