"""What a report would cost if nobody thought about it: the same rows, inserted, and nothing else.

The rows are those of a real report, read once. Same tables, same number, one transaction, the same
sign-in and door; one INSERT a table, no question to the rules, no bell.
"""

from __future__ import annotations

import json
import os
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.views import CoachApiView

Rows = list[tuple[str, list[dict[str, Any]]]]
ABOUT_A_REPORT = (
    ("clients.Episode", "sites__report_id"),
    ("clients.SymptomReport", "id"),
    ("clients.Site", "report_id"),
    ("clients.Verdict", "report_id"),
    ("clients.FollowUp", "report_id"),
    ("notifications.Alert", "about_id"),
    ("notifications.Delivery", "alert__about_id"),
)


def keep_rows(report_id: uuid.UUID, file: Path) -> dict[str, int]:
    """Write down every row a report has led to; returns how many by table."""
    found: Rows = []
    for label, about in ABOUT_A_REPORT:
        model = apps.get_model(label)
        rows = list(model._default_manager.filter(**{about: report_id}).values())
        if rows:
            found.append((label, rows))
    file.write_text(json.dumps(found, cls=DjangoJSONEncoder))
    return {apps.get_model(label)._meta.db_table: len(rows) for label, rows in found}


@cache
def _rows() -> Rows:
    found: Rows = json.loads(Path(os.environ["BENCH_ROWS"]).read_text())
    return found


def _copied(row: dict[str, Any], label: str, ids: dict[str, str]) -> dict[str, Any]:
    """The row of somebody else: every id that is a row of ours becomes a new one."""
    copy = {
        name: ids.get(value, value) if isinstance(value, str) else value
        for name, value in row.items()
    }
    if label == "clients.Episode":  # at most one may be open, and the client has many reports
        copy["closed_at"] = copy["opened_at"]
    if label == "notifications.Delivery":  # written, but nothing to send
        copy["state"] = "accepted"
    return copy


class BareReportView(CoachApiView):
    """Inserts, and says so."""

    def put(self, request: Request, client_id: uuid.UUID, report_id: uuid.UUID) -> Response:
        """The rows of a report under new ids."""
        ids = {row["id"]: str(uuid.uuid4()) for _, rows in _rows() for row in rows}
        report = next(rows[0] for label, rows in _rows() if label == "clients.SymptomReport")
        ids[report["id"]], ids[report["client_id"]] = str(report_id), str(client_id)
        ids[report["entered_by_id"]] = str(self.user.pk)
        assert request.data  # read and parsed, as a report is
        for label, rows in _rows():
            model: type[models.Model] = apps.get_model(label)
            made = [model(**_copied(row, label, ids)) for row in rows]
            model._default_manager.bulk_create(made)
        return Response({"id": report_id}, status=201)
