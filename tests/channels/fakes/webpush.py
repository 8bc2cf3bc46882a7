"""A push service for browsers that is not ours: npm's web-push-testing, in a process of its own.

It decrypts what it takes and checks who signed it. ``running`` skips loudly without node.
"""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coachapi.embedded.process import spawn, stop
from tests.notifications.provider import until

SERVER = Path(__file__).parents[2] / "node/node_modules/web-push-testing/src/bin/server.js"


@dataclass
class PushService:
    """``subscribe`` is what a browser does; ``messages`` what it would show."""

    url: str
    process: subprocess.Popen[bytes]

    def ask(self, path: str, body: Any) -> Any:
        """One call of the service's own interface."""
        request = urllib.request.Request(
            f"{self.url}/{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5) as answer:
            said = answer.read()
        return json.loads(said) if said.startswith(b"{") else said

    def subscribe(self, key: str) -> dict[str, Any]:
        """A subscription for a server's public key."""
        made: dict[str, Any] = self.ask(
            "subscribe", {"userVisibleOnly": "true", "applicationServerKey": key}
        )["data"]
        return made

    def messages(self, subscription: dict[str, Any]) -> list[Any]:
        """What was taken for a subscription, decrypted."""
        found = self.ask("get-notifications", {"clientHash": subscription["clientHash"]})
        return [json.loads(each) for each in found["data"]["messages"]]

    def expire(self, subscription: dict[str, Any]) -> None:
        """The browser has unsubscribed."""
        self.ask(f"expire-subscription/{subscription['clientHash']}", {})


@contextmanager
def running(folder: Path) -> Iterator[PushService]:
    """The service, on a port of its own."""
    node = shutil.which("node")
    if node is None or not SERVER.exists():
        pytest.skip("NO NODE CLIENTS: Web Push is not tried (make node)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "web-push-testing.log"
    with log.open("wb") as output:
        process = spawn(
            [node, str(SERVER), str(port)],
            dies_by=signal.SIGKILL,
            log=output,
            env={"PATH": "/usr/bin:/bin"},
            cwd=folder,
        )
    try:
        until(lambda: b"running" in log.read_bytes(), what="the push service")
        yield PushService(f"http://localhost:{port}", process)
    finally:
        stop(process, signal.SIGTERM, patience=3)
