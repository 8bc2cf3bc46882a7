"""Builds .venv from a lock, with plain pip and every hash checked. Called by make, before
anything is installed, so it stands on the standard library alone."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv"
OLDEST = (3, 11)
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}


def stamp(kind: str) -> tuple[Path, str]:
    """The file that says what is installed, and what it must say for that lock to be current."""
    digest = hashlib.sha256((ROOT / LOCKS[kind]).read_bytes()).hexdigest()
    return VENV / f"{kind}.sha256", f"{digest} {sys.version_info[0]}.{sys.version_info[1]}\n"


def is_current(kind: str) -> bool:
    """Whether .venv holds this lock already, or the larger one, which includes it."""
    for each in (kind, "dev"):
        file, text = stamp(each)
        if file.exists() and file.read_text() == text:
            return True
    return False


def refuse_what_cannot_work() -> None:
    """Stop with one sentence when this Python is too old or cannot make environments."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or newer is needed, this is {version}. Try: make PYTHON=python3.12")
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        major, minor = sys.version_info[:2]
        sys.exit(
            "This Python cannot make virtual environments. "
            f"Install what is missing: apt install python{major}.{minor}-venv"
        )


def install(kind: str) -> None:
    """Make .venv where there is none (or another Python's) and install the lock into it."""
    file, text = stamp(kind)
    python = VENV / "bin" / "python"
    same = python.exists() and _version(python) == sys.version_info[:2]
    if not same:
        venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
    print(f"Installing {LOCKS[kind]} into .venv, once; this takes about a minute.", flush=True)
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:"]
    command += ["--require-hashes", "-r", ROOT / LOCKS[kind]]
    done = subprocess.run(list(map(str, command)), check=False)
    if done.returncode:
        sys.exit("The packages could not be installed; pip says why above. Then: make env")
    for old in VENV.glob("*.sha256"):
        old.unlink()
    file.write_text(text)


def _version(python: Path) -> tuple[int, ...]:
    """The major and minor version of that interpreter, empty when it does not start."""
    code = "import sys; print(*sys.version_info[:2])"
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    return tuple(map(int, done.stdout.split()))


if __name__ == "__main__":
    kind = sys.argv[1] if len(sys.argv) > 1 else "dev"
    if not is_current(kind):
        refuse_what_cannot_work()
        install(kind)
