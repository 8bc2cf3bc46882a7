"""The broker flushed, full and dead on the wire: D5, D6. Clocks: D19."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from tests.faults import phones
from tests.faults.ground import Ground, wait_for
from tests.faults.proxy import Wire
from tests.faults.rows import Row
from tests.faults.telling import telling
from tests.isolation.cast import Cast, Life

pytestmark = pytest.mark.fault
SECONDS = int(os.environ.get("FAULTS_SECONDS", "20"))


def valkey(ground: Ground) -> redis.Redis:
    """A line to the broker itself."""
    return redis.Redis(unix_socket_path=str(ground.servers.valkey_socket))


def test_d5_a_broker_flushed_and_then_full(ground: Ground, crowd: list[Life], row: Row) -> None:
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
    judged = ground.judge(heard.accepted | more.accepted)
    row(f"{len(heard.accepted)} and {len(more.accepted)} reports", judged)
    assert set(heard.statuses) == set(more.statuses) == {201}
    assert judged.clean and judged.raw == 0, judged


@pytest.mark.parametrize("forgets", [False, True])
def test_d6_a_wire_to_the_broker_that_goes_dead(
    crowd: list[Life], empty: Ground, row: Row, *, forgets: bool
) -> None:
    servers, wire = empty, Wire(str(empty.servers.valkey_socket), forgets=forgets)
    servers.env["BROKER_URL"] = f"redis://127.0.0.1:{wire.port}/0"
    for name in ("web", "worker", "beat"):
        servers.start(name)
    servers.until(wait_for(servers.web_port), 90)
    log = servers.servers.logs / "worker.log"
    old = received(log)
    servers.until(lambda: received(log) > old, 90)
    phones.send(servers, phones.reports(crowd, 5), per_second=5)
    wire.dead.set()
    heard = phones.send(servers, phones.reports(crowd, 5 * SECONDS), per_second=5)
    servers.drained(10)
    assert set(heard.statuses) == {201}
    wire.dead.clear()
    begun, before = time.monotonic(), received(log)
    servers.until(lambda: received(log) > before, 30)
    again = time.monotonic() - begun
    more = phones.send(servers, phones.reports(crowd, 5), per_second=5)
    servers.drained(10)
    judged = servers.judge(heard.accepted | more.accepted)
    showed = f"longest request {max(heard.took):.2f} s, tasks again {again:.1f} s after the wire"
    row(f"{len(heard.accepted)} reports at 5/s", judged, showed)
    assert judged.clean and judged.raw == 0, judged
    assert max(heard.took) <= 1, sorted(heard.took)[-5:]


def received(log: Path) -> int:
    """How many tasks a worker says it has received."""
    return len(re.findall(r"Task \S+ received", log.read_text())) if log.exists() else 0


COMPILER = shutil.which("cc") or shutil.which("gcc")


@pytest.fixture
def wrong_clock(tmp_path: Path) -> dict[str, str]:
    """The environment in which a process has a wrong clock; its ``WRONG_BY`` says by how much."""
    library = tmp_path / "wrong_clock.so"
    source = Path(__file__).with_name("wrong_clock.c")
    assert COMPILER is not None
    subprocess.run([COMPILER, "-O1", "-shared", "-fPIC", "-o", library, source], check=True)
    return {"LD_PRELOAD": str(library), "TZ": "Asia/Kathmandu"}


# What makes a process believe a wrong time is compiled here; `make faults` alone asks for it.
@pytest.mark.skipif(COMPILER is None, reason="NO C COMPILER: wrong clocks not tried")
def test_d19_wrong_clocks_move_no_alert(
    ground: Ground, crowd: list[Life], cast: Cast, wrong_clock: dict[str, str], row: Row
) -> None:
    said = [sys.executable, "-c", "import time; print(time.time())"]
    behind = subprocess.check_output(said, env=wrong_clock | {"WRONG_BY": "-3600"})
    assert -3610 < float(behind) - time.time() < -3590, "the clock is wrong indeed"
    ground.stop("web")
    ground.stop("worker")
    ground.env |= wrong_clock | {"WRONG_BY": "-3600"}
    ground.start("web")
    ground.start("worker", WRONG_BY="3600", WRONG_JUMPS="1")
    ground.until(wait_for(ground.web_port), 90)
    heard = phones.send(ground, phones.reports(crowd, 20), per_second=5)
    ground.drained(20)
    deadline = 8.0
    with telling(ground, cast.lives["noor"], 20, priority=0, escalate=deadline) as writing:
        accepted = heard.accepted | writing.finish()
    ground.until(lambda: len(told(ground, step=2)) >= 20, deadline + 20)
    ground.ask("UPDATE notifications_alert SET escalate_at = NULL")
    ground.drained(40)
    judged = ground.judge(accepted)
    first, second = told(ground, step=1), told(ground, step=2)
    showed = f"sent after {max(first):.1f} s at most, second steps {max(second) - deadline:.1f} s"
    row(f"{len(first)} alerts", judged, f"{showed} after their deadline at most")
    assert min(first) >= 0 and max(first) <= 10, first
    assert judged.clean and judged.raw == 0, judged
    assert deadline <= min(second) and max(second) <= deadline + 10, second


def told(ground: Ground, *, step: int) -> list[float]:
    """Seconds, by the database, from each alert to its telling: to the phone, in step two to the
    feed."""
    channel = "fcm" if step == 1 else "feed"
    return [
        (row["accepted_at"] - row["created_at"]).total_seconds()
        for row in ground.rows()
        if (row["step"], row["channel"]) == (step, channel) and row["accepted_at"]
    ]
