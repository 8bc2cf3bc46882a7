"""What a report means, decided anew whenever something new is known, and what follows from it."""

from __future__ import annotations

import datetime as dt

from clients import models
from clients.actions import places, telling
from clients.domain import triage, verdict_json
from clients.domain.levels import Level, Priority
from clients.domain.report import Report
from clients.domain.verdict import Verdict
from clients.queries import facts


def judge(row: models.SymptomReport, *, client: models.Client, at: dt.datetime) -> facts.Known:
    """Judge a report with everything known, which is returned; keep the verdict, act on it."""
    known = facts.known(client, at=at)
    _judge(row, known, client=client, at=at)
    return known


def judge_others(
    told: models.SymptomReport, known: facts.Known, *, client: models.Client, at: dt.datetime
) -> None:
    """I-3: what was just said may bear on the client's other open reports, known before it."""
    if any(each.pk != told.pk for each in known.waiting):
        judge_open(client, but=told, at=at)


def judge_open(
    client: models.Client, *, but: models.SymptomReport | None = None, at: dt.datetime
) -> bool:
    """Judge the client's open reports again; whether any rose, and so was told.

    Most verdicts stay as they are, so what is known is gathered again only after a change.
    """
    known, risen = facts.known(client, at=at), False
    changed = False
    for row in known.waiting:
        if but is not None and row.pk == but.pk:
            continue
        known = facts.known(client, at=at) if changed else known
        before = Level(row.level)
        verdict, changed = _judge(row, known, client=client, at=at)
        risen = risen or (changed and before < verdict.level)
    return risen


def _judge(
    row: models.SymptomReport, known: facts.Known, *, client: models.Client, at: dt.datetime
) -> tuple[Verdict, bool]:
    """The verdict, and whether anything was written because of it."""
    verdict = decide(row, facts.told(row, known), known, at=at)
    last = row.verdicts.order_by("-number").first()
    return verdict, record(row, verdict, last, known, client=client, at=at)


def decide(
    row: models.SymptomReport, told: Report, known: facts.Known, *, at: dt.datetime
) -> Verdict:
    """What the rules say of a report, its own words left out of the past they look at."""
    history = facts.but(known.history, row.pk)
    return triage.decide(told, history, known.profile, known.settings, at=at)


def record(
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
        places.mark(row, verdict, (), known.episodes, reopen=False, at=at)
    else:
        risen = _weight(last) < (verdict.level, verdict.priority)
        row.level = verdict.level.value
        row.merged_into_id = verdict.merged_into
        if risen:  # what was answered is open again: a stop must bind, a coach must look (I-3)
            row.closed_at = None
        row.save(update_fields=["level", "merged_into", "closed_at"])
        places.mark(row, verdict, row.sites.all(), known.episodes, reopen=risen, at=at)
        _ask_no_more(row, verdict, at=at)
    _ask_later(row, verdict)
    if verdict.merged_into is not None:
        places.raise_merged(verdict.merged_into, verdict)
    telling.of_verdict(row, kept, verdict, client=client, at=at)
    return True


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
