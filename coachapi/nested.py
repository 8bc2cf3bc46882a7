"""Rows of another table inside one row, as JSON: read in the same statement as what they belong to.

Instants and days come back as text; ``instant`` and ``day`` read them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.db.models.functions import JSONObject


def each(rows: QuerySet[Any], *names: str, **fields: Any) -> ArraySubquery:
    """All of these rows, in their order, each with these fields; ``names`` keep theirs."""
    return ArraySubquery(_written(rows, names, fields))


def first(rows: QuerySet[Any], *names: str, **fields: Any) -> Subquery:
    """The first of these rows, or nothing."""
    return Subquery(_written(rows, names, fields)[:1])


def _written(rows: QuerySet[Any], names: tuple[str, ...], fields: dict[str, Any]) -> QuerySet[Any]:
    return rows.values(json=JSONObject(**{name: name for name in names}, **fields))


def count(rows: QuerySet[Any]) -> Func:
    """How many of these rows there are."""
    return Func(
        ArraySubquery(rows.order_by().values("pk")),
        function="cardinality",
        output_field=IntegerField(),
    )


def instant(said: str | None) -> Any:
    """An instant that came as text."""
    return dt.datetime.fromisoformat(said) if said else None


def day(said: str | None) -> Any:
    """A day that came as text."""
    return dt.date.fromisoformat(said) if said else None
