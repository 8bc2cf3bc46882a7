"""Protocols, ladders and checks, as sections of the pack."""

from __future__ import annotations

from clients.domain.ladder_data import Ladder, RungSpec, ladder
from clients.domain.ruleset import LADDERS
from clients.domain.words_for_people import exercise_name
from clients.reviewing.pages import Block, Card, Line, Section, Table, Text
from programs.domain.exercises import library
from programs.domain.place_words import region_words
from programs.domain.protocol import Option, Protocol, Severity, protocol_set

SEVERITY_WORDS = {
    Severity.MILD: "mild (1–3)",
    Severity.MODERATE: "moderate (4–5)",
    Severity.HIGH: "high (6–7)",
}
MARKS = (
    ("S", "the coach's own article"),
    ("S general", "its general advice"),
    ("S in the combined case", "its advice for two places at once"),
    ("~S", "near it"),
    ("D", "our decision, a starting point that nobody has tested"),
)
CLASS_WORDS = {
    "check": "check", "ease": "ease", "range": "range", "swap": "swap",
    "freq": "fewer sessions", "remove": "take out",
}  # fmt: skip


def sections() -> tuple[Section, ...]:
    """Every protocol, then the way back."""
    return (_protocols(), _ladders())


def _protocols() -> Section:
    blocks: list[Block] = [
        Text(
            "A protocol lists options for a place, a severity and a movement pattern; a coach sees"
            " three at most, in this order, with “do nothing, watch” and “take out for now”. From"
            " 8 of 10, or with any warning answer, there is none. No option may put an exercise in"
            " place that asks more of the painful place than the one it replaces. A change is never"
            " longer than 42 days and ends only by a person."
        ),
        Table(("Mark", "Where an option comes from"), MARKS, (25, 75)),
    ]
    return Section("Protocols", (*blocks, *(_protocol(one) for one in protocol_set().protocols)))


def _protocol(one: Protocol) -> Card:
    options = {option.id: option for found in one.options.values() for option in found}
    orders = [
        f"{SEVERITY_WORDS[severity]}: {', '.join(option.id.rpartition('.')[2] for option in found)}"
        for severity, found in one.options.items()
    ]
    lead = f"{_where(one)} · {_lifts(one)} · order for {'; '.join(orders)}"
    lines = tuple(_option(options[id_]) for id_ in sorted(options))
    return Card(one.id, None, lead, lines)


def _where(one: Protocol) -> str:
    if one.fallback:
        return "every place without a row of its own"
    words = " or ".join(_region(each) for each in one.regions)
    if one.and_regions:
        words += " together with " + " or ".join(_region(each) for each in one.and_regions)
    if one.choice_regions:
        words += f" ({', '.join(map(_region, one.choice_regions))} only by the coach's choice)"
    for key, wanted in one.conditions.items():
        words += f", {key} exactly “{wanted.replace('_', ' ')}”"
    return words


def _region(written: str) -> str:
    whole = " and every spot in it" if written.endswith("*") else ""
    return region_words(written.removesuffix("*"), "").rstrip(", ").lower() + whole


def _lifts(one: Protocol) -> str:
    if one.fallback:
        return "any exercise"
    named = [library()[each].name for each in one.exercises]
    patterns = [each.replace("_", " ") for each in one.patterns]
    if len(named) > 6:
        named = [f"{len(named)} exercises that ask for it, such as {', '.join(named[:3])}"]
    return ", ".join([*patterns, *named])


def _option(one: Option) -> Line:
    """An option as one line: letter, title, reason; kinds of change, days, ladder, mark."""
    kinds = dict.fromkeys(CLASS_WORDS[str(op.op_class)] for op in one.ops)
    targets = [
        exercise_name(target)
        for op in one.ops
        for target in getattr(op, "targets", ())
        if target in library()
    ]
    limits = (
        [f"only {', '.join(p.replace('_', ' ') for p in one.patterns)}"] if one.patterns else []
    )
    parts = [", ".join(kinds), *limits, f"{one.days} days"]
    parts += [f"to {', '.join(dict.fromkeys(targets))}"] if targets else []
    parts += [f"ladder {one.ladder}"] if one.ladder else []
    parts.append(f"mark {one.mark}")
    return Line(one.id.rpartition(".")[2], f"{one.title}. {one.reason}", " · ".join(parts))


def _ladders() -> Section:
    rows = tuple(
        (name, way.name, _steps(way), f"{way.clean}, and at least {way.days} days", _extra(way))
        for name, way in ((name, ladder(name)) for name in LADDERS)
    )
    return Section(
        "The way back, and when a change has helped",
        (
            Text(
                "Percent of the working load before the episode, at the same reps. A step up needs"
                " the clean sessions and the days named; 3–5 and settled holds; 6 or more or an"
                " overload next morning steps down; the second step down goes to the coach."
            ),
            Table(("", "Ladder", "Rungs", "Clean sessions", "Besides"), rows, (5, 18, 42, 17, 18)),
            Text(
                "Clean: worst 2 or below, settled next morning, no painkiller. Success: two clean"
                " sessions in a row. Partial: fell by 2 points or 30 % but still 3–5; once 14 days"
                " more, or the next option. Failed: 6 or more on the change, two overloads, four"
                " values of 3 or more over two weeks, stopped or limited, or back to 3 within 28"
                " days; two failed options are referred. A new warning answer stops it at once."
            ),
        ),
    )


def _steps(way: Ladder) -> str:
    return " · ".join(_rung(one) for one in way.rungs)


def _rung(one: RungSpec) -> str:
    if one.add_session:
        return "one session a week more"
    words = [f"{one.percent} %"]
    words += [one.range] if one.range else []
    words += [f"RIR {one.rir}+"] if one.rir is not None else []
    words += ["in one session a week"] if one.originals == "one" else []
    return " ".join(words)


def _extra(way: Ladder) -> str:
    words = ["whole weeks"] if way.whole_weeks else []
    return ", ".join([*words, *(["the coach confirms each step"] if way.confirm else [])])
