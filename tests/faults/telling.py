"""The writer's process, and waiting for what it wrote."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coachapi.embedded.process import last_lines, spawn, stop
from tests.faults.ground import ROOT, Ground
from tests.isolation.cast import Life


class Writing:
    """A writer at work and what it has had accepted."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, words: Path) -> None:
        self.process, self.log, self.words = process, log, words

    def times(self) -> dict[str, float]:
        """When each alert's commit had returned (epoch)."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return {about: float(at) for about, at in map(str.split, lines)}

    def finish(self, within: float = 300) -> set[str]:
        """Wait for its end; what was accepted."""
        code = self.process.wait(within)
        assert code == 0, last_lines(self.words, 20)
        return set(self.times())


@contextmanager
def telling(
    ground: Ground, life: Life, count: int, *, per_second: float = 50, **more: float
) -> Iterator[Writing]:
    """So many alerts about this client, while the block breaks something."""
    log, words = ground.folder / f"written-{os.urandom(4).hex()}.log", ground.folder / "writer.log"
    command = [sys.executable, "-W", "ignore", "-m", "tests.faults.writer", str(count), str(log)]
    command += ["--per-second", str(per_second)]
    for name, value in more.items():
        command += [f"--{name}", f"{value:g}"]
    tell = f"{life.person.id} {life.client.pk} {life.client.practice_id}"
    environment = ground.env | {"PROCESS_ROLE": "web", "NO_POOL": "1", "TELL": tell}
    environment |= {"PYTHONPATH": str(ROOT)}
    with words.open("ab") as output:
        process = spawn(command, dies_by=signal.SIGKILL, log=output, env=environment, cwd=ROOT)
    try:
        yield Writing(process, log, words)
    finally:
        stop(process, signal.SIGTERM, patience=5)
