"""``make mutants``: change the rules one small thing at a time; a test must notice each change.

All of them take hours, so a seeded sample stands for them: the same seed over the same rules draws
the same mutants. mutmut does the work, under the settings in pyproject.toml.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path("mutants")
MUTMUT = str(Path(sys.executable).with_name("mutmut"))
TO_LOOK_AT = ("survived", "not tested")
LOOK_SECONDS = 1200
WORDS = {
    0: "survived",
    5: "not tested",
    33: "not tested",
    24: "killed",  # ran out of time: it loops for ever, which a test would notice
    36: "killed",
    152: "killed",
    255: "killed",
}


def generate() -> list[str]:
    """Write every mutant next to the rules it changes; returns all their names, in order."""
    from mutmut import __main__ as mutmut

    FOLDER.mkdir(exist_ok=True)
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.create_mutants(os.cpu_count() or 1)
    return sorted(results())


def results() -> dict[str, int | None]:
    """What became of every mutant: pytest's exit code, or None when it was not tried."""
    found: dict[str, int | None] = {}
    for file in FOLDER.rglob("*.py.meta"):
        found.update(json.loads(file.read_text())["exit_code_by_key"])
    return found


def word(code: int | None) -> str:
    """An exit code in one word: pytest ends with 0 when no test noticed."""
    if code is None:
        return "not reached"
    return WORDS.get(code, "killed")


def forget(names: Iterable[str]) -> None:
    """Take back what an earlier run found out about these mutants."""
    drawn = set(names)
    for file in FOLDER.rglob("*.py.meta"):
        held = json.loads(file.read_text())
        codes = held["exit_code_by_key"]
        held["exit_code_by_key"] = {
            name: None if name in drawn else code for name, code in codes.items()
        }
        file.write_text(json.dumps(held, indent=4))


def run(names: list[str], minutes: float) -> None:
    """Try these mutants, or all of them; after so many minutes stop and keep what is known."""
    command = [MUTMUT, "run", "--max-children", str(os.cpu_count() or 1), *names]
    process = subprocess.Popen(command, preexec_fn=lambda: os.nice(10))
    try:
        process.wait(minutes * 60 if minutes else None)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        process.wait()


def look_again(name: str) -> str:
    """Try one mutant in a process of its own: killed or survived.

    mutmut forks a process that has read every data file already and keeps what it read, so a
    changed reader is never called there, and a function called only while tests are collected
    counts as not tested.
    """
    command = [sys.executable, "-m", "pytest", "tests/domain", "-x", "-q", "-p", "no:randomly"]
    command += ["-p", "no:cacheprovider", "-p", "tests.bench.fewer"]
    environment = os.environ | {"MUTANT_UNDER_TEST": name, "PYTHONPATH": "."}
    try:
        done = subprocess.run(
            command,
            cwd=FOLDER,
            env=environment,
            capture_output=True,
            timeout=LOOK_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "killed"  # it loops for ever: the whole suite takes a fraction of this
    return word(done.returncode)


def main(arguments: list[str]) -> int:
    """Draw, try, count; the survivors are named so that ``mutmut show`` can show them."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench.mutants")
    reader.add_argument("--sample", type=int, default=0, help="how many; 0 is all of them")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--minutes", type=float, default=0, help="0 takes as long as it takes")
    given = reader.parse_args(arguments)
    every = generate()
    drawn = every
    if given.sample:
        drawn = random.Random(given.seed).sample(every, min(given.sample, len(every)))
        forget(drawn)
    run(drawn if given.sample else [], given.minutes)
    codes = results()
    said = {name: word(codes.get(name)) for name in sorted(drawn)}
    for name in [name for name, what in said.items() if what in TO_LOOK_AT]:
        said[name] = look_again(name)
    counted = Counter(said.values())
    counts = ", ".join(f"{number} {what}" for what, number in sorted(counted.items()))
    lines = [f"\n{len(every)} mutants, {len(drawn)} drawn with seed {given.seed}: {counts}"]
    lines += [f"  {what}: {name}" for name, what in said.items() if what in TO_LOOK_AT]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if counted["killed"] or counted["survived"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
