"""A program written out as plain JSON values, exactly as `document.parse` reads it back."""

from decimal import Decimal
from itertools import groupby
from typing import Any

from programs.domain.document_parts import ProgramDocument, Week
from programs.domain.document_progression import progression_json
from programs.domain.loadable import from_kg
from programs.domain.prescription import Alternate, Media, Prescription, SetTarget


def to_json(document: ProgramDocument) -> dict[str, Any]:
    """The program as plain JSON values that `parse` reads back; equal sets are one row."""
    return {
        "name": document.name,
        "note": document.note,
        "phases": [
            {"name": phase.name, "weeks": [week_json(week) for week in phase.weeks]}
            for phase in document.phases
        ],
    }


def week_json(week: Week) -> dict[str, Any]:
    """A week as plain JSON values."""
    workouts = [
        ({"name": workout.name} | ({"day": workout.day} if workout.day else {}))
        | {"prescriptions": [prescription_json(one) for one in workout.prescriptions]}
        for workout in week.workouts
    ]
    return {"repeat": week.repeat, "workouts": workouts}


def prescription_json(one: Prescription) -> dict[str, Any]:
    """A prescription's members that say something; what is empty is left out."""
    sets = [_set_json(target, len(list(same))) for target, same in groupby(one.sets)]
    setup = [{"param": param, "value": value} for param, value in one.setup]
    members = {
        "slot": one.slot,
        "exercise": one.exercise,
        "sets": sets,
        "rest_seconds": one.rest_seconds,
        "tempo": one.tempo,
        "superset": one.superset,
        "note": one.note or None,
        "cues": list(one.cues) or None,
        "media": [_media_json(each) for each in one.media] or None,
        "alternates": [_alternate_json(each) for each in one.alternates] or None,
        "checklist": one.checklist,
        "limit": one.limit,
        "setup": setup or None,
        "progression": progression_json(one.progression) if one.progression else None,
    }
    return {key: value for key, value in members.items() if value is not None}


def _media_json(media: Media) -> dict[str, str]:
    return {"url": media.url} | ({"title": media.title} if media.title else {})


def _alternate_json(alternate: Alternate) -> dict[str, str]:
    return {"exercise": alternate.exercise, "direction": alternate.direction}


def _set_json(target: SetTarget, count: int) -> dict[str, Any]:
    unit = target.unit
    members: dict[str, Any] = {
        "kind": target.kind,
        "reps_min": target.reps_min,
        "reps_max": target.reps_max,
        "seconds": target.seconds,
        f"load_{unit}": _load(target.load_kg, target),
        "percent": target.percent,
        f"last_plus_{unit}": _load(target.last_plus_kg, target),
        "amrap": target.amrap,
    }
    if target.rir is not None:
        members |= {"rpe": 10 - target.rir} if target.effort == "rpe" else {"rir": target.rir}
    shown = {
        key: str(value) if isinstance(value, Decimal) else value
        for key, value in members.items()
        if value is not None and value is not False
    }
    return shown | {"count": count}


def _load(kg: Decimal | None, target: SetTarget) -> Decimal | None:
    return None if kg is None else from_kg(kg, target.unit)
