"""Read what a client wrote: open a form, ask a warning question, or see another kind of note.

Reading may only raise: a flag means "ask this question at once and tell the coach" (domain §3.1
I-5, product decision 5). It answers no question, lowers nothing and names no condition. In doubt
about a warning sign it flags; in doubt about a plain complaint it opens the form.
"""

import re

from clients.domain.measures import measures, pain_scores
from clients.domain.note import Flag, Kind, Measure, Mention, Note, Span
from clients.domain.phrases import Page, Place
from clients.domain.places import Spot, narrowed, spots
from clients.domain.scope import Scope, scope_of
from clients.domain.tokens import tokenise
from clients.domain.words import Named, Warned, WordLists, word_lists

__all__ = ["Flag", "Kind", "Measure", "Mention", "Note", "Span", "read_note"]

MOST_CHARACTERS = 1000
"""Length of the note field (domain §2.2); what lies beyond is tagged `cut_short`, not read."""
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
EXTERNAL = "external_program"
"""Tag of a note with a web address or another programme in it (T2)."""
CUT_SHORT = "cut_short"
BARE_WORDS = 6
"""A sentence this short with a place and a side in it names the place that hurts."""
SPOKEN_KINDS: tuple[Kind, ...] = (
    "technique_question",
    "positive_history",
    "new_exercise_intent",
    "opinion",
)
"""Kinds in the order they are tried when nothing hurts; a question wants a reply first."""


def read_note(text: str, language: str = "en") -> Note:
    """Read the first 1000 characters of a note; it may only raise (product decision 5).

    Raises BadData when no word file exists for the language.
    """
    lists = word_lists(language)
    read = text[:MOST_CHARACTERS]
    tokens = tokenise(_without_addresses(read), lists.speller.meant)
    page = Page(tokens, lists.lexicon.scan(tokens))
    scope = scope_of(page, lists)
    flags = _flags(scope, lists)
    hurting = _hurting(scope)
    score = _pain_score(scope, read)
    hurts = bool(flags or hurting or score)
    named = narrowed(spots(scope, lists.regions)) if hurts else []
    tags = {tag.id for tag in lists.tags if _said(scope, tag, literal=True)}
    if ADDRESS.search(read):
        tags.add(EXTERNAL)
    if len(text) > MOST_CHARACTERS:
        tags.add(CUT_SHORT)
    return Note(
        kind="symptom" if hurts else _kind(scope, lists),
        tags=frozenset(tags),
        mentions=_mentions(scope, named, hurting, flags),
        flags=flags,
        numbers=measures(read),
        pain_score=score,
    )


def _without_addresses(text: str) -> str:
    """The text with web addresses blanked: the words in a link are not the client's own."""
    return ADDRESS.sub(lambda link: " " * len(link.group()), text)


def _flags(scope: Scope, lists: WordLists) -> tuple[Flag, ...]:
    """One flag for each warning question the note gives cause to ask, in reading order."""
    found = []
    for warned in lists.flags:
        places = [place for said in warned.says for place in scope.page.matches(said)]
        if not places:
            continue
        otherwise = [place for said in warned.unless for place in scope.page.matches(said)]
        live = [
            place
            for place in places
            if _warns(scope, warned, place) and not _overlaps(place, otherwise)
        ]
        if live:
            found.append(Flag(warned.id, _span(scope.page, min(live))))
    return tuple(sorted(found, key=lambda flag: (flag.span, flag.item_id)))


def _overlaps(place: Place, others: list[Place]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in others)


def _warns(scope: Scope, warned: Warned, place: Place) -> bool:
    if not scope.literal(place) or scope.denied(place) or scope.others(place):
        return False
    return warned.past_counts or not scope.past(place)


def _hurting(scope: Scope) -> list[Place]:
    """Places where the client says that something hurts now."""
    solved = _solutions(scope)
    return [
        place
        for place in scope.page.places("pain")
        if scope.usable(place)
        and not scope.denied(place)
        and not scope.past(place)
        and not scope.others(place)
        and not _supposed(scope, place)
        and not _solved(scope, place, solved)
    ]


def _solutions(scope: Scope) -> list[int]:
    """Words at which it is said to be gone; none when it is said to be back as well."""
    gone = [place for place in scope.page.places("resolved") if not scope.denied(place)]
    back = [
        place
        for place in scope.page.places("returned")
        if not scope.denied(place) and not _overlaps(place, gone)
    ]
    return [] if back else [start for start, _ in gone]


def _supposed(scope: Scope, place: Place) -> bool:
    """Whether it is only asked about or said of people in general."""
    sentence = scope.sentence(place[0])
    for start, end in scope.page.places("hypothetical"):
        if sentence.start <= start < place[0] and not scope.own(end, place[0]):
            return True
    talk = scope.page.has("generic", sentence.start, sentence.stop)
    return talk and not scope.own(sentence.start, sentence.stop)


def _solved(scope: Scope, place: Place, solved: list[int]) -> bool:
    """Whether it is gone by the client's own word, in this sentence or later on."""
    return any(start >= scope.sentence(place[0]).start for start in solved)


def _pain_score(scope: Scope, text: str) -> int | None:
    """The highest score the client gives a pain of their own now."""
    scores = []
    for value, character in pain_scores(text):
        word = next(
            (n for n, token in enumerate(scope.page.tokens) if token.end > character),
            len(scope.page.tokens) - 1,
        )
        if not (scope.past((word, word + 1)) or scope.others((word, word + 1))):
            scores.append(value)
    return max(scores, default=None)


def _mentions(
    scope: Scope, named: list[Spot], hurting: list[Place], flags: tuple[Flag, ...]
) -> tuple[Mention, ...]:
    """The places complained of: those in a sentence that hurts, or all when none is."""
    tokens = scope.page.tokens
    marked = {tokens[start].sentence for start, _ in hurting}
    marked |= {
        token.sentence
        for token in tokens
        if any(flag.span[0] <= token.start < flag.span[1] for flag in flags)
    }
    # "Left hip. 4/10": a bare place with its side is said because it hurts.
    near = [s for s in named if tokens[s.words[0]].sentence in marked or _bare(scope, s)]
    found: dict[tuple[str, str | None], Mention] = {}
    for spot in near or named:
        span = _span(scope.page, spot.words)
        for side in spot.sides or (None,):
            found.setdefault((spot.region, side), Mention(spot.region, side, span))
    sided = {region for region, side in found if side}
    return tuple(m for m in found.values() if m.side or m.region not in sided)


def _bare(scope: Scope, spot: Spot) -> bool:
    return bool(spot.sides) and len(scope.sentence(spot.words[0])) <= BARE_WORDS


def _kind(scope: Scope, lists: WordLists) -> Kind:
    for kind in SPOKEN_KINDS:
        if _said(scope, lists.kinds[kind]):
            return kind
    return "other"


def _said(scope: Scope, named: Named, *, literal: bool = False) -> bool:
    """Whether a phrase stands there (outside sayings) and none that takes it away."""
    page = scope.page
    places = [place for said in named.says for place in page.matches(said)]
    stands = any(map(scope.literal, places)) if literal else bool(places)
    return stands and not any(map(page.matches, named.unless))


def _span(page: Page, place: Place) -> Span:
    return page.tokens[place[0]].start, page.tokens[place[1] - 1].end
