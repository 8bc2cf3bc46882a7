"""What is asked and how serious each answer is, as sections of the clinician's pack."""

from __future__ import annotations

from collections.abc import Iterable

from clients.domain.bands import Settings
from clients.domain.levels import Reply
from clients.domain.questions import Count, Question, Raise, Weight, bank
from clients.domain.rules import value_effect
from clients.domain.words_for_people import EFFECT_WORDS, TIMING_WORDS, level_words
from clients.reviewing.pages import Badge, Block, Cell, Section, Table, Text
from programs.domain.place_words import region_words

FAMILIES = (
    ("U", "For everybody"),
    ("L", "Trunk and nerves"),
    ("H", "Hip, groin and thigh"),
    ("K", "Knee and below"),
    ("S", "Shoulder, arm and chest"),
    ("N", "Neck"),
    ("P", "Pregnancy"),
    ("M", "Medicines"),
    ("W", "Several places at once"),
)
GROUP_WORDS = {
    "all": "everybody",
    "back": "back",
    "hip": "hip, groin, buttock, pelvis",
    "thigh": "thigh",
    "leg": "leg",
    "arm": "arm",
    "bone": "any bone",
    "pelvic": "low back, pelvis, groin, hip, buttock",
    "general": "whole body",
}
PROFILE_WORDS = {
    "profile:pregnant": "pregnant",
    "profile:over_70": "over 70",
    "profile:weak_bones": "weak bones",
    "profile:steroids": "steroid tablets",
    "profile:maybe_fragile": "age, bones and steroids not all known to be safe",
    "profile:maybe_cancer": "not known to be free of a cancer history",
    "profile:maybe_under_25": "under 25, or age unknown",
    "trend:TR9": "three or more places within 14 days",
}


def badge(weight: Weight) -> Badge:
    """A level as it is shown, with its priority where that matters."""
    return Badge(str(weight[0]), level_words(str(weight[0]), str(weight[1])))


def sections() -> tuple[Section, ...]:
    """Tiles, every question, pain."""
    return (_tiles(), _questions(), _pain())


def _tiles() -> Section:
    rows = tuple(
        (tile.title, _scope(tile.shown_for, tile.ask_if), ", ".join(tile.questions))
        for tile in bank().tiles
    )
    return Section(
        "Warning tiles",
        (
            Text(
                "One screen, for every report. A tap opens the tile's questions one by one; “none"
                " of these” answers them all with no. Nothing is ticked beforehand, and a missing"
                " answer is never a no: it keeps the report incomplete and the exercise paused."
            ),
            Table(("Tile", "Shown for", "Questions"), rows, (50, 28, 22)),
            Text(
                "Questions on no tile are asked after the session: at the first report of a place"
                " in 28 days, from 4 of 10, and with any trend."
            ),
            Table(("When the client says", "for", "these are due"), _dues(), (44, 26, 30)),
        ),
    )


def _dues() -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            _any(rule.some),
            _scope(rule.regions, ()),
            f"{', '.join(rule.questions)} ({'on the form' if rule.now else 'after the session'})",
        )
        for rule in bank().dues
    )


def _questions() -> Section:
    blocks: list[Block] = [
        Text(
            "A yes only ever raises the level. “Raised” names what else must hold; a part such as"
            " L6s opens on the yes before it, and until it is answered that yes already counts."
        )
    ]
    for letter, title in FAMILIES:
        rows = tuple(_row(one) for one in bank().questions.values() if one.id[0] == letter)
        head = ("", "Question", "Asked for", "Yes means", "Raised")
        blocks.append(Table(head, rows, (7, 42, 18, 14, 19), title))
    return Section("Every warning question", tuple(blocks))


def _row(one: Question) -> tuple[Cell, ...]:
    asked = _scope(one.shown_for, one.ask_if)
    if one.opens:
        asked = f"opens on {_all(one.opens)}"
    elif one.tile:
        asked = f"{asked} (tile)"
    others = [
        f"{reply}: {level_words(*map(str, weight)).lower()}"
        for reply, weight in one.weights.items()
        if reply is not Reply.YES
    ]
    pauses = [f"pauses {word.replace('_', ' ')}" for word in sorted(one.pauses)]
    raised = [_raise(rule) for rule in one.raises]
    return (
        one.id,
        one.text,
        asked,
        badge(one.weights[Reply.YES]),
        "; ".join([*others, *raised, *pauses]),
    )


def _raise(rule: Raise) -> str:
    needs = [part for part in (_all(rule.every), _any(rule.some)) if part]
    return f"{level_words(str(rule.to[0]), str(rule.to[1])).lower()} with {' and '.join(needs)}"


def _all(words: Iterable[str]) -> str:
    return " and ".join(_word(word) for word in sorted(words, key=_place))


def _any(words: Iterable[str]) -> str:
    return " or ".join(_word(word) for word in sorted(words, key=_place))


def _place(word: str) -> tuple[int, str]:
    """Questions in their own order, then the other words."""
    ids = list(bank().questions)
    name = word.partition("=")[0]
    return (ids.index(name) if name in ids else len(ids), word)


def _word(word: str) -> str:
    """A condition as a person reads it."""
    kind, _, what = word.partition(":")
    if not what:
        return word.replace("=", " ")
    if kind == "timing":
        return TIMING_WORDS[what]
    if kind == "count":
        return _count(next(one for one in bank().counts if one.id == what))
    plain = what.replace("_", " ")
    return PROFILE_WORDS.get(word) or (f"spread {plain}" if kind == "spread" else plain)


def _count(count: Count) -> str:
    return f"{count.times} times “{count.answer}” in {count.days} days"


def _scope(shown_for: Iterable[str], ask_if: Iterable[str]) -> str:
    places = []
    for entry in shown_for:
        name, _, side = entry.partition("@")
        known = GROUP_WORDS.get(name)
        places.append(known or region_words(name, side).lower())
    words = ", ".join(places)
    if ask_if := [_word(word) for word in sorted(ask_if)]:
        words += f"; only if {' and '.join(ask_if)}"
    return words


def _pain() -> Section:
    at = Settings()
    bands = (
        ("Green", f"0–{at.green}", "safe"),
        ("Amber", f"{at.green + 1}–{at.amber}", "acceptable while the next morning settles"),
        ("Red", f"{at.amber + 1}–10", "too much"),
    )
    return Section(
        "Pain: bands, mornings, soreness",
        (
            Table(("Band", "Of 10", "Meaning"), bands, (20, 20, 60)),
            Text(
                "The value of a place is the highest of worst, now, before, at rest and next"
                " morning in that session; what is not known is not 0. Rated with a painkiller"
                " taken within 8 hours, any value of 1 or more counts two higher, at most 10, and"
                " never as settled."
            ),
            Text(
                "Next morning: overload = 2 or more above the baseline, or worse and 3 or more;"
                " not settled = worse and below that; settled = at most 1 above the baseline and"
                " not worse. The baseline is the pain before the session, else the last morning"
                " of a day without training within 14 days, else 0. Late or unknown is never"
                " settled."
            ),
            Text(
                "Soreness after training is a log only when all of this is known: a muscle that"
                " may be sore, both sides or the one trained; 12–72 hours after a new exercise or"
                " a fifth more sets; eases on moving; 5 of 10 at most; load eased at most; every"
                " tile answered no; not sharp, tingling, numb, clicking, at rest, at night or"
                " constant; no painkiller. In doubt it is judged as a symptom."
            ),
            _cells("knee", "Level by value and effect, first report, every answer no"),
            _cells("back_low", "The same in low back, pelvis, groin, hip and buttock"),
        ),
    )


def _cells(region: str, title: str) -> Table:
    found = value_effect(region)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(value), *(_cell(found[effect][str(value)]) for effect in EFFECT_WORDS))
        for value in range(11)
    )
    return Table(("", *EFFECT_WORDS.values()), rows, (4, 16, 16, 16, 16, 16, 16), title)


def _cell(cell: list[str]) -> Badge:
    level, priority, action_set = cell
    return Badge(level, f"{level_words(level, priority)} {action_set}")
