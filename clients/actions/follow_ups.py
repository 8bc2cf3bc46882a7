"""Questions that fall due: planned after an exposure, answered once, told when nobody answers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from clients import models
from clients.actions import symptoms, telling
from clients.actions.moment import Moment
from clients.domain.checks import Outcome
from clients.domain.endpoints import settled_on
from clients.domain.moments import local_date, local_instant
from clients.queries import next_option, outcomes, people, plans
from coachapi.accounts.models import User
from coachapi.refusals import NotThere
from programs.domain.exercises import library
from programs.domain.prescription import Item

MORNING = 4  # the next calendar day begins to count at 04:00 local (domain §3.6)
SILENT_FOR = dt.timedelta(hours=48)  # TR7


def ask_after_exposure(
    *, client: models.Client, session: models.Session, items: Iterable[Item]
) -> None:
    """Plan the next morning's question for each running regression this session exposes."""
    book = library()
    trained = {
        book[item.now.exercise].pattern for item in items if item.now and item.now.exercise in book
    }
    if not trained:
        return
    zone = client.time_zone
    on = local_date(session.started_at or dt.datetime.now(dt.UTC), zone) + dt.timedelta(days=1)
    for regression in running(client):
        if regression.pattern in trained:
            models.FollowUp.objects.get_or_create(
                regression=regression,
                session=session,
                defaults={
                    "client": client,
                    "kind": "exposure",
                    "asks": "client",
                    "due_at": local_instant(on, MORNING, zone),
                    "ask_at": local_instant(on, client.health.morning_hour, zone),
                },
            )


def running(client: models.Client) -> list[models.Regression]:
    """The regressions of a client that nobody has undone or ended."""
    found = models.Regression.objects.filter(client=client).prefetch_related("steps")
    return [
        each
        for each in found
        if (overlays := plans.overlays_from(sorted(each.steps.all(), key=lambda s: s.number)))
        and overlays[-1].ended_on is None
    ]


def answer(
    *,
    client: models.Client,
    follow_up_id: uuid.UUID,
    answer_id: uuid.UUID,
    said: Mapping[str, Any],
    moment: Moment,
    by: User,
) -> models.Answer:
    """Take the answer to a due question: about a report, or about a session under a regression."""
    people.lock(client)
    asked = (
        models.FollowUp.objects.filter(client=client, pk=follow_up_id, asks="client")
        .select_related("regression")
        .first()
    )
    if asked is None:
        raise NotThere
    if asked.regression is None:
        assert asked.report_id is not None
        source = "next_morning" if asked.kind == "next_morning" else "after_session"
        made, _ = symptoms.answer(
            client=client,
            report_id=asked.report_id,
            answer_id=answer_id,
            said=said,
            source=source,
            moment=moment,
            by=by,
        )
        return made
    made, new = symptoms.keep(
        client=client,
        report_id=asked.regression.report_id,
        answer_id=answer_id,
        said=said,
        source="exposure",
        moment=moment,
        by=by,
        session_id=asked.session_id,
    )
    if new:
        asked.done_at = moment.received_at
        asked.answer = made
        asked.save(update_fields=["done_at", "answer"])
        _see_how_it_goes(asked.regression, client=client, at=moment.received_at)
    return made


def _see_how_it_goes(
    regression: models.Regression, *, client: models.Client, at: dt.datetime
) -> None:
    """Settled goes into the record; a failing change is the coach's to look at, the same day."""
    progress = next_option.how_it_goes(regression, client=client)
    if progress.first_worse:
        telling.of_regression(regression, "first_worse", client=client, at=at)
    if progress.outcome in {Outcome.FAIL, Outcome.STOP}:
        telling.of_regression(regression, "worse", client=client, at=at)
    for record in outcomes.episode_records(client_id=client.pk):
        reached = settled_on(record)
        if reached is not None:
            models.Episode.objects.filter(pk=record.id, settled_on__isnull=True).update(
                settled_on=reached.on
            )


def tell_due(*, client_id: uuid.UUID, follow_up_id: uuid.UUID, at: dt.datetime) -> None:
    """A question has come due: the coach's own is told now, the client's silence after 48 hours."""
    asked = (
        models.FollowUp.objects.select_for_update(of=("self",))
        .select_related("client", "regression", "report")
        .filter(pk=follow_up_id, done_at__isnull=True, told_at__isnull=True)
        .first()
    )
    if asked is None:
        return
    if asked.asks == "client" and asked.due_at + SILENT_FOR > at:
        return
    asked.told_at = at
    asked.save(update_fields=["told_at"])
    kind = asked.kind if asked.asks == "coach" else "silence"
    if asked.regression is not None:
        telling.of_regression(asked.regression, kind, client=asked.client, at=at, about=asked.pk)
    elif asked.report is not None:
        telling.of_silence(asked, client=asked.client, at=at)
