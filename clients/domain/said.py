"""What a report's answers amount to: replies, words for conditions, weight of each answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from clients.domain.facts import Profile
from clients.domain.levels import Reply, Spread
from clients.domain.questions import Bank, Question, Weight
from clients.domain.report import Report

OVER = 70
UNDER = 25


@dataclass(frozen=True, slots=True)
class Weighed:
    """One answer that counts, with its weight after every raise (domain §3.2, machine form)."""

    question: Question
    reply: Reply
    weight: Weight


def replies(report: Report, bank: Bank) -> dict[str, Reply]:
    """Every answer that stands; "none of these" answers each tile shown and not tapped.

    Nothing is derived from another field but L5 from spread `both_legs` (domain §2.2).
    """
    tapped = set(report.tiles_tapped)
    given: dict[str, Reply] = {}
    for id_, reply in report.answers.items():
        question = bank.questions.get(id_)
        if question is None:
            continue
        if reply is not Reply.NO and question.tile is not None:
            tapped.add(question.tile)
        if reply is Reply.NO or reply in question.weights:
            given[id_] = reply
    if report.tiles_none:
        for tile in bank.tiles:
            if tile.id in report.tiles_shown and tile.id not in tapped:
                given.update({id_: Reply.NO for id_ in tile.questions if id_ not in given})
    if report.spread is Spread.BOTH_LEGS:
        given["L5"] = Reply.YES
    return given


def says_more_than_no(report: Report) -> bool:
    """Whether any reply but no may stand in a report; cheaper than all its replies."""
    return report.spread is Spread.BOTH_LEGS or any(
        reply is not Reply.NO for reply in report.answers.values()
    )


def answer_words(given: Mapping[str, Reply]) -> set[str]:
    """Words of answers: "L1" for a yes, "H2=unsure" for another answer but no."""
    return {
        id_ if reply is Reply.YES else f"{id_}={reply}"
        for id_, reply in given.items()
        if reply is not Reply.NO
    }


def field_words(report: Report) -> set[str]:
    """Words of the quality, timing and spread of a report."""
    words = {f"quality:{word}" for word in report.quality}
    words |= {f"timing:{word}" for word in report.timing}
    if report.spread is not None and report.spread is not Spread.NONE:
        words.add(f"spread:{report.spread}")
    return words


def profile_words(profile: Profile, on: date) -> set[str]:
    """Words of the profile on a date; what was never asked counts as possible."""
    age = profile.age(on)
    bones = (profile.weak_bones, profile.steroids)
    asked = None not in bones and age is not None and not profile.stale(on)
    fragile = age is not None and age > OVER
    holds = {
        "profile:pregnant": profile.pregnant is True,
        "profile:over_70": fragile,
        "profile:weak_bones": profile.weak_bones is True,
        "profile:steroids": profile.steroids is True,
        "profile:maybe_fragile": not asked and not fragile and True not in bones,
        "profile:maybe_cancer": profile.cancer_history is not False or profile.stale(on),
        "profile:maybe_under_25": age is None or age < UNDER,
    }
    return {word for word, true in holds.items() if true}


def count_words(report: Report, earlier: Iterable[Report], bank: Bank) -> set[str]:
    """Words of answers given often: the third brief faint in 28 days (domain §3.2 U2b)."""
    words = set()
    before = list(earlier)
    for count in bank.counts:
        since = report.performed_at - timedelta(days=count.days)
        near = [one for one in before if since <= one.performed_at <= report.performed_at]
        given = [replies(one, bank).get(count.item) for one in (report, *near)]
        if sum(reply is count.answer for reply in given) >= count.times:
            words.add(f"count:{count.id}")
    return words


def weigh(given: Mapping[str, Reply], words: set[str], bank: Bank) -> tuple[Weighed, ...]:
    """Weight of every answer but no; `words` may hold those of the client's other open reports."""
    found = []
    for id_, reply in given.items():
        question = bank.questions[id_]
        if reply is Reply.NO:
            continue
        raised = [rule.to for rule in question.raises if rule.holds(words)]
        found.append(Weighed(question, reply, max([question.weights[reply], *raised])))
    return tuple(found)
