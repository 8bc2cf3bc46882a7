"""A whole server of its own for the bench, shaped as in production, on data that wait for the disk.

PostgreSQL with fsync, Valkey, granian, worker, beat and a mailbox; loopback only, and all of it is
gone when the bench ends. Nothing that runs on this machine already is touched or used.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import redis

from coachapi.embedded import children
from coachapi.embedded.process import PLAIN_ENV, Trouble, last_lines, stop
from coachapi.embedded.servers import Servers
from tests.faults.ground import credentials, start_provider

ROOT = Path(__file__).parents[2]
READY_SECONDS = 60.0
TOLD_BY_THE_CALLER = ("DATABASE_POOL", "DRAIN_EVERY_SECONDS")


@dataclass(slots=True)
class Ground:
    """Where everything is."""

    base: str
    folder: Path
    mail: Path
    rows: Path  # what the bare view inserts, written before it is first asked
    servers: Servers
    provider: Path  # the log of the push provider
    env: dict[str, str] = field(default_factory=dict)
    family: list[children.Child] = field(default_factory=list)

    def second_worker(self) -> children.Child:
        """One more worker machine, so to speak."""
        child = children.worker(self.env, ROOT, self.servers.logs)
        child.command += ["-n", "second@%h"]
        child.log = self.servers.logs / "second.log"
        child.start()
        self.family.append(child)
        return child

    def broker_dies(self) -> None:
        """Kill the broker; nothing starts it again."""
        link = redis.Redis(unix_socket_path=str(self.servers.valkey_socket))
        with contextlib.suppress(redis.ConnectionError):
            link.shutdown(nosave=True)


@contextlib.contextmanager
def standing() -> Generator[Ground, None, None]:
    """Start everything, and stop everything whatever happens in between."""
    folder = Path(tempfile.mkdtemp(prefix="coachapi-bench-"))
    folder.chmod(0o755)  # another account runs PostgreSQL when we are root
    servers = Servers(keep=folder, environ={})
    family: list[children.Child] = []
    pushes = folder / "pushes.log"
    provider, port = start_provider(folder, pushes)
    try:
        servers.start()
        (folder / "static").mkdir()  # as collectstatic leaves it
        base = f"http://127.0.0.1:{_free_port()}"
        rows = folder / "rows.json"
        ground = Ground(base, folder, folder / "mail", rows, servers, pushes, family=family)
        ground.env = env = _environment(ground) | {
            "FCM_URL": f"http://127.0.0.1:{port}",
            "FCM_CREDENTIALS": credentials(port),
        }
        _manage(env, "migrate", "--no-input")
        _manage(env, "load_library")
        logs = servers.logs
        family += [children.mailbox(env, ROOT, logs, ground.mail)]
        family += [_worker(env, logs), children.beat(env, ROOT, logs)]
        family += [_web(env, logs, base)]
        for child in family:
            child.start()
        _until_ready(base, logs)
        os.environ.update(env | {"PROCESS_ROLE": "web"})
        yield ground
    finally:
        for child in reversed(family):
            child.stop()
        stop(provider, signal.SIGTERM, patience=5)
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _web(env: dict[str, str], logs: Path, base: str) -> children.Child:
    """The web process as the launcher starts it, with the bare view beside the real ones."""
    child = children.web(env, ROOT, logs, "127.0.0.1", int(base.rpartition(":")[2]))
    child.command[-1] = "tests.bench.web:application"
    return child


def _worker(env: dict[str, str], logs: Path) -> children.Child:
    """The worker as the launcher starts it, knowing one task more: the bare one."""
    child = children.worker(env, ROOT, logs)
    child.command[child.command.index("coachapi.celery")] = "tests.bench.app"
    return child


def _environment(ground: Ground) -> dict[str, str]:
    """No DEBUG, which would keep every query in memory; DEMO, because there is no TLS here."""
    given = {name: os.environ[name] for name in TOLD_BY_THE_CALLER if name in os.environ}
    return {
        **PLAIN_ENV,
        **ground.servers.addresses(),
        **given,
        "DEMO": "1",
        "PUBLIC_URL": ground.base,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(_free_port()),
        "MAIL_FOLDER": str(ground.mail),
        "STATIC_ROOT": str(ground.folder / "static"),
        "BENCH_ROWS": str(ground.rows),
        "C_FORCE_ROOT": "1",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "coachapi.settings",
    }


def _manage(env: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-W", "ignore", "manage.py", *words]
    as_owner = {**env, "PROCESS_ROLE": "migrate"}
    done = subprocess.run(
        command, cwd=ROOT, env=as_owner, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"{words[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _until_ready(base: str, logs: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=5) as answer:
                if json.load(answer).get("worker") == "ok":
                    return
        except (OSError, ValueError):
            pass  # not listening yet
        time.sleep(0.1)
    said = "\n".join(last_lines(logs / f"{name}.log", 8) for name in ("web", "worker"))
    raise Trouble(f"The server did not come up within {READY_SECONDS:g} s:\n{said}")
