"""The broker flushed, full and dead on the wire: D5, D6. Clocks: D19."""

from __future__ import annotations

import os
import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from tests.faults import phones
from tests.faults.ground import Ground, wait_for
from tests.faults.proxy import Wire
from tests.isolation.cast import Life

pytestmark = pytest.mark.fault
SECONDS = int(os.environ.get("FAULTS_SECONDS", "20"))


def valkey(ground: Ground) -> redis.Redis:
    """A line to the broker itself."""
    return redis.Redis(unix_socket_path=str(ground.servers.valkey_socket))


def test_d5_a_broker_flushed_and_then_full(ground: Ground, crowd: list[Life]) -> None:
    link = valkey(ground)
    with ThreadPoolExecutor(1) as aside:
        wanted = phones.reports(crowd, 4 * SECONDS)
        sending = aside.submit(phones.send, ground, wanted, per_second=4)
        while not sending.done():
            link.flushall()
            time.sleep(0.5)
        heard = sending.result()
        link.config_set("maxmemory", "1mb")
        try:
            more = phones.send(ground, phones.reports(crowd, 60), per_second=10)
        finally:
            link.config_set("maxmemory", "0")
    ground.drained(20)
    assert set(heard.statuses) == set(more.statuses) == {201}
    judged = ground.judge(heard.accepted | more.accepted)
    assert judged.clean and judged.raw == 0, judged


@pytest.mark.parametrize("forgets", [False, True])
def test_d6_a_wire_to_the_broker_that_goes_dead(
    servers: Ground, crowd: list[Life], *, forgets: bool
) -> None:
    wire = Wire(str(servers.servers.valkey_socket), forgets=forgets)
    for name in list(servers.family):
        servers.stop(name)
    servers.forget()
    servers.env["BROKER_URL"] = f"redis://127.0.0.1:{wire.port}/0"
    for name in ("web", "worker", "beat"):
        servers.start(name)
    servers.until(wait_for(servers.web_port), 90)
    log = servers.servers.logs / "worker.log"
    servers.until(lambda: received(log), 90)
    phones.send(servers, phones.reports(crowd, 5), per_second=5)
    wire.dead.set()
    heard = phones.send(servers, phones.reports(crowd, 5 * SECONDS), per_second=5)
    servers.drained(10)
    assert set(heard.statuses) == {201}
    wire.dead.clear()
    begun, before = time.monotonic(), received(log)
    servers.until(lambda: received(log) > before, 30)
    print(f"consumes again {time.monotonic() - begun:.1f} s after the wire is back")  # noqa: T201
    more = phones.send(servers, phones.reports(crowd, 5), per_second=5)
    servers.drained(10)
    judged = servers.judge(heard.accepted | more.accepted)
    assert judged.clean and judged.raw == 0, judged
    assert max(heard.took) <= 1, sorted(heard.took)[-5:]


def received(log: Path) -> int:
    """How many tasks a worker says it has received."""
    return len(re.findall(r"Task \S+ received", log.read_text())) if log.exists() else 0


# faketime is a Debian package, not a wheel: skipped aloud where it is not installed.
@pytest.mark.skipif(shutil.which("faketime") is None, reason="NO FAKETIME: wrong clocks not tried")
def test_d19_wrong_clocks_move_no_alert(ground: Ground, crowd: list[Life]) -> None:
    library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
    for name, clock in (("web", "-1h"), ("worker", "+1h")):
        ground.stop(name)
        ground.env |= {"LD_PRELOAD": library, "FAKETIME": clock, "TZ": "Asia/Kathmandu"}
        ground.start(name)
    for name in ("LD_PRELOAD", "FAKETIME", "TZ"):
        ground.env.pop(name)
    ground.until(wait_for(ground.web_port), 90)
    heard = phones.send(ground, phones.reports(crowd, 20), per_second=5)
    ground.drained(20)
    judged = ground.judge(heard.accepted)
    assert judged.clean, judged
    late = [
        (row["accepted_at"] - row["created_at"]).total_seconds()
        for row in ground.rows()
        if row["channel"] == "fcm"
    ]
    assert max(late) < 20 and min(late) >= 0
    assert os.environ.get("TZ") != "Asia/Kathmandu"
