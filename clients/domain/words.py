"""The word lists of one language, read from a file and refused when they make no sense."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from clients.domain.phrases import Lexicon, Phrase
from clients.domain.typos import Speller
from programs.domain.datafile import BadData, DataFile, Row, read
from programs.domain.regions import Side, all_regions

CUES = (
    "negators", "inner_negators", "not_negation", "negation_carriers", "negation_nouns",
    "negation_links", "answered_no", "contrast", "joins", "own",
    "other_person", "third_person", "generic", "me_too", "past", "present", "resolved", "returned",
    "hypothetical", "pain", "fine", "left", "right", "both", "middle", "side_fillers", "not_side",
)  # fmt: skip
"""Groups of words the reading itself asks for; every language names each of them."""
TYPES = ("technique_question", "positive_history", "opinion", "new_exercise_intent", "other")
"""Kinds a phrase may give a note; `symptom` comes from what hurts and is never a phrase."""
LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Region:
    """Words for one place of the body; `both` are its plurals."""

    id: str
    sides: tuple[Side, ...]
    says: tuple[Phrase, ...]
    both: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """Words for which one warning question is asked at once (domain §3.2).

    `past_counts` when the question itself is about something long ago (L10); `unless` are longer
    phrases that say something else ("nearly passed out").
    """

    id: str
    past_counts: bool
    says: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Phrases that give a note a kind or a tag, and those that take it away again."""

    id: str
    says: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class WordLists:
    """Everything one language file says."""

    digest: str
    lexicon: Lexicon
    speller: Speller
    masks: tuple[Phrase, ...]
    cues: tuple[Phrase, ...]
    not_subject: tuple[Phrase, ...]
    regions: tuple[Region, ...]
    flags: tuple[Warned, ...]
    kinds: Mapping[str, Named]
    tags: tuple[Named, ...]


@cache
def word_lists(language: str) -> WordLists:
    """The lists of a language such as `en`. Raises BadData when there are none."""
    if not LANGUAGE.fullmatch(language):
        raise BadData(f"words.{language!r}.toml:1: a language is two or three small letters")
    return compiled(read("clients.domain", f"words.{language}.toml"))


def compiled(file: DataFile) -> WordLists:
    """Word lists from a file. Raises BadData with file and line for a mistake in it."""
    top = file.top()
    groups = _groups(top.row("words"))
    mended, plain = top.list_of("mended"), top.list_of("plain")
    reader = _Reader(_lexicon(top, groups), frozenset(groups))
    masks, cues = reader.phrases(top, "masks"), reader.phrases(top, "cues")
    not_subject = reader.phrases(top, "not_subject")
    regions = tuple(reader.region(row) for row in top.rows("region"))
    flags = tuple(reader.warned(row) for row in top.rows("flag"))
    kinds = {row.text("id"): reader.named_row(row, TYPES) for row in top.rows("kind")}
    tags = tuple(reader.named_row(row) for row in top.rows("tag"))
    top.done()
    missing = [name for name in TYPES if name not in kinds]
    if missing or not regions or not flags:
        top.fail("regions, flags and every kind must be there; missing kinds: " + str(missing))
    lexicon = reader.lexicon
    speller = Speller(mended, [*lexicon.words(), *plain], lexicon.stems())
    return WordLists(
        file.digest, lexicon, speller, masks, cues, not_subject, regions, flags, kinds, tags
    )


def _groups(row: Row) -> dict[str, tuple[str, ...]]:
    groups = {name: row.list_of(name) for name in row.keys()}  # noqa: SIM118 - not a mapping
    for name in CUES:
        if not groups.get(name):
            row.fail(f"{name} is missing or empty")
    return groups


def _lexicon(top: Row, groups: Mapping[str, tuple[str, ...]]) -> Lexicon:
    lexicon = Lexicon()
    words = top.row("words")
    for name, entries in groups.items():
        try:
            lexicon.add(name, entries)
        except ValueError as mistake:
            words.fail(str(mistake), name)
    return lexicon


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the rows of a file into compiled phrases, or refuses them with their line."""

    lexicon: Lexicon
    named: frozenset[str]

    def phrases(
        self, row: Row, key: str, default: tuple[str, ...] | None = None
    ) -> tuple[Phrase, ...]:
        texts = row.list_of(key) if default is None else row.list_of(key, default=default)
        try:
            return tuple(self.lexicon.phrase(text, self.named) for text in texts)
        except ValueError as mistake:
            row.fail(str(mistake), key)

    def region(self, row: Row) -> Region:
        known = {region.id: region for region in all_regions()}
        name = row.one_of("id", known)
        says, both = self.phrases(row, "says"), self.phrases(row, "both", default=())
        row.done()
        return Region(name, known[name].sides, says, both)

    def warned(self, row: Row) -> Warned:
        name, past = row.text("id"), row.flag("past_counts", default=False)
        says, unless = self.phrases(row, "says"), self.phrases(row, "unless", default=())
        row.done()
        return Warned(name, past, says, unless)

    def named_row(self, row: Row, accepted: tuple[str, ...] = ()) -> Named:
        name = row.one_of("id", accepted) if accepted else row.text("id")
        says, unless = self.phrases(row, "says"), self.phrases(row, "unless", default=())
        row.done()
        return Named(name, says, unless)
