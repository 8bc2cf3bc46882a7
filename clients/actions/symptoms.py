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
from clients.actions import taken, verdicts
from clients.actions.fingerprint import body_hash
from clients.actions.moment import Moment
from clients.actions.taken import SaidOtherwise
from clients.domain.levels import SOURCES, Kind
from clients.domain.moments import local_date
from clients.queries import facts, people
from coachapi.accounts.models import User
from coachapi.refusals import NotThere

KINDS = tuple(str(each) for each in Kind)


def report(
    *,
    client: models.Client,
    report_id: uuid.UUID,
    said: Mapping[str, Any],
    moment: Moment,
    by: User,
) -> tuple[models.SymptomReport, bool]:
    """Write down what hurts, decide what it means, tell the coach; returns row and newness.

    Never refused for its content (ruling 8). The same id and body again is the same report;
    another body is ``SaidOtherwise``; somebody else's id or session is ``NotThere``.
    """
    people.lock(client)
    return take(client=client, report_id=report_id, said=said, moment=moment, by=by)


def take(
    *,
    client: models.Client,
    report_id: uuid.UUID,
    said: Mapping[str, Any],
    moment: Moment,
    by: User,
    any_session: bool = False,
) -> tuple[models.SymptomReport, bool]:
    """The same for a caller who holds the client's row, as a push does.

    With ``any_session`` somebody else's session stays in the words alone: no phone may lose a
    report.
    """
    fingerprint = body_hash(said)
    held = taken.before(
        models.SymptomReport,
        report_id,
        fingerprint,
        client=client,
        otherwise=SaidOtherwise("report"),
    )
    if held is not None:
        return held, False
    at = moment.received_at
    known = facts.known(client, at=at)
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
    verdict = verdicts.decide(row, facts.as_report(row, is_new=True), known, at=at)
    row.level, row.merged_into_id = verdict.level.value, verdict.merged_into
    taken.insert(row)
    verdicts.record(row, verdict, None, known, client=client, at=at)
    verdicts.judge_others(row, known, client=client, at=at)
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
        known = verdicts.judge(made.report, client=client, at=moment.received_at)
        verdicts.judge_others(made.report, known, client=client, at=moment.received_at)
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
    fingerprint, otherwise = body_hash(said), SaidOtherwise("answer")
    held = taken.before(models.Answer, answer_id, fingerprint, client=client, otherwise=otherwise)
    if held is not None:
        if held.report_id != row.pk:
            raise otherwise
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
    taken.insert(made)
    return made, True


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


def _close_follow_up(made: models.Answer, *, at: dt.datetime) -> None:
    """The morning's answer closes the morning's question; others close when nothing is left."""
    if made.source == "next_morning":
        models.FollowUp.objects.filter(
            report_id=made.report_id, done_at__isnull=True, kind="next_morning"
        ).update(done_at=at, answer=made)
