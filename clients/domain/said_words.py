"""What a client said, retold to the coach in short sentences; nothing is added to it."""

from collections.abc import Iterable

from clients.domain.diff import weight
from clients.domain.levels import Effect, Reply
from clients.domain.questions import bank
from clients.domain.report import Report, Site
from clients.domain.words_for_people import (
    EFFECT_WORDS,
    TIMING_WORDS,
    exercise_name,
)
from programs.domain.loadable import Unit
from programs.domain.place_words import region_words

ONSET_WORDS = {
    "today_sudden": "Began suddenly, that day",
    "today_gradual": "Began gradually, that day",
    "1-6_d": "Began 1–6 days before",
    "1-2_wk": "Began 1–2 weeks before",
    "2-6_wk": "Began 2–6 weeks before",
    "over_6_wk": "Began more than 6 weeks before",
}
REPLY_WORDS = {Reply.YES: "Yes", Reply.UNSURE: "Not sure", Reply.BRIEF: "Briefly"}
FEEL_WORDS = {"better": "better", "same": "the same", "worse": "worse"}


def retold(report: Report, set_number: int | None, unit: Unit) -> tuple[str, ...]:
    """The report in sentences: where and how much, in which set, what changed, warning signs."""
    return tuple(
        part
        for part in (
            _places(report.sites, set_number),
            _lift(report, unit),
            _when(report),
            EFFECT_WORDS[report.effect] + "." if report.effect not in (None, Effect.NONE) else "",
            _warnings(report),
        )
        if part
    )


def answered(report: Report) -> tuple[tuple[str, str], ...]:
    """Every warning question answered with anything but no: its text and the answer."""
    known = bank().questions
    return tuple(
        (known[id_].text if id_ in known else id_, REPLY_WORDS[reply])
        for id_, reply in report.answers.items()
        if reply is not Reply.NO
    )


def everything(report: Report) -> tuple[tuple[str, str], ...]:
    """All other answers as pairs of a name and what was said, those not asked left out."""
    found: list[tuple[str, str]] = []
    for site in report.sites:
        found += [(f"{region_words(*site.place)}: {name}", said) for name, said in _values(site)]
    if report.timing:
        found.append(("When", ", ".join(sorted(TIMING_WORDS.get(t, t) for t in report.timing))))
    if report.effect is not None:
        found.append(("What it changed", EFFECT_WORDS[report.effect]))
    if report.onset:
        found.append(("Since when", ONSET_WORDS.get(report.onset, report.onset)))
    if report.quality:
        found.append(("What it feels like", _list(report.quality)))
    if report.aggravators is not None:
        found.append(("Worse with", _list(report.aggravators) or "None of these"))
    if report.spread is not None:
        found.append(("Runs to", report.spread.replace("_", " ")))
    if report.medication.kind:
        found.append(("Painkillers", report.medication.kind.replace("_", " ")))
    if report.changes_8w:
        found.append(("Changed in 8 weeks", _list(report.changes_8w)))
    if report.checklist_score is not None:
        found.append(("Checklist", f"{report.checklist_score} of 5"))
    return tuple(found)


def _places(sites: Iterable[Site], set_number: int | None) -> str:
    parts = []
    for site in sites:
        value = f": {site.worst} of 10" if site.worst is not None else ""
        parts.append(f"{region_words(*site.place)}{value}")
    where = "; ".join(parts) or "No place given"
    return f"{where} in set {set_number}." if set_number else f"{where}."


def _lift(report: Report, unit: Unit) -> str:
    lift = report.exercise
    if lift is None:
        return ""
    words = exercise_name(lift.exercise)
    if lift.kg is not None:
        words += ", " + weight(lift.kg, unit).replace(" ", "\u00a0")
    if lift.reps is not None:
        words += f"\u00a0× {lift.reps}"
    if lift.rir is not None:
        words += f" at RIR\u00a0{lift.rir}"
    return words + "."


def _when(report: Report) -> str:
    later = [
        TIMING_WORDS[each]
        for each in sorted(report.timing - {"during_set"})
        if each in TIMING_WORDS
    ]
    words = ", ".join(later)
    return f"Felt {words}." if words else ""


def _warnings(report: Report) -> str:
    if any(reply is not Reply.NO for reply in report.answers.values()):
        return ""
    return "No warning signs." if report.tiles_none else "The warning questions are not answered."


def _values(site: Site) -> Iterable[tuple[str, str]]:
    for name, value in (
        ("worst", site.worst),
        ("when reported", site.now),
        ("before the session", site.before),
        ("at rest", site.rest),
        ("next morning", site.next_morning),
    ):
        if value is not None:
            yield name, f"{value} of 10"
    if site.morning_feel is not None:
        yield "next morning, against before", FEEL_WORDS[site.morning_feel]


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(word.replace("_", " ") for word in words))
