"""docker-compose.yml: what it promises to read, and every service's own command, run here."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from coachapi.embedded import folders
from coachapi.embedded.process import last_lines, spawn, stop
from coachapi.embedded.servers import DATABASE_NAMES, Servers, create_roles
from tests import compose
from tests.stories import first_time
from tests.stories.world import World

OURS = ("migrate", "web", "worker", "beat")
SECRETS = re.compile(r"PASSWORD|SECRET_KEY$")
FILLED = compose.filled_in(rules_hash="0" * 64)
READY_SECONDS = 60.0


def test_every_variable_stands_in_the_example_and_every_example_is_used() -> None:
    used = {found["name"] for found in compose.VARIABLE.finditer(compose.text()) if found["name"]}
    assert used == set(compose.example())


def test_no_secret_has_a_default() -> None:
    for found in compose.VARIABLE.finditer(compose.text()):
        if (
            found["name"]
            and SECRETS.search(found["name"])
            and found["name"] != "EMAIL_HOST_PASSWORD"
        ):
            assert found["kind"] == "?", f"{found['name']} must be refused when it is empty"
    assert not [name for name, value in compose.example().items() if SECRETS.search(name) and value]


def test_every_variable_given_to_our_services_is_read_by_the_settings() -> None:
    files = (compose.ROOT / "coachapi").glob("*settings.py")
    settings = "".join(file.read_text() for file in files)
    for name in OURS:
        for variable in compose.services(FILLED)[name]["environment"]:
            assert f'"{variable}"' in settings, f"{name}: the settings do not read {variable}"


def test_everything_but_migrate_has_a_health_check() -> None:
    without = [n for n, each in compose.services(FILLED).items() if "healthcheck" not in each]
    assert without == ["migrate"]


def test_nothing_is_published_but_web() -> None:
    assert [n for n, each in compose.services(FILLED).items() if "ports" in each] == ["web"]


def test_the_database_sorts_as_the_embedded_one_does() -> None:
    given = compose.services(FILLED)["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]
    source = (compose.ROOT / "coachapi" / "embedded" / "folders.py").read_text()
    assert [word for word in given.split() if f'"{word}"' not in source] == []


def test_the_broker_loses_no_queue() -> None:
    command = " ".join(compose.services(FILLED)["redis"]["command"])
    assert "--appendonly yes" in command and "--maxmemory-policy noeviction" in command
    assert "--requirepass" in command


def test_a_deploy_waits_for_the_longest_task() -> None:
    from django.conf import settings

    grace = int(compose.services(FILLED)["worker"]["stop_grace_period"].removesuffix("s"))
    assert grace > settings.CELERY_TASK_TIME_LIMIT


@dataclass
class Stack:
    """The services of docker-compose.yml as processes over the embedded servers.

    `environment(name)` is what that service sees: its own variables and no others, with the
    addresses of the containers replaced. `url` is where its web listens, and `headers` what
    the proxy with TLS before it would add.
    """

    servers: Servers
    logs: Path
    services: dict[str, dict[str, Any]]
    port: int
    running: list[subprocess.Popen[bytes]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        host = urlsplit(self.environment("web")["PUBLIC_URL"]).netloc
        return {"Host": host, "X-Forwarded-Proto": "https"}

    def environment(self, name: str) -> dict[str, str]:
        real = self.servers.addresses()
        read = self.services[name]["environment"].items()
        given = {key: "" if value is None else str(value) for key, value in read}
        for key in DATABASE_NAMES:
            if key in given:
                login = urlsplit(real[key]).username
                assert urlsplit(given[key]).username == login, f"{name} signs in as someone else"
                given[key] = real[key]
        given["BROKER_URL"] = real["BROKER_URL"]
        path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        return {
            **given,
            "PATH": path,
            "C_FORCE_ROOT": "1",
            "STATIC_ROOT": str(self.logs / "static"),
        }

    def command(self, name: str) -> list[str]:
        words = shlex.split(self.services[name]["command"])
        schedule = words.index("--schedule") + 1 if "--schedule" in words else None
        if schedule is not None:  # a folder of the container's, which is not here
            words[schedule] = str(self.logs / "beat")
        words = [str(self.port) if word == "8000" else word for word in words]
        return ["127.0.0.1" if word == "0.0.0.0" else word for word in words]

    def run(self, name: str, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shutil.which(command[0], path=self.environment(name)["PATH"]) or "", *command[1:]],
            env=self.environment(name),
            cwd=compose.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, name: str) -> None:
        command, environment = self.command(name), self.environment(name)
        with (self.logs / f"{name}.log").open("wb") as log:
            self.running.append(
                spawn(
                    [shutil.which(command[0], path=environment["PATH"]) or "", *command[1:]],
                    dies_by=signal.SIGKILL,
                    log=log,
                    env=environment,
                    cwd=compose.ROOT,
                )
            )

    def until_healthy(self, name: str) -> None:
        """Ask the service's own health check until it says yes, as compose does."""
        check = self.services[name]["healthcheck"]["test"][1:]
        check += ["--url", f"{self.url}/readyz"] if name == "web" else []
        deadline = time.monotonic() + READY_SECONDS
        while (asked := self.run(name, check)).returncode:
            log = last_lines(self.logs / f"{name}.log", 15)
            assert time.monotonic() < deadline, f"{name}: {asked.stderr}\n{log}"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stack, None, None]:
    logs = tmp_path_factory.mktemp("compose")
    servers = Servers(keep=logs / "data", environ={})
    running: list[subprocess.Popen[bytes]] = []
    try:
        servers.start()
        variables = compose.filled_in(rules_hash=_rules_hash(servers))
        create_roles(servers.superuser_address(), passwords=variables)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        yield Stack(servers, logs, compose.services(variables), port, running)
    finally:
        for process in reversed(running):
            stop(process, signal.SIGTERM, patience=10)
        servers.stop()
        folders.forget(logs / "data")


def _rules_hash(servers: Servers) -> str:
    """What the operator is told to write into RULES_REVIEWED_HASH."""
    done = subprocess.run(
        [sys.executable, "manage.py", "rules_hash"],
        env={**os.environ, "DEBUG": "1", **servers.addresses()},
        cwd=compose.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.whole
def test_the_three_logins_get_their_passwords(stack: Stack) -> None:
    with psycopg.connect(stack.servers.superuser_address()) as admin:
        found = admin.execute(
            "SELECT rolname FROM pg_authid WHERE rolpassword IS NOT NULL AND NOT rolsuper"
            " AND NOT rolbypassrls AND rolcanlogin ORDER BY rolname"
        ).fetchall()
    assert [name for (name,) in found] == ["coach_app", "coach_owner", "coach_worker"]


@pytest.fixture(scope="module")
def up(stack: Stack) -> Stack:
    """The stack as `docker compose up` leaves it: migrated, then web, worker and beat healthy."""
    collected = stack.run("web", ["python", "manage.py", "collectstatic", "--no-input"])
    assert collected.returncode == 0, collected.stderr  # the image has it from its building
    migrated = stack.run("migrate", stack.command("migrate"))
    assert migrated.returncode == 0, migrated.stderr
    for name in ("web", "worker", "beat"):
        stack.start(name)
    for name in ("web", "worker", "beat"):
        stack.until_healthy(name)
    return stack


@pytest.mark.whole
def test_every_service_comes_up_by_its_own_command(up: Stack) -> None:
    assert [process.poll() for process in up.running] == [None, None, None]


@pytest.mark.whole
def test_a_second_migrate_changes_nothing(up: Stack) -> None:
    again = up.run("migrate", up.command("migrate"))
    assert again.returncode == 0 and "No migrations to apply" in again.stdout


@pytest.mark.whole
def test_web_and_worker_refuse_the_owners_login(up: Stack) -> None:
    owner = up.servers.addresses()["OWNER_DATABASE_URL"]
    for name, variable in (("web", "DATABASE_URL"), ("worker", "WORKER_DATABASE_URL")):
        environment = {**up.environment(name), variable: owner}
        asked = subprocess.run(
            [sys.executable, "manage.py", "check", "--database", "default"],
            env=environment,
            cwd=compose.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert asked.returncode == 1 and "could pass row-level security" in asked.stderr, name


class _Production(World):
    """The stories' world without the demo's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


@pytest.mark.whole
def test_a_report_reaches_its_alert(up: Stack) -> None:
    """Through the proxy's headers, as production is asked: from the phone to Ada's feed."""
    made = up.run(
        "web",
        ["python", "manage.py", "shell", "-c", "from tests.stories.coaches import make; make()"],
    )
    assert made.returncode == 0, made.stderr
    first_time.play(_Production.open(up.url, lambda line: None, up.headers))
