"""From a verdict to alerts: who is told, on which channels, how soon the next in turn."""

from __future__ import annotations

import datetime as dt
import uuid

from clients import models
from clients.domain.levels import Level
from clients.domain.verdict import Verdict
from clients.queries import people, turns
from coachapi.accounts.models import User
from coachapi.notifications import outbox

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
    if not (notice.feed or notice.at_once or notice.coach_within_s is not None):
        return
    about = row if row.merged_into_id is None else row.merged_into
    assert about is not None
    loud = notice.at_once or _soon(verdict)
    backup = notice.backup_after_s
    level = kept.level if kept.priority == "normal" else f"{kept.level}+"
    outbox.record(
        outbox.Message(
            kind="symptom.reported",
            about_id=about.pk,
            client_id=client.pk,
            practice_id=client.practice_id,
            level=level,
            priority=PRIORITY.get(verdict.level, 5),
            escalate_after=dt.timedelta(seconds=backup) if backup else None,
        ),
        to=_first_in_turn(client, verdict, loud=loud),
        at=at,
    )


def _soon(verdict: Verdict) -> bool:
    """Whether the deadline itself asks for more than the feed; D05 alone waits for its day."""
    within = verdict.notice.coach_within_s
    if within is None:
        return False
    return verdict.level is not Level.INCOMPLETE or within < A_DAY


def _first_in_turn(client: models.Client, verdict: Verdict, *, loud: bool) -> list[outbox.Address]:
    """The lead coach, or whoever is first when there is no lead; monitor may be turned down."""
    quiet = people.prefers_digest(client.pk) if verdict.level is Level.MONITOR else frozenset()
    return [
        outbox.Address(who.user_id, channel)
        for who in turns.first(people.recipients(client.pk))
        for channel in turns.channels(loud=loud and who.user_id not in quiet)
    ]


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
    loud = kind in {"first_worse", "worse", "review"}
    _record(client, f"regression.{kind}", about or regression.pk, loud=loud, at=at)


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
    to = [outbox.Address(client.user_id, "feed")] if client.user_id else []
    _write(client, MESSAGE, row.pk, to=to, level="log", at=at)


def of_weekly(row: models.CheckIn, *, client: models.Client, at: dt.datetime) -> None:
    """Tell the lead coach that a weekly check has turned (TR8), the first week it does."""
    _record(client, "check_in.weekly", row.pk, loud=True, at=at)


def _record(
    client: models.Client,
    kind: str,
    about: uuid.UUID,
    *,
    loud: bool,
    at: dt.datetime,
    level: str = "modify",
) -> None:
    to = outbox.everywhere(turns.first(people.recipients(client.pk)), turns.channels(loud=loud))
    _write(client, kind, about, to=to, level=level, at=at)


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
