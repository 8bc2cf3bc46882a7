"""`make simulate`: the table, with and without threads and caps.

    python -m tests.simulation [--seed 2] [--clients 80] [--weeks 12] [--settings borders.json]

A settings file is a practice's own borders, as the desk's rules page shows them: change a border,
run it, and see what it does to the coach's day before anybody is woken by it.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from clients.domain.bands import Settings
from clients.domain.settings_file import read_settings
from tests.simulation.figures import Figures, run


def main() -> int:
    """Print the table; 1 when a figure we hold ourselves to is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=2)
    asked.add_argument("--clients", type=int, default=80)
    asked.add_argument("--weeks", type=int, default=12)
    asked.add_argument("--settings", type=Path)
    chosen = asked.parse_args()
    borders = read_settings(chosen.settings.read_text()) if chosen.settings else Settings()
    size = {"clients": chosen.clients, "weeks": chosen.weeks, "seed": chosen.seed}
    began = time.monotonic()
    ours, bare = (run(**size, borders=borders, coalesce=on) for on in (True, False))
    print(  # noqa: T201
        f"{chosen.clients} clients, a tenth chronic, {chosen.weeks} weeks, seed {chosen.seed}:"
        f" {ours.reports} reports in {ours.episodes} episodes"
        f" ({time.monotonic() - began:.1f} s)\n"
    )
    missed = table(ours, bare)
    print(f"\n{missed} missed" if missed else "\nall held")  # noqa: T201
    return 1 if missed else 0


def table(ours: Figures, bare: Figures) -> int:
    """Every line with its bound; returns how many were missed."""
    lines = [
        ("interruptions a coach-day, p50", ours.a_day[0], bare.a_day[0], None),
        ("interruptions a coach-day, p95", ours.a_day[1], bare.a_day[1], 3),
        ("… the digest counted too, p95", ours.with_digest_p95, bare.with_digest_p95, None),
        ("… the most on one day", ours.a_day[2], bare.a_day[2], None),
        ("interruptions, whole run", ours.interruptions, bare.interruptions, None),
        ("per open episode, below urgent, mean", ours.an_episode, bare.an_episode, 1),
        ("episodes told again without a rise", ours.more_than_once, bare.more_than_once, 0),
        ("reminded of an emergency not taken on", ours.reminders, bare.reminders, None),
        ("cover told", ours.for_cover, bare.for_cover, None),
        ("red flags", ours.flags, bare.flags, None),
        ("red flag, report to push, longest s", ours.flag_delay, bare.flag_delay, bare.flag_delay),
        ("episodes resolved", ours.resolved, bare.resolved, None),
        ("clicks per resolved episode", ours.clicks_per_resolved, bare.clicks_per_resolved, None),
    ]
    missed = 0
    print(f"{'':38}{'ours':>10}{'without':>10}{'at most':>10}")  # noqa: T201
    for words, mine, theirs, bound in lines:
        late = bound is not None and (mine or 0) > bound
        missed += late
        shown = ["" if each is None else f"{each:.2f}".rstrip("0").rstrip(".") for each in
                 (mine, theirs, bound)]  # fmt: skip
        print(f"{words:38}{shown[0]:>10}{shown[1]:>10}{shown[2]:>10}{'  MISSED' if late else ''}")  # noqa: T201
    return missed


if __name__ == "__main__":
    sys.exit(main())
