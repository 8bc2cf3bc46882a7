"""Starting programs so that none of them outlives the one that started it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
PLAIN_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class Trouble(Exception):
    """Something the person at the terminal can act on; its text is the whole message."""


@dataclass(frozen=True, slots=True)
class Account:
    """The account a program runs as when root may not run it."""

    name: str
    uid: int
    gid: int


def account_for_postgres() -> Account | None:
    """Who runs PostgreSQL: ourselves, or for root (which it refuses) an account that exists."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Trouble("PostgreSQL will not run as root, and there is no account postgres or nobody.")


def credentials(account: Account | None) -> dict[str, Any]:
    """What subprocess needs to run a program as that account."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def die_with_parent(by: signal.Signals) -> Callable[[], None]:
    """Ask Linux to send that signal when we die, also by kill -9; elsewhere do nothing."""
    parent = os.getpid()

    def ask() -> None:
        if LIBC is None:
            return
        LIBC.prctl(PR_SET_PDEATHSIG, int(by))
        if os.getppid() != parent:  # we died between fork and here
            os._exit(1)

    return ask


def spawn(
    command: Sequence[str | Path],
    *,
    dies_by: signal.Signals,
    log: IO[bytes],
    env: Mapping[str, str],
    cwd: str | Path = "/",
    account: Account | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches us first and us only."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=dict(env),
        cwd=cwd,
        start_new_session=True,
        preexec_fn=die_with_parent(dies_by),
        **credentials(account),
    )


def stop(process: subprocess.Popen[bytes], *signals: signal.Signals, patience: float) -> None:
    """Send each signal in turn, waiting that many seconds after each; at last kill the group."""
    for each in signals:
        if process.poll() is not None:
            break
        process.send_signal(each)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def last_lines(log: Path, count: int = 5) -> str:
    """The end of a log, for a person who must see why something stopped."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])
