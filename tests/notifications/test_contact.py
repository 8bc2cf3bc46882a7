"""A client's emergency contact: told last, by the client's standing consent, in few words."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy

from clients.actions import enrolment
from coachapi import clock
from coachapi.door import acting_as
from coachapi.notifications import escalation, relay
from tests.notifications.conftest import Post

MUM = "mum@families.example"


def letters(post: Post) -> list[str]:
    """To whom each letter went, in order."""
    relay.drain()
    return [to for _, to in post.provider.taken()]


def test_nobody_covers_and_the_contact_is_told_while_the_client_agrees(post: Post) -> None:
    sam = post.cast.lives["sam"]
    with acting_as(sam.person.id):
        enrolment.name_emergency_contact(client=sam.client, address=MUM, at=clock.now())
    soon = dt.timedelta(microseconds=1)
    post.tell(to="sam", level="emergency", priority=0, escalate_after=soon)
    post.tell(to="sam", level="urgent", priority=1, escalate_after=soon)
    escalation.escalate()
    assert letters(post).count(MUM) == 1, "for the emergency alone"
    found = [message_from_bytes(each.read_bytes(), policy=policy.default)
             for each in post.provider.folder.rglob("*.eml")]  # fmt: skip
    body = next(each for each in found if each["To"] == MUM).get_content()
    assert "Please call them now" in body and sam.client.name.split()[0] in body
    assert "back" not in body.lower() and "emergency alert" not in body.lower()
    with acting_as(sam.person.id):
        enrolment.withdraw_consent(client=sam.client, purpose="emergency_contact", at=clock.now())
    escalation.escalate()
    assert letters(post).count(MUM) == 1, "taken back, and nobody is told any more"
