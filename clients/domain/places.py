"""Where it hurts, in the client's words: regions and sides, with set phrases left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clients.domain.phrases import Page, Place
from clients.domain.scope import Scope
from clients.domain.tokens import STOP
from clients.domain.words import Region
from programs.domain.regions import Side, region

SIDE_REACH = 6
"""Words between a side and its place, all of them fillers: "the left side of my lower back"."""
FINE_REACH = 4
"""Words between a place and "is fine"."""
SIDES = ("left", "right", "both", "middle")


@dataclass(frozen=True, slots=True)
class Spot:
    """A region named in a note, by words, with the sides said of it."""

    region: str
    sides: tuple[Side, ...]
    words: Place


def spots(scope: Scope, regions: Iterable[Region]) -> list[Spot]:
    """Every place of the client's own body that is named and not said to be fine."""
    taken: set[int] = set()
    kept: list[Spot] = []
    for place, entry, plural in _longest_first(scope, regions):
        if taken.isdisjoint(range(*place)):
            taken.update(range(*place))
            kept.append(Spot(entry.id, _sides(scope, entry, place, plural), place))
    live = [spot for spot in kept if not _set_aside(scope, spot.words)]
    return sorted(live, key=lambda spot: spot.words)


def narrowed(named: list[Spot]) -> list[Spot]:
    """Without the wider place where a spot inside it is named: the heel of the left foot.

    The spot takes over the sides said of the wider place. Only knee, shoulder, elbow and foot
    are wider places of this kind; hip and groin may both hurt.
    """
    wider = {s.region: s for s in named if region(s.region).tappable and not region(s.region).leaf}
    inside: list[Spot] = []
    dropped: set[str] = set()
    for spot in named:
        outer = wider.get(region(spot.region).parent or "")
        if outer is None:
            inside.append(spot)
            continue
        dropped.add(outer.region)
        inside.append(Spot(spot.region, spot.sides or outer.sides, spot.words))
    return [spot for spot in inside if spot.region not in dropped]


def _longest_first(scope: Scope, regions: Iterable[Region]) -> list[tuple[Place, Region, bool]]:
    """Matches by length: "back of my knee" is one place and not a back and a knee."""
    found = []
    for entry in regions:
        for phrases, plural in ((entry.says, False), (entry.both, True)):
            for phrase in phrases:
                found += [(place, entry, plural) for place in scope.page.matches(phrase)]
    literal = [match for match in found if scope.usable(match[0])]
    return sorted(literal, key=lambda match: (match[0][0] - match[0][1], match[0], match[1].id))


def _set_aside(scope: Scope, place: Place) -> bool:
    return scope.denied(place) or scope.others(place) or scope.past(place) or _is_fine(scope, place)


def _is_fine(scope: Scope, place: Place) -> bool:
    """Whether "… is fine" follows before anything else is said of the place."""
    tokens, clause = scope.page.tokens, scope.clauses[place[0]]
    for word in range(place[1], min(place[1] + FINE_REACH, len(tokens))):
        if scope.clauses[word] != clause or scope.page.has("pain", word, word + 1):
            return False
        if scope.page.has("fine", word, word + 1):
            return not scope.denied((word, word + 1))
    return False


def _sides(scope: Scope, entry: Region, place: Place, plural: bool) -> tuple[Side, ...]:
    """The sides said of a place; a plural without a side is both; none when nothing is said."""
    if entry.sides == (Side.MIDLINE,):
        return (Side.MIDLINE,)
    said = _said_side(scope.page, place)
    if said in ("left", "right"):
        sides: tuple[Side, ...] = (Side(said),)
    elif said == "middle":
        sides = (Side.MIDLINE,)
    elif said == "both" or plural:
        sides = (Side.LEFT, Side.RIGHT)
    else:
        sides = ()
    return tuple(side for side in sides if side in entry.sides)


def _said_side(page: Page, place: Place) -> str | None:
    """The nearest side before the place, or else after it; "right now" is no side."""
    inside = [side for side in SIDES if page.has(side, *place)]
    if inside:
        return inside[0]
    for start, step in ((place[0] - 1, -1), (place[1], 1)):
        for word in _walk(page, start, step):
            if not page.has("not_side", word, word + 1):
                for side in SIDES:
                    if page.has(side, word, word + 1):
                        return side
            if not page.has("side_fillers", word, word + 1):
                break
    return None


def _walk(page: Page, start: int, step: int) -> Iterator[int]:
    """Words next to a place, near to far, as long as the sentence lasts."""
    for word in range(start, start + step * (SIDE_REACH + 1), step):
        if not 0 <= word < len(page.tokens):
            return
        if page.tokens[word if step < 0 else word - 1].after == STOP:
            return
        yield word
