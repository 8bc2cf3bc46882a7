"""Providers that fail, hang, throttle and refuse: D10, D11, D13, D14."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.faults.ground import Ground
from tests.faults.rows import Row
from tests.faults.telling import telling
from tests.faults.test_full_processes import alive, noor
from tests.isolation.cast import Life
from tests.notifications.provider import Provider, running_provider

__all__ = ["noor"]
pytestmark = pytest.mark.fault


@pytest.fixture
def mail(tmp_path: Path) -> Generator[Provider, None, None]:
    """A mail server that works."""
    with running_provider(tmp_path) as running:
        yield running


@pytest.fixture
def sending(empty: Ground, mail: Provider) -> Ground:
    """One worker that can push and mail."""
    empty.start("worker0", concurrency=2, EMAIL_PORT=str(mail.port))
    alive(empty)
    return empty


def test_d10_a_minute_of_errors(sending: Ground, noor: Life, row: Row) -> None:
    sending.script(always="500")
    with telling(sending, noor, 500, per_second=100) as writing:
        accepted = writing.finish()
    time.sleep(60)
    sending.script()
    begun = time.monotonic()
    sending.drained(65)
    took = time.monotonic() - begun
    judged = sending.judge(accepted)
    tried = Counter(each.key for each in sending.takings())
    assert max(tried.values()) <= 12, tried.most_common(3)
    again = [each.at for each in sending.takings() if each.fault == "500"]
    seconds = Counter(int(at - again[0]) for at in again)
    del seconds[0]
    showed = f"all {took:.0f} s after, {max(tried.values())} tries at most,"
    showed += f" {max(seconds.values())} of {len(again)} in one second"
    row("500 alerts", judged, showed)
    assert judged.clean and judged.raw == 0, judged
    assert max(seconds.values()) <= len(again) / 5, seconds.most_common(3)


def test_d11_a_provider_that_hangs(sending: Ground, noor: Life, mail: Provider, row: Row) -> None:
    sending.script(always="hang")
    with telling(sending, noor, 40, per_second=100, priority=0) as writing:
        accepted = writing.finish()
    begun, idle = time.monotonic(), 0
    while len(mail.visible()) < len(accepted):
        idle += len(
            sending.ask(
                "SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction'"
                " AND state_change < now() - interval '1 s'"
            )
        )
        assert time.monotonic() - begun < 60, sending.last_words()
        time.sleep(0.5)
    mails = [row for row in sending.rows() if row["channel"] == "email"]
    waits = [
        (row["accepted_at"] - row["created_at"]).total_seconds()
        for row in mails
        if row["accepted_at"]
    ]
    first = sorted(waits)[: 2 * 20 * 2]
    assert idle == 0, "no transaction is held while a provider thinks"
    assert min(first) <= 30, "the other channel starts"
    sending.script()
    sending.drained(120)
    judged = sending.judge(accepted)
    row("40 red flags", judged, f"mail {min(waits):.1f} to {max(waits):.1f} s after the alert")
    assert not judged.lost and not judged.phantom and not judged.visible, judged


def test_d13_a_provider_that_names_its_time(
    sending: Ground, noor: Life, mail: Provider, row: Row
) -> None:
    sending.script(next=["429 7"])
    with telling(sending, noor, 1, priority=0) as writing:
        accepted = writing.finish()
    sending.drained(20)
    first, second = sending.takings()
    assert 6.9 <= second.at - first.at <= 9.5, second.at - first.at
    assert len(mail.visible()) == 1, "a red flag has left by mail meanwhile"
    judged = sending.judge(accepted)
    row("1 red flag", judged, f"asked again after {second.at - first.at:.1f} s, mail at once")
    assert judged.clean, judged


@pytest.fixture
def second_phone(sending: Ground) -> Generator[None, None, None]:
    """Ada has another phone, for one test."""
    sending.ask(
        "INSERT INTO accounts_device (SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', uuidv7(), 'installation_id', uuidv7(), 'push_value', 'second-of-ada'))).*"
        " FROM accounts_device d WHERE push_value = 'device-of-ada')"
    )
    yield
    sending.ask("DELETE FROM accounts_device WHERE push_value = 'second-of-ada'")


@pytest.mark.usefixtures("second_phone")
def test_d14_a_dead_device_and_a_poisoned_message(sending: Ground, noor: Life, row: Row) -> None:
    sending.script(devices={"device-of-ada": "410"})
    with telling(sending, noor, 20, per_second=5) as writing:
        accepted = writing.finish()
    sending.drained(20)
    gone = [each for each in sending.takings() if each.to == "device-of-ada"]
    assert 1 <= len(gone) <= 20 and len({each.key for each in gone}) == len(gone)
    reached = {each.key for each in sending.takings() if each.taken}
    assert len(reached) == len(accepted), "the other device was told of each"
    sending.script(next=["ok"] * 50 + ["400"])
    with telling(sending, noor, 100, per_second=50) as writing:
        writing.finish()
    sending.drained(20)
    states = Counter(row["state"] for row in sending.rows() if row["channel"] == "fcm")
    assert states["dead"] == 1
    showed = f"device tried {len(gone)} times, the other told of each; one dead letter"
    row("20 alerts, then 100", None, showed)
