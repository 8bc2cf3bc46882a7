"""Phrases with gaps, found in the words of a note by plain look-ups.

A phrase is elements apart by spaces: a word, `numb*` for any ending, `a|b_c` for either, `<group>`
for a named word list, `~3` for up to three words in between and `~~3` for the same across the end
of a sentence.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clients.domain.tokens import STOP, Token

Place = tuple[int, int]
"""First word and the one after the last."""


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a phrase: a group of words, and how many words may stand before it."""

    group: str
    gap: int
    across: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as compiled from a word file."""

    elements: tuple[Element, ...]
    needs: frozenset[str]


@dataclass(slots=True)
class _Node:
    exact: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    groups: set[str] = field(default_factory=set)

    def child(self, word: str) -> "_Node":
        if not word.endswith("*"):
            return self.exact.setdefault(word, _Node())
        node = self.stems.setdefault(word[:-1], _Node())
        self.lengths = tuple(sorted({len(stem) for stem in self.stems}))
        return node

    def after(self, word: str) -> list["_Node"]:
        whole = self.exact.get(word)
        found = [] if whole is None else [whole]
        for length in self.lengths:
            begun = self.stems.get(word[:length])
            if begun is not None:
                found.append(begun)
        return found


class Lexicon:
    """Every word of a word file in one tree, so that a note is read once for all groups."""

    __slots__ = ("_root", "_words")

    def __init__(self) -> None:
        self._root = _Node()
        self._words: set[str] = set()

    def add(self, group: str, entries: Collection[str]) -> None:
        """Add words to a group. Raises ValueError for an entry that no note could hold."""
        for entry in entries:
            self._add(group, entry)

    def phrase(self, text: str, named: Collection[str]) -> Phrase:
        """Compile a phrase. Raises ValueError for a group that is not named."""
        elements, gap, across = [], 0, False
        for part in text.split():
            if part.startswith("~"):
                across, gap = part.startswith("~~"), int(part.lstrip("~"))
                continue
            group = part[1:-1] if part.startswith("<") and part.endswith(">") else f"={part}"
            if group.startswith("="):
                for word in part.split("|"):
                    self._add(group, word.replace("_", " "))
            elif group not in named:
                raise ValueError(f"no words named {group}")
            elements.append(Element(group, gap, across))
            gap, across = 0, False
        if not elements:
            raise ValueError("an empty phrase")
        return Phrase(tuple(elements), frozenset(element.group for element in elements))

    def words(self) -> Iterable[str]:
        """Every single word the lexicon knows whole."""
        return {word for word in self._words if not word.endswith("*")}

    def stems(self) -> Iterable[str]:
        """Every beginning of a word the lexicon knows with any ending."""
        return {word[:-1] for word in self._words if word.endswith("*")}

    def scan(self, tokens: Sequence[Token]) -> dict[str, dict[int, list[int]]]:
        """Where each group occurs: group → first word → the words after the last."""
        found: dict[str, dict[int, list[int]]] = {}
        for start, token in enumerate(tokens):
            nodes, place = self._root.after(token.word), start + 1
            while nodes:
                for group in {group for node in nodes for group in node.groups}:
                    found.setdefault(group, {}).setdefault(start, []).append(place)
                if place == len(tokens) or tokens[place - 1].after == STOP:
                    break
                word = tokens[place].word
                nodes = [then for node in nodes for then in node.after(word)]
                place += 1
        return found

    def _add(self, group: str, entry: str) -> None:
        node = self._root
        for word in entry.split():
            if not word.strip("*").isalnum() and "'" not in word:
                raise ValueError(f"{entry!r} is not words in lower case")
            node = node.child(word)
            self._words.add(word)
        node.groups.add(group)


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a note with every group found in them."""

    tokens: tuple[Token, ...]
    found: Mapping[str, Mapping[int, Sequence[int]]]

    def places(self, group: str) -> list[Place]:
        """Where a named group of words stands, in reading order."""
        starts = self.found.get(group, {})
        return [(start, end) for start in sorted(starts) for end in starts[start]]

    def has(self, group: str, first: int = 0, last: int | None = None) -> bool:
        """Whether a group begins between two words (all words of the note by default)."""
        limit = len(self.tokens) if last is None else last
        return any(first <= start < limit for start in self.found.get(group, {}))

    def matches(self, phrase: Phrase) -> list[Place]:
        """Where a phrase stands; of several ways to read it from one word, the shortest."""
        if not phrase.needs <= self.found.keys():
            return []
        first, *rest = phrase.elements
        matched = []
        for start, begun in self.found[first.group].items():
            ends = set(begun)
            for element in rest:
                ends = {then for end in ends for then in self._steps(element, end)}
            if ends:
                matched.append((start, min(ends)))
        return matched

    def _steps(self, element: Element, place: int) -> Iterator[int]:
        starts = self.found[element.group]
        for start in range(place, min(place + element.gap + 1, len(self.tokens))):
            if self.tokens[start - 1].after == STOP and not element.across:
                return
            yield from starts.get(start, ())
