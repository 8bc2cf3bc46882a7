"""Processes of ours killed, stopped and doubled: D1, D3, D8, D15, D17, D20, D21, D24."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.conftest import SEED
from tests.faults.ground import LOOKED, ROOT, Ground
from tests.faults.rows import Row
from tests.faults.telling import telling
from tests.isolation.cast import Cast, Life

pytestmark = pytest.mark.fault
MANY = int(os.environ.get("FAULTS_MANY", "1500"))
STARTING = 6.0  # seconds a worker needs until it sends


@pytest.fixture
def noor(cast: Cast) -> Life:
    """The client it is all about; Ada is her coach, Jo her cover."""
    return cast.lives["noor"]


def alive(ground: Ground) -> None:
    """Wait until a worker has looked."""
    ground.ask("TRUNCATE coachapi_heartbeat")
    ground.until(lambda: ground.ask(LOOKED), 90)


def test_d1_relays_killed_at_random(
    empty: Ground, noor: Life, dice: random.Random, row: Row
) -> None:
    for number in range(3):
        empty.start(f"worker{number}")
    alive(empty)
    with telling(empty, noor, MANY, per_second=25) as writing:
        while writing.process.poll() is None:
            time.sleep(2)
            name = dice.choice(sorted(empty.family))
            empty.kill(name)
            empty.start(name)
        accepted = writing.finish()
    empty.drained(30 + STARTING)
    judged = empty.judge(accepted)
    row(f"{MANY} alerts at 25/s, {len(empty.kills)} kills", judged, f"seed {SEED}")
    assert len(accepted) == MANY and judged.clean, judged


@pytest.mark.parametrize("who", ["child", "parent"])
def test_d3_a_worker_killed_is_back_within_half_a_minute(
    empty: Ground, noor: Life, who: str, row: Row
) -> None:
    empty.start("worker0", concurrency=2)
    alive(empty)
    empty.script(seconds=0.2)
    with telling(empty, noor, MANY // 4, per_second=50) as writing:
        for _ in range(3):
            time.sleep(2)
            process = empty.family["worker0"].process
            assert process is not None
            if who == "parent":
                empty.kill("worker0")
                empty.start("worker0", concurrency=2)
            else:
                children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
                empty.kills.append(time.time())
                os.kill(int(children.split()[0]), signal.SIGKILL)
        accepted = writing.finish()
    begun = time.monotonic()
    empty.drained(30 + STARTING)
    judged = empty.judge(accepted)
    last = f"drained {time.monotonic() - begun:.0f} s after the last alert"
    row(f"{MANY // 4} alerts, {who} killed 3 times", judged, last)
    assert judged.clean, judged


def test_d8_every_connection_cut_each_second(empty: Ground, noor: Life, row: Row) -> None:
    empty.start("worker0")
    empty.start("beat")
    alive(empty)
    before = {name: child.process and child.process.pid for name, child in empty.family.items()}
    with telling(empty, noor, 300, per_second=10) as writing:
        while writing.process.poll() is None:
            time.sleep(1)
            empty.kills.append(time.time())
            empty.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename LIKE 'coach\\_%' AND pid <> pg_backend_pid()"
            )
        accepted = writing.finish()
    empty.drained(30)
    judged = empty.judge(accepted)
    row(f"300 alerts at 10/s, cut {len(empty.kills)} times", judged)
    assert judged.clean, judged
    after = {name: child.process and child.process.pid for name, child in empty.family.items()}
    assert after == before and all(
        c.process and c.process.poll() is None for c in empty.family.values()
    ), "no process has exited"


def test_d15_a_zombie_that_wakes_changes_nothing(empty: Ground, noor: Life, row: Row) -> None:
    empty.start("worker0")
    alive(empty)
    empty.script(seconds=8)
    zombie = empty.family["worker0"].process
    assert zombie is not None
    sending = "SELECT id FROM notifications_delivery WHERE state = 'sending'"
    with telling(empty, noor, 1) as writing:
        empty.until(lambda: empty.ask(sending), 60)
        os.killpg(zombie.pid, signal.SIGSTOP)
        accepted = writing.finish()
    empty.start("worker1")
    empty.drained(30 + STARTING)
    (before,) = [row for row in empty.rows() if row["channel"] == "fcm"]
    empty.kills.append(time.time())  # what it still hands over has its reason
    os.killpg(zombie.pid, signal.SIGCONT)
    time.sleep(3)
    (after,) = [row for row in empty.rows() if row["channel"] == "fcm"]
    assert before == after and after["attempt"] == 2
    empty.script()  # once the provider has what the zombie still handed over
    judged = empty.judge(accepted)
    row("1 alert", judged, "stopped in its sending, woken after the lease")
    assert judged.clean and judged.raw <= 1, judged


def test_d17_escalations_under_kills(
    empty: Ground, noor: Life, dice: random.Random, row: Row
) -> None:
    for number in range(3):
        empty.start(f"worker{number}")
    alive(empty)
    flags, after = MANY // 10, 10
    with telling(empty, noor, flags, per_second=20, priority=0, escalate=after) as writing:
        accepted = writing.finish()
    ends = time.time() + 2 * after + 5
    while time.time() < ends:
        time.sleep(3)
        name = dice.choice(sorted(empty.family))
        empty.kill(name)
        empty.start(name)
    empty.until(lambda: steps(empty, 3) == flags, 60)
    empty.ask("UPDATE notifications_alert SET escalate_at = NULL")
    empty.drained(40)
    assert steps(empty, 2) == flags
    rows = [row for row in empty.rows() if row["channel"] == "feed" and row["step"] in (2, 3)]
    waits = {
        step: [
            (row["accepted_at"] - row["created_at"]).total_seconds()
            for row in rows
            if row["step"] == step
        ]
        for step in (2, 3)
    }
    assert min(waits[2]) >= after and min(waits[3]) >= 2 * after, "none early"
    assert max(waits[2]) <= after + 30, waits[2]
    judged = empty.judge(accepted)
    latest = f"latest second step {max(waits[2]) - after:.1f} s after its deadline, seed {SEED}"
    row(f"{flags} red flags, {len(empty.kills)} kills", judged, latest)
    assert judged.clean, judged


def steps(ground: Ground, step: int) -> int:
    """How many alerts have been told at that step."""
    count: int = ground.ask(
        "SELECT count(DISTINCT alert_id) FROM notifications_delivery WHERE step = %s", step
    )[0]["count"]
    return count


@pytest.mark.parametrize("beats", [0, 2])
def test_d20_no_beat_or_two(empty: Ground, noor: Life, beats: int, row: Row) -> None:
    empty.start("worker0")
    for number in range(beats):
        empty.start(f"beat{number}")
    alive(empty)
    with telling(empty, noor, 100, per_second=50) as writing:
        accepted = writing.finish()
    empty.drained(10)
    judged = empty.judge(accepted)
    row(f"100 alerts, {beats} beats", judged)
    assert judged.clean and judged.raw == 0, judged


def test_d21_a_relay_without_its_rights_is_red(empty: Ground, noor: Life, row: Row) -> None:
    app = empty.env["DATABASE_URL"]
    empty.start("worker0", WORKER_DATABASE_URL=app)
    with telling(empty, noor, 1) as writing:
        writing.finish()
    query = "SELECT name FROM coachapi_heartbeat WHERE name = 'relay blind'"
    empty.until(lambda: empty.ask(query), 90)
    command = [sys.executable, "-W", "ignore", "manage.py", "healthcheck", "worker"]
    environment = empty.env | {"PROCESS_ROLE": "worker"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode != 0, done.stdout
    assert empty.waiting() == 1 and empty.takings() == []
    row("1 alert", None, "no sign of life, health check fails, nothing sent")


def test_d24_nothing_expires_in_three_days(empty: Ground, noor: Life, row: Row) -> None:
    with telling(empty, noor, 200, per_second=200) as writing:
        accepted = writing.finish()
    with telling(empty, noor, 20, per_second=200, priority=0) as writing:
        accepted |= writing.finish()
    empty.ask("UPDATE notifications_alert SET created_at = created_at - interval '72 hours'")
    empty.ask(
        "UPDATE notifications_delivery SET due_at = due_at - interval '72 hours',"
        " wanted_at = wanted_at - interval '72 hours'"
    )
    empty.script(seconds=0.05)
    empty.start("worker0")
    empty.drained(90)
    judged = empty.judge(accepted)
    row("220 alerts, 72 hours old", judged, "oldest first within a priority")
    assert judged.clean and judged.raw == 0, judged
    pushes = sorted(
        (row for row in empty.rows() if row["channel"] == "fcm"),
        key=lambda row: (row["priority"], row["wanted_at"], row["id"]),
    )
    rank = {row["id"]: number for number, row in enumerate(pushes)}
    went = sorted(pushes, key=lambda row: row["accepted_at"])
    worst = max(abs(rank[row["id"]] - number) for number, row in enumerate(went))
    assert worst <= 40, "oldest first within a priority, but for what is under way together"
