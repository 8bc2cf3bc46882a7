"""`make run`: the servers, the migrations, the demo's data, then web, worker and beat, until
Ctrl-C. Nothing outlives it."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import IO

from coachapi.embedded import children, folders
from coachapi.embedded.process import Trouble, last_lines, spawn, stop
from coachapi.embedded.servers import Servers

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("DATA_FOLDER", ROOT / ".data"))
READY_SECONDS = 60.0
TICK_SECONDS = 0.2


class Asked(BaseException):
    """Somebody asked us to stop."""


def run(host: str, port: int) -> None:
    """Start everything, say where it is, keep it alive until asked to stop.

    Raises Trouble, a sentence, for what a person at the terminal can mend.
    """
    started = time.monotonic()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _stop_when_asked)
    lock = _only_one()
    family: list[children.Child] = []
    servers = None
    try:
        _port_is_free(host, port)
        servers = Servers(keep=DATA)
        servers.start()
        address = f"http://{host}:{port}"
        env = _environment(servers, address)
        (DATA / "run.json").write_text(json.dumps({**servers.addresses(), "URL": address}))
        _prepare(env)
        logs = DATA / "log"
        if "EMAIL_HOST" not in os.environ:  # a mail server that is named is the one to use
            family += [children.mailbox(env, ROOT, logs, DATA / "mail")]
        family += [children.worker(env, ROOT, logs), children.web(env, ROOT, logs, host, port)]
        family += [children.beat(env, ROOT, logs)]
        for child in family:
            child.start()
        _wait_until_ready(address, family)
        _say_hello(address, time.monotonic() - started)
        while True:
            _watch(family, servers)
            time.sleep(TICK_SECONDS)
    except Asked:
        _say("Stopping.")
    finally:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)  # one stop is enough, and it is bounded
        for child in reversed(family):
            child.stop()
        if servers:
            servers.stop()
        (DATA / "run.json").unlink(missing_ok=True)
        lock.close()


def reset() -> None:
    """Forget the demo's data. Refuses while it runs."""
    if not DATA.exists():
        return _say("There is nothing to forget.")
    lock = _only_one()
    folders.forget(DATA)
    lock.close()
    _say("Forgotten. The next make run starts anew.")


def manage(arguments: list[str]) -> int:
    """Run a manage.py command in the environment of the running demo. Returns its exit code."""
    try:
        found = json.loads((DATA / "run.json").read_text())
    except (OSError, ValueError):
        raise Trouble("The demo is not running. Start it first: make run") from None
    env = {"DEMO": "1", **os.environ, **found, "PUBLIC_URL": found["URL"]}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _stop_when_asked(number: int, frame: FrameType | None) -> None:
    raise Asked


def _say(text: str) -> None:
    print(text, flush=True)


def _only_one() -> IO[str]:
    """The lock of the data folder, held as long as it is open; a dead owner's lock is free."""
    DATA.mkdir(exist_ok=True)
    lock = (DATA / "run.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        raise Trouble(
            f"It is running already (process {lock.read().strip()}). Stop that one with Ctrl-C."
        ) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _port_is_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise Trouble(
                f"Port {port} cannot be used ({error.strerror}). Try: make run PORT={port + 1}"
            ) from error


def _environment(servers: Servers, address: str) -> dict[str, str]:
    defaults = {"DEMO": "1", "PUBLIC_URL": address, "C_FORCE_ROOT": "1"}
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(_free_port())}
    defaults |= {"MAIL_FOLDER": str(DATA / "mail"), **mail, "VAPID_PRIVATE_KEY": _vapid_key()}
    return {**defaults, **os.environ, **servers.addresses(), "PYTHONUNBUFFERED": "1"}


def _vapid_key() -> str:
    """The demo's own key for Web Push, kept with its data: another would end subscriptions."""
    file = DATA / "vapid-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode())
    return file.read_text()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _prepare(env: dict[str, str]) -> None:
    """Migrate and load the exercises as the schema's owner; at first also fill the demo."""
    code, log = _command("migrate", {**env, "PROCESS_ROLE": "migrate"}, "--no-input")
    if code:
        raise Trouble(f"The database could not be migrated. The end of {log}:\n{last_lines(log)}")
    code, log = _command("load_library", {**env, "PROCESS_ROLE": "migrate"})
    if code:
        raise Trouble(f"The exercises could not be loaded. The end of {log}:\n{last_lines(log)}")
    if (DATA / "seeded").exists():
        return
    signs = str(DATA / "sign-ins.txt")
    code, log = _command("seed", {**env, "PROCESS_ROLE": "web"}, "--to", signs)
    if code:
        raise Trouble(f"The demo could not be filled. The end of {log}:\n{last_lines(log)}")
    (DATA / "seeded").touch()


def _command(name: str, env: dict[str, str], *arguments: str) -> tuple[int, Path]:
    """Run one manage.py command to its end. Returns its exit code and its log."""
    log = DATA / "log" / f"{name}.log"
    with log.open("wb") as output:
        command = [sys.executable, "manage.py", name, *arguments]
        process = spawn(command, dies_by=signal.SIGTERM, log=output, env=env, cwd=ROOT)
    try:
        return process.wait(), log
    finally:
        stop(process, signal.SIGTERM, patience=5)


def _watch(family: list[children.Child], servers: Servers) -> None:
    for name in servers.revive():
        _say(f"{name} ended; it is running again.")
    for child in family:
        line = child.watch()
        if line:
            _say(line)


def _wait_until_ready(address: str, family: list[children.Child]) -> None:
    """Ask /readyz until web and worker are there; after a minute say what it says, carry on."""
    deadline, said = time.monotonic() + READY_SECONDS, "no answer"
    while time.monotonic() < deadline:
        for child in family:
            child.watch()
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                said = answer.read(500).decode(errors="replace")
                if json.loads(said).get("worker") == "ok":
                    return
        except urllib.error.HTTPError as error:
            said = error.read(500).decode(errors="replace")
        except (OSError, ValueError):
            pass  # not listening yet
        time.sleep(0.1)
    _say(f"Not ready after {READY_SECONDS:g} s ({said}). The logs are in {DATA / 'log'}.")


def _say_hello(address: str, seconds: float) -> None:
    signs = DATA / "sign-ins.txt"
    text = signs.read_text().strip() if signs.exists() else ""
    _say(f"Ready in {seconds:.1f} s: {address}")
    if text:
        _say(f"\n{text}\n")
    _say("Try next: report a low back, 4 of 10, on the phone on the left; apply a change on the")
    _say("right. Or, in another terminal, make story: seven stories, step by step.")
    _say(f"Logs: {DATA / 'log'}   Forget everything: make reset   Stop: Ctrl-C")
