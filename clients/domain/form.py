"""Which questions are due: the tiles of the twenty-second form, and those after the session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clients.domain.facts import Profile
from clients.domain.levels import Reply, Spread
from clients.domain.questions import Bank, Question, Tile, bank, shown
from clients.domain.said import answer_words, profile_words
from programs.domain.regions import region

ASK_AGAIN = timedelta(hours=28 * 24)
ASK_FROM_PAIN = 4

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TileAsk:
    """A tile to show and the questions that stand behind it for these places."""

    id: str
    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What to ask: `tiles` and `now` on the form, `addons` after the session (domain §2.2).

    `facts` = the profile's "still the same?" line is due.
    """

    tiles: tuple[TileAsk, ...]
    now: tuple[str, ...]
    addons: tuple[str, ...]
    facts: bool

    @property
    def at_once(self) -> tuple[str, ...]:
        """Every question whose answer keeps a report from being incomplete (D05)."""
        behind = [id_ for tile in self.tiles for id_ in tile.questions]
        return tuple(dict.fromkeys([*behind, *self.now]))


def due_questions(
    places: Iterable[Place],
    profile: Profile,
    *,
    at: datetime,
    on: date,
    last_asked: Mapping[str, datetime] | None = None,
    pain: int | None = None,
    answers: Mapping[str, Reply] | None = None,
    quality: Iterable[str] = (),
    timing: Iterable[str] = (),
    spread: Spread | None = None,
    note_signals: Iterable[str] = (),
    trends: Iterable[str] = (),
) -> Form:
    """The form for these region-sides, the same on the phone and on the server.

    `last_asked` = when a region's after-session questions were last answered in full.
    """
    words = answer_words(answers or {}) | profile_words(profile, on)
    words |= {f"quality:{word}" for word in quality} | {f"timing:{word}" for word in timing}
    words |= {f"spread:{spread}"} if spread is not None else set()
    felt = tuple(trends)
    words |= {f"trend:{trend}" for trend in felt}
    where = tuple(places)
    rules = bank()
    tiles = tuple(_ask(tile, where, rules) for tile in _tiles(where, words, rules))
    behind = {id_ for tile in tiles for id_ in tile.questions}
    now = _made_due(where, words, rules, now=True) | _always(where)
    now |= {one.id for signal in note_signals for one in rules.named(signal)}
    after = _made_due(where, words, rules, now=False)
    for place in where:
        if _asks(place, at, last_asked or {}, pain) or felt:
            after |= addons(place, words, rules)
    opened = _opened(words, rules)
    first = {one.id for one in opened if _parents(one) & (now | _on_tiles(rules))}
    now |= first
    after |= {one.id for one in opened} - first
    return Form(
        tiles=tiles,
        now=_in_order(now - behind, rules),
        addons=_in_order(after - now - behind, rules),
        facts=profile.stale(on),
    )


def addons(place: Place, words: Iterable[str], rules: Bank) -> set[str]:
    """The after-session questions of a region-side: in scope, on no tile, opened by no answer."""
    holds = set(words)
    return {
        one.id
        for one in rules.questions.values()
        if one.tile is None
        and not one.opens
        and one.ask_if <= holds
        and shown(one.shown_for, place)
    }


def _asks(place: Place, at: datetime, last: Mapping[str, datetime], pain: int | None) -> bool:
    """First report of the region in 28 × 24 hours, or pain of 4 and more (domain §2.2)."""
    asked = last.get(place[0])
    first = asked is None or not at - ASK_AGAIN <= asked < at
    return first or (pain is not None and pain >= ASK_FROM_PAIN)


def _tiles(places: Iterable[Place], words: set[str], rules: Bank) -> list[Tile]:
    """Tiles for these places; without a place only those that everybody is shown."""
    where = tuple(places)
    return [
        tile
        for tile in rules.tiles
        if tile.ask_if <= words
        and ("all" in tile.shown_for or any(shown(tile.shown_for, one) for one in where))
    ]


def _ask(tile: Tile, places: tuple[Place, ...], rules: Bank) -> TileAsk:
    behind = (rules.questions[id_] for id_ in tile.questions)
    asked = tuple(
        one.id
        for one in behind
        if "all" in one.shown_for or any(shown(one.shown_for, place) for place in places)
    )
    return TileAsk(tile.id, tile.title, asked)


def _made_due(places: tuple[Place, ...], words: set[str], rules: Bank, *, now: bool) -> set[str]:
    return {
        id_
        for rule in rules.dues
        if rule.now is now
        and not rule.some.isdisjoint(words)
        and any(shown(rule.regions, place) for place in places)
        for id_ in rule.questions
    }


def _always(places: tuple[Place, ...]) -> set[str]:
    """Questions of every report on chest or ribs (domain §2.1, D23)."""
    return {id_ for place in places for id_ in region(place[0]).always}


def _opened(words: set[str], rules: Bank) -> list[Question]:
    return [
        one
        for one in rules.questions.values()
        if one.opens and one.opens <= words and one.ask_if <= words
    ]


def _parents(question: Question) -> set[str]:
    return {word.partition("=")[0] for word in question.opens}


def _on_tiles(rules: Bank) -> set[str]:
    return {id_ for tile in rules.tiles for id_ in tile.questions}


def _in_order(wanted: set[str], rules: Bank) -> tuple[str, ...]:
    return tuple(id_ for id_ in rules.questions if id_ in wanted)
