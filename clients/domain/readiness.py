"""The readiness check: five taps of 1 to 5 before a session; shown to the coach, decides nothing.

Our own wording (docs/adr/0020). There is no published border at which a session should change, so
there is none here: the coach reads the taps beside the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

VERSION = "readiness_v1"
LEAST, MOST = 1, 5


@dataclass(frozen=True, slots=True)
class ReadinessItem:
    """One tap: what is asked, and the words at 1 and at 5; 5 is always the good end."""

    id: str
    text: str
    worst: str
    best: str


ITEMS: tuple[ReadinessItem, ...] = (
    ReadinessItem("sleep", "How did you sleep?", "Very badly", "Very well"),
    ReadinessItem("energy", "How much energy do you have?", "None", "Plenty"),
    ReadinessItem("soreness", "How sore are your muscles?", "Very sore", "Not sore"),
    ReadinessItem("stress", "How stressed are you?", "Very", "Not at all"),
    ReadinessItem("mood", "How is your mood?", "Very low", "Very good"),
)
IDS = tuple(item.id for item in ITEMS)


def taps(answers: Mapping[str, object]) -> dict[str, int]:
    """The answers that are taps of a known item, in the order they are asked."""
    return {
        id_: tap
        for id_ in IDS
        if isinstance(tap := answers.get(id_), int)
        and not isinstance(tap, bool)
        and LEAST <= tap <= MOST
    }
