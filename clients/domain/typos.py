"""Mistyped words: one slip of the finger in a word of five letters or more is read as meant."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

LEAST_LETTERS = 5
_LONG = 8


class Speller:
    """Finds the word a mistyped one stands for; known and plain words are never changed."""

    __slots__ = ("_known", "_near", "_stem_lengths", "_stems")

    def __init__(self, mended: Iterable[str], known: Iterable[str], stems: Iterable[str]) -> None:
        targets = frozenset(mended)
        self._stems = frozenset(stems)
        self._known = targets | self._stems | frozenset(known)
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._near: dict[str, list[str]] = {}
        # Sorted, so that two equally near words give the same answer on every machine.
        for word in sorted(targets):
            for key in {word} | _shortened(word):
                self._near.setdefault(key, []).append(word)

    def meant(self, word: str) -> str:
        """The listed word at one slip from this one (two from eight letters on), or the word."""
        if len(word) < LEAST_LETTERS or word in self._known or not word.isalpha():
            return word
        # A word with a listed beginning is known already; only its own ending is mended.
        begun = max(
            (word[:n] for n in self._stem_lengths if word[:n] in self._stems), key=len, default=""
        )
        best, nearest = word, 3 if len(word) >= _LONG and not begun else 2
        for key in sorted({word} | _shortened(word)):
            for candidate in self._near.get(key, ()):
                slips = OSA.distance(word, candidate)
                if slips < nearest and candidate.startswith(begun or word[0]):
                    best, nearest = candidate, slips
        return best


def _shortened(word: str) -> set[str]:
    """The word with each one of its letters left out."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}
