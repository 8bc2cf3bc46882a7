"""What a client does with a session ahead without asking: another day, a listed way out."""

from __future__ import annotations

import datetime as dt
import uuid

from clients import models
from clients.actions import restricting
from clients.domain.client_moves import check_move, check_swap
from clients.domain.restrictions import Brought
from clients.queries import people, plans
from coachapi.accounts.models import User
from coachapi.refusals import NotThere, Refused
from programs.domain.prescription import PlannedSession


class NotAllowed(Refused):
    """The coach's policy for this client, or the state of the session, says no."""

    code = "session.not_allowed"
    title = "Not changed"


def move(
    *,
    client: models.Client,
    session_id: uuid.UUID,
    on: dt.date,
    today: dt.date,
    by: User,
    at: dt.datetime,
) -> models.Session:
    """Another day for a session, inside the coach's policy; the same day again changes nothing."""
    part, shown, _ = _session(client, session_id, today)
    row = part.rows[session_id]
    if row.on == on:
        return row
    no = check_move(shown, on, policy=client.moves, plan_starts_on=part.plan.starts_on, today=today)
    if no:
        raise NotAllowed(no)
    models.SessionChange.objects.create(
        client=client, session=row, kind="move", was_on=row.on, on=on, by=by, at=at
    )
    row.on = on
    row.rev += 1
    row.save(update_fields=["on", "rev"])
    return row


def swap(
    *,
    client: models.Client,
    session_id: uuid.UUID,
    slot: str,
    exercise: str | None,
    today: dt.date,
    by: User,
    at: dt.datetime,
) -> models.Session:
    """An exercise the coach listed, in place of what is written; None goes back to the plan.

    Refused where a running change touches the place, and where a stop or a running change keeps
    the exercise away: a client overrides nothing.
    """
    part, shown, standing = _session(client, session_id, today)
    row = part.rows[session_id]
    if part.swaps.get((session_id, slot)) == exercise:
        return row
    no = check_swap(shown, slot, exercise, policy=client.moves)
    if no:
        raise NotAllowed(no)
    if exercise is not None:
        _refuse_where_changed(standing, session_id, slot)
        written = next(one.written for one in shown.items if one.written.slot == slot)
        restricting.allow(
            client=client,
            brought=[Brought(exercise, written.exercise)],
            known=(),
            override="",
            by=by,
            at=at,
        )
    models.SessionChange.objects.create(
        client=client, session=row, kind="swap", slot=slot, exercise_id=exercise, by=by, at=at
    )
    row.rev += 1
    row.save(update_fields=["rev"])
    return row


def set_policy(*, client: models.Client, moves: str) -> None:
    """What this client may do without asking: strict, within the week, free."""
    people.lock(client)
    client.moves = moves
    client.save(update_fields=["moves"])


def _session(
    client: models.Client, session_id: uuid.UUID, today: dt.date
) -> tuple[plans.Part, PlannedSession, plans.Standing]:
    """The part of the plan a session belongs to, and the session as the coach wrote it."""
    people.lock(client)
    try:
        standing = plans.standing(client.pk, today=today)
    except plans.NoPlan:
        raise NotThere from None
    for part in standing.parts:
        if session_id in part.rows:
            shown = next(each for each in part.plain.sessions if each.id == session_id)
            return part, shown, standing
    raise NotThere


def _refuse_where_changed(standing: plans.Standing, session_id: uuid.UUID, slot: str) -> None:
    resolved = next(each for each in standing.resolved.sessions if each.id == session_id)
    overlays = {each.id for each in standing.overlays}
    item = next(one for one in resolved.items if one.written.slot == slot)
    if overlays & set(item.because):
        raise NotAllowed("Your coach has changed this place for now; ask before you swap it.")
