"""A note cut into words, each with its place in the text and the break that follows it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

NO_BREAK, PAUSE, STOP = 0, 1, 2

_APOSTROPHES = "'’‘`´"
# Flat alternatives under one quantifier: every expression of this module is linear.
_PIECE = re.compile(
    rf"(?P<number>[0-9]+)|(?P<word>(?:[^\W\d_]|[{_APOSTROPHES}])+)|(?P<mark>[^\w\s]|\n)"
)
_ELONGATED = re.compile(r"(.)\1\1+")
_KEPT_S = frozenset({"it", "that", "he", "she", "there", "what", "where", "who", "here", "let"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word as compared (lower case, no apostrophe) and its place in the text."""

    word: str
    start: int
    end: int
    after: int
    sentence: int


def tokenise(text: str, spell: Callable[[str], str]) -> tuple[Token, ...]:
    """Cut a text into words; `spell` maps a mistyped word to the one that was meant."""
    found: list[tuple[str, int, int]] = []
    breaks: list[int] = []
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "mark" and piece.group() != "&":
            if breaks:
                breaks[-1] = max(breaks[-1], _break(text, piece.start()))
            continue
        word = "and" if piece.group() == "&" else _plain(piece.group())
        if word:
            found.append((spell(word), piece.start(), piece.end()))
            breaks.append(NO_BREAK)
    tokens, sentence = [], 0
    for (word, start, end), after in zip(found, breaks, strict=True):
        tokens.append(Token(word, start, end, after, sentence))
        sentence += after == STOP
    return tuple(tokens)


def _plain(raw: str) -> str:
    """A word without apostrophes; "wife's" becomes wife, "it's" its; "I'll" is never "ill"."""
    word = raw.lower()
    if word.isascii() and word.isalpha():
        return _ELONGATED.sub(r"\1", word)
    for mark in _APOSTROPHES[1:]:
        word = word.replace(mark, "'")
    word = word.strip("'")
    if word.endswith("'ll"):
        return word
    if word.endswith("'s") and word[:-2] not in _KEPT_S:
        word = word[:-2]
    return _ELONGATED.sub(r"\1", word.replace("'", ""))


def _break(text: str, place: int) -> int:
    """How far a punctuation mark sets two words apart."""
    mark, before, then = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if mark in "!?;\n":
        return STOP
    if mark == ".":
        # Dots in a row are a pause for breath; a dot inside "62.5" or "e.g" is no break.
        if before == "." or then == ".":
            return PAUSE
        return NO_BREAK if then.isalnum() else STOP
    if mark in ",:()…–—":
        return PAUSE
    return PAUSE if mark == "-" and (before.isspace() or then.isspace()) else NO_BREAK
