"""How alerts leave over a push provider that takes 50 ms, and what bare parts cost beside it.

Everything is read from the provider's own log. ``BENCH_BACKLOG`` is how many wait at once; the
figure of the product page is for 50 000, which takes minutes.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
import uuid

import psycopg
import redis

from coachapi import clock
from coachapi.accounts import devices, sessions
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.notifications import outbox
from tests.bench import crowd
from tests.bench.app import nothing
from tests.bench.ground import Ground
from tests.bench.table import Table, at_rank, middle
from tests.faults import oracle
from tests.notifications.provider import key_of

BACKLOG = int(os.environ.get("BENCH_BACKLOG", "3000"))
BURST, BURST_SECONDS = 1000, 10.0
BARE = 2000
PROVIDER_SECONDS = 0.05
PATIENCE = 120.0 + BACKLOG / 50


def everything(ground: Ground, table: Table, ada: User, phone: crowd.Phone) -> None:
    """Bare parts first, then a backlog with red flags in it, a burst, and a worker killed."""
    _script(ground)
    _phone_of(ada)
    bare_task, bare_insert = _bare(ground, table)
    rate = _backlog(ground, table, ada, phone)
    table.figure("pushes a second against a bare task", rate / bare_task, "×")
    table.figure("pushes a second against a bare insert", rate / bare_insert, "×")
    _burst(ground, table, ada, phone)
    _killed(ground, table, ada, phone)
    with psycopg.connect(ground.servers.superuser_address("coach")) as admin:
        admin.execute("UPDATE accounts_device SET dead_at = now()")  # letters again from here on


def _script(ground: Ground) -> None:
    port = int(ground.env["FCM_URL"].rpartition(":")[2])
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    link.request("PUT", "/script", json.dumps({"seconds": PROVIDER_SECONDS}))
    link.getresponse().read()
    link.close()


def _phone_of(ada: User) -> None:
    at = clock.now()
    with acting_as(ada.pk):
        devices.register(
            user=ada,
            installation_id=uuid.uuid4(),
            session_key=sessions.hashed(sessions.begin(ada)),
            body={"platform": "android"},
            push={"provider": "fcm", "kind": "token", "value": "phone-of-ada"},
            at=at,
        )


def _bare(ground: Ground, table: Table) -> tuple[float, float]:
    """Tasks that do nothing, and rows that nobody reads, a second."""
    link = redis.Redis(unix_socket_path=str(ground.servers.valkey_socket))
    begun = time.perf_counter()
    for _ in range(BARE):
        nothing.delay()
    while link.llen("celery") or link.hlen("unacked"):
        time.sleep(0.01)
    tasks = BARE / (time.perf_counter() - begun)
    table.figure("bare Celery tasks that do nothing", tasks, "a second")
    with psycopg.connect(ground.servers.superuser_address("coach"), autocommit=True) as admin:
        admin.execute("CREATE TABLE bare (id uuid PRIMARY KEY, at timestamptz)")
        begun = time.perf_counter()
        for _ in range(BARE):
            admin.execute("INSERT INTO bare VALUES (uuidv7(), now())")
        rows = BARE / (time.perf_counter() - begun)
        admin.execute("DROP TABLE bare")
    table.figure("bare inserts of one row, each committed", rows, "a second")
    return tasks, rows


def _backlog(ground: Ground, table: Table, ada: User, phone: crowd.Phone) -> float:
    """So many at once; a red flag a second while they drain. Returns pushes a second."""
    with psycopg.connect(ground.servers.superuser_address("coach")) as admin:
        admin.execute(
            "INSERT INTO notifications_alert (id, practice_id, client_id, about_id, kind,"
            " level, priority, created_at, step)"
            " SELECT uuidv7(), %s, %s, uuidv7(), 'bench.backlog', 'modify', 5, now(), 1"
            " FROM generate_series(1, %s)",
            [phone.client.practice_id, phone.client.pk, BACKLOG],
        )
        admin.execute(
            "INSERT INTO notifications_delivery (id, alert_id, client_id, recipient_id, step,"
            " channel, device_key, state, priority, due_at, attempt, trouble)"
            " SELECT uuidv7(), a.id, a.client_id, %s, 1, 'fcm', d.id::text, 'pending', 5,"
            " now(), 0, '' FROM notifications_alert a, accounts_device d"
            " WHERE a.kind = 'bench.backlog' AND d.push_value = 'phone-of-ada'",
            [ada.pk],
        )
    begun, flags = time.time(), dict[uuid.UUID, float]()
    while _waiting(ground, "bench.backlog") and time.time() - begun < PATIENCE:
        flags |= _tell(ada, phone, priority=0)
        time.sleep(1)
    came = _came(ground)
    keys = _keys(ground, "bench.backlog")
    table.must(f"a backlog of {BACKLOG}: lost", sum(key not in came for key in keys.values()))
    ends = max(came[key][0] for key in keys.values() if key in came)
    rate = len(keys) / (ends - begun)
    table.figure(f"pushes one worker sends, of {BACKLOG} waiting", rate, "a second", least=200)
    took = _took(ground, flags)
    table.figure("red flags while that drains: p99", at_rank(took, 99), "s", most=5)
    table.must("red flags while that drains: lost", len(flags) - len(took))
    return rate


def _burst(ground: Ground, table: Table, ada: User, phone: crowd.Phone) -> None:
    """A thousand alerts in ten seconds."""
    told, begun = dict[uuid.UUID, float](), time.monotonic()
    for number in range(BURST):
        time.sleep(max(0.0, begun + number * BURST_SECONDS / BURST - time.monotonic()))
        told |= _tell(ada, phone)
    took = _took(ground, told)
    name = f"{BURST} alerts in {BURST_SECONDS:g} s, written → provider accepts"
    table.figure(f"{name}: p50", middle(took), "s")
    table.figure(f"{name}: p99", at_rank(took, 99), "s", most=10)
    table.must(f"{name}: lost", len(told) - len(took))


def _killed(ground: Ground, table: Table, ada: User, phone: crowd.Phone) -> None:
    """One of two workers dies with kill -9 while twenty alerts a second are written."""
    second = ground.second_worker()
    time.sleep(8)  # until it sends; nothing says so
    told, begun = dict[uuid.UUID, float](), time.monotonic()
    for number in range(200):
        time.sleep(max(0.0, begun + number / 20 - time.monotonic()))
        told |= _tell(ada, phone)
        if number == 100 and second.process:
            os.killpg(second.process.pid, signal.SIGKILL)
    took, again = _took(ground, told), set[uuid.UUID]()
    with psycopg.connect(ground.servers.superuser_address("coach")) as link:
        query = (
            "SELECT a.about_id FROM notifications_delivery d JOIN notifications_alert a"
            " ON a.id = d.alert_id WHERE d.channel = 'fcm' AND d.attempt > 1 AND a.about_id = ANY"
            " (%s)"
        )
        again = {row[0] for row in link.execute(query, [list(told)])}
    others = _took(ground, {about: at for about, at in told.items() if about not in again})
    table.figure("one of two workers killed: in flight, longest", max(took), "s", most=30)
    table.figure("one of two workers killed: all others, longest", max(others), "s", most=2)
    table.must("one of two workers killed: lost", len(told) - len(took))


def _tell(ada: User, phone: crowd.Phone, *, priority: int = 5) -> dict[uuid.UUID, float]:
    """An alert as actions write it, and when its commit had returned."""
    about, at = new_id(), clock.now()
    with acting_as(phone.user.pk):
        message = outbox.Message(
            kind="bench.push",
            about_id=about,
            client_id=phone.client.pk,
            practice_id=phone.client.practice_id,
            level="urgent" if priority <= 1 else "modify",
            priority=priority,
        )
        outbox.record(message, to=[outbox.Address(ada.pk, "push")], at=at)
    return {about: time.time()}


def _took(ground: Ground, told: dict[uuid.UUID, float]) -> list[float]:
    """Seconds until each was taken; waits for all of them, half a minute at most."""
    deadline = time.monotonic() + 40
    while True:
        keys, came = _keys(ground, "bench.push"), _came(ground)
        found = [about for about in told if keys.get(about) in came]
        if len(found) == len(told) or time.monotonic() > deadline:
            return [came[keys[about]][0] - told[about] for about in found]
        time.sleep(0.2)


def _came(ground: Ground) -> dict[str, list[float]]:
    came: dict[str, list[float]] = {}
    for each in oracle.read(ground.provider):
        if each.taken:
            came.setdefault(each.key, []).append(each.at)
    return came


def _keys(ground: Ground, kind: str) -> dict[uuid.UUID, str]:
    """The key that the push about each subject must bear."""
    names = ("alert_id", "step", "recipient_id", "channel", "device_key")
    with psycopg.connect(ground.servers.superuser_address("coach")) as link:
        rows = link.execute(
            "SELECT a.about_id, d.alert_id, d.step, d.recipient_id, d.channel, d.device_key"
            " FROM notifications_delivery d JOIN notifications_alert a ON a.id = d.alert_id"
            " WHERE d.channel = 'fcm' AND a.kind = %s",
            [kind],
        ).fetchall()
    return {row[0]: key_of(dict(zip(names, row[1:], strict=True))) for row in rows}


def _waiting(ground: Ground, kind: str) -> int:
    with psycopg.connect(ground.servers.superuser_address("coach")) as link:
        found = link.execute(
            "SELECT count(*) FROM notifications_delivery d JOIN notifications_alert a"
            " ON a.id = d.alert_id WHERE a.kind = %s AND d.state IN ('pending', 'sending')",
            [kind],
        ).fetchone()
    return int(found[0]) if found else 0
