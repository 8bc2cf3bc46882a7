"""Empties the outbox: claim, check, send, mark. Also escalates what nobody has acknowledged.

1. **Claim** due rows with a lease and a fencing token, in a transaction of its own.
2. **Check**, just before sending, that the recipient may still be told (an ex-coach may not).
3. **Send** outside any transaction.
4. **Mark** with the token: a zombie that wakes after its lease changes nothing.

A crash anywhere leaves a row whose lease runs out; the next drain sends it again under the same
collapse id, so the reader sees one (docs/adr/0004). Only the relay role sees every row; a worker
that cannot take that role raises, and gives no sign of life: never "nothing to do".
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import logging
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from coachapi import clock, heartbeat
from coachapi.notifications import channels, devices, models, outbox

log = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=25)  # longer than any channel's timeout
PAUSES = (1, 2, 4, 8, 15, 30, 60)  # seconds before the next attempt; the last one holds


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed delivery, with all that a channel needs and nothing about health."""

    id: uuid.UUID
    token: uuid.UUID
    alert_id: uuid.UUID
    client_id: uuid.UUID
    recipient_id: uuid.UUID
    step: int
    channel: str
    device_key: str
    attempt: int
    address: str = ""  # filled just before sending (``devices.addresses``)

    @property
    def collapse_id(self) -> str:
        """The same for every attempt at this delivery, so that the reader sees one."""
        key = f"{self.alert_id}:{self.step}:{self.recipient_id}:{self.channel}:{self.device_key}"
        return hashlib.sha256(key.encode()).hexdigest()[:32]


@contextmanager
def as_relay() -> Iterator[None]:
    """A transaction in the relay's role, the only one that sees every alert."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE coach_relay")
        yield
        cursor.execute("RESET ROLE")


def drain() -> int:
    """Escalate what is due and send what is waiting; returns how many deliveries were tried.

    Raises ``BlindRelay`` when alerts are hidden from it. A sign of life after every sending, so
    that a slow mail server does not look like a dead worker.
    """
    waiting()
    heartbeat.beat("worker")
    escalate()
    tried = 0
    while parcel := claim():
        deliver(parcel)
        tried += 1
        heartbeat.beat("worker")
    return tried


def claim() -> Parcel | None:
    """Take the most urgent, then oldest, due delivery for this process; ``None`` when none waits.

    One at a time: a lease then covers one sending, and an emergency that arrives meanwhile is next.
    """
    with as_relay(), connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE notifications_delivery SET state = 'sending', attempt = attempt + 1,
                   token = gen_random_uuid(),
                   lease_until = clock_timestamp() + make_interval(secs => %s)
            WHERE id IN (
                SELECT id FROM notifications_delivery
                WHERE state IN ('pending', 'sending') AND due_at <= coach_now()
                  AND (lease_until IS NULL OR lease_until < clock_timestamp())
                ORDER BY priority, due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, token, alert_id, client_id, recipient_id, step, channel, device_key,
                      attempt
            """,
            [LEASE.total_seconds()],
        )
        row = cursor.fetchone()
    return Parcel(*row) if row else None


def deliver(parcel: Parcel) -> None:
    """Check, send and mark one claimed delivery."""
    try:
        if not _may_be_told(parcel):
            _withhold(parcel)
            return
        found = devices.addresses([parcel])
        if parcel.id not in found:
            _mark(parcel, "withheld", trouble="no such address any more")
            return
        parcel = dataclasses.replace(parcel, address=found[parcel.id])
        channels.SENDERS[parcel.channel](parcel)
    except channels.NeverDeliverable as never:
        _mark(parcel, "dead", trouble=str(never))
        if never.device:
            devices.retire(parcel, as_of=never.as_of)
        log.error("delivery %s is dead: %s", parcel.id, never)
    except channels.NotNow as later:
        pause = later.after or _pause(parcel.attempt)
        _mark(parcel, "pending", trouble=str(later), pause=pause)
        log.warning("delivery %s waits %.1f s: %s", parcel.id, pause, later)
    except OperationalError:  # the database is away, so is every row: the lease brings this back
        raise
    except Exception:  # a fault of ours in one row must not hold up the rows behind it
        _mark(parcel, "pending", trouble="fault in the sender", pause=PAUSES[-1])
        log.exception("delivery %s met a fault in its sender", parcel.id)
    else:
        _mark(parcel, "accepted")


def _pause(attempt: int) -> float:
    longest = PAUSES[min(attempt, len(PAUSES)) - 1]
    return random.uniform(longest / 2, longest)  # noqa: S311 - spreads retries, keeps no secret


def _mark(parcel: Parcel, state: str, *, trouble: str = "", pause: float = 0) -> None:
    with as_relay():
        _write_mark(parcel, state, trouble=trouble, pause=pause)


def _write_mark(parcel: Parcel, state: str, *, trouble: str = "", pause: float = 0) -> bool:
    """Write what became of a parcel; false when the lease is another's by now (fencing)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE notifications_delivery SET state = %s, trouble = %s, token = NULL,
                   lease_until = NULL,
                   due_at = CASE WHEN %s > 0 THEN coach_now() + make_interval(secs => %s)
                                 ELSE due_at END,
                   accepted_at = CASE WHEN %s = 'accepted' THEN coach_now() END
            WHERE id = %s AND token = %s
            """,
            [state, trouble[:200], pause, pause, state, parcel.id, parcel.token],
        )
        return cursor.rowcount == 1


def _recipients(client_id: uuid.UUID) -> list[outbox.Recipient]:
    find: Callable[[uuid.UUID], list[outbox.Recipient]] = import_string(settings.RECIPIENTS)
    return find(client_id)


def _may_be_told(parcel: Parcel) -> bool:
    with as_relay():
        return any(who.user_id == parcel.recipient_id for who in _recipients(parcel.client_id))


def _withhold(parcel: Parcel) -> None:
    """The link has ended since: tell nobody who left, and in the same breath those who remain."""
    with as_relay():
        if not _write_mark(parcel, "withheld", trouble="no longer linked to this client"):
            return
        alert = models.Alert.objects.get(pk=parcel.alert_id)
        outbox.address(alert, to=_step(alert).to, at=clock.now())


def escalate() -> int:
    """Move every unacknowledged alert whose time has come to its next step; returns how many.

    Each in a transaction of its own: one that cannot be moved holds up no other, nor the sending.
    """
    with as_relay():
        due = list(_due().order_by("priority", "escalate_at").values_list("pk", flat=True))
    stepped = 0
    for alert_id in due:
        try:
            stepped += _step_up(alert_id)
        except OperationalError:  # the database is away, not this alert at fault
            raise
        except Exception:  # named in the log; the next drain tries it again
            log.exception("alert %s could not be escalated", alert_id)
    return stepped


def _due() -> QuerySet[models.Alert]:
    return models.Alert.objects.filter(acked_at__isnull=True, escalate_at__lte=clock.now())


def _step_up(alert_id: uuid.UUID) -> bool:
    """Tell whoever the floor above names for the next step, and note when the one after is due."""
    with as_relay():
        alert = _due().select_for_update(skip_locked=True).filter(pk=alert_id).first()
        if alert is None:  # acknowledged meanwhile, or another process has it
            return False
        alert.step += 1
        step = _step(alert)
        outbox.address(alert, to=step.to, at=clock.now())
        alert.escalate_at = clock.now() + step.next_after if step.next_after else None
        alert.save(update_fields=["step", "escalate_at"])
    return True


def _step(alert: models.Alert) -> outbox.Step:
    """Whom the alert's present step tells; the relay knows nothing of coaches and levels."""
    plan: Callable[..., outbox.Step] = import_string(settings.ALERT_STEP)
    standing = outbox.Standing(
        alert_id=alert.pk,
        client_id=alert.client_id,
        practice_id=alert.practice_id,
        kind=alert.kind,
        level=alert.level,
        step=alert.step,
        every=alert.escalate_every,
        created_at=alert.created_at,
    )
    return plan(standing, at=clock.now())


def waiting() -> tuple[int, float]:
    """How many deliveries wait and how old the oldest due one is, in seconds, as the relay sees it.

    Raises ``BlindRelay`` when a definer's count sees more: row-level security would hide alerts.
    """
    with as_relay(), connection.cursor() as cursor:
        cursor.execute(  # one statement, one snapshot: a report between two would look hidden
            "SELECT count(*), coalesce(extract(epoch FROM coach_now() - min(due_at)), 0),"
            " deliveries_waiting()"
            " FROM notifications_delivery WHERE state IN ('pending', 'sending')"
        )
        count, age, truth = cursor.fetchone()
    if truth > count:
        raise BlindRelay(f"The relay sees {count} of {truth} waiting deliveries.")
    return count, max(0.0, float(age))


class BlindRelay(RuntimeError):
    """The relay's login cannot see the outbox: every alert would be lost while all looks well."""
