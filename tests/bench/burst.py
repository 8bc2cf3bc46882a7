"""How many letters one worker hands over a second when many wait at once."""

from __future__ import annotations

import time

from coachapi import clock
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications import outbox
from tests.bench import crowd, mail
from tests.bench.ground import Ground
from tests.bench.table import Table

LETTERS = 400
PATIENCE = 60.0


def deliveries(ground: Ground, table: Table, ada: User, phone: crowd.Phone) -> None:
    """From the moment they are committed until the last one is with the mail server."""
    at, abouts = clock.now(), [new_id() for _ in range(LETTERS)]
    with acting_as(phone.user.pk):
        for about in abouts:
            message = outbox.Message(
                kind="bench.letter",
                about_id=about,
                client_id=phone.client.pk,
                practice_id=phone.client.practice_id,
                level="modify",
                priority=5,
            )
            outbox.record(message, to=[outbox.Address(ada.pk, "email")], at=at)
        committed = time.time()
    handed = mail.handed_over(
        dict.fromkeys(abouts, committed),
        superuser=ground.servers.superuser_address("coach"),
        folder=ground.mail,
        within=PATIENCE,
    )
    table.must(f"a burst of {LETTERS} letters: lost", handed.lost)
    if handed.took:
        rate = len(handed.took) / max(handed.took)
        table.figure("letters one worker hands over", rate, "a second", least=200)
