"""What a client reads at each level: the tone of domain §3.1, no condition, no promise."""

from __future__ import annotations

from collections.abc import Mapping

NOT_WATCHED = "This app is not watched round the clock and is not medical advice."

_WORDS: Mapping[str, str] = {
    "emergency": "Stop. Call your emergency number now.",
    "urgent": "Stop training. Be seen today.",
    "refer": "Get this checked before you load it again. Your coach is told.",
    "incomplete": "A few questions are left. Until then this exercise is paused.",
    "modify": "Your coach will look at this.",
    "monitor": "Keep going, keep it at 5 or below. Your coach is told.",
    "log": "Noted.",
}


def client_words(level: str) -> str:
    """The sentence on the client's screen for a level."""
    return _WORDS[level]
