"""Bringing along what was trained before: looked at first, then brought by a worker."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from clients import models
from clients.actions import taken
from clients.actions.fingerprint import body_hash
from clients.actions.taken import SaidOtherwise
from clients.domain import importing
from clients.domain.past_sets import PastSet, kilograms
from clients.queries import imports, people
from coachapi import clock
from coachapi.accounts.models import User
from coachapi.door import acting_for
from coachapi.notifications import outbox
from coachapi.refusals import Fault, Refused, Unreadable
from programs.domain.exercises import library

CHUNK = 500  # sets a transaction, so that progress is seen and no lock is long


class NotAFile(Unreadable):
    """The file is nothing we know."""

    code = "import.not_readable"
    title = "Not readable"


class UnitMissing(Unreadable):
    """The file does not say whether it counts in kilograms or pounds; nothing is guessed."""

    code = "import.unit_missing"
    title = "Which unit?"

    def __init__(self) -> None:
        super().__init__(
            "This file does not say whether its weights are kilograms or pounds. Say which.",
            faults=(Fault("#/unit", "required", "Accepted: kg or lb."),),
        )


class AlreadyRunning(Refused):
    """An import that runs or is done keeps the answers it was started with."""

    code = "import.already_started"
    title = "Started already"

    def __init__(self) -> None:
        super().__init__("This import was started already; send the file again under a new id.")


def send(
    *,
    client: models.Client,
    import_id: uuid.UUID,
    text: str,
    zone: str,
    unit: str,
    by: User,
    at: dt.datetime,
) -> tuple[models.Import, bool]:
    """Keep a file and say what is in it; nothing is brought yet. Returns row and newness."""
    people.lock(client)
    fingerprint = body_hash({"text": text, "zone": zone, "unit": unit})
    held = taken.before(
        models.Import, import_id, fingerprint, client=client, otherwise=SaidOtherwise("file")
    )
    if held is not None:
        return held, False
    try:
        found = importing.read(text, unit=unit or None)
    except importing.NotReadable as no:
        raise NotAFile(str(no)) from no
    row = models.Import(
        id=import_id,
        client=client,
        source=found.source,
        text=text,
        body_hash=fingerprint,
        zone=zone,
        unit=unit,
        total=len(found.sets),
        by=by,
        at=at,
    )
    taken.insert(row)
    return row, True


def start(
    *,
    client: models.Client,
    import_id: uuid.UUID,
    unit: str,
    names: Mapping[str, str | None],
) -> models.Import:
    """Let a worker bring the sets: ``names`` says which of our exercises a name of the file means.

    A name that means none of ours keeps its own. Started twice with the same answers is once.
    """
    people.lock(client)
    row = imports.find(client, import_id)
    wrong = sorted(each for each in names.values() if each is not None and each not in library())
    if wrong:
        raise Unreadable(
            f"{wrong[0][:60]!r} is no exercise of the library; nothing was started.",
            faults=(Fault("#/exercises", "unknown_exercise", "Accepted: an id, or null."),),
        )
    if row.state != "read":
        same = all(row.names.get(name) == meant for name, meant in names.items())
        if not same or unit not in ("", row.unit):
            raise AlreadyRunning
        return row
    row.unit = row.unit or unit
    if imports.read(row).unit_missing:
        raise UnitMissing
    meant = {each["name"]: each["exercise_id"] for each in imports.preview(row)["exercises"]}
    row.names = {**meant, **names}
    row.state = "running"
    row.save(update_fields=["unit", "names", "state"])
    outbox.ring_for(
        "clients.tasks.bring_along", import_id=str(row.pk), client_id=str(row.client_id)
    )
    return row


def bring(*, import_id: uuid.UUID, client_id: uuid.UUID) -> None:
    """Bring what is left of an import, a chunk a transaction; safe to run twice at once."""
    while True:
        with acting_for(client_id):
            row = (
                models.Import.objects.select_for_update()
                .filter(pk=import_id, state="running")
                .first()
            )
            if row is None:
                return
            waiting = imports.read(row).sets[row.done : row.done + CHUNK]
            models.PastSet.objects.bulk_create(_rows(row, waiting), ignore_conflicts=True)
            row.done += len(waiting)
            if row.done >= row.total:
                row.state, row.finished_at = "done", clock.now()
            row.save(update_fields=["done", "state", "finished_at"])


def _rows(row: models.Import, sets: Sequence[PastSet]) -> list[models.PastSet]:
    zone = ZoneInfo(row.zone)
    return [
        models.PastSet(
            id=each.id_for(row.client_id, row.source),
            client_id=row.client_id,
            brought_by=row,
            line=each.line,
            raw=list(each.raw),
            exercise_id=row.names.get(each.exercise),
            exercise_name=each.exercise,
            workout=each.workout,
            order=each.order,
            kind=each.kind,
            reps=each.reps,
            seconds=each.seconds,
            metres=each.metres,
            weight_kg=kilograms(each.weight, each.unit) if each.weight and each.unit else None,
            weight_entered=each.weight,
            weight_unit=each.unit or "",
            rpe=each.rpe,
            note=each.note,
            performed_at=each.at.replace(tzinfo=zone),
            zone=row.zone,
            performed_on=each.at.date(),
        )
        for each in sets
    ]
