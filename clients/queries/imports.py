"""What a file of another app would bring, and how far it has got."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from rapidfuzz import fuzz, utils

from clients import models
from clients.domain import importing
from clients.domain.past_sets import Found
from coachapi.refusals import NotThere
from programs.domain.exercises import library
from programs.domain.search import closest

SHOWN_FAULTS = 100
SUGGESTED = 3
SAME = 100  # the same words, in whatever order


def of_client(client: models.Client) -> QuerySet[models.Import]:
    """A client's imports, newest first, without the files themselves."""
    return models.Import.objects.filter(client=client).defer("text").order_by("-at", "-id")


def find(client: models.Client, import_id: uuid.UUID) -> models.Import:
    """One import of this client; raises ``NotThere``."""
    found = models.Import.objects.filter(client=client, pk=import_id).first()
    if found is None:
        raise NotThere
    return found


def read(row: models.Import) -> Found:
    """The file read again, with the unit that was answered. No query."""
    return importing.read(row.text, unit=row.unit or None)


def state(row: models.Import) -> dict[str, Any]:
    """How far an import has got. No query."""
    return {
        "id": row.pk,
        "source": row.source,
        "state": row.state,
        "total": row.total,
        "done": row.done,
        "at": row.at,
        "finished_at": row.finished_at,
    }


def preview(row: models.Import) -> dict[str, Any]:
    """What the file would bring, row by row where it does not. One query."""
    found = read(row)
    ids = {each.id_for(row.client_id, row.source) for each in found.sets}
    held = models.PastSet.objects.filter(client=row.client_id, pk__in=ids).count()
    kinds = [each.kind for each in found.others]
    days = sorted(each.at.date() for each in found.sets)
    return {
        **state(row),
        "unit_missing": found.unit_missing,
        "sets": len(found.sets),
        "already_here": held,
        "rests": kinds.count("rest"),
        "empty": kinds.count("empty"),
        "faulty": kinds.count("fault"),
        "faults": [
            {"line": each.line, "words": each.words}
            for each in found.others
            if each.kind == "fault"
        ][:SHOWN_FAULTS],
        "first_on": days[0] if days else None,
        "last_on": days[-1] if days else None,
        "exercises": [
            {"name": name, "sets": count, **_meant(name, row.names)}
            for name, count in found.exercises.items()
        ],
    }


def _meant(name: str, chosen: dict[str, str | None]) -> dict[str, Any]:
    """Which of our exercises a name means: as chosen, by the same words, or only like these."""
    near = closest(library(), name, most=SUGGESTED)
    same = next((each.id for each in near if _same_words(name, each.name)), None)
    return {
        "exercise_id": chosen.get(name, same),
        "like": [{"id": each.id, "name": each.name} for each in near],
    }


def _same_words(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(one, other, processor=utils.default_process) >= SAME
