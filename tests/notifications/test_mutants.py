"""Five faults that would lose or double alerts, put in on purpose: a test must notice each."""

from __future__ import annotations

import uuid

import pytest

from coachapi.notifications import ledger
from tests.notifications.conftest import Post
from tests.notifications.test_crashes import healed, killed, lost
from tests.notifications.test_relay import keys_are_unique, late_marks_change_nothing, leases_hold

pytestmark = pytest.mark.fault("D26")


def test_sending_on_commit_only_is_noticed(post: Post) -> None:
    killed(post, "after the report's commit", 1, "send on commit only", str(uuid.uuid4()))
    healed(post)
    assert post.mails() == [], "nothing is left to send it from"


def test_marking_before_sending_is_noticed(post: Post) -> None:
    post.tell()
    killed(post, "just before sending", 1, "mark before sending")
    healed(post)
    assert lost(post) != []


def test_missing_fences_are_noticed(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    unfenced = ledger.MARK.replace(" AND d.token = said.token", "")
    assert unfenced != ledger.MARK
    monkeypatch.setattr(ledger, "MARK", unfenced)
    with pytest.raises(AssertionError):
        late_marks_change_nothing(post)


def test_missing_leases_are_noticed(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "LEASE", -ledger.LEASE)
    with pytest.raises(AssertionError):
        leases_hold(post)


def test_a_missing_unique_key_is_noticed(post: Post) -> None:
    name = "one_delivery_per_alert_step_recipient_channel_device"
    post.admin.execute(f"ALTER TABLE notifications_delivery DROP CONSTRAINT {name}")  # type: ignore[arg-type]
    try:
        with pytest.raises(AssertionError):
            keys_are_unique(post)
    finally:
        post.admin.execute("TRUNCATE notifications_delivery, notifications_alert")
        post.admin.execute(
            f"ALTER TABLE notifications_delivery ADD CONSTRAINT {name}"  # type: ignore[arg-type]
            " UNIQUE (alert_id, step, recipient_id, channel, device_key)"
        )
