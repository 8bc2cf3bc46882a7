"""Everything one judgement looks at, worked out once: answers, sites, past, open questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clients.domain import merging
from clients.domain.bands import Settings
from clients.domain.cases import SiteFacts, site_facts
from clients.domain.facts import Clearance, History, Profile
from clients.domain.form import ASK_AGAIN, Form, addons, due_questions
from clients.domain.levels import Effect, Kind, Reply
from clients.domain.lookback import Past, same_region
from clients.domain.questions import bank
from clients.domain.report import Report
from clients.domain.said import (
    Weighed,
    answer_words,
    count_words,
    field_words,
    profile_words,
    replies,
    says_more_than_no,
    weigh,
)  # fmt: skip
from clients.domain.soreness import is_soreness
from clients.domain.table import CHEST

HARMLESS = ("changes_8w", "exercise", "checklist_score", "source", "zone", "performed_at")
"""Parts on which no level depends for the worse; unread, they are marked and no more (ruling 8)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that the rows of one report need; `report` is the union of its repeats (D22)."""

    report: Report
    merged_into: UUID | None
    past: Past
    profile: Profile
    settings: Settings
    at: datetime
    kind: Kind
    sites: tuple[SiteFacts, ...]
    weighed: tuple[Weighed, ...]
    clearances: tuple[Clearance, ...]
    due_now: tuple[str, ...]
    due_after: tuple[str, ...]
    missing: tuple[str, ...]
    signalled: frozenset[str]

    @property
    def cleared(self) -> frozenset[str]:
        """Answers and rows a clearance record has taken off."""
        return frozenset(id_ for one in self.clearances for id_ in one.cleared)

    @property
    def warned(self) -> bool:
        """Whether a note's words stand without a no of their own; the coach is told at once."""
        asked = _named(self.report)
        return any(self.report.answers.get(id_) is not Reply.NO for id_ in asked)

    @property
    def by_note_only(self) -> bool:
        """Whether nothing is open but what a note's words made due; that never pauses (I-5)."""
        return bool(self.due_now) and not self.missing and set(self.due_now) <= self.signalled


def gather(
    report: Report, history: History, profile: Profile, settings: Settings, at: datetime
) -> Gathered:
    """Work out the facts of a report, with every answer of the client's open reports (I-3)."""
    same = merging.repeats(report, history.reports)
    whole = merging.united(report, same)
    group = {report.id, *(one.id for one in same)}
    rest = tuple(one for one in history.reports if one.id not in group)
    past = Past(whole, history, tuple(one for one in rest if _judged(one, profile)))
    given = replies(whole, bank())
    kind = _kind(whole, given, profile)
    clearances = tuple(one for one in history.clearances if one.report_ids & group)
    cleared = {id_ for one in clearances for id_ in one.cleared}
    sites = site_facts(past, profile, settings, given, at, kind)
    felt = {trend.id for site in sites for trend in site.trends}
    form = _form(past, profile, given, sites, felt)
    signalled = _signalled(whole)
    return Gathered(
        report=whole,
        merged_into=_merged_into(report, same),
        past=past,
        profile=profile,
        settings=settings,
        at=at,
        kind=kind,
        sites=sites,
        weighed=_weighed(past, profile, given, cleared),
        clearances=clearances,
        due_now=_due_now(form, given, signalled, kind),
        due_after=_due_after(form, given, kind),
        missing=_missing(whole, kind),
        signalled=signalled,
    )


def _merged_into(report: Report, same: tuple[Report, ...]) -> UUID | None:
    first = merging.first_of(report, same)
    return None if first.id == report.id else first.id


def _judged(report: Report, profile: Profile) -> bool:
    """Whether another report counts as a symptom."""
    if report.kind is Kind.SYMPTOM:
        return True
    return _kind(report, replies(report, bank()), profile) is Kind.SYMPTOM


def _kind(report: Report, given: dict[str, Reply], profile: Profile) -> Kind:
    """What a report is judged as; a question or a story with pain in it is a symptom (D19)."""
    if report.kind is Kind.SYMPTOM:
        return Kind.SYMPTOM
    if report.kind is Kind.SORENESS:
        return Kind.SORENESS if is_soreness(report, profile) else Kind.SYMPTOM
    pain = any(value >= 1 for site in report.sites for value in site.values)
    changed = report.effect not in (None, Effect.NONE)
    flag = bool(answer_words(given)) or bool(_nerve_words(report))
    raised = pain or changed or flag or bool(_unread(report))
    return Kind.SYMPTOM if raised else report.kind


def _nerve_words(report: Report) -> set[str]:
    """Quality and spread that belong to *nerve* (domain §3.2, machine form)."""
    nerve = {"quality:tingling", "quality:numb"}
    return {w for w in field_words(report) if w in nerve or w.startswith("spread:")}


def _form(
    past: Past,
    profile: Profile,
    given: dict[str, Reply],
    sites: tuple[SiteFacts, ...],
    felt: Iterable[str],
) -> Form:
    report = past.report
    values = [site.case.v for site in sites if site.case.v is not None]
    return due_questions(
        report.places,
        profile,
        at=report.performed_at,
        on=past.own.on,
        last_asked=_last_asked(past, profile),
        pain=max(values, default=None),
        answers=given,
        quality=report.quality,
        timing=report.timing,
        spread=report.spread,
        note_signals=report.note_signals,
        trends=tuple(felt),
    )


def _last_asked(past: Past, profile: Profile) -> dict[str, datetime]:
    """When each region's after-session questions were last answered in full, on any side."""
    asked: dict[str, datetime] = {}
    regions = {region for region, _ in past.report.places}
    since = past.report.performed_at - ASK_AGAIN
    for one in (report for report in past.earlier if report.performed_at >= since):
        same = [(site, r) for site in one.sites for r in regions if same_region(r, site.region)]
        if not same:
            continue
        given = replies(one, bank())
        words = answer_words(given) | field_words(one) | profile_words(profile, one.session_on)
        for site, region in same:
            if addons(site.place, words, bank()) <= set(given):
                asked[region] = one.performed_at
    return asked


def _weighed(
    past: Past, profile: Profile, given: dict[str, Reply], cleared: set[str]
) -> tuple[Weighed, ...]:
    """Answers that count, each raised by every open answer of the client."""
    report = past.report
    counting = {id_: reply for id_, reply in given.items() if id_ not in cleared}
    words = answer_words(counting) | field_words(report) | profile_words(profile, past.own.on)
    words |= count_words(report, past.others, bank())
    for one in past.others:
        if one.id not in past.history.closed:
            if says_more_than_no(one):
                words |= answer_words(_counting(one, past.history))
            if set(one.places) & set(report.places):
                words |= _nerve_words(one)
    return weigh(counting, words, bank())


def _counting(report: Report, history: History) -> dict[str, Reply]:
    """Answers of another report that no clearance record took off."""
    mine = (one for one in history.clearances if report.id in one.report_ids)
    cleared = {id_ for one in mine for id_ in one.cleared}
    return {id_: reply for id_, reply in replies(report, bank()).items() if id_ not in cleared}


def _signalled(report: Report) -> frozenset[str]:
    """Questions a note's words make due; only an answer of their own settles them."""
    return frozenset(_named(report) - set(report.answers))


def _named(report: Report) -> set[str]:
    return {one.id for signal in report.note_signals for one in bank().named(signal)}


def _due_now(
    form: Form, given: dict[str, Reply], signalled: frozenset[str], kind: Kind
) -> tuple[str, ...]:
    """Questions open on the form: tiles, what they opened, D17, D23, and a note's."""
    asked = form.at_once if kind is Kind.SYMPTOM else ()
    open_ = {id_ for id_ in asked if id_ not in given} | signalled
    return tuple(id_ for id_ in bank().questions if id_ in open_)


def _due_after(form: Form, given: dict[str, Reply], kind: Kind) -> tuple[str, ...]:
    """Questions open after the session."""
    if kind is not Kind.SYMPTOM:
        return ()
    return tuple(id_ for id_ in form.addons if id_ not in given)


def _missing(report: Report, kind: Kind) -> tuple[str, ...]:
    """Required fields without an answer (domain §2.2), and what could not be read."""
    if kind is not Kind.SYMPTOM:
        return ()
    places = [f"pain_worst.{one.region}.{one.side}" for one in report.sites if one.worst is None]
    chest = any(site.region in CHEST for site in report.sites)
    fields = {
        "regions": not report.sites,
        "timing": not report.timing,
        "effect": report.effect is None,
        "aggravators": chest and report.aggravators is None,
    }
    absent = [name for name, is_open in fields.items() if is_open]
    return (*absent, *places, *(f"unreadable.{path}" for path in _unread(report)))


def _unread(report: Report) -> list[str]:
    return [path for path in report.unreadable if path.partition(".")[0] not in HARMLESS]
