"""The mail server of the tests: a process of its own, with its own log and scripted faults."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachapi.embedded.process import spawn, stop

ROOT = Path(__file__).parents[2]


def until(condition: Callable[[], object], within: float = 20.0, what: str = "it") -> None:
    """Wait for something that must come about."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not come about within {within} s"
        time.sleep(0.03)


def key_of(delivery: dict[str, Any]) -> str:
    """The Message-ID a delivery must carry, worked out here and not by the product."""
    names = ("alert_id", "step", "recipient_id", "channel", "device_key")
    words = ":".join(str(delivery[name]) for name in names)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@dataclass
class Provider:
    """What the mail server took, and what goes wrong with the next messages."""

    port: int
    folder: Path
    faults: Path
    process: subprocess.Popen[bytes]

    def fail(self, *faults: str) -> None:
        """The next messages meet these."""
        self.faults.write_text("\n".join(faults))

    def forget(self) -> None:
        """Begin anew."""
        self.faults.write_text("")
        (self.folder / "log.txt").write_text("")

    def taken(self) -> list[tuple[str, str]]:
        """Every message taken: the key in its Message-ID, and to whom, in order."""
        log = self.folder / "log.txt"
        lines = log.read_text().splitlines() if log.exists() else []
        words = [line.split() for line in lines]
        return [(word[1].strip("<>").partition("@")[0], word[2]) for word in words]

    def visible(self) -> Counter[str]:
        """How often each Message-ID was taken; a reader sees each once."""
        return Counter(key for key, _ in self.taken())


@contextmanager
def running_provider(folder: Path) -> Iterator[Provider]:
    """Start the mail server, on a port of its own."""
    mail, faults, words = folder / "mail", folder / "faults.txt", folder / "words.txt"
    mail.mkdir()
    faults.write_text("")
    command = [sys.executable, "-m", "coachapi.embedded.mailbox", "--folder", str(mail)]
    with words.open("wb") as log:
        process = spawn(
            [*command, "--faults", str(faults)],
            dies_by=signal.SIGKILL,
            log=log,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
        )
    try:
        until(lambda: words.read_text().strip().isdigit(), what="the mail server's port")
        yield Provider(int(words.read_text()), mail, faults, process)
    finally:
        stop(process, signal.SIGTERM, patience=5)
