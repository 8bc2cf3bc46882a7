"""``make bench``: measure a server of its own against the figures we hold ourselves to.

Never fails for being slow; fails when something is wrong: an alert lost, sent twice, a request
refused. docs/bench.md says how each figure is measured.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from coachapi.embedded.process import Trouble, last_lines
from tests.bench import rules
from tests.bench.ground import Ground, standing
from tests.bench.table import Table

WORDS = {
    "programs.domain": ("import programs.domain, all modules, no Django", 100.0),
    "clients.domain": ("import clients.domain, all modules, no Django", 100.0),
    "read": ("read a plan of 16 weeks, 4 days, 6 lifts", None),
    "resolve": ("resolve it under one overlay", None),
    "options": ("options for it", 10.0),
    "verdict": ("verdict with 200 reports of history", 1.0),
    "note": ("a note of 1 000 characters", None),
}


def main() -> int:
    """Everything, in under four minutes; returns the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # what was started is stopped
    begun, table = time.monotonic(), Table()
    _say("The rules alone, in processor time …")
    for name, median, worst in rules.figures():
        words, most = WORDS[name]
        table.figure(f"{words}: median", median, "ms", most=most)
        if name not in rules.PACKAGES:
            table.figure(f"{words}: p99", worst, "ms")
    _say("Starting servers of its own …")
    try:
        with standing() as ground:
            _serve(ground, table)
    except Trouble as trouble:
        _say(str(trouble))
        return 1
    except Exception:  # what was measured is not lost with what was not
        _say(f"\n{table}\n")
        raise
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    _say(f"\n{table}\n\nOn {os.cpu_count()} cores; load average at the end {load}.")
    if os.getloadavg()[2] > (os.cpu_count() or 1):
        _say("The machine was busy with other things: do not take these for final.")
    _say(f"{time.monotonic() - begun:.0f} s.")
    for each in table.wrong:
        _say(f"WRONG: {each}")
    return 1 if table.wrong else 0


def _serve(ground: Ground, table: Table) -> None:
    import django
    from django.conf import settings

    django.setup()  # only now: the addresses are known from here on
    settings.ROOT_URLCONF = "tests.bench.urls"  # as in the web process
    from tests.bench.serving import serve

    serve(ground, table, _say)
    if table.wrong:
        _say(f"The end of the worker's log:\n{last_lines(ground.servers.logs / 'worker.log', 40)}")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a person waits at the terminal


if __name__ == "__main__":
    sys.exit(main())
