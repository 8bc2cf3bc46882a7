"""The parts that must work for an alert to leave, a word each. docs/runbook.md says what to do."""

from __future__ import annotations

from coachapi.notifications.vitals import OLDEST, SILENT, Vitals

OK = "ok"
# Each part with the words that make it red. Dead letters are shown and redden nothing: what was
# refused for good does not hold up what comes next.
RED = {
    "database": ("away",),
    "migrations": ("behind",),
    "sweep": ("silent", "never"),
    "outbox": ("late",),
    "relay": ("blind",),
    "clock": ("backward",),
}
SHOWN = {"dead_letters": ("some",)}


def of(now: Vitals) -> dict[str, str]:
    """A word for each part that the numbers speak of."""
    swept = now.sweep_seconds
    return {
        "sweep": "never" if swept is None else "silent" if swept > SILENT else OK,
        "outbox": "late" if now.oldest_unsent_seconds > OLDEST else OK,
        "relay": "blind" if now.blind else OK,
        "clock": "backward" if now.clock_went_back else OK,
        "dead_letters": "some" if now.dead_letters else OK,
    }


def healthy(said: dict[str, str]) -> bool:
    """Whether no part is red."""
    return not any(said.get(part) in words for part, words in RED.items())
