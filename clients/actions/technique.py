"""Technique as a record: a task for the coach when position goes, and what the coach saw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Max

from clients import models
from clients.actions import telling
from clients.domain.words_for_people import exercise_name
from clients.queries import people
from clients.queries.technique import checklist_for
from coachapi.accounts.models import User
from coachapi.refusals import Fault, NotThere, Unreadable
from programs.domain import technique
from programs.domain.exercises import library

TASK = "technique"


def after_set(row: models.SetLog, *, client: models.Client, at: dt.datetime) -> None:
    """Set the coach a task when a set says that position goes (S-04, D18); never for its load.

    One open task per lift. No query for a set that says neither.
    """
    if row.end_reason != technique.POSITION_LOST and not row.checklist:
        return
    tasks = models.FollowUp.objects.filter(
        client=client, kind=TASK, set_log__exercise=row.exercise_id
    )
    if tasks.filter(done_at__isnull=True).exists():
        return
    looked = tasks.aggregate(at=Max("done_at"))["at"]
    task = _by_ends(row, client, looked) or _by_checklist(row, client)
    if task is None:
        return
    asked = models.FollowUp.objects.create(
        client=client,
        session_id=row.session_id,
        set_log=row,
        kind=TASK,
        asks="coach",
        about=f"{exercise_name(row.exercise_id)}: {task.reason}."[:200],
        due_at=at,
        ask_at=at,
        told_at=at,
    )
    telling.of_technique(asked, client=client, at=at)


def look(
    *,
    client: models.Client,
    exercise_id: str,
    answers: Mapping[str, bool],
    by: User,
    at: dt.datetime,
) -> models.TechniqueCheck:
    """Keep what the coach saw of a lift, line by line, and close the task it answers.

    Raises ``NotThere`` for a lift without a checklist that has a mark to reach, ``Unreadable``
    unless every line of it is answered.
    """
    book = library()
    found = checklist_for(exercise_id)
    if exercise_id not in book or found is None:
        raise NotThere("There is no checklist with a mark to reach for this exercise.")
    lines = [item.id for item in found.items]
    faults = [
        *(
            Fault(f"#/{one}", "required", "Answer this line.")
            for one in lines
            if one not in answers
        ),
        *(Fault(f"#/{one}", "unknown", "No such line.") for one in answers if one not in lines),
    ]
    if faults:
        raise Unreadable(
            f"{found.name}: every one of its {len(lines)} lines is answered, and no other.",
            faults=tuple(faults),
        )
    people.lock(client)
    made = models.TechniqueCheck.objects.create(
        client=client,
        exercise_id=exercise_id,
        pattern=book[exercise_id].pattern,
        checklist=found.id,
        answers=dict(answers),
        passed=technique.passes(found.id, answers),
        by=by,
        at=at,
    )
    models.FollowUp.objects.filter(
        client=client, kind=TASK, set_log__exercise=exercise_id, done_at__isnull=True
    ).update(done_at=at)
    return made


def _by_ends(
    row: models.SetLog, client: models.Client, looked: dt.datetime | None
) -> technique.TechniqueTask | None:
    """By how the lift's sets ended since the coach last looked."""
    if row.end_reason != technique.POSITION_LOST:
        return None
    sets = models.SetLog.objects.filter(
        client=client, exercise=row.exercise_id, end_reason=technique.POSITION_LOST
    )
    if looked is not None:
        sets = sets.filter(performed_at__gt=looked)
    ends = [
        technique.SetEnd(row.exercise_id, on, technique.POSITION_LOST)
        for on in sets.values_list("performed_on", flat=True)
    ]
    return technique.technique_task(ends, row.exercise_id, row.performed_on)


def _by_checklist(row: models.SetLog, client: models.Client) -> technique.TechniqueTask | None:
    """By the client's own answers; lines of no checklist of the lift say nothing."""
    found = checklist_for(row.exercise_id)
    if found is None:
        return None
    lines = {item.id for item in found.items}
    answers = {line: bool(said) for line, said in row.checklist.items() if line in lines}
    if not answers:
        return None
    felt = models.Site.objects.filter(client=client, report__session=row.session_id)
    pain = felt.aggregate(worst=Max("value"))["worst"] or 0
    return technique.checklist_task(found.id, answers, row.exercise_id, pain=pain)
