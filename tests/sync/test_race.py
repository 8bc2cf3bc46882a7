"""Eight writers and a phone that pulls all the while: in the end it holds every row.

A cursor made of a clock or of a sequence loses rows here: the order of stamping is not the order
of commit. Each writer holds its transaction open for a moment of chance, so that they overlap.
"""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection

from clients import models
from coachapi.door import acting_as
from coachapi.ids import new_id
from tests.bodies import MONDAY
from tests.sync.phone import Phone
from tests.world import ZONE, World

WRITERS = 8


def writes(world: World, until: float, written: list[str]) -> None:
    """Messages of Ada's, one a transaction, until the time is over."""
    try:
        while time.monotonic() < until:
            with acting_as(world.ada.pk), connection.cursor() as cursor:
                row = models.Message.objects.create(
                    id=new_id(),
                    client=world.noor,
                    author=world.ada,
                    from_coach=True,
                    text="On you go.",
                    body_hash="x",
                    zone=ZONE,
                    performed_at=MONDAY,
                    received_at=MONDAY,
                )
                cursor.execute("SELECT pg_sleep(random() * 0.03)")
            written.append(str(row.pk))
            connection.close()  # the pool has room for eight, and the phone wants a turn
    finally:
        connection.close()


@pytest.mark.parametrize("seconds", [1.5, pytest.param(8, marks=pytest.mark.long)])
def test_no_row_of_eight_writers_is_never_delivered(
    committed: None, seconds: float, record_property: pytest.RecordProperty
) -> None:
    world = World.opened()
    phone = Phone.of(world.noor)
    phone.pull()
    written: list[str] = []
    until = time.monotonic() + seconds
    writers = [
        threading.Thread(target=writes, args=(world, until, written)) for _ in range(WRITERS)
    ]
    for each in writers:
        each.start()
    pulls = 0
    while any(each.is_alive() for each in writers):
        phone.pull()
        pulls += 1
    phone.pull()
    record_property("rows", len(written))
    assert pulls > 2 and len(written) > WRITERS
    assert set(written) - phone.rows["messages"].keys() == set()
