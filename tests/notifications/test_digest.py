"""One letter a day with a number in it, at the coach's hour, and nothing when there is nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from clients.actions import digests
from coachapi import clock
from coachapi.door import acting_as
from coachapi.notifications import outbox, relay
from tests.notifications.conftest import Post

HOUR = dt.timedelta(hours=1)


def to_read(post: Post) -> None:
    """Something that did not interrupt Ada, now."""
    life, ada = post.cast.lives["noor"], post.cast.people["ada"]
    message = outbox.Message(
        kind="symptom.reported",
        about_id=uuid.uuid4(),
        client_id=life.client.pk,
        practice_id=life.client.practice_id,
        level="monitor",
        priority=5,
    )
    with acting_as(life.person.id):
        to = [outbox.Address(ada.id, "feed", for_digest=True)]
        outbox.record(message, to=to, at=clock.now())


def test_a_digest_is_sent_once_a_day_with_the_number_of_things(post: Post) -> None:
    now = clock.now()
    tomorrow = now + 24 * HOUR
    post.admin.execute(
        "INSERT INTO notifications_preference (user_id, passes, monitor_to_digest, digest_hour,"
        " channels) VALUES (%s, 'urgent', false, %s, '{}')",
        [post.cast.people["ada"].id, tomorrow.astimezone(ZoneInfo("Europe/London")).hour],
    )
    try:
        assert digests.send_due(at=tomorrow) == 0, "nothing to read"
        to_read(post)
        to_read(post)
        sent = [digests.send_due(at=at) for at in (now, tomorrow, tomorrow, tomorrow + HOUR)]
    finally:
        post.admin.execute("DELETE FROM notifications_preference")
    assert sent == [0, 1, 0, 0], "not before the hour, and not twice"
    (letter,) = post.mails()
    assert (letter["wording"], letter["counted"], letter["client_id"]) == ("digest", 2, None)
    post.pass_time()
    relay.drain()
    assert [to for _, to in post.provider.taken()] == ["ada@coaches.example"]
    assert post.states() == ["accepted"]
