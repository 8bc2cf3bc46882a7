"""Puts the library that ships with the product into its tables, so that rows can point at it."""

from __future__ import annotations

from django.db import transaction

from programs import models
from programs.domain.exercises import library
from programs.domain.regions import all_regions
from programs.domain.variation import variations
from programs.queries.library import digest


@transaction.atomic
def load() -> int:
    """Write every exercise and every computed or seed edge; returns how many exercises stand.

    Run after each migrate, with the owner's login. Running it again changes nothing. An exercise
    that left the library stays, because logs point at it.
    """
    book = library()
    rows = [
        models.Exercise(
            id=each.id,
            name=each.name,
            pattern=each.pattern,
            position=position,
            practice=None,
            digest=digest(each),
        )
        for position, each in enumerate(book.values())
    ]
    models.Exercise.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "pattern", "position", "digest"],
    )
    known = set(book)
    models.Variation.objects.all().delete()
    models.Variation.objects.bulk_create(
        models.Variation(
            source_id=edge.source,
            easier_id=edge.target,
            region=region.id,
            ratio_low=edge.ratio,
            reason=edge.reason[:200],
            mark=edge.mark.name.lower(),
        )
        for region in all_regions()
        for edge in variations(book, region.id)
        if edge.target in known
    )
    return len(rows)
