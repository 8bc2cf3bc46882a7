"""The way back up, one rung at a time; every rung is a coach's own row (ruling 3)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from clients import models
from clients.actions import steps as moves
from clients.domain import overlay_json
from clients.domain.ladder_data import ladder
from clients.domain.ladders import CoachReview, Hold, Rung, StepDown
from clients.domain.moments import local_date
from clients.domain.overlay import Overlay
from clients.queries import ladders, running
from coachapi.accounts.models import User
from coachapi.ids import new_id
from coachapi.refusals import Refused
from programs.domain.exercises import library

DAYS = 7  # a rung is looked at again after a week, whatever ladder


class NotYet(Refused):
    """The rules still wait for something; a coach may go on anyway, with a reason on record."""

    code = "ladder.not_yet"
    title = "Not stepped"


class NoLadder(Refused):
    """This change has no way back to climb."""

    code = "ladder.none"
    title = "Not stepped"

    def __init__(self) -> None:
        super().__init__("This change has no ladder; end it when it has done its work.")


def step(
    *,
    client: models.Client,
    regression_id: uuid.UUID,
    anyway: str,
    by: User,
    at: dt.datetime,
) -> models.RegressionStep:
    """Move one rung as the rules say; with a reason in ``anyway`` also when they say wait.

    The last rung is the program as written: the regression ends there, settled.
    """
    regression, steps, _ = moves.running(client, regression_id)
    moves.refuse_while_stopped(regression.report, client)
    today = local_date(at, client.time_zone)
    found = ladders.way(regression, client=client, today=today)
    if found is None:
        raise NoLadder
    match found.coming:
        case Rung() as up:
            target: Rung | None = up
        case StepDown() as down:
            target = found.rungs[down.number - 1] if down.number else None
        case Hold() | CoachReview() as wait:
            if not anyway or found.state.rung >= len(found.rungs):
                raise NotYet(wait.reason)
            target = found.rungs[found.state.rung]
    if target is not None and not target.ops:
        return moves.finish(
            regression, steps, rung=target.number, reason=anyway, today=today, by=by, at=at
        )
    overlay = _overlay(found, target, client, today)
    made = moves.write_step(
        regression,
        steps,
        "rung",
        starts_on=today,
        review_on=overlay.review_on,
        overlay=overlay_json.to_json(overlay),
        rung=target.number if target else 0,
        reason=anyway,
        by=by,
        at=at,
    )
    moves.ask_again(regression, overlay.review_on, client, at=at)
    moves.decided("rung", client, by=by, at=at, report=regression.report, regression=regression)
    return made


def _overlay(
    found: ladders.Way, target: Rung | None, client: models.Client, today: dt.date
) -> Overlay:
    days = max(DAYS, ladder(found.state.ladder).days)
    ops = found.first.ops
    if target is not None:
        a_week = _sessions_a_week(found.first, client)
        ops = target.overlay_ops(found.first.ops, a_week)
    return replace(
        found.first,
        id=str(new_id()),
        starts_on=today,
        ended_on=None,
        review_on=today + dt.timedelta(days=days),
        ops=ops,
    )


def _sessions_a_week(first: Overlay, client: models.Client) -> int:
    """In how many sessions a week the lift is written."""
    book = library()
    weeks: dict[int, int] = {}
    standing = running.standing(client.pk)
    for session in standing.written.sessions if standing else ():
        lifts = [item.written.exercise for item in session.items]
        if any(book[lift].pattern == first.pattern for lift in lifts if lift in book):
            weeks[session.week] = weeks.get(session.week, 0) + 1
    return max(weeks.values(), default=0)
