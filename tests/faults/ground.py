"""A server of its own that may be broken: PostgreSQL and Valkey, web, workers, beat, a provider.

The database is a copy of the cast's, so there is nobody to make. It waits for the disk, because
what is killed here must have kept its word. Loopback only; everything is gone at the end.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from psycopg.rows import dict_row

from coachapi.embedded import binaries, children
from coachapi.embedded.process import PLAIN_ENV, last_lines, spawn, stop
from coachapi.embedded.servers import Servers
from tests.faults import oracle
from tests.notifications.provider import until

ROOT = Path(__file__).parents[2]
WORKER = [sys.executable, "-m", "celery", "-A", "coachapi.celery", "worker", "--without-gossip"]
WORKER += ["--without-mingle", "--loglevel", "INFO"]
LOOKED = "SELECT name FROM coachapi_heartbeat WHERE name = 'worker'"  # a worker has looked
STATE = """
    SELECT d.*, a.about_id, a.escalate_at, a.acked_at, a.created_at
    FROM notifications_delivery d JOIN notifications_alert a ON a.id = d.alert_id
"""


@dataclass
class Ground:
    """Where everything is, what was broken when, and what can be asked."""

    folder: Path
    servers: Servers
    env: dict[str, str]
    provider: subprocess.Popen[bytes]
    port: int
    web_port: int
    family: dict[str, children.Child] = field(default_factory=dict)
    calm: dict[str, str] = field(default_factory=dict)  # the environment that nothing is wrong in
    kills: list[float] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """The provider's own."""
        return self.folder / "provider.log"

    def script(self, **words: Any) -> None:
        """Tell the provider what goes wrong (``provider.Script``), once it holds no message."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        link.request("PUT", "/script", json.dumps(words))
        assert link.getresponse().status == 200
        link.close()

    def takings(self) -> list[oracle.Taking]:
        """Everything the provider saw since the last ``forget``."""
        return oracle.read(self.log)

    def ask(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        """A superuser's question, on a connection that lives no longer than that."""
        with psycopg.connect(
            self.servers.superuser_address("coach"), autocommit=True, row_factory=dict_row
        ) as link:
            done = link.execute(statement, values or None)  # type: ignore[arg-type]
            return done.fetchall() if done.description else []

    def rows(self) -> list[dict[str, Any]]:
        """Every delivery with what is needed of its alert."""
        return self.ask(STATE)

    def waiting(self) -> int:
        """How many pushes are still to be sent."""
        count: int = self.ask(
            "SELECT count(*) FROM notifications_delivery"
            " WHERE channel = 'fcm' AND state IN ('pending', 'sending')"
        )[0]["count"]
        return count

    def unheld(self) -> int:
        """How many pushes are due and under nobody's lease."""
        count: int = self.ask(
            "SELECT count(*) FROM notifications_delivery WHERE channel = 'fcm'"
            " AND state IN ('pending', 'sending') AND due_at < now()"
            " AND (lease_until IS NULL OR lease_until < now())"
        )[0]["count"]
        return count

    def drained(self, within: float) -> None:
        """Wait until every push has left."""
        self.until(lambda: self.waiting() == 0, within)

    def until(self, condition: Callable[[], object], within: float) -> None:
        """Wait for something; after so many seconds fail with the ends of the logs."""
        deadline = time.monotonic() + within
        while not condition():
            assert time.monotonic() < deadline, f"Not within {within} s.\n{self.last_words()}"
            time.sleep(0.05)

    def judge(self, accepted: set[str] | None = None) -> oracle.Judgement:
        """The oracle's word about everything since the last ``forget``."""
        return oracle.judge(self.rows(), self.takings(), accepted=accepted, kills=self.kills)

    def forget(self) -> None:
        """Begin anew: an empty outbox, an empty log, nothing broken."""
        self.ask("TRUNCATE notifications_delivery, notifications_alert, coachapi_heartbeat")
        self.ask("UPDATE accounts_device SET dead_at = NULL")
        self.script()
        os.truncate(self.log, 0)
        self.kills.clear()

    def mend(self, *family: str) -> None:
        """Whatever the test before left: both servers run, of our programs just these, no fault."""
        self.servers.revive()
        calm = self.env == self.calm
        self.env.clear()
        self.env.update(self.calm)
        for name, child in list(self.family.items()):
            lives = child.process is not None and child.process.poll() is None
            if not (calm and lives and name in family):
                self.stop(name)
        for name in family:
            if name not in self.family:
                self.start(name)
        if "web" in family:
            self.until(wait_for(self.web_port), 90)
        if "worker" in family:
            self.until(lambda: self.ask(LOOKED), 90)
        self.forget()

    def start(self, name: str, *more: str, concurrency: int = 1, **environment: str) -> None:
        """Start ``web``, ``beat`` or a worker of that name."""
        logs = self.servers.logs
        if name == "web":
            child = children.web(self.env, ROOT, logs, "127.0.0.1", self.web_port)
        elif name.startswith("beat"):
            child = children.beat(self.env, ROOT, logs)
            child.command[child.command.index("--schedule") + 1] = str(logs.parent / name)
            child.log = logs / f"{name}.log"
        else:
            command = [*WORKER, "--concurrency", str(concurrency), "-n", f"{name}@%h", *more]
            child = children.worker(self.env | environment, ROOT, logs)
            child.command, child.log = command, logs / f"{name}.log"
        self.family[name] = child
        child.start()

    def kill(self, name: str, by: signal.Signals = signal.SIGKILL) -> None:
        """End a program of ours where it stands, with everything it started."""
        child = self.family.pop(name)
        assert child.process is not None
        self.kills.append(time.time())
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, by)
        child.process.wait()

    def stop(self, name: str) -> None:
        """Stop a program of ours as a deploy does."""
        self.family.pop(name).stop()

    def end_server(self, name: str, by: signal.Signals) -> None:
        """End PostgreSQL or Valkey; ``servers.revive`` starts it again."""
        self.kills.append(time.time())
        process = self.servers._started[name][0]
        process.send_signal(by)
        process.wait()

    def last_words(self) -> str:
        """The ends of the workers' and the web's logs, for whoever must see what went wrong."""
        logs = sorted(self.servers.logs.glob("[wm]*.log"))
        return "\n".join(f"{log.name}\n{last_lines(log, 12)}" for log in logs)


@contextlib.contextmanager
def standing(database: str) -> Iterator[Ground]:
    """PostgreSQL with a copy of that database, Valkey and the provider; the rest is started."""
    folder = Path(tempfile.mkdtemp(prefix="coachapi-faults-"))
    folder.chmod(0o755)  # another account runs PostgreSQL when we are root
    servers = Servers(keep=folder, environ={})
    log = folder / "provider.log"
    provider, port = start_provider(folder, log)
    env = _environment(servers, port, folder)
    ground = Ground(folder, servers, env, provider, port, _free_port(), calm=env.copy())
    try:
        servers.start()
        _copy(database, servers)
        (folder / "static").mkdir()
        yield ground
    finally:
        for name in list(ground.family):
            ground.family.pop(name).stop()
        stop(provider, signal.SIGTERM, patience=5)
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start_provider(folder: Path, log: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start the provider over that log; its process and its port."""
    words = folder / "port.txt"
    with words.open("wb") as output:
        process = spawn(
            [sys.executable, "-m", "tests.faults.provider", log],
            dies_by=signal.SIGKILL,
            log=output,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
        )
    until(lambda: words.read_text().strip().isdigit(), what="the provider's port")
    return process, int(words.read_text())


def _copy(database: str, servers: Servers) -> None:
    programs = binaries.postgres_folder(None)
    here = os.environ["ADMIN_DATABASE_URL"].rpartition("/")[0]
    dump = subprocess.run(
        [programs / "pg_dump", "--dbname", f"{here}/{database}"], check=True, capture_output=True
    )
    done = subprocess.run(
        [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"]
        + [servers.superuser_address("coach")],
        input=dump.stdout.replace(b"CREATE SCHEMA public;", b""),
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def _environment(servers: Servers, port: int, folder: Path) -> dict[str, str]:
    """No DEBUG, which would keep every query; DEMO, because there is no TLS here."""
    return {
        **PLAIN_ENV,
        **servers.addresses(),
        "DEMO": "1",
        "PUBLIC_URL": "http://127.0.0.1",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": "1",  # nobody there: mail is not what is judged
        "MAIL_FOLDER": str(folder / "mail"),
        "STATIC_ROOT": str(folder / "static"),
        "FCM_URL": f"http://127.0.0.1:{port}",
        "FCM_CREDENTIALS": credentials(port),
        "C_FORCE_ROOT": "1",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "coachapi.settings",
    }


def credentials(port: int) -> str:
    """A service account that this run's provider believes."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    account = {"project_id": "p", "client_email": "relay@p.example", "private_key": key.decode()}
    return json.dumps(account | {"token_uri": f"http://127.0.0.1:{port}/token"})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> Callable[[], bool]:
    """Whether somebody listens there."""

    def answers() -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        return False

    return answers
