"""A real Celery worker for tests, and waiting for it with a deadline."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from coachapi.celery import app
from coachapi.embedded.process import last_lines, spawn, stop

ROOT = Path(__file__).parent.parent


class Worker:
    """One worker process over the tests' database and broker."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self.log = process, log

    def until(self, condition: Callable[[], object], within: float = 15.0) -> None:
        """Wait until the condition holds. After `within` seconds: fail with the worker's log."""
        deadline = time.monotonic() + within
        while not condition():
            ended = self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                what = "The worker ended" if ended else f"Nothing happened within {within} s"
                raise AssertionError(f"{what}. Its log:\n{last_lines(self.log, 20)}")
            time.sleep(0.02)

    def answers(self) -> bool:
        """Whether the worker answers a ping."""
        return bool(app.control.ping(timeout=0.5, limit=1))

    def until_idle(self) -> None:
        """Wait until no task is running, so that none meets the next test's tables."""
        asking = app.control.inspect(timeout=0.5, limit=1)
        self.until(lambda: not any((asking.active() or {}).values()))

    def forget_waiting_tasks(self) -> None:
        """Empty the queues of what an earlier test left."""
        app.control.purge()


@contextmanager
def running_worker(log: Path) -> Generator[Worker, None, None]:
    """Start a worker as production does, with one child, and stop it at the end."""
    command = [sys.executable, "-m", "celery", "-A", "coachapi.celery", "worker"]
    command += ["--concurrency", "1", "--without-gossip", "--without-mingle"]
    environment = os.environ | {"PROCESS_ROLE": "worker", "C_FORCE_ROOT": "1"}
    # It lives through the whole run: its own timer would empty other tests' outboxes.
    environment |= {"DRAIN_EVERY_SECONDS": "3600"}
    with log.open("wb") as output:
        process = spawn(command, dies_by=signal.SIGKILL, log=output, env=environment, cwd=ROOT)
    worker = Worker(process, log)
    try:
        worker.until(worker.answers, within=60)
        yield worker
    finally:
        stop(process, signal.SIGTERM, signal.SIGQUIT, patience=10)
