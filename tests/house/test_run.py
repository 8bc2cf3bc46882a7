"""`make run`: it starts, says where it is, refuses in one sentence, and leaves nothing behind."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator
from pathlib import Path

import psycopg
import pytest

from coachapi.embedded import folders
from coachapi.embedded.children import QUICK_DEATHS_ALLOWED, Child
from coachapi.embedded.process import Trouble, account_for_postgres
from coachapi.embedded.servers import DATABASE_NAMES, Servers

ROOT = Path(__file__).parents[2]
# A parent's death reaches its children by prctl, which other systems do not have.
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child")
GONE_SECONDS = 3.0


def until(condition: Callable[[], object], within: float, otherwise: Callable[[], str]) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.05)


class Demo:
    """`python -m coachapi.embedded` with a data folder and a port of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.words = data.parent / "words.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        ours = {*DATABASE_NAMES, "BROKER_URL", "DEBUG", "PUBLIC_URL", "ALLOWED_HOSTS"}
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        return {**kept, "DATA_FOLDER": str(self.data), "PORT": str(self.port)}

    def attempt(self) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "coachapi.embedded"]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False
        )

    def start(self) -> None:
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "coachapi.embedded"],
                cwd=ROOT,
                env=self.environment(),
                stdout=words,
                stderr=words,
                start_new_session=True,
            )
        until(lambda: "Ready in" in self.said() or self.ended(), 90, self.said)
        assert not self.ended(), self.said()

    def said(self) -> str:
        return self.words.read_text()

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def send(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(30)

    def family(self) -> list[int]:
        """Every process that stems from it, by number."""
        assert self.process is not None
        found, look = [], [self.process.pid]
        while look:
            parent = look.pop()
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                born = [int(number) for number in task.read_text().split()]
                found += born
                look += born
        return found


def living(numbers: list[int]) -> list[str]:
    """Those that still run, by command line; a zombie waiting for its parent does not."""
    found = []
    for number in numbers:
        try:
            state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state != "Z":
                found.append(Path(f"/proc/{number}/cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.fixture
def demo(tmp_path: Path) -> Generator[Demo, None, None]:
    data = tmp_path / "data"
    data.mkdir()
    (data / "seeded").touch()  # the demo's data are not what is tested here
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        demo = Demo(data, probe.getsockname()[1])
    yield demo
    if demo.process is not None and not demo.ended():
        demo.send(signal.SIGTERM)
    folders.forget(data)


@ON_LINUX
@pytest.mark.whole
def test_it_starts_once_and_leaves_nothing_behind_by_kill_or_by_ctrl_c(demo: Demo) -> None:
    demo.start()
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/readyz", timeout=10) as answer:
        assert answer.status == 200
    second = demo.attempt()
    assert second.returncode == 1 and "running already" in second.stderr
    family = demo.family()
    assert len(family) >= 8  # broker, database and its helpers, web, worker and its pool, beat
    demo.send(signal.SIGKILL)
    until(lambda: not living(family), GONE_SECONDS, lambda: str(living(family)))
    demo.start()
    family = demo.family()
    assert demo.send(signal.SIGINT) == 0
    assert living(family) == []
    assert "Traceback" not in demo.said()


def test_a_taken_port_is_one_sentence(demo: Demo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", demo.port))
        taken.listen()
        refused = demo.attempt()
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Port {demo.port} cannot be used")
    assert len(refused.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_one_sentence(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    demo.data = tmp_path / "file" / "data"
    refused = demo.attempt()
    assert refused.returncode == 1
    assert "Not a directory" in refused.stderr and len(refused.stderr.splitlines()) == 1


def test_a_database_that_will_not_start_shows_the_end_of_its_log(demo: Demo) -> None:
    place, _ = folders.settle_postgres(demo.data, account_for_postgres())
    (place / "global").mkdir()
    (place / "global" / "pg_control").touch()
    refused = demo.attempt()
    assert refused.returncode == 1
    assert refused.stderr.startswith("PostgreSQL did not start. The end of its log:")
    assert "Traceback" not in refused.stderr


def test_reset_forgets_everything(demo: Demo) -> None:
    (demo.data / "postgres").mkdir()
    (demo.data / "sign-ins.txt").touch()
    command = [sys.executable, "-m", "coachapi.embedded", "reset"]
    subprocess.run(command, cwd=ROOT, env=demo.environment(), capture_output=True, check=True)
    assert [each.name for each in demo.data.iterdir()] == ["run.lock"]


def test_a_child_that_dies_is_started_again_and_given_up_after_five_quick_deaths(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", "raise SystemExit('cannot live')"]
    child = Child("web", command, {}, tmp_path, tmp_path / "web.log", first_pause=0)
    lines: list[str] = []

    def gave_up() -> bool:
        line = child.watch()
        lines.extend([line] if line else [])
        return False

    child.start()
    with pytest.raises(Trouble, match="cannot live"):
        until(gave_up, 30, lambda: "it never gave up")
    assert len(lines) == QUICK_DEATHS_ALLOWED - 1
    assert lines[0] == "web ended (exit 1); starting it again in 0 s."


def test_addresses_in_the_environment_win_and_nothing_is_started() -> None:
    given = {name: f"postgresql://elsewhere/{name}" for name in DATABASE_NAMES}
    servers = Servers(environ={**given, "BROKER_URL": "redis://elsewhere"})
    servers.start()
    assert servers.addresses() == {**given, "BROKER_URL": "redis://elsewhere"}
    assert not servers.postgres_sockets.exists() and not servers.valkey_socket.exists()
    servers.stop()


def test_one_login_without_the_others_is_refused() -> None:
    with pytest.raises(Trouble, match="so OWNER_DATABASE_URL, WORKER_DATABASE_URL must be set"):
        Servers(environ={"DATABASE_URL": "postgresql://elsewhere/coach"})


@pytest.mark.parametrize(("login", "may"), [("DATABASE_URL", False), ("WORKER_DATABASE_URL", True)])
def test_only_the_worker_may_act_as_the_relay(login: str, may: bool) -> None:
    with psycopg.connect(os.environ[login]) as link:
        found = link.execute("SELECT pg_has_role(current_user, 'coach_relay', 'SET')").fetchone()
    assert found == (may,)


def test_a_lock_whose_number_is_somebody_elses_now_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n")
    folders.forget_a_dead_postmaster(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists() or sys.platform != "linux"


def test_a_folder_left_by_a_killed_run_is_swept_and_one_in_use_is_not(tmp_path: Path) -> None:
    left, used = tmp_path / f"{folders.PREFIX}left", tmp_path / f"{folders.PREFIX}used"
    for folder in (left, used):
        folder.mkdir()
    with (used / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for folder in (left, used):
            os.utime(folder, (0, 0))
        folders.sweep(tmp_path)
    assert not left.exists() and used.exists()
