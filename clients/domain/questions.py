"""The warning questions as data: who is asked what, and what an answer means (domain §3.2).

Conditions are words ("U1", "H2=unsure", "quality:numb") looked up in a set of words that hold for
a report, so that any runtime can evaluate them in a few lines.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from clients.domain.levels import QUALITIES, TIMINGS, Level, Priority, Reply, Spread
from programs.domain.datafile import DataFile, Row, read
from programs.domain.regions import GROUPS, UnknownRegion, all_regions, in_group, leaves_of, region

PROFILE_WORDS = (
    "profile:pregnant", "profile:over_70", "profile:weak_bones", "profile:steroids",
    "profile:maybe_fragile", "profile:maybe_cancer", "profile:maybe_under_25",
)  # fmt: skip
TREND_WORDS = ("trend:TR9",)
LEVEL_WORDS = ("log", "monitor", "modify", "modify_high", "refer", "urgent", "emergency")
PAUSES = ("impact", "lower_body", "tendon_loading")

Weight = tuple[Level, Priority]
"""A level with its priority; refer and above are always high."""


@dataclass(frozen=True, slots=True)
class Raise:
    """Raises an answer's level when every word of `every` and one of `some` hold."""

    to: Weight
    every: frozenset[str]
    some: frozenset[str]

    def holds(self, words: Collection[str]) -> bool:
        """Whether it holds for a report's words; an empty part always does."""
        return all(word in words for word in self.every) and (
            not self.some or any(word in words for word in self.some)
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One warning question; `weights` = what each answer but no means by itself."""

    id: str
    of: str
    text: str
    shown_for: tuple[str, ...]
    ask_if: frozenset[str]
    opens: frozenset[str]
    weights: Mapping[Reply, Weight]
    raises: tuple[Raise, ...]
    pauses: frozenset[str]
    tile: str | None

    @property
    def accepted(self) -> tuple[Reply, ...]:
        """Answers this question takes."""
        return tuple(reply for reply in Reply if reply is Reply.NO or reply in self.weights)


@dataclass(frozen=True, slots=True)
class Tile:
    """One warning tile; a tap opens its questions, "none of these" answers them no."""

    id: str
    title: str
    shown_for: tuple[str, ...]
    ask_if: frozenset[str]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueRule:
    """Answers that make questions due for some regions, now or after the session."""

    id: str
    some: frozenset[str]
    regions: tuple[str, ...]
    questions: tuple[str, ...]
    now: bool


@dataclass(frozen=True, slots=True)
class Count:
    """The same answer given `times` times in `days` days, the present report included."""

    id: str
    item: str
    answer: Reply
    times: int
    days: int


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything questions.toml says."""

    version: str
    digest: str
    questions: Mapping[str, Question]
    tiles: tuple[Tile, ...]
    dues: tuple[DueRule, ...]
    counts: tuple[Count, ...]

    def named(self, id_: str) -> tuple[Question, ...]:
        """Questions of an id of domain §3.2: itself, or its parts that no other answer opens."""
        parts = (one for one in self.questions.values() if id_ in (one.id, one.of))
        return tuple(one for one in parts if one.id == id_ or not one.opens)


def shown(scope: Iterable[str], place: tuple[str, str]) -> bool:
    """Whether a scope such as ("back", "shoulder@left") covers a region-side."""
    return any(_covers(entry, *place) for entry in scope)


@cache
def _covers(entry: str, region_id: str, side: str) -> bool:
    name, _, only = entry.partition("@")
    if only and only != side:
        return False
    if name == "all":
        return True
    if name in GROUPS and in_group(region_id, name):
        return True
    # A parent tapped for want of a better spot covers its leaves, and a leaf asks its parent's.
    return name not in GROUPS and bool(set(leaves_of(name)) & set(leaves_of(region_id)))


@cache
def bank() -> Bank:
    """The warning questions of this rule set. Raises BadData with file and line."""
    return compiled(read("clients.domain", "questions.toml"))


def compiled(data: DataFile) -> Bank:
    """Questions from a file. Raises BadData for what cannot be meant."""
    top = data.top()
    version = top.text("version")
    rows = top.rows("question")
    ids = tuple(row.text("id") for row in rows)
    counts = tuple(_count(row, ids) for row in top.rows("count"))
    words = frozenset(_words(ids, counts))
    tile_of: dict[str, str] = {}
    tiles = tuple(_tile(row, ids, words, tile_of) for row in top.rows("tile"))
    questions = {row.text("id"): _question(row, ids, words, tile_of) for row in rows}
    dues = tuple(_due(row, ids, words) for row in top.rows("due"))
    top.done()
    return Bank(version, data.digest, questions, tiles, dues, counts)


def _words(ids: Iterable[str], counts: Iterable[Count]) -> Iterable[str]:
    """Every word a condition may use."""
    for id_ in ids:
        yield id_
        yield from (f"{id_}={reply}" for reply in (Reply.UNSURE, Reply.BRIEF))
    yield from (f"quality:{word}" for word in QUALITIES)
    yield from (f"timing:{word}" for word in TIMINGS)
    yield from (f"spread:{word}" for word in Spread if word is not Spread.NONE)
    yield from (f"count:{count.id}" for count in counts)
    yield from PROFILE_WORDS
    yield from TREND_WORDS


def _count(row: Row, ids: Collection[str]) -> Count:
    made = Count(
        id=row.text("id"),
        item=row.one_of("item", ids),
        answer=Reply(row.one_of("answer", tuple(Reply))),
        times=row.whole("times", least=2, most=10),
        days=row.whole("days", least=1, most=365),
    )
    row.done()
    return made


def _tile(row: Row, ids: Collection[str], words: Collection[str], tile_of: dict[str, str]) -> Tile:
    made = Tile(
        id=row.text("id"),
        title=row.text("title"),
        shown_for=_scope(row, "shown_for"),
        ask_if=frozenset(row.list_of("ask_if", words, ())),
        questions=row.list_of("questions", ids),
    )
    for question in made.questions:
        if question in tile_of:
            row.fail(f"{question} is on two tiles", "questions")
        tile_of[question] = made.id
    row.done()
    return made


def _due(row: Row, ids: Collection[str], words: Collection[str]) -> DueRule:
    made = DueRule(
        id=row.text("id"),
        some=frozenset(row.list_of("any", words)),
        regions=_scope(row, "regions"),
        questions=row.list_of("questions", ids),
        now=row.one_of("when", ("now", "after")) == "now",
    )
    row.done()
    return made


def _question(
    row: Row, ids: Collection[str], words: Collection[str], tile_of: Mapping[str, str]
) -> Question:
    id_ = row.text("id")
    weights = {Reply.YES: weight(row.one_of("level", LEVEL_WORDS, "log"))}
    for reply in (Reply.UNSURE, Reply.BRIEF):
        if row.has(reply):
            weights[reply] = weight(row.one_of(reply, LEVEL_WORDS))
            if weights[reply] > weights[Reply.YES]:
                row.fail(f"{reply} may not weigh more than yes", reply)
    made = Question(
        id=id_,
        of=row.text("of", id_),
        text=row.text("text"),
        shown_for=_scope(row, "shown_for"),
        ask_if=frozenset(row.list_of("ask_if", words, ())),
        opens=frozenset(row.list_of("opens", words, ())),
        weights=weights,
        raises=tuple(
            _raise(part, words) for part in (row.rows("raise") if row.has("raise") else ())
        ),
        pauses=frozenset(row.list_of("pauses", PAUSES, ())),
        tile=tile_of.get(id_),
    )
    row.done()
    return made


def _raise(row: Row, words: Collection[str]) -> Raise:
    made = Raise(
        to=weight(row.one_of("to", LEVEL_WORDS)),
        every=frozenset(row.list_of("all", words, ())),
        some=frozenset(row.list_of("any", words, ())),
    )
    if not made.every and not made.some:
        row.fail("a raise needs all or any")
    row.done()
    return made


def weight(word: str) -> Weight:
    """Level and priority of a word of the data file; refer and above are high."""
    if word == "modify_high":
        return Level.MODIFY, Priority.HIGH
    level = Level(word)
    return level, Priority.HIGH if level >= Level.REFER else Priority.NORMAL


def _scope(row: Row, key: str) -> tuple[str, ...]:
    """A list of groups, regions and "region@side"."""
    named = row.list_of(key)
    for entry in named:
        name, _, side = entry.partition("@")
        if name in ("all", *GROUPS) and not side:
            continue
        try:
            sides = region(name).sides
        except UnknownRegion:
            known = ", ".join(("all", *GROUPS, *(one.id for one in all_regions())))
            row.fail(f"{key} names {entry}; accepted: {known}", key)
        if side and side not in sides:
            row.fail(f"{entry}: {name} has no side {side}", key)
    return named
