"""The rules alone, on one core, without Django: ``python -m tests.bench.rules`` says it in JSON."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import pkgutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from tests.bench.table import at_rank, middle

if TYPE_CHECKING:
    from clients.domain.offer_facts import Facts

PACKAGES = ("programs.domain", "clients.domain")
SECONDS = 1.0
OPEN = 5  # of the 200 earlier reports; the others are answered
FRAMEWORKS = ("django", "rest_framework", "celery", "redis", "psycopg")


def main() -> None:
    """Import first, in a fresh process, then the rest."""
    found = {package: [importing(package)] for package in PACKAGES}
    for name, act in ACTS.items():
        found[name] = repeated(act)
    said = {name: (middle(each), at_rank(each, 99)) for name, each in found.items()}
    json.dump(said, sys.stdout)


def importing(package: str) -> float:
    """Milliseconds to import every module of a package; raises when one brings a framework."""
    code = f"import tests.bench.rules as bench; print(bench.import_all({package!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def import_all(package: str) -> float:
    """Milliseconds of processor time, here and now."""
    begun = time.process_time()
    for each in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        importlib.import_module(each.name)
    took = (time.process_time() - begun) * 1000
    brought = [name for name in FRAMEWORKS if name in sys.modules]
    assert not brought, f"{package} brings {brought}"
    return took


def repeated(act: Callable[[], Callable[[], object]]) -> list[float]:
    """Milliseconds of processor time of each repetition within a second, once warm."""
    once = act()
    for _ in range(2):
        once()
    found, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        begun = time.process_time()
        once()
        found.append((time.process_time() - begun) * 1000)
    return found


def _read() -> Callable[[], object]:
    from programs.domain import document
    from programs.domain.exercises import library
    from tests.bench.programs import program

    return lambda: document.parse(program(), exercises=library())


def _resolve() -> Callable[[], object]:
    from clients.domain.options import offer
    from clients.domain.resolve import resolve
    from programs.domain.exercises import library

    facts = _client_of_a_long_plan()
    overlay = offer(facts).main[0].overlay
    return lambda: resolve(facts.plan, (overlay,), library())


def _options() -> Callable[[], object]:
    from clients.domain.options import offer

    facts = _client_of_a_long_plan()
    return lambda: offer(facts)


def _client_of_a_long_plan() -> Facts:
    from programs.domain import document
    from programs.domain.exercises import library
    from tests.bench.programs import DAYS, program
    from tests.domain.protocols import case

    read = document.parse(program(), exercises=library())
    ids = tuple(UUID(int=number) for number in range(document.number_of_sessions(read)))
    plan = document.expand(read, starts_on=case.TODAY, weekdays=DAYS, session_ids=ids)
    sets = tuple(case.logged("ht_barbell", str(100 + kg)) for kg in range(12))
    return case.facts(
        plan=plan, logs={"ht_barbell": sets}, pain_free_kg={"ht_barbell": Decimal(110)}
    )


def _verdict() -> Callable[[], object]:
    from clients.domain.bands import Settings
    from clients.domain.facts import History
    from clients.domain.triage import decide
    from tests.domain.triage import build

    places = [build.KNEE, build.LOW_BACK, ("shoulder_front", "right")]
    before = tuple(
        build.earlier(
            days=2 * (200 - number), number=10 + number, place=places[number % 3], worst=2
        )
        for number in range(200)
    )
    days = range(1, 181, 2)
    sessions = tuple(
        build.session(5000 + day, build.NOW - dt.timedelta(days=day)) for day in reversed(days)
    )
    closed = frozenset(one.id for one in before[:-OPEN])
    history = History(reports=before, closed=closed, sessions=sessions)
    told, settings = build.report(), Settings()
    return lambda: decide(told, history, build.ADULT, settings, at=build.NOW)


def _note() -> Callable[[], object]:
    from clients.domain.freetext import read_note

    sentence = (
        "My left knee felt sore after the third set, no numbness, it eased off on the way home. "
    )
    note = (sentence * 12)[:1000]
    return lambda: read_note(note)


ACTS: dict[str, Callable[[], Callable[[], object]]] = {
    "read": _read,
    "resolve": _resolve,
    "options": _options,
    "verdict": _verdict,
    "note": _note,
}


def figures() -> Iterator[tuple[str, float, float]]:
    """Name, median and p99 in milliseconds, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.rules"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    for name, (median, worst) in json.loads(done.stdout).items():
        yield name, median, worst


if __name__ == "__main__":
    main()
