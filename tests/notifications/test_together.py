"""Several relays at once, and a worker whose bell is gone."""

from __future__ import annotations

import os
import signal
import sys
import uuid
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from coachapi.embedded.process import last_lines, spawn, stop
from coachapi.notifications import outbox, relay
from tests.notifications.conftest import Post
from tests.notifications.provider import ROOT, key_of, until
from tests.notifications.test_timer import question, told

__all__ = ["question"]


def test_four_relays_at_once_send_each_message_once(post: Post) -> None:
    for _ in range(16):
        post.tell()

    def drain(_: int) -> int:
        tried = relay.drain()
        connection.close()
        return tried

    with ThreadPoolExecutor(4) as relays:
        assert sum(relays.map(drain, range(4))) == 16
    assert sorted(post.provider.visible().values()) == [1] * 16
    assert set(post.states()) == {"accepted"}


@pytest.fixture
def deaf_worker(post: Post, tmp_path: Path) -> Generator[Path, None, None]:
    """A worker as production starts it, at a broker that is not there."""
    command = [sys.executable, "-m", "celery", "-A", "coachapi.celery", "worker"]
    command += ["--concurrency", "1", "--without-gossip", "--without-mingle"]
    environment = os.environ | {
        "PROCESS_ROLE": "worker",
        "C_FORCE_ROOT": "1",
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "DRAIN_EVERY_SECONDS": "1",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(post.provider.port),
    }
    log = tmp_path / "worker.log"
    with log.open("wb") as output:
        process = spawn(command, dies_by=signal.SIGKILL, log=output, env=environment, cwd=ROOT)
    yield log
    stop(process, signal.SIGTERM, signal.SIGQUIT, patience=3)


@pytest.mark.fault("D20")
def test_without_bell_and_broker_the_workers_own_timer_sends_and_asks(
    post: Post, question: uuid.UUID, deaf_worker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "ring", lambda: None)
    alert = post.tell()

    def mail() -> dict[str, Any]:
        (row,) = [row for row in post.mails() if row["alert_id"] == alert]
        return row

    what = f"{last_lines(deaf_worker, 20)}\nit"
    until(lambda: mail()["state"] == "accepted", within=40, what=what)
    assert [key for key, _ in post.provider.taken()].count(key_of(mail())) == 1
    until(lambda: told(post, question), within=40, what="telling of a question left unanswered")
