"""What nobody takes on goes to the next in turn: on time, once a step, and never after."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from coachapi import clock
from coachapi.door import acting_as
from coachapi.notifications import escalation, outbox, relay
from tests.notifications.conftest import Post
from tests.notifications.provider import until

SOON = dt.timedelta(seconds=1.2)
PAIRS = 1000 if os.environ.get("FAULTS") == "full" else 60


def test_each_step_is_told_once_none_early_none_after_it_is_taken_on(post: Post) -> None:
    for _ in range(5):
        post.tell(escalate_after=SOON)
    relay.drain()
    due = {row["id"]: row["escalate_at"] for row in post.rows("notifications_alert")}
    assert {row["step"] for row in post.mails()} == {1}, "none early"
    until(lambda: relay.drain() and len(post.mails()) == 15, what="the second step")
    second = [row for row in post.mails() if row["step"] == 2]
    assert len(second) == 10 and all(row["due_at"] >= due[row["alert_id"]] for row in second)
    ada = post.cast.people["ada"]
    for row in post.rows("notifications_alert"):
        with acting_as(ada.id):
            outbox.acknowledge(about_id=row["about_id"], by=ada.user, at=clock.now())  # type: ignore[arg-type]
    later = min(row["escalate_at"] for row in post.rows("notifications_alert"))
    until(lambda: clock.now() > later + dt.timedelta(seconds=0.1), what="the third step's time")
    relay.drain()
    assert Counter(row["step"] for row in post.mails()) == {1: 5, 2: 10}
    assert Counter(to.partition("@")[0] for _, to in post.provider.taken()) == {
        "ada": 10,
        "jo": 5,
    }, "the next in turn, and the lead again"


def test_without_cover_the_owner_is_told_and_a_solo_coach_again(post: Post) -> None:
    for client in ("eli", "sam"):
        post.tell(to=client, escalate_after=dt.timedelta(microseconds=1))
    relay.drain()
    to = [(row["step"], str(row["client_id"])) for row in post.mails()]
    eli, sam = (str(post.cast.lives[name].client.pk) for name in ("eli", "sam"))
    assert (to.count((2, eli)), to.count((2, sam))) == (2, 1)
    told = {address for _, address in post.provider.taken()}
    assert told == {f"{name}@coaches.example" for name in ("ada", "olga", "bo")}


@pytest.mark.fault("D18")
def test_an_alert_is_taken_on_or_escalated_and_then_taken_on(post: Post) -> None:
    ada, start = post.cast.people["ada"], Barrier(2)
    for _ in range(PAIRS):
        post.tell(escalate_after=dt.timedelta(microseconds=1))
    alerts = post.rows("notifications_alert")

    def take_on() -> None:
        for row in alerts:
            start.wait(10)
            with acting_as(ada.id):
                outbox.acknowledge(about_id=row["about_id"], by=ada.user, at=clock.now())  # type: ignore[arg-type]
        connection.close()

    def step_up() -> None:
        for row in alerts:
            start.wait(10)
            escalation.step_up(row["id"])
        connection.close()

    with ThreadPoolExecutor(2) as both:
        for each in [both.submit(take_on), both.submit(step_up)]:
            each.result()
    assert escalation.escalate() == 0, "none is stuck"
    after = {row["id"]: row for row in post.rows("notifications_alert")}
    assert all(row["acked_at"] for row in after.values())
    escalated_by = {row["alert_id"]: row["xmin"] for row in post.mails() if row["step"] == 2}
    assert {key for key, row in after.items() if row["step"] == 2} == set(escalated_by)
    last = [key for key, written in escalated_by.items() if after[key]["xmin"] == written]
    assert last == [], "an escalation was written after the alert was taken on"
