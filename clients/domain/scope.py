"""Whose, when and whether: denial, the past, other people and figures of speech in a note."""

from dataclasses import dataclass

from clients.domain.phrases import Page, Place
from clients.domain.tokens import NO_BREAK, PAUSE, STOP
from clients.domain.words import WordLists

DENIAL_REACH = 10
"""Words between a denial and what it denies; all of them must be carriers ("no pain or …")."""
LIST_REACH = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """A note's words with the clauses and cues that decide what a word in it means."""

    page: Page
    sayings: frozenset[int]
    masked: frozenset[int]
    clauses: tuple[int, ...]
    carriers: frozenset[int]
    nouns: frozenset[int]
    noun_ends: frozenset[int]
    links: frozenset[int]
    denials: frozenset[int]
    inner_denials: frozenset[int]
    owners: tuple[tuple[int, bool], ...]
    me_too: bool

    def usable(self, place: Place) -> bool:
        """Whether a word is a place or a complaint: no saying, no "back to training"."""
        return not any(word in self.masked for word in range(*place))

    def literal(self, place: Place) -> bool:
        """Whether a warning sign is no saying ("numb with boredom"); cues do not hide one."""
        return place[0] not in self.sayings and place[1] - 1 not in self.sayings

    def denied(self, place: Place) -> bool:
        """Whether the client says this is *not* so; in doubt it is not denied."""
        return (
            self._denied_before(place[0], 0, self.denials)
            or self._denied_before(place[1] - 1, place[0] + 1, self.inner_denials)
            or self._answered_no(place[1])
        )

    def past(self, place: Place) -> bool:
        """Whether this lies long back ("used to", "last year") and nothing says it is here now."""
        words = self._clause(place[0])
        return self._cue("past", words) and not self._cue("present", words)

    def others(self, place: Place) -> bool:
        """Whether somebody else has this: the nearest owner named before it is not the client."""
        if self.me_too:
            return False
        clause = self.clauses[place[0]]
        near = [
            mine for word, mine in self.owners if word < place[1] and self.clauses[word] == clause
        ]
        return bool(near) and not near[-1]

    def own(self, first: int, last: int) -> bool:
        """Whether the client speaks of themself between two words."""
        return any(mine and first <= word < last for word, mine in self.owners)

    def sentence(self, word: int) -> range:
        """The words of the sentence around a word."""
        return self._around(word, [token.sentence for token in self.page.tokens])

    def _clause(self, word: int) -> range:
        return self._around(word, self.clauses)

    def _around(self, word: int, marks: "list[int] | tuple[int, ...]") -> range:
        first = last = word
        while first and marks[first - 1] == marks[word]:
            first -= 1
        while last < len(marks) and marks[last] == marks[word]:
            last += 1
        return range(first, last)

    def _cue(self, group: str, words: range) -> bool:
        return any(
            words.start <= start and end <= words.stop and self.usable((start, end))
            for start, end in self.page.places(group)
        )

    def _denied_before(self, start: int, first: int, denials: frozenset[int]) -> bool:
        tokens = self.page.tokens
        for word in range(start - 1, max(first, start - DENIAL_REACH) - 1, -1):
            if tokens[word].after == STOP:
                return False
            if tokens[word].after == PAUSE and not self._list_goes_on(word + 1):
                return False
            if word in denials:
                return True
            if word not in self.carriers and not self._in_list(word):
                return False
        return False

    def _in_list(self, word: int) -> bool:
        """Whether a noun on the way is one of a list: "no fever or …", never "no fever numb …"."""
        if word not in self.nouns:
            return False
        then = word + 1
        return (
            word not in self.noun_ends
            or then in self.links
            or self.page.tokens[word].after == PAUSE
            or self.page.has("joins", then, then + 1)
        )

    def _list_goes_on(self, start: int) -> bool:
        """Whether ", tingling or weakness" follows: carriers up to an "or"."""
        for word in range(start, min(start + LIST_REACH, len(self.page.tokens))):
            if self.page.has("joins", word, word + 1):
                return True
            known = word in self.carriers or word in self.nouns
            if not known or self.page.tokens[word].after == STOP:
                return False
        return False

    def _answered_no(self, end: int) -> bool:
        """Whether "chest pain? No." follows: a bare no that ends there."""
        if not self.page.has("answered_no", end, end + 1):
            return False
        return end + 1 == len(self.page.tokens) or self.page.tokens[end].after != NO_BREAK


def scope_of(page: Page, lists: WordLists) -> Scope:
    """Work out clauses, owners and set phrases of a note once."""
    sayings = _covered([place for mask in lists.masks for place in page.matches(mask)])
    masked = sayings | _covered([place for cue in lists.cues for place in page.matches(cue)])
    not_denials = _covered(page.places("not_negation"))
    denials = frozenset(end - 1 for _, end in page.places("negators")) - not_denials
    links = _covered(page.places("negation_links"))
    carriers = _covered(page.places("negation_carriers")) | _covered(page.places("joins")) | links
    nouns = page.places("negation_nouns")
    inner = _covered([(start, end - 1) for start, end in nouns])
    return Scope(
        page,
        frozenset(sayings),
        frozenset(masked),
        _clauses(page),
        frozenset(carriers),
        frozenset(_covered(nouns)),
        frozenset(end - 1 for _, end in nouns) - inner,
        frozenset(links),
        denials,
        denials & {end - 1 for _, end in page.places("inner_negators")},
        _owners(page, lists, sayings),
        page.has("me_too"),
    )


def _clauses(page: Page) -> tuple[int, ...]:
    clause, clauses = 0, []
    turns = {start for start, _ in page.places("contrast")}
    for word, token in enumerate(page.tokens):
        clause += word in turns or (word > 0 and token.sentence != page.tokens[word - 1].sentence)
        clauses.append(clause)
    return tuple(clauses)


def _owners(page: Page, lists: WordLists, masked: set[int]) -> tuple[tuple[int, bool], ...]:
    """Words that say who is spoken of, in reading order, and whether it is the client."""
    bystanders = _covered([place for said in lists.not_subject for place in page.matches(said)])
    named = [place for place in page.places("other_person") if place[0] not in bystanders]
    theirs = _covered(named) | _covered(page.places("other_person"))
    owners = [(start, True) for start, _ in page.places("own") if start not in theirs | masked]
    owners += [(end - 1, False) for _, end in named]
    first = min(theirs, default=len(page.tokens))
    # "She" is somebody else only after somebody else was named: a coach may write of the client.
    owners += [(start, False) for start, _ in page.places("third_person") if start > first]
    return tuple(sorted(owners))


def _covered(places: list[Place]) -> set[int]:
    return {word for place in places for word in range(*place)}
