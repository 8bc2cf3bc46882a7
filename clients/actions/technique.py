"""Technique as a record: a task for the coach when position goes, and what the coach saw."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Count, Max, Q

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


def after_sets(rows: Sequence[models.SetLog], *, client: models.Client, at: dt.datetime) -> None:
    """Set the coach a task when a set says that position goes (S-04, D18); never for its load.

    One open task per lift. No query for sets that say neither.
    """
    signs = [row for row in rows if row.end_reason == technique.POSITION_LOST or row.checklist]
    if not signs:
        return
    lifts = {row.exercise_id for row in signs}
    asked = models.FollowUp.objects.filter(client=client, kind=TASK, set_log__exercise__in=lifts)
    open_, looked = Count("pk", filter=Q(done_at__isnull=True)), Max("done_at")
    counted = asked.values_list("set_log__exercise").annotate(open=open_, looked=looked)
    before = {lift: (waiting, seen) for lift, waiting, seen in counted}
    for lift in sorted(lifts):
        waiting, seen = before.get(lift, (0, None))
        if not waiting:
            sets = [row for row in signs if row.exercise_id == lift]
            _ask_about(sets, client=client, looked=seen, at=at)


def _ask_about(
    sets: Sequence[models.SetLog],
    *,
    client: models.Client,
    looked: dt.datetime | None,
    at: dt.datetime,
) -> None:
    """The task that sets of one lift give rise to, if any does."""
    ends, pain = _ends(sets, client, looked), _pain(sets, client)
    for row in sets:
        task = _by_ends(row, ends) or _by_checklist(row, pain.get(row.session_id, 0))
        if task is None:
            continue
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
        return


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


def _ends(
    sets: Sequence[models.SetLog], client: models.Client, looked: dt.datetime | None
) -> list[technique.SetEnd]:
    """The lift's sets that lost position since the coach last looked. One query, if any did now."""
    if not any(row.end_reason == technique.POSITION_LOST for row in sets):
        return []
    lift = sets[0].exercise_id
    lost = models.SetLog.objects.filter(
        client=client, exercise=lift, end_reason=technique.POSITION_LOST
    )
    if looked is not None:
        lost = lost.filter(performed_at__gt=looked)
    days = lost.values_list("performed_on", flat=True)
    return [technique.SetEnd(lift, on, technique.POSITION_LOST) for on in days]


def _pain(sets: Sequence[models.SetLog], client: models.Client) -> dict[uuid.UUID | None, int]:
    """The worst that was felt in each session of sets with a checklist. One query, if any has."""
    sessions = {row.session_id for row in sets if row.checklist}
    if not sessions:
        return {}
    felt = models.Site.objects.filter(client=client, report__session__in=sessions)
    worst = felt.values_list("report__session").annotate(Max("value"))
    return {session: value or 0 for session, value in worst}


def _by_ends(
    row: models.SetLog, ends: Sequence[technique.SetEnd]
) -> technique.TechniqueTask | None:
    """By how the lift's sets ended since the coach last looked."""
    if row.end_reason != technique.POSITION_LOST:
        return None
    return technique.technique_task(ends, row.exercise_id, row.performed_on)


def _by_checklist(row: models.SetLog, pain: int) -> technique.TechniqueTask | None:
    """By the client's own answers; lines of no checklist of the lift say nothing."""
    found = checklist_for(row.exercise_id)
    if found is None:
        return None
    lines = {item.id for item in found.items}
    answers = {line: bool(said) for line, said in row.checklist.items() if line in lines}
    if not answers:
        return None
    return technique.checklist_task(found.id, answers, row.exercise_id, pain=pain)
