"""The whole with a part taken away for a moment: small counts, every day.

Design page §5: D4 broker gone, D7 database restarted, D9 reply lost, D12 providers that take a
message and say they did not. The others of the everyday set stand in tests/notifications.
"""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults import phones
from tests.faults.conftest import FULL
from tests.faults.ground import Ground, wait_for
from tests.faults.rows import Row
from tests.isolation.cast import Life

pytestmark = pytest.mark.fault


def test_d4_a_broker_that_is_gone_delays_nothing_and_refuses_nothing(
    ground: Ground, crowd: list[Life], row: Row
) -> None:
    ground.end_server("Valkey", signal.SIGKILL)
    ground.kills.clear()  # no process that sends has died
    heard = phones.send(ground, phones.reports(crowd, 200 if FULL else 20), per_second=20)
    ground.drained(20)
    ground.servers.revive()
    judged = ground.judge(heard.accepted)
    row(f"{len(heard.accepted)} reports at 20/s", judged, f"longest {max(heard.took):.2f} s")
    assert set(heard.statuses) == {201}
    assert judged.clean and judged.raw == 0, judged


def test_d7_a_database_that_restarts_loses_nothing(
    ground: Ground, crowd: list[Life], row: Row
) -> None:
    restarts = 6 if FULL else 1
    wanted = phones.reports(crowd, 20 * restarts)
    heard = phones.Heard(ground.folder / "accepted.log")
    with ThreadPoolExecutor(1) as aside:
        sending = aside.submit(phones.send, ground, wanted, per_second=10, heard=heard)
        for restart in range(restarts):
            ground.until(lambda: len(heard.accepted) > 20 * restart + 5, 60)  # noqa: B023
            ground.end_server("PostgreSQL", signal.SIGQUIT)
            refused = len(heard.waits)
            ground.until(lambda: len(heard.waits) > refused, 30)  # noqa: B023
            ground.servers.revive()
        sending.result()
    ground.until(lambda: ground.unheld() == 0, 10)
    ground.drained(30)  # a claim whose answer the restart cut off: a lease and a tick
    judged = ground.judge(heard.accepted)
    row(f"{restarts} restarts, {len(wanted)} reports", judged, f"{len(heard.waits)} × 503")
    assert heard.accepted == {report for report, _, _ in wanted}
    assert set(heard.statuses) <= {200, 201, 503}
    assert all(0 < float(wait) <= 2 for wait in heard.waits)
    assert judged.clean, judged


def test_d9_a_reply_that_is_lost_leads_to_one_alert(
    ground: Ground, crowd: list[Life], row: Row
) -> None:
    ((report, life, body),) = phones.reports(crowd, 1)
    path = f"/v1/reports/{report}"
    with ThreadPoolExecutor(1) as aside:
        aside.submit(phones.put, ground.web_port, path, life, body)
        ground.until(lambda: ground.ask("SELECT id FROM notifications_alert"), 20)
        ground.kill("web")
    ground.start("web")
    ground.until(wait_for(ground.web_port), 60)
    assert phones.put(ground.web_port, path, life, body)[0] == 200
    assert len(ground.ask("SELECT id FROM notifications_alert")) == 1
    row("1 report", None, "the same again: 200, one alert")


def test_d12_a_provider_that_took_it_and_says_no_is_asked_again_under_one_key(
    ground: Ground, crowd: list[Life], row: Row
) -> None:
    wanted = phones.reports(crowd, 60 if FULL else 6)
    faults = ["accept-then-503", "accept-then-reset", "503"] * (20 if FULL else 1)
    mixed = [each for at in range(0, len(faults), 3) for each in (*faults[at : at + 3], "ok")]
    ground.script(next=mixed)  # nothing else: the breaker would let one through now and then
    heard = phones.send(ground, wanted, per_second=20)
    ground.drained(30)
    judged = ground.judge(heard.accepted)
    row(f"{len(faults)} faults at {len(wanted)} reports", judged)
    assert judged.clean and judged.raw == len(faults) * 2 // 3, judged
