"""Providers that fail, hang, throttle and refuse: D10, D11, D13, D14."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.faults.ground import Ground
from tests.faults.telling import telling
from tests.faults.test_full_processes import alive, empty, noor
from tests.isolation.cast import Cast, Life
from tests.notifications.provider import Provider, running_provider

__all__ = ["empty", "noor"]
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


def test_d10_a_minute_of_errors(sending: Ground, noor: Life) -> None:
    sending.script(always="500")
    with telling(sending, noor, 500, per_second=100) as writing:
        accepted = writing.finish()
    time.sleep(60)
    sending.script()
    sending.drained(65)
    judged = sending.judge(accepted)
    assert judged.clean and judged.raw == 0, judged
    tried = Counter(each.key for each in sending.takings())
    assert max(tried.values()) <= 12, tried.most_common(3)
    again = [each.at for each in sending.takings() if each.fault == "500"]
    seconds = Counter(int(at - again[0]) for at in again)
    del seconds[0]
    print(f"{len(again)} tries in a minute, at most {max(seconds.values())} in a second")  # noqa: T201


def test_d11_a_provider_that_hangs(sending: Ground, noor: Life, mail: Provider) -> None:
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
    print(f"mail {min(waits):.1f} to {max(waits):.1f} s after the alert")  # noqa: T201
    sending.script()
    sending.drained(120)
    judged = sending.judge(accepted)
    assert not judged.lost and not judged.phantom and not judged.visible, judged


def test_d13_a_provider_that_names_its_time(sending: Ground, noor: Life, mail: Provider) -> None:
    sending.script(next=["429 7"])
    with telling(sending, noor, 1, priority=0) as writing:
        accepted = writing.finish()
    sending.drained(20)
    first, second = sending.takings()
    assert 6.9 <= second.at - first.at <= 9.5, second.at - first.at
    assert len(mail.visible()) == 1, "a red flag has left by mail meanwhile"
    assert sending.judge(accepted).clean


def test_d14_a_dead_device_and_a_poisoned_message(sending: Ground, noor: Life, cast: Cast) -> None:
    second = str(uuid.uuid4())
    sending.ask(
        "INSERT INTO accounts_device (SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', uuidv7(), 'installation_id', %s::text, 'push_value', 'second-of-ada'))).*"
        " FROM accounts_device d WHERE push_value = 'device-of-ada')",
        second,
    )
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
    sending.ask("DELETE FROM accounts_device WHERE installation_id = %s", uuid.UUID(second))
    sending.ask("UPDATE accounts_device SET dead_at = NULL")
