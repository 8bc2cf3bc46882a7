"""The relay claims, checks, sends and marks; whatever goes wrong, nothing is lost or doubled."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import os
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from clients.queries import people, turns
from coachapi import heartbeat
from coachapi.door import acting_as
from coachapi.notifications import ledger, outbox, pacing, relay, tasks, vitals
from tests.notifications.conftest import Post, sign_in_as
from tests.notifications.provider import key_of

EVERY_MAIL = [("email", 1, pacing.ANY)]
BROKEN: set[uuid.UUID] = set()  # clients whose recipients cannot be found


def recipients_with_a_fault(client_id: uuid.UUID) -> list[outbox.Recipient]:
    """The product's own recipients, but for the clients named above."""
    if client_id in BROKEN:
        raise RuntimeError("a fault of ours")
    return people.recipients(client_id)


def step_with_a_fault(standing: outbox.Standing, *, at: dt.datetime) -> outbox.Step:
    """The product's own steps, but for the clients named above."""
    if standing.client_id in BROKEN:
        raise RuntimeError("a fault of ours")
    return turns.step(standing, at=at)


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sending at once, so that the order can be seen."""
    monkeypatch.setattr(pacing, "rule", lambda _: pacing.Rule(slots=1, spare=0))


@pytest.fixture
def broken(post: Post, settings: Settings) -> Generator[uuid.UUID, None, None]:
    """Eli's recipients cannot be found."""
    settings.RECIPIENTS = f"{__name__}.recipients_with_a_fault"
    settings.ALERT_STEP = f"{__name__}.step_with_a_fault"
    BROKEN.add(post.cast.lives["eli"].client.pk)
    yield post.cast.lives["eli"].client.pk
    BROKEN.clear()


def test_an_alert_is_sent_once_and_marked(post: Post) -> None:
    post.tell()
    assert relay.drain() == 1
    (row,) = post.mails()
    assert row["state"] == "accepted" and row["accepted_at"] and row["token"] is None
    assert post.provider.taken() == [(key_of(row), "ada@coaches.example")]
    assert relay.drain() == 0


def test_a_mail_server_that_says_later_is_asked_later(post: Post) -> None:
    post.provider.fail("450")
    post.tell()
    relay.drain()
    (row,) = post.mails()
    assert (row["state"], row["attempt"]) == ("pending", 1) and "450" in row["trouble"]
    assert relay.drain() == 0, "it waits"
    post.pass_time()
    relay.drain()
    assert post.states() == ["accepted"] and len(post.provider.taken()) == 1


def test_a_refusal_for_good_is_dead_and_seen(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.provider.fail("550")
    post.tell()
    with caplog.at_level(logging.ERROR):
        relay.drain()
    (row,) = post.mails()
    assert row["state"] == "dead" and "550" in row["trouble"]
    assert "is dead" in caplog.text
    post.pass_time()
    assert relay.drain() == 0


def test_a_message_taken_without_a_word_is_sent_again_under_one_id(post: Post) -> None:
    post.provider.fail("accept-then-drop")
    post.tell()
    relay.drain()
    assert post.states() == ["pending"]
    post.pass_time()
    relay.drain()
    assert post.states() == ["accepted"]
    assert len(post.provider.taken()) == 2 and len(post.provider.visible()) == 1


def test_a_mail_server_that_hangs_holds_up_nobody_else(post: Post) -> None:
    post.provider.fail("hang")
    post.tell()
    post.tell()
    relay.drain()
    assert sorted(post.states()) == ["accepted", "pending"]


def test_a_row_with_a_fault_holds_up_no_other(post: Post, broken: uuid.UUID) -> None:
    post.tell(to="eli", priority=0)
    post.tell()
    post.tell()
    relay.drain()
    assert sorted(post.states()) == ["accepted", "accepted", "pending"]
    assert len(post.provider.taken()) == 2


def test_an_alert_that_cannot_escalate_holds_up_no_other(post: Post, broken: uuid.UUID) -> None:
    at_once = dt.timedelta(microseconds=1)
    post.tell(to="eli", priority=0, escalate_after=at_once)
    post.tell(escalate_after=at_once)
    relay.drain()
    assert [row["step"] > 1 for row in post.rows("notifications_alert")] == [False, True]
    assert {to for _, to in post.provider.taken()} >= {"jo@coaches.example"}


@pytest.mark.usefixtures("one_at_a_time")
def test_the_most_urgent_go_first_and_of_those_the_oldest(post: Post) -> None:
    alerts = [post.tell(priority=priority) for priority in (5, 0, 2, 0, 5)]
    relay.drain()
    ids = {key_of(row): row["alert_id"] for row in post.mails()}
    went = [ids[key] for key, _ in post.provider.taken()]
    assert went == [alerts[1], alerts[3], alerts[2], alerts[0], alerts[4]]


@pytest.mark.usefixtures("one_at_a_time")
def test_an_emergency_that_comes_while_others_wait_is_next(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, late = relay.channels.SENDERS["email"], []

    def send_and_hear(parcel: ledger.Parcel) -> None:
        if not late:
            late.append(post.tell(priority=0))
        send(parcel)

    monkeypatch.setitem(relay.channels.SENDERS, "email", send_and_hear)
    for _ in range(4):
        post.tell()
    relay.drain()
    ids = {key_of(row): row["alert_id"] for row in post.mails()}
    assert [ids[key] for key, _ in post.provider.taken()][1] == late[0]


@pytest.mark.fault("D16")
def test_the_same_bell_a_hundred_times_is_one_message(post: Post) -> None:
    post.tell()
    for _ in range(100):
        tasks.drain(from_beat=True, something_newer=1)
    assert len(post.provider.taken()) == 1
    assert heartbeat.age("worker") is not None and heartbeat.age("beat") is not None


def test_a_claim_reads_no_old_rows(post: Post) -> None:
    post.tell()
    link = post.admin
    link.execute("SET session_replication_role = replica")
    link.execute(
        "INSERT INTO notifications_delivery SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', uuidv7(), 'alert_id', uuidv7(), 'state', 'accepted'))).*"
        " FROM notifications_delivery d, generate_series(1, 20000) WHERE channel = 'email'"
    )
    link.execute("SET session_replication_role = origin")
    link.execute("ANALYZE notifications_delivery")
    names = [["email"] * 2, [16, 20], [pacing.ANY, pacing.RED_FLAG], 25.0]
    plan = link.execute(f"EXPLAIN (FORMAT TEXT) {ledger.CLAIM}", names).fetchall()
    read = "\n".join(row["QUERY PLAN"] for row in plan)
    assert "Seq Scan" not in read and "deliveries_still_to_send" in read, read


@pytest.mark.fault("D15")
def test_a_mark_that_comes_too_late_changes_nothing(post: Post) -> None:
    late_marks_change_nothing(post)


def late_marks_change_nothing(post: Post) -> None:
    """Two hold the same delivery one after the other; only the second may mark it."""
    post.tell()
    (zombie,) = ledger.claim(EVERY_MAIL)
    post.pass_time()
    (second,) = ledger.claim(EVERY_MAIL)
    assert zombie.id == second.id and zombie.token != second.token
    ledger.mark([ledger.Outcome(zombie, "dead", trouble="a zombie's word")])
    (row,) = post.mails()
    assert (row["state"], row["token"]) == ("sending", second.token)
    ledger.mark([ledger.Outcome(second, "accepted")])
    ledger.mark([ledger.Outcome(zombie, "pending", pause=1)])
    assert post.states() == ["accepted"]


def test_a_delivery_under_lease_is_nobody_elses(post: Post) -> None:
    leases_hold(post)


def leases_hold(post: Post) -> None:
    """What one has claimed, no other claims."""
    post.tell()
    assert len(ledger.claim(EVERY_MAIL)) == 1
    assert ledger.claim(EVERY_MAIL) == []


def test_one_key_is_one_delivery(post: Post) -> None:
    keys_are_unique(post)


def keys_are_unique(post: Post) -> None:
    """Addressing an alert twice adds nothing."""
    alert_id = post.tell()
    life = post.cast.lives["noor"]
    with acting_as(life.person.id):
        alert = outbox.models.Alert.objects.get(pk=alert_id)
        lead = people.recipients(life.client.pk)[:1]
        outbox.address(alert, to=outbox.everywhere(lead, ("feed", "email")), at=alert.created_at)
    keys = [key_of(row) for row in post.rows()]
    assert len(keys) == len(set(keys)) == 2


@pytest.mark.fault("D23")
def test_who_left_since_is_not_told_and_who_remains_is(post: Post) -> None:
    post.tell()
    place = "SELECT c.id FROM accounts_coach c JOIN accounts_user u ON u.id = c.user_id"
    ada = f"coach_id = ({place} WHERE u.name = 'Ada')"
    link = f"client_id = '{post.cast.lives['noor'].client.pk}' AND {ada}"
    post.admin.execute(f"UPDATE clients_coaching SET until = now() WHERE {link}")  # type: ignore[arg-type]
    try:
        relay.drain()
    finally:
        post.admin.execute(f"UPDATE clients_coaching SET until = NULL WHERE {link}")  # type: ignore[arg-type]
    assert sorted(post.states()) == ["accepted", "withheld"]
    assert [to for _, to in post.provider.taken()] == ["jo@coaches.example"]


@pytest.mark.fault("D21")
def test_a_relay_that_cannot_take_its_role_raises_and_gives_no_sign_of_life(post: Post) -> None:
    with logged_in("DATABASE_URL"):
        with pytest.raises(DatabaseError, match="permission denied to set role"):
            relay.drain()
        assert heartbeat.age("worker") is None


@pytest.mark.fault("D21")
def test_a_relay_that_sees_too_little_raises_and_gives_no_sign_of_life(post: Post) -> None:
    post.tell()
    assert vitals.look() == 1
    policy = "ALTER POLICY relay ON notifications_delivery USING ({})"
    post.admin.execute(policy.format("false"))  # type: ignore[arg-type]
    try:
        for blind in (vitals.look, relay.drain):
            with pytest.raises(vitals.BlindRelay, match="0 of 1"):
                blind()
    finally:
        post.admin.execute(policy.format("true"))  # type: ignore[arg-type]
    assert heartbeat.age("worker") is None


@contextmanager
def logged_in(name: str) -> Generator[None, None, None]:
    """For a while this process signs in as another login."""
    before = sign_in_as(urlsplit(os.environ[name]).username or "")
    try:
        yield
    finally:
        sign_in_as(before)


@pytest.mark.fault("D22")
def test_what_is_rolled_back_was_never_told(post: Post) -> None:
    life = post.cast.lives["noor"]
    for _ in range(20):
        with pytest.raises(ZeroDivisionError), acting_as(life.person.id):
            post.tell()
            raise ZeroDivisionError
    assert relay.drain() == 0
    assert post.rows() == [] and post.provider.taken() == []


def test_the_same_subject_at_the_same_level_is_told_once(post: Post) -> None:
    about = uuid.uuid4()
    post.tell(about=about)
    with pytest.raises(AssertionError):
        post.tell(about=about)
    assert len(post.mails()) == 1


def test_a_parcel_holds_nothing_about_health() -> None:
    assert {field.name for field in dataclasses.fields(ledger.Parcel)} == {
        "id",
        "token",
        "alert_id",
        "client_id",
        "recipient_id",
        "step",
        "channel",
        "device_key",
        "attempt",
        "priority",
        "wording",
        "counted",
        "address",
    }
