"""A client's lifts with a checklist: what was seen of each, and where a look is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clients import models
from clients.domain.words_for_people import exercise_name
from programs.domain.exercises import library
from programs.domain.technique import Checklist, checklists

BACK = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Lift:
    """One lift: its checklist, the latest look at it, and why one is asked for, if one is."""

    exercise_id: str
    name: str
    checklist: Checklist
    latest: models.TechniqueCheck | None
    asked: str


def checklist_for(exercise_id: str) -> Checklist | None:
    """The checklist with a mark to reach for a lift's pattern; None where there is none."""
    exercise = library().get(exercise_id)
    return next(
        (
            each
            for each in checklists().values()
            if exercise is not None and each.pass_least and exercise.pattern in each.patterns
        ),
        None,
    )


def lifts(client: models.Client, *, at: dt.datetime) -> tuple[Lift, ...]:
    """The lifts of 90 days that have a checklist, those asked for first. Three queries."""
    asked = dict(
        models.FollowUp.objects.filter(
            client=client, kind="technique", done_at__isnull=True
        ).values_list("set_log__exercise", "about")
    )
    seen: dict[str, models.TechniqueCheck] = {
        each.exercise_id: each
        for each in models.TechniqueCheck.objects.filter(client=client)
        .select_related("by")
        .order_by("at")
    }
    trained = set(
        models.SetLog.objects.filter(client=client, kind="work", performed_at__gte=at - BACK)
        .values_list("exercise", flat=True)
        .distinct()
    )
    found = [
        Lift(lift, exercise_name(lift), checklist, seen.get(lift), asked.get(lift, ""))
        for lift in library()
        if lift in trained | set(asked) | set(seen)
        and (checklist := checklist_for(lift)) is not None
    ]
    return tuple(sorted(found, key=lambda each: not each.asked))
