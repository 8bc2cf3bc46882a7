"""Loads, repetitions and a pain score out of a note: kilograms, pounds and stone."""

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from clients.domain.note import Measure

POUND_KG = Decimal("0.45359237")
STONE_LB = 14
TENTH = Decimal("0.1")
BARE_LOAD = 20
"""In "100x5" a first number from here on is a load of unknown unit, below it a count of sets."""
WORDS_FOR_SCORES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip

# Every quantifier is flat and bounded: reading is linear in the note.
_NUMBER = r"[0-9]{1,4}(?:[.,][0-9]{1,3})?"
_KG = r"kg|kgs|kilo|kilos|kilogram|kilograms"
_LB = r"lb|lbs|pound|pounds|#"
_STONE = r"st|stone|stones"
_UNIT = rf"(?P<unit>{_KG}|{_LB})(?![a-z])"
_ODD_POUNDS = rf"(?: (?P<odd>[0-9]{{1,2}})(?: ?(?:{_LB}))?(?![0-9a-z/]))?"
_STONES = rf"(?P<stone>{_NUMBER}) ?(?:{_STONE})(?![a-z]){_ODD_POUNDS}"
_SETS = r"(?:(?P<sets>[0-9]{1,2}) ?(?:x|×|\*|sets of) ?)?(?P<reps>[0-9]{1,3}) ?(?:reps?)?"
_SETS_BY_REPS = r"(?P<sets>[0-9]{1,2}) ?[x×*] ?(?P<reps>[0-9]{1,3})"
_FOR = r" ?(?:x|×|\*|for|,) ?"
_AT = r" ?(?:@|at|with|of) ?"
_LOADS = tuple(
    re.compile(pattern)
    for pattern in (
        # 3 x 10 @ 80 kg · 8 reps at 60 kg
        rf"(?<![0-9.,]){_SETS}{_AT}(?P<load>{_NUMBER}) ?{_UNIT}",
        # 132 lb x 10 · 60 kg for 8 · 60 kg, 8 reps · 60 kg 3x8
        rf"(?<![0-9.,])(?P<load>{_NUMBER}) ?{_UNIT}{_FOR}{_SETS}(?![0-9])",
        rf"(?<![0-9.,])(?P<load>{_NUMBER}) ?{_UNIT} {_SETS_BY_REPS}",
        rf"(?<![0-9.,]){_STONES}",
        rf"(?<![0-9.,])(?P<load>{_NUMBER}) ?{_UNIT}",
        # 3x10 · 100x5 · 3 sets of 12
        r"(?<![0-9.,])(?P<first>[0-9]{1,3}) ?(?:x|×|sets of) ?(?P<reps>[0-9]{1,3})(?![0-9])",
        r"(?<![0-9.,/])(?P<reps>[0-9]{1,3}) ?reps?(?![a-z])",
    )
)
# "for 3 weeks" is no count of repetitions.
_NOT_REPS = re.compile(r" ?(?:sec|min|hour|hr|day|week|month|year|time|session|%|/|out of)")
_SCORE = rf"(?P<score>10|[0-9]|{'|'.join(WORDS_FOR_SCORES)})"
_TO = r"(?:(?:10|[0-9]) ?(?:-|–|to|or) ?)?"
_PAIN = (
    r"(?:pain|hurts?|hurting|ache|discomfort|nrs)(?: (?:level|score|scale|rating))?"
    r"(?: (?:is|was|of|at|now|around|about|an?|like|maybe|got|went|to|up|its?|rated|felt|level))"
    r"{0,4}[ :=] ?"
)
_NO_SCORE = (
    r"(?![0-9a-z.,/%]| ?(?:x|kg|lb|sec|min|hour|day|week|month|year|time|set|rep|session|of my"
    r"|place|spot|leg))"
)
_SCORES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![0-9.,a-z]){_TO}{_SCORE} ?(?:/|out of|of) ?(?:10|ten)(?![0-9a-z])",
        _PAIN + _TO + _SCORE + _NO_SCORE,
        rf"(?:a|an|about|around|level) {_TO}{_SCORE} (?:in|on|for|of) (?:terms of )?(?:the )?pain",
    )
)
_NOT_PAIN = re.compile(
    r"rpe|rir|effort|difficult|rate the|rating the|would recommend|stars|intensity|would give"
)


def measures(text: str) -> tuple[Measure, ...]:
    """Loads and repetitions in reading order; every stretch of text is read once."""
    lower = _lower(text)
    found: list[tuple[int, int, Measure]] = []
    for pattern in _LOADS:
        for match in pattern.finditer(lower):
            if all(match.end() <= start or match.start() >= end for start, end, _ in found):
                found.append((match.start(), match.end(), _measure(match, text)))
    return tuple(measure for _, _, measure in sorted(found, key=lambda item: item[0]))


def pain_scores(text: str) -> Iterator[tuple[int, int]]:
    """Each "4/10" or "pain is a 4" as (value 0–10, its place); the higher end of a range."""
    lower = _lower(text)
    for pattern in _SCORES:
        for match in pattern.finditer(lower):
            if not _NOT_PAIN.search(lower, max(0, match.start() - 25), match.end() + 20):
                yield _score(match["score"]), match.start("score")


def _score(word: str) -> int:
    return int(word) if word.isdigit() else WORDS_FOR_SCORES.index(word)


def _lower(text: str) -> str:
    """Lower case of the same length, so that places stay true."""
    if len(lower := text.lower()) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _measure(match: "re.Match[str]", text: str) -> Measure:
    part: Callable[[str], str | None] = match.groupdict().get
    entered = text[match.start() : match.end()].strip()
    sets, reps = _whole(part("sets")), _whole(part("reps"))
    if reps is not None and _NOT_REPS.match(match.string, match.end()) and part("load"):
        sets = reps = None
    first = part("first")
    if first is not None and int(first) < BARE_LOAD:
        sets = int(first)
    return Measure(_kilograms(match), reps, entered, sets)


def _kilograms(match: "re.Match[str]") -> Decimal | None:
    """The load in kilograms to a tenth; None where no unit was given."""
    part: Callable[[str], str | None] = match.groupdict().get
    stone, load, unit = part("stone"), part("load"), part("unit")
    if stone is not None:
        pounds = _number(stone) * STONE_LB + _number(part("odd") or "0")
        return (pounds * POUND_KG).quantize(TENTH, ROUND_HALF_UP)
    if load is None or unit is None:
        return None
    kilograms = _number(load) * (1 if unit.startswith("k") else POUND_KG)
    return kilograms.quantize(TENTH, ROUND_HALF_UP)


def _number(written: str) -> Decimal:
    """ "62,5" is sixty-two and a half, "1,000" a thousand."""
    whole, comma, rest = written.partition(",")
    return Decimal(whole + rest if comma and len(rest) == 3 else written.replace(",", "."))


def _whole(written: str | None) -> int | None:
    return int(written) if written else None
