"""Where the embedded servers keep their sockets and data, and who may enter there."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

from coachapi.embedded.process import PLAIN_ENV, Account, Trouble, credentials

PREFIX = "coachapi-run-"
SOCKET_LIMIT = 75  # bytes; a unix socket's whole path may have 104 (macOS)
ABANDONED_SECONDS = 60


def short_folder() -> tuple[Path, IO[str]]:
    """A new folder with a path short enough for sockets, and the lock that says it is in use."""
    parent = Path(tempfile.gettempdir())
    if len(os.fsencode(parent)) > SOCKET_LIMIT - len(PREFIX) - 8:
        parent = Path("/tmp")
    sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    if os.geteuid() == 0:  # the account that runs PostgreSQL must pass through
        folder.chmod(0o711)
    lock = (folder / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return folder, lock


def sweep(parent: Path) -> None:
    """Remove folders of ours that a killed run left behind: old enough, and nobody's lock."""
    for folder in parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            state = folder.lstat()
            if state.st_uid != os.geteuid() or time.time() - state.st_mtime < ABANDONED_SECONDS:
                continue
            with (folder / "lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)


def settle_postgres(parent: Path, account: Account | None) -> tuple[Path, Account | None]:
    """PostgreSQL's data folder below `parent`, and the account that can live in it.

    As root below a private folder the account cannot get there; then the data stand in
    /var/tmp and `parent` holds a link to them. Data of another user stay that user's.
    """
    place = parent / "postgres"
    if account is None:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.stat().st_uid != os.geteuid():
            raise Trouble(f"{place} belongs to another account: run as that account.")
        return place.resolve(), None
    if place.exists() and (owner := place.stat().st_uid):
        account = Account(f"user {owner}", owner, place.stat().st_gid)
    else:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chown(place, account.uid, account.gid)
    if not _can_enter(place, account):
        key = hashlib.sha256(os.fsencode(place.absolute())).hexdigest()[:12]
        outside = Path("/var/tmp") / f"coachapi-data-{key}"
        outside.mkdir(mode=0o700, exist_ok=True)
        if outside.is_symlink() or outside.stat().st_uid not in (0, account.uid):
            raise Trouble(f"{outside} belongs to another account: remove it, then start again.")
        if any(place.iterdir()):
            raise Trouble(f"{place} holds something, and {account.name} cannot enter it.")
        os.chown(outside, account.uid, account.gid)
        place.rmdir()
        place.symlink_to(outside)
    return place.resolve(), account


def forget(parent: Path) -> None:
    """Remove everything a run keeps below `parent`, also where it only holds a link to it.

    The lock file stays, because its holder is calling.
    """
    place = parent / "postgres"
    if place.is_symlink():
        shutil.rmtree(place.resolve(), ignore_errors=True)
    for each in parent.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        elif each.name != "run.lock":
            each.unlink()


def _can_enter(place: Path, account: Account) -> bool:
    """Whether that account can work in the folder by its full path."""
    enter = ["/bin/sh", "-c", 'cd "$0"', str(place.resolve())]
    done = subprocess.run(
        enter, env=PLAIN_ENV, cwd="/", capture_output=True, check=False, **credentials(account)
    )
    return done.returncode == 0


def initdb(program: Path, data: Path, account: Account | None, superuser: str) -> None:
    """Create a database cluster with the same encoding and sort order as production's.

    Raises Trouble with initdb's last words.
    """
    for leftover in data.iterdir():  # of a creation that was interrupted
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    command = [program, "-D", data, "-U", superuser, "--auth=trust", "--encoding=UTF8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    done = subprocess.run(
        [*map(str, command), "--no-sync", "--no-instructions"],
        env=PLAIN_ENV,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **credentials(account),
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        why = [line for line in lines if re.search("PANIC|FATAL|error:", line)] or lines[-3:]
        raise Trouble(f"PostgreSQL could not create its data in {data}:\n" + "\n".join(why))


def forget_a_dead_postmaster(data: Path, patience: float = 5.0) -> None:
    """Remove a lock left by kill -9 whose number now is somebody else's; wait for one dying."""
    lock = data / "postmaster.pid"
    deadline = time.monotonic() + patience
    while lock.exists():
        number = lock.read_text().split("\n", 1)[0].strip()
        comm = Path(f"/proc/{number}/comm")
        if not Path("/proc/self/comm").exists():
            return  # not Linux: PostgreSQL judges by itself
        if not comm.exists() or "postgres" not in comm.read_text():
            lock.unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            raise Trouble(f"PostgreSQL process {number} still uses {data}. Stop it first.")
        else:
            time.sleep(0.1)
