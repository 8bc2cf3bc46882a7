"""What a client did of one exercise, for the client, for the coach, and inside the editor."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clients import models
from clients.domain.exercise_history import DatedSet, History, Record, history, since
from clients.queries.books import book_for
from clients.queries.performed import sets_done
from coachapi.refusals import NotThere
from programs.domain.exercise import Exercise
from programs.domain.words import name_of

WEEKS = 26


def of(client: models.Client, exercise_id: str) -> tuple[Exercise, History]:
    """An exercise and its whole history. Three queries at most; ``NotThere`` for an unknown one."""
    book = book_for(client.practice_id, [exercise_id])
    if exercise_id not in book:
        raise NotThere
    done = sets_done(client, exercise=exercise_id)
    return book[exercise_id], history(DatedSet(each.on, each.set) for each in done)


def shown(exercise: Exercise, found: History, *, first: dt.date | None = None) -> dict[str, Any]:
    """A history for the wire; ``first`` leaves earlier days out, the records stay."""
    part = since(found, first) if first else found
    return {
        "exercise_id": exercise.id,
        "exercise": exercise.name,
        "days": [
            {
                "on": day.on,
                "best_e1rm_kg": day.best_kg,
                "volume_kg": day.volume_kg,
                "sets": [
                    {
                        "weight_kg": one.load_kg,
                        "reps": one.reps,
                        "rir": one.rir,
                        "pain": one.pain,
                        "end_reason": one.end,
                    }
                    for one in day.sets
                ],
            }
            for day in part.days
        ],
        "records": [_record(each) for each in part.records],
        "by_reps": [_record(each) for each in part.by_reps],
    }


def records(client: models.Client) -> list[dict[str, Any]]:
    """The records of every exercise a client has done. Three queries at most."""
    by_lift: dict[str, list[DatedSet]] = {}
    for each in sets_done(client):
        by_lift.setdefault(each.set.exercise, []).append(DatedSet(each.on, each.set))
    book = book_for(client.practice_id, by_lift)
    return [
        {
            "exercise_id": lift,
            "exercise": name_of(book, lift),
            "records": [_record(each) for each in history(done).records],
        }
        for lift, done in sorted(by_lift.items(), key=lambda each: name_of(book, each[0]))
    ]


def _record(one: Record) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "on": one.on,
        "weight_kg": one.load_kg,
        "reps": one.reps,
        "value": one.value,
    }
