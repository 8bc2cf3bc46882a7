"""Check-ins: ready to train, and the weekly check, whose trend the triage reads (TR8)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from clients import models
from clients.actions import taken, telling, verdicts
from clients.actions.fingerprint import body_hash
from clients.actions.moment import Moment
from clients.actions.screening import screen
from clients.domain import readiness
from clients.domain.moments import local_date
from clients.domain.trends import weekly_trend
from clients.domain.weekly import WeeklyScore, weekly_score
from clients.queries import facts, people
from coachapi.accounts.models import User
from coachapi.refusals import Refused

A_DAY = dt.timedelta(days=1)


class CheckedOtherwise(Refused):
    """The id is known with other answers: a later check-in corrects, none is rewritten."""

    code = "check_in.other_body"
    title = "Already checked in otherwise"

    def __init__(self) -> None:
        super().__init__("This check-in was sent before with other answers; send a new one.")


def ready(
    *,
    client: models.Client,
    check_in_id: uuid.UUID,
    said: Mapping[str, Any],
    moment: Moment,
    by: User,
) -> tuple[models.CheckIn, bool]:
    """Keep how ready the client feels; read by the coach, changes nothing by itself."""
    row = models.CheckIn(kind=models.CheckIn.READINESS, instrument_version=readiness.VERSION)
    return _keep(row, client=client, check_in_id=check_in_id, said=said, moment=moment, by=by)


def weekly(
    *,
    client: models.Client,
    check_in_id: uuid.UUID,
    place: tuple[str, str],
    answers: list[int],
    said: Mapping[str, Any],
    moment: Moment,
    by: User,
) -> tuple[models.CheckIn, bool]:
    """Keep the weekly check of one region-side; a score that turns is judged and told (TR8).

    Raises ``WeeklyRefused`` for answers that are no weekly check (domain §2.3).
    """
    score: WeeklyScore = weekly_score(answers)
    row = models.CheckIn(
        kind=models.CheckIn.WEEKLY,
        region=place[0],
        side=place[1],
        score=score.score,
        substantial=score.substantial,
        instrument_version=score.version,
    )
    made, new = _keep(row, client=client, check_in_id=check_in_id, said=said, moment=moment, by=by)
    if new:
        _read_trend(made, client=client, at=moment.received_at)
    return made, new


def _keep(
    row: models.CheckIn,
    *,
    client: models.Client,
    check_in_id: uuid.UUID,
    said: Mapping[str, Any],
    moment: Moment,
    by: User,
) -> tuple[models.CheckIn, bool]:
    people.lock(client)
    fingerprint = body_hash({"kind": row.kind, **said})
    held = taken.before(
        models.CheckIn, check_in_id, fingerprint, client=client, otherwise=CheckedOtherwise()
    )
    if held is not None:
        return held, False
    row.id, row.client, row.by = check_in_id, client, by
    row.said, row.body_hash = dict(said), fingerprint
    row.performed_at, row.zone = moment.performed_at, moment.zone
    row.performed_on = local_date(moment.performed_at, moment.zone)
    row.received_at = moment.received_at
    taken.insert(row)
    screen(str(said.get("note", "")), client=client, source_id=row.pk, moment=moment, by=by)
    return row, True


def _read_trend(row: models.CheckIn, *, client: models.Client, at: dt.datetime) -> None:
    """The first week the score is substantial or rises again, the coach hears of it.

    Reports are judged by what was known on their own day, so this week bears on those that come
    and on today's; where it raises none, the check itself is told. A trend that merely goes on is
    not told again.
    """
    since = row.performed_at - facts.LOOKING_BACK
    values = [
        each
        for each in facts.weekly(client, since=since)
        if (each.region, each.side) == (row.region, row.side)
    ]
    before = [each for each in values if each.week_on < row.performed_on]
    if weekly_trend(values, row.performed_on) is None:
        return
    risen = verdicts.judge_open(client, at=at)
    if not risen and weekly_trend(before, row.performed_on - A_DAY) is None:
        telling.of_weekly(row, client=client, at=at)
