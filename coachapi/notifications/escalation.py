"""What nobody takes on goes to the next in turn: a due row, never a long ETA."""

from __future__ import annotations

import logging
import uuid

from django.db import OperationalError
from django.db.models import QuerySet

from coachapi import clock
from coachapi.notifications import ledger, models, outbox

log = logging.getLogger(__name__)


def escalate() -> int:
    """Move every unacknowledged alert whose time has come to its next step; returns how many.

    Each in a transaction of its own: one that cannot be moved holds up no other, nor the sending.
    """
    with ledger.as_relay():
        due = list(_due().order_by("priority", "escalate_at").values_list("pk", flat=True))
    stepped = 0
    for alert_id in due:
        try:
            stepped += step_up(alert_id)
        except OperationalError:  # the database is away, not this alert at fault
            raise
        except Exception:  # named in the log; the next drain tries it again
            log.exception("alert %s could not be escalated", alert_id)
    return stepped


def _due() -> QuerySet[models.Alert]:
    return models.Alert.objects.filter(acked_at__isnull=True, escalate_at__lte=clock.now())


def step_up(alert_id: uuid.UUID) -> bool:
    """Tell whoever the floor above names for the next step, and note when the one after is due.

    Under the lock that an acknowledgement takes too: acknowledged, or escalated and then
    acknowledged, never neither.
    """
    with ledger.as_relay():
        alert = _due().select_for_update(skip_locked=True).filter(pk=alert_id).first()
        if alert is None:  # acknowledged meanwhile, or another process has it
            return False
        alert.step += 1
        step = ledger.step_of(alert)
        outbox.address(alert, to=step.to, at=clock.now())
        alert.escalate_at = clock.now() + step.next_after if step.next_after else None
        alert.save(update_fields=["step", "escalate_at"])
    return True
