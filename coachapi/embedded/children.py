"""The programs of the demo, each kept alive: started, watched, started again, stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coachapi.embedded.process import Trouble, last_lines, spawn, stop

QUICK_SECONDS = 10.0  # a life shorter than this counts as a failed start
QUICK_DEATHS_ALLOWED = 5
FIRST_PAUSE_SECONDS = 0.5


@dataclass(slots=True)
class Child:
    """One program and its luck so far."""

    name: str
    command: list[str]
    env: Mapping[str, str]
    cwd: Path
    log: Path
    stop_by: tuple[signal.Signals, ...] = (signal.SIGTERM,)
    dies_by: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    first_pause: float = FIRST_PAUSE_SECONDS
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    quick_deaths: int = 0
    again_at: float | None = field(default=None)

    def start(self) -> None:
        """Start the program; its words go to its log."""
        with self.log.open("ab") as output:
            self.process = spawn(
                self.command, dies_by=self.dies_by, log=output, env=self.env, cwd=self.cwd
            )
        self.started_at, self.again_at = time.monotonic(), None

    def watch(self) -> str | None:
        """Start it again when it died and its pause is over; returns a line when it has died.

        Raises Trouble with the end of its log after five deaths in quick succession.
        """
        now = time.monotonic()
        if self.again_at is not None:
            if now >= self.again_at:
                self.start()
            return None
        if self.process is None or self.process.poll() is None:
            return None
        quick = now - self.started_at < QUICK_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        code = self.process.returncode
        self.stop()  # what is left of its group
        if self.quick_deaths >= QUICK_DEATHS_ALLOWED:
            raise Trouble(
                f"{self.name} ended {self.quick_deaths} times within seconds. "
                f"The end of {self.log}:\n{last_lines(self.log, 12)}"
            )
        pause = self.first_pause * 2 ** max(self.quick_deaths - 1, 0)
        self.again_at = now + pause
        return f"{self.name} ended (exit {code}); starting it again in {pause:g} s."

    def stop(self) -> None:
        """Stop it and everything it started."""
        if self.process is not None:
            stop(self.process, *self.stop_by, patience=self.patience)
            self.process = None


def web(env: Mapping[str, str], root: Path, logs: Path, host: str, port: int) -> Child:
    """granian over WSGI; as many threads as the connection pool has places."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "8"]
    command += ["--respawn-failed-workers", "--log-level", "warning"]
    command += ["coachapi.wsgi:application"]
    return Child("web", command, {**env, "PROCESS_ROLE": "web"}, root, logs / "web.log")


def worker(env: Mapping[str, str], root: Path, logs: Path) -> Child:
    """A Celery worker, prefork: SIGTERM finishes what runs, SIGQUIT gives it back."""
    command = [sys.executable, "-m", "celery", "-A", "coachapi.celery", "worker"]
    command += ["--concurrency", "2", "--without-gossip", "--without-mingle"]
    command += ["--loglevel", "INFO"]
    both = (signal.SIGTERM, signal.SIGQUIT)
    return Child(
        "worker",
        command,
        {**env, "PROCESS_ROLE": "worker"},
        root,
        logs / "worker.log",
        stop_by=both,
        dies_by=signal.SIGKILL,
    )


def beat(env: Mapping[str, str], root: Path, logs: Path) -> Child:
    """The one Celery beat."""
    command = [sys.executable, "-m", "celery", "-A", "coachapi.celery", "beat", "--pidfile="]
    command += ["--schedule", str(logs.parent / "beat-schedule"), "--loglevel", "WARNING"]
    return Child("beat", command, {**env, "PROCESS_ROLE": "beat"}, root, logs / "beat.log")


def mailbox(env: Mapping[str, str], root: Path, logs: Path, folder: Path) -> Child:
    """The demo's mail server, on the port that the others were told."""
    command = [sys.executable, "-m", "coachapi.embedded.mailbox", "--port", env["EMAIL_PORT"]]
    command += ["--folder", str(folder)]
    return Child("mailbox", command, env, root, logs / "mailbox.log")
