"""A real web process for tests, granian as the product runs it, and waiting for it."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from coachapi.embedded.process import last_lines, spawn, stop

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds


@contextmanager
def running_web(
    log: Path, *, application: str = "coachapi.wsgi:application", **environment: str
) -> Generator[str, None, None]:
    """A web process as the demo runs it, with more of an environment; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--blocking-threads", "4", application]
    environment = {"PROCESS_ROLE": "web", "DEMO": "1", "PUBLIC_URL": base, **environment}
    with log.open("wb") as output:
        process = spawn(
            command, dies_by=signal.SIGKILL, log=output, env=os.environ | environment, cwd=ROOT
        )
    try:
        _until_ready(base, log)
        yield base
    finally:
        stop(process, signal.SIGTERM, signal.SIGKILL, patience=5)


def _until_ready(base: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"The web process did not come up:\n{last_lines(log, 20)}")
