"""The clinician's pack: the whole rule set in one document, to read, print and sign."""

from __future__ import annotations

from clients.domain.rules import rule_set
from clients.domain.ruleset import parts, whole_digest
from clients.domain.words_for_people import EFFECT_WORDS, level_words
from clients.domain.worked_cases import WorkedCase, worked_cases
from clients.reviewing import decisions, questions, training
from clients.reviewing.pages import Badge, Blank, Card, Document, Line, Section, Table, Text
from programs.domain.place_words import region_words

PART_WORDS = {
    "rules": "Regions, warning questions, levels, borders",
    "exercises": "Exercises and what each asks of the body",
    "technique": "Cues and checklists",
    "protocols": "Protocols",
    "ladders": "Ladders",
    "weekly_check": "Weekly check",
    "note_words": "Words of a note that make a question due",
    "code": "The program code that decides",
}
LEAD = (
    "This is every rule by which coachapi judges what a client of a strength coach says about pain,"
    " and everything it may then offer the coach. It names no condition, promises nothing and"
    " changes no training by itself: a coach decides, and from “refer” up a professional does.",
    "Please read it as a clinician who will be asked for it. Strike out what you would not stand"
    " for; the last page is for your name. A server with real clients starts only with a signature"
    " for exactly this rule set, named by the hash below. Any change of a rule has another hash and"
    " needs a new review.",
    "Adults only. Most rules are consensus or our own decision rather than tested: single warning"
    " signs raise many false alarms, and no published border fits every place of the body.",
)


def document(on: str) -> Document:
    """The pack as of a date (ISO), which is printed and decides nothing."""
    levels, table, sets = decisions.sections()
    tiles, asked, pain = questions.sections()
    return Document(
        title="Rule set for symptom reports in strength coaching",
        version=rule_set().version,
        on=on,
        digest=whole_digest(),
        lead=LEAD,
        sections=(
            levels, tiles, asked, pain, table, sets, *training.sections(), _cases(), _signature(on),
        ),
    )  # fmt: skip


def _cases() -> Section:
    cards = tuple(_card(one) for one in worked_cases())
    intro = Text(
        f"{len(cards)} reports as clients send them, judged by the rules as they stand. What is not"
        " written is the plain case: an adult, every tile “none of these”, every later question no,"
        " felt during a set, nothing changed, the first report."
    )
    return Section("Worked cases", (intro, *cards))


def _card(case: WorkedCase) -> Card:
    verdict = case.verdict
    level, priority = str(verdict.level), str(verdict.priority)
    lead = "; ".join(_said(case)) or "Nothing besides."
    reasons = dict.fromkeys(Line(one.row, one.sentence) for one in verdict.reasons)
    left = [Line("", f"Still asked: {', '.join(verdict.due_now)}.")] if verdict.due_now else []
    return Card(
        f"{case.number}. {case.title}",
        Badge(level, level_words(level, priority)),
        lead,
        (*reasons, *left),
    )


def _said(case: WorkedCase) -> list[str]:
    """What the client said, in words, as far as it differs from the plain case."""
    told = []
    for site in _list(case.said["regions"]):
        values = [
            f"{name.removeprefix('pain_').replace('_', ' ')} {value}"
            for name, value in site.items()
            if name not in ("region", "side")
        ]
        told.append(f"{region_words(str(site['region']), str(site['side']))}: {', '.join(values)}")
    if case.said["effect"] != "none":
        told.append(EFFECT_WORDS[str(case.said["effect"])].lower())
    for key in ("quality", "spread", "onset", "aggravators"):
        if value := case.said.get(key):
            words = ", ".join(value) if isinstance(value, list) else str(value)
            told.append(f"{key} {words.replace('_', ' ')}")
    told += ["painkiller within 8 hours"] if "medication" in case.said else []
    told += ["soreness, a day after new exercises"] if "soreness" in case.said else []
    told += [f"{days} days earlier {worst} of 10" for days, worst in case.earlier]
    told += [fact.replace("_", " ") for fact in case.about]
    return told + _answers(case)


def _answers(case: WorkedCase) -> list[str]:
    flags = case.said["red_flags"]
    if not isinstance(flags, dict) or not flags:
        return ["tiles not answered"]
    given = {id_: reply for id_, reply in flags["answers"].items() if reply != "no"}
    return [f"{reply} to {id_}" for id_, reply in given.items()]


def _list(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []


def _signature(on: str) -> Section:
    rows = tuple((PART_WORDS[name], digest) for name, digest in parts().items())
    return Section(
        "Signature",
        (
            Text(
                "I have read the rule set of this hash. With the changes noted by hand, if any, I"
                " consider it fit to screen what adult clients of strength coaches report, within"
                " the limits stated on the first page."
            ),
            Blank("Version", rule_set().version),
            Blank("Hash", whole_digest()),
            Blank("Printed", on),
            Blank("Name"),
            Blank("Profession and registration number"),
            Blank("Place and date"),
            Blank("Signature"),
            Text(
                "The operator then sets RULES_REVIEWED_BY to the name, RULES_REVIEWED_ON to the"
                " date as YYYY-MM-DD and RULES_REVIEWED_HASH to the hash."
            ),
            Table(("Part of the rule set", "sha256"), rows, (36, 64), "What the hash covers"),
        ),
    )
