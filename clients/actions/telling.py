"""From a verdict to alerts: who is told, on which channels, how soon the next in turn."""

from __future__ import annotations

import datetime as dt
import uuid

from clients import models
from clients.domain import telling
from clients.domain.levels import Level
from clients.domain.reader import weight_of
from clients.domain.telling import News
from clients.domain.verdict import Verdict
from clients.queries import readers, turns
from coachapi.accounts.models import User
from coachapi.notifications import outbox

REPORTED = "symptom.reported"
MESSAGE = "message.new"
A_DAY = 24 * 60 * 60
PRIORITY = {Level.EMERGENCY: 0, Level.URGENT: 1, Level.REFER: 2, Level.INCOMPLETE: 3}


def of_verdict(
    row: models.SymptomReport,
    kept: models.Verdict,
    verdict: Verdict,
    *,
    client: models.Client,
    at: dt.datetime,
) -> None:
    """Tell the coaches as the verdict asks: once per report and level, so a rise is told anew."""
    notice = verdict.notice
    if not (notice.feed or notice.at_once or notice.digest or notice.coach_within_s is not None):
        return
    about = row if row.merged_into_id is None else row.merged_into
    assert about is not None
    backup, within = notice.backup_after_s, notice.coach_within_s
    level = kept.level if kept.priority == "normal" else f"{kept.level}+"
    known = readers.of(client.pk)
    told = readers.told(known, client.pk, thread_of=row, at=at)
    soon = _span(within)
    news = News(
        group="reports",
        weight=weight_of(level, soon),
        loud=notice.at_once or _soon(verdict),
        within=soon,
    )
    first = turns.first_reader(known, news.weight, at=at)
    clock = telling.clock(news, told.get(first.user_id, []) if first else [], _span(backup))
    outbox.record(
        outbox.Message(
            kind=REPORTED,
            about_id=about.pk,
            client_id=client.pk,
            practice_id=client.practice_id,
            level=level,
            priority=PRIORITY.get(verdict.level, 5),
            escalate_after=clock,
        ),
        to=turns.first(known, news, told, at=at),
        at=at,
    )


def _span(seconds: int | None) -> dt.timedelta | None:
    return None if seconds is None else dt.timedelta(seconds=seconds)


def _soon(verdict: Verdict) -> bool:
    """Whether the deadline itself asks for more than the feed; D05 alone waits for its day."""
    within = verdict.notice.coach_within_s
    if within is None:
        return False
    return verdict.level is not Level.INCOMPLETE or within < A_DAY


def acknowledged(row: models.SymptomReport, *, by: User, at: dt.datetime) -> bool:
    """Stop the escalation of a report's alerts; false when somebody had it already."""
    return outbox.acknowledge(about_id=row.pk, by=by, at=at) > 0


def of_regression(
    regression: models.Regression,
    kind: str,
    *,
    client: models.Client,
    at: dt.datetime,
    about: uuid.UUID | None = None,
) -> None:
    """Tell the lead coach that a running change wants a look: its review, or that it got worse.

    ``first_worse`` is RG-8, told the same day; ``worse`` that the change failed.
    """
    loud = kind in {"first_worse", "worse", "review", "provisional"}
    _record(client, f"regression.{kind}", about or regression.pk, loud=loud, at=at)


def of_step(step: models.RegressionStep, *, practice_id: uuid.UUID) -> None:
    """Tell the practice's own systems of a coach's act on a change; no person is told."""
    outbox.publish(
        outbox.Message(
            kind=f"regression.{step.kind}",
            about_id=step.regression_id,
            client_id=step.client_id,
            practice_id=practice_id,
            level=f"act {step.number}",
            priority=5,
        ),
        at=step.at,
    )


def of_silence(asked: models.FollowUp, *, client: models.Client, at: dt.datetime) -> None:
    """Tell the lead coach that a question went unanswered (TR7): silence is never success."""
    _record(client, "follow_up.silence", asked.pk, loud=False, at=at)


def of_technique(asked: models.FollowUp, *, client: models.Client, at: dt.datetime) -> None:
    """Put a technique task into the lead coach's feed, no louder (D18: a task, not a level)."""
    _record(client, "technique.task", asked.pk, loud=False, at=at)


def of_message(row: models.Message, *, client: models.Client, at: dt.datetime) -> None:
    """Tell the other side that something was written, never what: the lead coach, or the client."""
    if not row.from_coach:
        return _record(client, MESSAGE, row.pk, loud=True, level="log", at=at)
    to = turns.to_the_client(readers.of(client.pk), at=at)
    _write(client, MESSAGE, row.pk, to=to, level="log", at=at)


def of_weekly(row: models.CheckIn, *, client: models.Client, at: dt.datetime) -> None:
    """Tell the lead coach that a weekly check has turned (TR8), the first week it does."""
    _record(client, "check_in.weekly", row.pk, loud=True, at=at)


def answered(about: uuid.UUID, kind: str, *, client: models.Client, at: dt.datetime) -> None:
    """Tell the client that a coach has seen a report, or decided on one; once each, neutrally.

    ``seen`` stands in the app and rings nowhere: the client asked for an answer, not for a look.
    """
    to = turns.to_the_client(readers.of(client.pk), at=at)
    to = [each for each in to if each.channel == "feed"] if kind == "seen" else to
    _write(client, f"{outbox.TO_A_CLIENT}{kind}", about, to=to, level="log", at=at)


def _record(
    client: models.Client,
    kind: str,
    about: uuid.UUID,
    *,
    loud: bool,
    at: dt.datetime,
    level: str = "modify",
) -> None:
    """Tell whoever is first in turn, without a next step: this asks for a look, no more."""
    known = readers.of(client.pk)
    news = News(turns.group_of(kind), weight_of(level), loud)
    told = readers.told(known, client.pk, thread_of=None, at=at) if loud else {}
    _write(client, kind, about, to=turns.first(known, news, told, at=at), level=level, at=at)


def _write(
    client: models.Client,
    kind: str,
    about: uuid.UUID,
    *,
    to: list[outbox.Address],
    level: str,
    at: dt.datetime,
) -> None:
    outbox.record(
        outbox.Message(
            kind=kind,
            about_id=about,
            client_id=client.pk,
            practice_id=client.practice_id,
            level=level,
            priority=5,
        ),
        to=to,
        at=at,
    )
