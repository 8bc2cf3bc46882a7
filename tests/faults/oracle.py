"""What became of every accepted report, judged by two logs that our processes cannot touch.

The generator's log says what was accepted (a 201, or a commit that returned); the provider's what
it took. Keys are worked out here, from the rows, and not by the product. After healing and
draining:

    lost        accepted, and never taken
    phantom     taken, and nobody had written it
    unexplained taken again although nothing had hidden the first taking
    visible     two rows for one reader, device and step: the feed or the phone would show two
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.notifications.provider import key_of

# A kill explains a second taking from the moment the first came until it is marked: on a busy
# machine so many seconds after it was taken.
DIED_WITHIN = 1.5
HIDDEN = ("accept-then-", "slow")


@dataclass(frozen=True, slots=True)
class Taking:
    """One message at the provider: when it came, and when it was taken or not."""

    came: float
    at: float
    key: str
    to: str
    fault: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """All of it must be none but ``raw``, which an unknown outcome may well cause."""

    lost: list[str]
    phantom: list[str]
    unexplained: list[str]
    visible: list[str]
    raw: int

    def __str__(self) -> str:
        found = ("lost", "phantom", "unexplained", "visible")
        counts = [f"{name} {len(getattr(self, name))}" for name in found]
        return ", ".join([*counts, f"raw {self.raw}"])

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, made up or seen twice."""
        return not (self.lost or self.phantom or self.unexplained or self.visible)


def read(log: Path) -> list[Taking]:
    """The provider's log; a line cut short by a kill of the reader's never happens, it lives."""
    return [Taking(**json.loads(line)) for line in log.read_text().splitlines()]


def judge(
    rows: Iterable[Mapping[str, Any]],
    takings: Iterable[Taking],
    *,
    accepted: set[str] | None = None,
    kills: Iterable[float] = (),
) -> Judgement:
    """Compare. ``rows`` are the deliveries as they stand, with ``about_id`` where ``accepted``
    names subjects; ``kills`` are the instants at which something of ours died or lost its database.
    """
    rows = list(rows)
    wanted = {key_of(dict(row)): row for row in rows if row["channel"] == "fcm"}
    deaths = list(kills)
    took: dict[str, list[Taking]] = {}
    for each in takings:
        if each.taken:
            took.setdefault(each.key, []).append(each)
    lost = [key for key, row in wanted.items() if key not in took and row["state"] != "withheld"]
    if accepted is not None:
        written = {str(row["about_id"]) for row in wanted.values()}
        lost += [f"no row for {about}" for about in accepted - written]
    unexplained = [
        again.key
        for times in took.values()
        for before, again in zip(times, times[1:], strict=False)
        if not before.fault.startswith(HIDDEN)
        and not any(before.came - 0.1 <= at <= before.at + DIED_WITHIN for at in deaths)
    ]
    readers = Counter(key_of(dict(row)) for row in rows)
    return Judgement(
        lost=lost,
        phantom=sorted(set(took) - set(wanted)),
        unexplained=unexplained,
        visible=[key for key, times in readers.items() if times > 1],
        raw=sum(len(times) - 1 for times in took.values()),
    )
