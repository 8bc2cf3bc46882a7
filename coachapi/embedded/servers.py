"""PostgreSQL and Valkey, the real servers, for the demo and the tests. Addresses that stand in
the environment always win: then nothing is started."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg

from coachapi.embedded import binaries, folders
from coachapi.embedded.process import (
    PLAIN_ENV,
    Account,
    Trouble,
    account_for_postgres,
    last_lines,
    spawn,
    stop,
)

ROLES_SQL = Path(__file__).with_name("roles.sql")
DATABASE_NAMES = ("DATABASE_URL", "OWNER_DATABASE_URL", "WORKER_DATABASE_URL")
LOGINS = dict(zip(DATABASE_NAMES, ("coach_app", "coach_owner", "coach_worker"), strict=True))
SUPERUSER = "coach"
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
START_SECONDS = 30.0


def database_url(sockets: Path, login: str, database: str = "coach") -> str:
    """The address of a database behind a unix socket, for that login."""
    return f"postgresql://{login}@{quote(str(sockets), safe='')}/{database}"


def create_roles(
    superuser_url: str, *, database: str = "coach", passwords: Mapping[str, str] | None = None
) -> None:
    """Create the three logins, the relay role and the database, where they are not there yet.

    `passwords` is by the names roles.sql reads (DATABASE_PASSWORD, …); a private socket needs none.
    """
    psql = binaries.postgres_folder(None) / "psql"
    done = subprocess.run(
        [psql, "-X", "-q", "-d", superuser_url, "-v", f"database={database}"],
        input=ROLES_SQL.read_text(),
        env={**PLAIN_ENV, **(passwords or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"The database's roles could not be created: {done.stderr.strip()}")


class Servers:
    """The two servers of one run. Addresses are known at once, `start` makes them true.

    With `keep`, data live in that folder and survive; without, everything is thrown away at
    `stop` and PostgreSQL does not wait for the disk.
    """

    def __init__(self, keep: Path | None = None, environ: Mapping[str, str] = os.environ) -> None:
        self.keep = keep
        self._environ = environ
        self._started: dict[str, tuple[subprocess.Popen[bytes], tuple[signal.Signals, ...]]] = {}
        given = [name for name in DATABASE_NAMES if environ.get(name)]
        if given and len(given) < len(DATABASE_NAMES):
            missing = ", ".join(name for name in DATABASE_NAMES if name not in given)
            raise Trouble(f"{', '.join(given)} is set, so {missing} must be set too.")
        self.needs_postgres, self.needs_valkey = not given, not environ.get("BROKER_URL")
        self.folder, self._lock = folders.short_folder()
        self.data = keep or self.folder
        self.logs = (keep / "log") if keep else self.folder
        self.postgres_sockets, self.valkey_socket = self.folder / "p", self.folder / "v" / "socket"

    def addresses(self) -> dict[str, str]:
        """The environment the programs of the project need to find their servers."""
        found = {name: url for name in DATABASE_NAMES if (url := self._environ.get(name))}
        if self.needs_postgres:
            found = {n: database_url(self.postgres_sockets, who) for n, who in LOGINS.items()}
        local = f"redis+socket://{self.valkey_socket}?virtual_host=0"
        return found | {"BROKER_URL": local if self.needs_valkey else self._environ["BROKER_URL"]}

    def superuser_address(self, database: str = "postgres") -> str:
        """The address that may create databases; of our own server only."""
        return database_url(self.postgres_sockets, SUPERUSER, database)

    def start(self) -> None:
        """Start what the environment does not name.

        Raises Trouble, a sentence, when a server cannot be found, created or started; what
        was started by then is stopped.
        """
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            if self.needs_valkey:
                self._start_valkey()
            if self.needs_postgres:
                self._start_postgres()
        except OSError as error:
            self.stop()
            raise Trouble(f"The servers cannot be started: {error}") from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop both, PostgreSQL by its fast shutdown, and remove what was temporary."""
        for process, signals in reversed(self._started.values()):
            stop(process, *signals, patience=10)
        self._started.clear()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.close()

    def revive(self) -> list[str]:
        """Start again what has died. Returns the names; raises Trouble when one will not start."""
        revived = []
        for name, (process, signals) in list(self._started.items()):
            if process.poll() is not None:
                stop(process, *signals, patience=5)  # what is left of its group
                del self._started[name]
                self._start_valkey() if name == "Valkey" else self._start_postgres()
                revived.append(name)
        return revived

    def _start_valkey(self) -> None:
        home = self.data / "valkey"
        for folder in (home, self.valkey_socket.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        command: list[str | Path] = [
            binaries.valkey_server(),
            "--port",
            "0",
            "--dir",
            home,
            "--save",
            "",
        ]
        command += ["--unixsocket", self.valkey_socket, "--unixsocketperm", "700"]
        command += ["--appendonly", "yes" if self.keep else "no", "--databases", "64"]
        command += ["--maxmemory-policy", "noeviction"]
        log = self.logs / "valkey.log"
        self._run("Valkey", command, log, signal.SIGTERM, (signal.SIGTERM,), None)
        self._wait("Valkey", log, self._valkey_answers)

    def _start_postgres(self) -> None:
        data, account = folders.settle_postgres(self.data, account_for_postgres())
        programs, log = binaries.postgres_folder(account), self.logs / "postgres.log"
        if not (data / "global" / "pg_control").exists():
            folders.initdb(programs / "initdb", data, account, SUPERUSER)
        folders.forget_a_dead_postmaster(data)
        self.postgres_sockets.mkdir(mode=0o700, exist_ok=True)
        if account:
            os.chown(self.postgres_sockets, account.uid, account.gid)
        options = ["listen_addresses=", f"unix_socket_directories={self.postgres_sockets}"]
        options += ["max_connections=100", "timezone=UTC", "log_timezone=UTC"]
        options += [] if self.keep else UNSAFE_BUT_FAST
        command: list[str | Path] = [programs / "postgres", "-D", data]
        for option in options:
            command += ["-c", option]
        gentle = (signal.SIGINT, signal.SIGQUIT)
        self._run("PostgreSQL", command, log, signal.SIGQUIT, gentle, account)
        self._wait("PostgreSQL", log, self._postgres_answers)
        create_roles(self.superuser_address())

    def _run(
        self,
        name: str,
        command: list[str | Path],
        log: Path,
        dies_by: signal.Signals,
        stop_by: tuple[signal.Signals, ...],
        account: Account | None,
    ) -> None:
        with log.open("ab") as output:
            process = spawn(command, dies_by=dies_by, log=output, env=PLAIN_ENV, account=account)
        self._started[name] = (process, stop_by)

    def _wait(self, name: str, log: Path, answers: Callable[[], bool]) -> None:
        process, deadline = self._started[name][0], time.monotonic() + START_SECONDS
        while not answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise Trouble(f"{name} did not start. The end of its log:\n{last_lines(log)}")
            time.sleep(0.02)

    def _valkey_answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as link:
            link.settimeout(1)
            link.connect(str(self.valkey_socket))
            link.sendall(b"PING\r\n")
            return link.recv(7) == b"+PONG\r\n"
        return False

    def _postgres_answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(self.superuser_address(), connect_timeout=2).close()
            return True
        return False
