"""What the relay reads and writes in the outbox: claim, check, mark. Many rows a statement.

Only the relay's role sees every row. A claim is a lease of 25 s with a fencing token; a mark counts
only with the token, so a zombie that wakes after its lease changes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from coachapi import clock
from coachapi.notifications import devices, models, outbox

LEASE = dt.timedelta(seconds=25)  # longer than any sender's timeout

# The clock is asked once a statement, so that the index can answer; the rows of every channel come
# in the index's own order. An array and no join: the planner would read the whole table for that.
CLAIM = """
    WITH picked AS MATERIALIZED (
        SELECT found.id
        FROM unnest(%s::text[], %s::int[], %s::int[]) AS room (channel, most, upto)
        CROSS JOIN LATERAL (
            SELECT id FROM notifications_delivery d
            WHERE d.channel = room.channel AND d.priority <= room.upto
              AND d.state IN ('pending', 'sending') AND d.due_at <= (SELECT coach_now())
              AND (d.lease_until IS NULL OR d.lease_until < clock_timestamp())
            ORDER BY d.priority, d.due_at, d.id LIMIT room.most FOR UPDATE OF d SKIP LOCKED
        ) AS found)
    UPDATE notifications_delivery d SET state = 'sending', attempt = attempt + 1,
           token = gen_random_uuid(), lease_until = clock_timestamp() + make_interval(secs => %s)
    WHERE d.id = ANY (ARRAY(SELECT id FROM picked))
    RETURNING d.id, token, alert_id, client_id, recipient_id, step, channel, device_key, attempt,
              priority, wording, counted
"""
MARK = """
    UPDATE notifications_delivery d SET state = said.state, trouble = said.trouble, token = NULL,
           lease_until = NULL,
           due_at = CASE WHEN said.state = 'pending'
                         THEN coach_now() + make_interval(secs => said.pause) ELSE d.due_at END,
           accepted_at = CASE WHEN said.state = 'accepted' THEN coach_now() END
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::float8[])
         AS said (id, token, state, trouble, pause)
    WHERE d.id = said.id AND d.token = said.token
    RETURNING d.id
"""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed delivery, with all that a channel needs and nothing about health."""

    id: uuid.UUID
    token: uuid.UUID
    alert_id: uuid.UUID
    client_id: uuid.UUID | None  # none: about many clients, a digest
    recipient_id: uuid.UUID
    step: int
    channel: str
    device_key: str
    attempt: int
    priority: int = 5
    wording: str = "alert"  # which neutral text (``channels.letters``)
    counted: int = 0
    # Filled just before sending (``devices.addresses``); in no log, whatever is printed.
    address: str = field(default="", repr=False)

    @property
    def ids(self) -> dict[str, str]:
        """What a line of the log says about it."""
        return {"delivery_id": str(self.id), "alert_id": str(self.alert_id)}

    @property
    def collapse_id(self) -> str:
        """The same for every attempt at this delivery, so that the reader sees one."""
        key = f"{self.alert_id}:{self.step}:{self.recipient_id}:{self.channel}:{self.device_key}"
        return hashlib.sha256(key.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel."""

    parcel: Parcel
    state: str
    trouble: str = ""
    pause: float = 0.0  # seconds until the next attempt, of a state ``pending``
    wait: float | None = None  # seconds the provider itself asked for
    device_gone: bool = False
    gone_since: dt.datetime | None = None  # when the provider lost the device, where it says so
    tell_elsewhere: bool = False  # on the recipient's other channels, in the same breath


@contextmanager
def as_relay() -> Iterator[None]:
    """A transaction in the relay's role, the only one that sees every alert."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE coach_relay")
        yield
        cursor.execute("RESET ROLE")


def claim(rooms: Iterable[tuple[str, int, int]]) -> list[Parcel]:
    """Take the most urgent, then oldest, due deliveries for this process, under a lease each.

    ``rooms``: for a channel, how many at most and up to which priority.
    """
    wanted = [room for room in rooms if room[1] > 0]
    if not wanted:
        return []
    with as_relay(), connection.cursor() as cursor:
        names, most, upto = (list(column) for column in zip(*wanted, strict=True))
        cursor.execute(CLAIM, [names, most, upto, LEASE.total_seconds()])
        return [Parcel(*row) for row in cursor.fetchall()]


def mark(outcomes: Iterable[Outcome]) -> None:
    """Write what became of parcels whose lease is still ours, and tell elsewhere where asked."""
    said = list(outcomes)
    with as_relay(), connection.cursor() as cursor:
        columns: list[Any] = [
            [one.parcel.id for one in said],
            [one.parcel.token for one in said],
            [one.state for one in said],
            [one.trouble[:200] for one in said],
            [one.pause for one in said],
        ]
        cursor.execute(MARK, columns)
        ours = {row[0] for row in cursor.fetchall()}
        tell_elsewhere(one.parcel for one in said if one.tell_elsewhere and one.parcel.id in ours)
    for one in said:
        if one.device_gone:
            devices.retire(one.parcel, as_of=one.gone_since)


def tell_elsewhere(parcels: Iterable[Parcel]) -> None:
    """Tell the recipient on every other channel and device; what is there already stays."""
    personal = [
        parcel for parcel in parcels if parcel.channel != "webhook" and parcel.wording == "alert"
    ]
    if not personal:
        return
    with as_relay():
        at = clock.now()
        for parcel in personal:
            alert = models.Alert(
                id=parcel.alert_id,
                client_id=parcel.client_id,
                step=parcel.step,
                priority=parcel.priority,
            )
            who = outbox.Recipient(parcel.recipient_id, turn=1)
            outbox.address(alert, to=outbox.everywhere([who], outbox.LOUD), at=at)


def recipients(client_id: uuid.UUID) -> list[outbox.Recipient]:
    """Who may be told about a client now; the floor above knows (ruling 22)."""
    find: Callable[[uuid.UUID], list[outbox.Recipient]] = import_string(settings.RECIPIENTS)
    return find(client_id)


def not_to_be_told(parcels: Iterable[Parcel]) -> set[uuid.UUID]:
    """Of these parcels, the ones whose recipient has no link to the client any more.

    A webhook is the practice's and not a person's: its address is what ends. A digest names no
    client.
    """
    personal = [
        (parcel, parcel.client_id)
        for parcel in parcels
        if parcel.channel != "webhook" and parcel.client_id is not None
    ]
    with as_relay():
        known = {
            client: {who.user_id for who in recipients(client)}
            for client in {client for _, client in personal}
        }
    return {each.id for each, client in personal if each.recipient_id not in known[client]}


def withhold(parcel: Parcel) -> None:
    """The link has ended since: tell nobody who left, and in the same breath those who remain."""
    with as_relay(), connection.cursor() as cursor:
        why = "no longer linked to this client"
        row: list[Any] = [[parcel.id], [parcel.token], ["withheld"], [why], [0.0]]
        cursor.execute(MARK, row)
        if not cursor.fetchall():
            return
        if parcel.wording != "alert":
            return
        alert = models.Alert.objects.get(pk=parcel.alert_id)
        outbox.address(alert, to=step_of(alert).to, at=clock.now())


def step_of(alert: models.Alert) -> outbox.Step:
    """Whom the alert's present step tells; the relay knows nothing of coaches and levels."""
    assert alert.client_id is not None  # a digest has no second step
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
