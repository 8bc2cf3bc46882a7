"""A client says it hurts: keep it whole, judge it, tell whoever must know. One transaction.

Three beats each: gather (``queries.facts``), decide (``domain.triage``), record. Report, verdict,
episode, follow-ups, alert and deliveries commit together or not at all (product decision 7).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from clients import models
from clients.actions import telling
from clients.actions.fingerprint import body_hash
from clients.actions.moment import Moment
from clients.actions.taken import unless_taken
from clients.domain import triage, verdict_json
from clients.domain.levels import SOURCES, Kind, Level, Priority
from clients.domain.moments import local_date
from clients.domain.report import Report
from clients.domain.verdict import Verdict
from clients.queries import facts, people
from coachapi.accounts.models import User
from coachapi.refusals import NotThere, Refused

KINDS = tuple(str(each) for each in Kind)


class SaidOtherwise(Refused):
    """The id is known with another content: what was said is never rewritten (ruling 9)."""

    code = "report.other_body"
    title = "Already said otherwise"

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} was sent before with other words; send a new one instead.")


def report(
    *,
    client: models.Client,
    report_id: uuid.UUID,
    said: Mapping[str, Any],
    moment: Moment,
    by: User,
    any_session: bool = False,
) -> tuple[models.SymptomReport, bool]:
    """Write down what hurts, decide what it means, tell the coach; returns row and newness.

    Never refused for its content (ruling 8). The same id and body again is the same report;
    another body is ``SaidOtherwise``; somebody else's id is ``NotThere``, and so is a session's
    unless ``any_session``: then it stays in the words alone, since no phone may lose a report.
    """
    people.lock(client)
    fingerprint = body_hash(said)
    held = models.SymptomReport.objects.filter(pk=report_id).first()
    if held is not None:
        if held.body_hash != fingerprint:
            raise SaidOtherwise("report")
        return held, False
    at, known = moment.received_at, facts.known(client, at=moment.received_at)
    row = models.SymptomReport(
        id=report_id,
        client=client,
        session_id=_own_session(client, said, known, any_session=any_session),
        kind=_word(said, "kind", KINDS, "symptom"),
        source=_word(said, "source", SOURCES, "spontaneous"),
        said=dict(said),
        body_hash=fingerprint,
        performed_at=moment.performed_at,
        zone=moment.zone,
        performed_on=local_date(moment.performed_at, moment.zone),
        received_at=at,
        clock_suspect=moment.suspect,
        entered_by=by,
    )
    verdict = _decide(row, facts.as_report(row, is_new=True), known, at=at)
    row.level, row.merged_into_id = verdict.level.value, verdict.merged_into
    with unless_taken():
        row.save(force_insert=True)
    _record(row, verdict, None, known, client=client, at=at)
    _judge_others(row, client=client, at=at)
    return row, True


def answer(
    *,
    client: models.Client,
    report_id: uuid.UUID,
    answer_id: uuid.UUID,
    said: Mapping[str, Any],
    source: str,
    moment: Moment,
    by: User,
) -> tuple[models.Answer, bool]:
    """Add an answer and judge the report again (I-3); returns the row and whether it is new."""
    people.lock(client)
    made, new = keep(
        client=client,
        report_id=report_id,
        answer_id=answer_id,
        said=said,
        source=source,
        moment=moment,
        by=by,
    )
    if new:
        _close_follow_up(made, at=moment.received_at)
        judge(made.report, client=client, at=moment.received_at)
        _judge_others(made.report, client=client, at=moment.received_at)
    return made, new


def keep(
    *,
    client: models.Client,
    report_id: uuid.UUID,
    answer_id: uuid.UUID,
    said: Mapping[str, Any],
    source: str,
    moment: Moment,
    by: User,
    session_id: uuid.UUID | None = None,
) -> tuple[models.Answer, bool]:
    """Add an answer's row; the same id and words again is the same answer."""
    row = models.SymptomReport.objects.filter(client=client, pk=report_id).first()
    if row is None:
        raise NotThere
    fingerprint = body_hash(said)
    held = models.Answer.objects.filter(pk=answer_id).first()
    if held is not None:
        if held.body_hash != fingerprint or held.report_id != row.pk:
            raise SaidOtherwise("answer")
        return held, False
    made = models.Answer(
        id=answer_id,
        client=client,
        report=row,
        said=dict(said),
        body_hash=fingerprint,
        by=by,
        source=source,
        session_id=session_id,
        performed_at=moment.performed_at,
        zone=moment.zone,
        received_at=moment.received_at,
    )
    with unless_taken():
        made.save(force_insert=True)
    return made, True


def judge(row: models.SymptomReport, *, client: models.Client, at: dt.datetime) -> Verdict:
    """Judge a report with everything now known, keep the verdict, and act on what it says."""
    verdict, _ = _judged(row, facts.known(client, at=at), client=client, at=at)
    return verdict


def _judged(
    row: models.SymptomReport, known: facts.Known, *, client: models.Client, at: dt.datetime
) -> tuple[Verdict, bool]:
    """The verdict, and whether anything was written because of it."""
    verdict = _decide(row, facts.told(row, known), known, at=at)
    last = row.verdicts.order_by("-number").first()
    return verdict, _record(row, verdict, last, known, client=client, at=at)


def _decide(
    row: models.SymptomReport, told: Report, known: facts.Known, *, at: dt.datetime
) -> Verdict:
    history = facts.but(known.history, row.pk)
    return triage.decide(told, history, known.profile, known.settings, at=at)


def _record(
    row: models.SymptomReport,
    verdict: Verdict,
    last: models.Verdict | None,
    known: facts.Known,
    *,
    client: models.Client,
    at: dt.datetime,
) -> bool:
    """Write down a verdict and what follows from it; false when the last one says just this."""
    kept = _keep(row, verdict, last, settings_version=known.settings.version, at=at)
    if kept is None:
        return False
    if last is None:  # a new report, kept with its level: there is nothing yet to change
        _place_sites(row, verdict, (), reopen=False, at=at)
    else:
        risen = _weight(last) < (verdict.level, verdict.priority)
        row.level = verdict.level.value
        row.merged_into_id = verdict.merged_into
        if risen:  # what was answered is open again: a stop must bind, a coach must look (I-3)
            row.closed_at = None
        row.save(update_fields=["level", "merged_into", "closed_at"])
        _place_sites(row, verdict, row.sites.all(), reopen=risen, at=at)
        _ask_no_more(row, verdict, at=at)
    _ask_later(row, verdict)
    if verdict.merged_into is not None:
        _raise_merged(verdict.merged_into, verdict)
    telling.of_verdict(row, kept, verdict, client=client, at=at)
    return True


def _judge_others(told: models.SymptomReport, *, client: models.Client, at: dt.datetime) -> None:
    """I-3: what was just said may bear on the client's other open reports."""
    judge_open(client, but=told, at=at)


def judge_open(
    client: models.Client, *, but: models.SymptomReport | None = None, at: dt.datetime
) -> bool:
    """Judge the client's open reports again; whether any rose, and so was told.

    Most verdicts stay as they are, so what is known is gathered again only after a change.
    """
    others = models.SymptomReport.objects.filter(
        client=client, closed_at__isnull=True, merged_into__isnull=True, kind="symptom"
    )
    known, risen = None, False
    for row in others.exclude(pk=but.pk) if but else others:
        known = known or facts.known(client, at=at)
        before = Level(row.level)
        verdict, changed = _judged(row, known, client=client, at=at)
        if changed:
            known = None
            risen = risen or before < verdict.level
    return risen


def _weight(kept: models.Verdict) -> tuple[Level, Priority]:
    return Level(kept.level), Priority(kept.priority)


def _keep(
    row: models.SymptomReport,
    verdict: Verdict,
    last: models.Verdict | None,
    *,
    settings_version: str,
    at: dt.datetime,
) -> models.Verdict | None:
    """Add the verdict's row; none when the last one already says exactly this."""
    body = verdict_json.to_json(verdict)
    if last is not None and (last.level, last.body) == (verdict.level.value, body):
        return None
    return models.Verdict.objects.create(
        client_id=row.client_id,
        report=row,
        number=last.number + 1 if last else 1,
        level=verdict.level.value,
        priority=verdict.priority.value,
        action_set=verdict.action_set,
        rows=list(verdict.rows),
        body=body,
        rule_version=verdict.rule_version,
        digest=verdict.digest,
        settings_version=settings_version,
        at=at,
    )


def _word(said: Mapping[str, Any], key: str, known: Iterable[str], default: str) -> str:
    """A known word of the body for a column; whatever else was sent stays in the body."""
    return next((word for word in known if word == said.get(key)), default)


def _own_session(
    client: models.Client, said: Mapping[str, Any], known: facts.Known, *, any_session: bool
) -> uuid.UUID | None:
    """The session named; an unreadable id stays in the words, a foreign one is ``NotThere``."""
    try:
        named = uuid.UUID(str(said.get("session_id")))
    except ValueError:
        return None
    begun = any(each.id == named for each in known.history.sessions)
    found = begun or models.Session.objects.filter(client=client, pk=named).exists()
    if not found and not any_session:
        raise NotThere
    return named if found else None


def _place_sites(
    row: models.SymptomReport,
    verdict: Verdict,
    sites: Iterable[models.Site],
    *,
    reopen: bool,
    at: dt.datetime,
) -> None:
    """One row per region-side with its level, hung on the episode it belongs to."""
    held = {(site.region, site.side): site for site in sites}
    for judged in verdict.sites:
        site = held.get((judged.region, judged.side))
        if site is None:
            site = models.Site(
                client_id=row.client_id, report=row, region=judged.region, side=judged.side
            )
        site.value = judged.v
        site.level = judged.level.value
        if reopen:
            site.closed_at = None
        if site.episode_id is None and (judged.level > Level.LOG or row.kind == "symptom"):
            site.episode = _episode(row, judged.region, judged.side, at=at)
        site.save()


def _episode(
    row: models.SymptomReport, region: str, side: str, *, at: dt.datetime
) -> models.Episode:
    of_place = models.Episode.objects.filter(client_id=row.client_id, region=region, side=side)
    held = list(of_place.order_by("-opened_at"))
    for episode in held:
        if episode.closed_at is None:
            return episode
    return models.Episode.objects.create(
        client_id=row.client_id,
        region=region,
        side=side,
        opened_at=min(at, row.performed_at),
        previous=held[0] if held else None,
    )


def _ask_later(row: models.SymptomReport, verdict: Verdict) -> None:
    """Note every question that falls due; one that is noted already stays as it is."""
    models.FollowUp.objects.bulk_create(
        (
            models.FollowUp(
                client_id=row.client_id,
                report=row,
                kind=due.kind,
                asks=due.asks,
                items=list(due.items),
                due_at=due.due_at,
                ask_at=due.ask_at,
            )
            for due in verdict.follow_ups
        ),
        ignore_conflicts=True,
    )


def _ask_no_more(row: models.SymptomReport, verdict: Verdict, *, at: dt.datetime) -> None:
    """Take what is no longer asked off the list."""
    asked = {(each.kind, each.due_at) for each in verdict.follow_ups}
    for waiting in row.follow_ups.filter(done_at__isnull=True):
        if (waiting.kind, waiting.due_at) not in asked:
            waiting.done_at = at
            waiting.save(update_fields=["done_at"])


def _close_follow_up(made: models.Answer, *, at: dt.datetime) -> None:
    """The morning's answer closes the morning's question; others close when nothing is left."""
    if made.source == "next_morning":
        models.FollowUp.objects.filter(
            report_id=made.report_id, done_at__isnull=True, kind="next_morning"
        ).update(done_at=at, answer=made)


def _raise_merged(first_id: uuid.UUID, verdict: Verdict) -> None:
    """A repeat within ten minutes (D22): the first report takes the higher level of both."""
    first = models.SymptomReport.objects.get(pk=first_id)
    if Level(first.level) < verdict.level:
        first.level = verdict.level.value
        first.save(update_fields=["level"])
    for site in first.sites.filter(closed_at__isnull=True):
        twin = next(
            (
                each
                for each in verdict.sites
                if (each.region, each.side) == (site.region, site.side)
            ),
            None,
        )
        if twin is not None and Level(site.level) < twin.level:
            site.level = twin.level.value
            site.save(update_fields=["level"])
