"""D25: the demo's one process ended by kill -9 again and again, at any moment."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from clients.demo.people import PASSWORD, PEOPLE
from coachapi.embedded import folders
from coachapi.embedded.mailbox import LOG
from tests.bench.crowd import PLACES, said
from tests.faults.rows import Row
from tests.house.test_run import ROOT, Demo, until
from tests.notifications.provider import key_of
from tests.stories.people import Person

pytestmark = pytest.mark.fault
ROUNDS = int(os.environ.get("FAULTS_ROUNDS", "5"))


class Patient(Demo):
    """A demo that may take its time to start: it is filled at first, and mends itself later."""

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "coachapi.embedded"],
                cwd=ROOT,
                env=self.environment(),
                stdout=words,
                stderr=words,
                start_new_session=True,
            )
        until(lambda: "Ready in" in self.said() or self.ended(), 300, self.said)
        assert not self.ended(), self.said()


@pytest.fixture
def demo(tmp_path: Path) -> Generator[Demo, None, None]:
    """A demo of its own, with its world."""
    data = tmp_path / "data"
    data.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        demo = Patient(data, probe.getsockname()[1])
    yield demo
    if demo.process is not None and not demo.ended():
        demo.send(signal.SIGTERM)
    folders.forget(data)


def test_d25_the_demo_killed_at_random(demo: Demo, dice: random.Random, row: Row) -> None:
    accepted: list[str] = []
    clients = [person for person in PEOPLE if person.role == "client"]
    for each in range(ROUNDS):
        demo.start()
        base, email = f"http://127.0.0.1:{demo.port}", clients[each % len(clients)].email
        phone = Person.sign_in(base, "somebody", email, PASSWORD)
        killer = threading.Timer(dice.uniform(0.05, 2.5), demo.send, [signal.SIGKILL])
        killer.start()
        for number in range(40):
            report, at = str(uuid.uuid4()), dt.datetime.now(dt.UTC)
            try:
                body = said(PLACES[number % len(PLACES)], at)
                answer = phone.send("PUT", f"/v1/reports/{report}", body)
            except (OSError, http.client.HTTPException):
                break
            if answer.status in (200, 201):
                accepted.append(report)
        killer.join()
    demo.start()
    # What the demo was filled with was never mailed; judged is what the phones have sent.
    rows = [row for row in settled(demo) if str(row["about_id"]) in accepted]
    keys = [key_of(row) for row in rows if row["channel"] == "email"]
    log = (demo.data / "mail" / LOG).read_text().splitlines()
    taken = {line.split()[1].strip("<>").partition("@")[0] for line in log}
    assert keys and set(keys) <= taken, "an alert was lost"
    with database(demo) as link:
        known = {str(row["id"]) for row in link.execute("SELECT id FROM clients_report")}
    assert set(accepted) <= known, "an accepted report is gone"
    row(f"{ROUNDS} kills, {len(accepted)} reports", None, f"{len(keys)} letters, none lost")


def database(demo: Demo) -> psycopg.Connection[dict[str, Any]]:
    """A superuser's line to the demo's database."""
    address = json.loads((demo.data / "run.json").read_text())["DATABASE_URL"]
    superuser = address.replace("coach_app@", "coach@")
    return psycopg.connect(superuser, autocommit=True, row_factory=dict_row)


def settled(demo: Demo) -> list[dict[str, Any]]:
    """Every delivery, once none waits."""

    def waiting() -> int:
        with database(demo) as link:
            found = link.execute(
                "SELECT count(*) FROM notifications_delivery WHERE channel = 'email'"
                " AND due_at <= coach_now() + interval '60 s' AND state IN ('pending', 'sending')"
            ).fetchone()
        return int(found["count"]) if found else 0

    until(lambda: waiting() == 0, 90, demo.said)
    time.sleep(1)
    with database(demo) as link:
        return link.execute(
            "SELECT d.*, a.about_id FROM notifications_delivery d JOIN notifications_alert a"
            " ON a.id = d.alert_id WHERE d.state = 'accepted'"
        ).fetchall()
