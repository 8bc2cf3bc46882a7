"""Everything a client has, to take along: every row that hangs on them, column by column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Model

from clients import models
from coachapi.accounts.models import User

# Of the machine and not of the person: hashes, and where a row stands for the wire.
NOT_SAID = frozenset({"body_hash", "token_hash", "prescription_hash"})
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run (OWASP CSV injection)


def tables() -> dict[str, type[Model]]:
    """The tables that hold a client's rows, by the name they have in the export."""
    hang = [
        each
        for each in apps.get_app_config("clients").get_models()
        if any(field.related_model is models.Client for field in each._meta.concrete_fields)
    ]
    return {each._meta.db_table.removeprefix("clients_"): each for each in hang}


def everything(client: models.Client, *, at: dt.datetime) -> dict[str, Any]:
    """All of a client's rows as plain JSON values. One query a table."""
    return {
        "made_at": at.isoformat(),
        "client": {**_row(client), "practice": client.practice.name, "user": _user(client.user)},
        "tables": {name: list(_rows(model, client)) for name, model in sorted(tables().items())},
    }


def as_csv(client: models.Client, *, at: dt.datetime) -> bytes:
    """The same as a ZIP: one CSV a table, safe to open in a spreadsheet."""
    whole = everything(client, at=at)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in {"client": [whole["client"]], **whole["tables"]}.items():
            archive.writestr(f"{name}.csv", _csv(rows))
    return packed.getvalue()


def _rows(model: type[Model], client: models.Client) -> Iterator[dict[str, Any]]:
    rows = model._default_manager.filter(client=client).order_by("pk")
    return (_row(each) for each in rows)


def _row(row: Model) -> dict[str, Any]:
    return {
        field.name: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in NOT_SAID
    }


def _user(user: User | None) -> dict[str, Any] | None:
    if user is None:
        return None
    return {"email": user.email, "name": user.name, "joined_at": _plain(user.joined_at)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if value is None or isinstance(value, bool | int | float | str | dict | list):
        return value
    return str(value)


def _csv(rows: list[dict[str, Any]]) -> str:
    written = io.StringIO()
    if rows:
        writer = csv.DictWriter(written, list(rows[0]))
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return written.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
