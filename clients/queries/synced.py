"""The collections a phone mirrors: whose rows, and each column in the form it is sent.

To add one: ``synced("its_table", "its_name")`` in the migration that makes the table, an entry
here, and, where the phone writes, one in ``clients/api/pushed.py`` (docs/adr/0013).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import JSONField
from django.db.models.functions import JSONObject

from clients import models
from clients.queries import grants, own_reports
from coachapi.notifications.models import Delivery
from programs.queries import library as books

Row = dict[str, Any]


class Millis(Func):
    """An instant as the wire has it: whole milliseconds since 1970."""

    template = "(extract(epoch from %(expressions)s) * 1000)::bigint"
    output_field = BigIntegerField()


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A collection. ``columns`` are read by one query for all such collections together; where a
    row must be worded, ``made`` makes it instead."""

    rows: Callable[[models.Client], QuerySet[Any]]
    columns: Mapping[str, Any] | Any = None
    made: Callable[[QuerySet[Any]], Iterable[Row]] | None = None

    def documents(self, name: str, client: models.Client, ids: Collection[str] | None) -> Any:
        """The query for name and row of each; ``ids`` are those wanted, ``None`` for all."""
        found = self.wanted(client, ids)
        columns = self.columns
        if isinstance(columns, Mapping):
            columns = JSONObject(**columns)
        return found.values_list(Value(name), F("pk"), columns)

    def wanted(self, client: models.Client, ids: Collection[str] | None) -> QuerySet[Any]:
        """The rows to send."""
        rows = self.rows(client).order_by()
        return rows if ids is None else rows.filter(pk__in=ids)


def _of(model: Any, **filters: Any) -> Callable[[models.Client], QuerySet[Any]]:
    return lambda client: model.objects.filter(client=client, **filters)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _reports(rows: QuerySet[models.SymptomReport]) -> Iterable[Row]:
    """Reports with what became of each, worded as everywhere (``own_reports.state``)."""
    for row in own_reports.with_state(rows):
        state = own_reports.state(row)
        decided, change = state["decided"] or {}, state["change"] or {}
        yield {
            "id": row.pk,
            "said": row.said,
            "session_id": row.session_id,
            "zone": row.zone,
            "performed_at": row.performed_at,
            "received_at": row.received_at,
            "level": row.level,
            "words": state["words"],
            "places": state["places"],
            "questions_now": state["questions_now"],
            "questions_later": state["questions_later"],
            "seen_at": row.seen_at,
            "seen_by": state["seen_by"],
            "decided": decided.get("kind"),
            "decided_at": decided.get("at"),
            "decided_by": decided.get("by"),
            "changed_at": change.get("since"),
            "changed_until": change.get("until_review_on"),
            "open": state["open"],
        }


def _step(field: str, **filters: Any) -> Subquery:
    """Of a regression's latest step."""
    steps = models.RegressionStep.objects.filter(regression=OuterRef("pk"), **filters)
    return Subquery(steps.order_by("-number").values(field)[:1])


def _listed(column: str) -> Func:
    """An array of the database as JSON."""
    return Func(F(column), function="to_jsonb", output_field=JSONField())


MIRRORED: dict[str, Mirrored] = {
    "sessions": Mirrored(
        _of(models.ShownSession),
        {
            **_same("name", "on", "paused"),
            "state": Case(
                When(session__state="planned", emptied=True, then=Value("excused")),
                default=F("session__state"),
            ),
            "started_at": Millis("session__started_at"),
            "finished_at": Millis("session__finished_at"),
        },
    ),
    "prescriptions": Mirrored(_of(models.ShownPrescription), F("shown")),
    "set_logs": Mirrored(
        _of(models.SetLog),
        {
            **_same("session_id", "exercise_id", "slot", "set_index", "kind", "reps", "seconds"),
            **_same("weight_unit", "weight_kg", "rir", "end_reason", "checklist", "note", "zone"),
            "weight": "weight_entered",
            "performed_at": Millis("performed_at"),
            "prescription_hash": "prescription_hash",
        },
    ),
    "symptom_reports": Mirrored(_of(models.SymptomReport), made=_reports),
    "answers": Mirrored(
        _of(models.Answer),
        {
            **_same("report_id", "session_id", "source", "said", "zone"),
            "performed_at": Millis("performed_at"),
            "received_at": Millis("received_at"),
        },
    ),
    "follow_ups": Mirrored(
        _of(models.FollowUp, asks="client"),
        {
            **_same("kind", "report_id", "regression_id", "session_id", "answer_id"),
            "questions": _listed("items"),
            "due_at": Millis("due_at"),
            "ask_at": Millis("ask_at"),
            "done_at": Millis("done_at"),
        },
    ),
    "regressions": Mirrored(
        _of(models.Regression),
        {
            **_same("report_id", "title"),
            "because": "reason",
            "since": Millis("created_at"),
            "until_review_on": _step("review_on", review_on__isnull=False),
            "last_step": _step("kind"),
            "outcome": _step("outcome"),
        },
    ),
    "grants": Mirrored(
        lambda client: grants.standing(client, on=dt.date.min),
        {
            **_same("way", "title", "region", "side", "exercise", "most_pain", "until"),
            "option": "option_id",
            "classes": "classes",
            "regression_id": "regression_id",
            "given_by": "given_by__name",
        },
    ),
    "media": Mirrored(
        lambda client: models.Media.objects.filter(client=client).exclude(state="deleted"),
        {
            **_same("state", "failure", "exercise_id", "session_id", "note", "seconds"),
            "at": Millis("at"),
            "looked_at": Millis("looked_at"),
            "passed": "checked__passed",
        },
    ),
    "check_ins": Mirrored(
        _of(models.CheckIn),
        {
            **_same("kind", "said", "region", "side", "score", "substantial", "zone"),
            "performed_at": Millis("performed_at"),
            "received_at": Millis("received_at"),
        },
    ),
    "messages": Mirrored(
        _of(models.Message),
        {
            **_same(
                "text", "from_coach", "session_id", "exercise_id", "report_id", "hurts", "zone"
            ),
            "by": "author__name",
            "performed_at": Millis("performed_at"),
            "received_at": Millis("received_at"),
            "read_at": Millis("read_at"),
        },
    ),
    "grant_uses": Mirrored(
        _of(models.GrantUse),
        {
            **_same("grant_id", "report_id", "regression_id", "zone"),
            "refused": _listed("refused"),
            "performed_at": Millis("used_at"),
            "synced_at": Millis("synced_at"),
            "confirmed_at": Millis("confirmed_at"),
        },
    ),
    "notifications": Mirrored(
        lambda client: Delivery.objects.filter(
            client_id=client.pk, recipient=client.user_id, channel="feed"
        ),
        {
            "kind": "alert__kind",
            "about_id": "alert__about_id",
            "told_at": Millis("alert__created_at"),
        },
    ),
    "exercises": Mirrored(lambda who: books.mirrored(who.practice_id), made=books.shown_rows),
    "exercise_notes": Mirrored(
        lambda client: books.notes(client.practice_id),
        _same("exercise_id", "cues", "media", "alternates"),
    ),
}

# Those whose rows are the client's own: what a phone spoils there can be put back.
CLIENTS = MIRRORED.keys() - {"exercises", "exercise_notes"}


def plain(value: Any) -> Any:
    """A value as Watermelon takes it: nothing nested, instants in milliseconds, days as text."""
    if isinstance(value, dict | list):
        return json.dumps(value, separators=(",", ":"), default=str)
    if hasattr(value, "timestamp"):
        return int(value.timestamp() * 1000)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
