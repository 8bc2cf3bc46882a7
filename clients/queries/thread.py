"""The thread of a client: what was written, and between it what became of reports and plan.

What happened is read from the rows that hold it (reports, decisions, revisions), never stored a
second time, so the thread cannot tell another story than the record.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from clients import models
from clients.domain.words_for_people import exercise_name
from coachapi.paging import Asked, BadCursor, Place
from programs.domain.place_words import region_words

TOLD = {
    "applied": "change.applied",
    "extended": "change.extended",
    "rung": "change.stepped",
    "ended": "change.ended",
    "undone": "change.undone",
    "watch": "report.watched",
    "cleared": "report.cleared",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A message or an event of the thread; ``words`` say an event, ``text`` is a message's own."""

    id: str  # the message's id; for an event its kind and the id of its row
    kind: str
    at: dt.datetime
    by: str
    from_coach: bool | None = None
    text: str = ""
    words: str = ""
    about: dict[str, Any] | None = None
    hurts: bool = False
    read_at: dt.datetime | None = None
    performed_at: dt.datetime | None = None
    report_id: uuid.UUID | None = None
    rev: int | None = None

    @property
    def row_id(self) -> str:
        """The id of the row it was read from."""
        return self.id.partition(":")[2]

    @property
    def place(self) -> Place:
        """Where it stands in the thread."""
        return Place(self.at, self.id)


def thread(client: models.Client, asked: Asked) -> tuple[list[Line], Place | None]:
    """One page, newest first, and where the next begins. Seven queries, whatever its length."""
    sources: list[tuple[str, QuerySet[Any], str, Callable[[Any], Line]]] = [
        ("change", _decisions(client), "at", _decision),
        ("message", _messages(client), "received_at", _message),
        ("plan", _revisions(client), "at", _revision),
        ("report", _reports(client), "received_at", _sent),
        ("seen", _reports(client).filter(seen_at__isnull=False), "seen_at", _seen),
    ]
    lines: list[Line] = []
    for kind, rows, at, made in sources:
        found = _before(rows, asked.before, kind, at).order_by(f"-{at}", "-pk")
        lines += [made(row) for row in found[: asked.limit + 1]]
    lines.sort(key=lambda line: line.place, reverse=True)
    shown = lines[: asked.limit]
    return shown, shown[-1].place if len(lines) > asked.limit else None


def unread(client: models.Client, *, by_coach: bool) -> int:
    """How many messages of the other side wait to be read. One query."""
    return waiting(client, by_coach=by_coach).count()


def waiting(client: Any, *, by_coach: bool) -> QuerySet[models.Message]:
    """The messages of the other side that wait to be read; the client may be an ``OuterRef``."""
    return models.Message.objects.filter(
        client=client, from_coach=not by_coach, read_at__isnull=True
    )


def unread_of(client_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """What the coach has not read, client by client. One query."""
    rows = models.Message.objects.filter(
        client_id__in=client_ids, from_coach=False, read_at__isnull=True
    )
    return dict(rows.values_list("client_id").annotate(Count("pk")))


def message(client: models.Client, message_id: uuid.UUID) -> Line | None:
    """One message of the thread. Two queries."""
    row = _messages(client).filter(pk=message_id).first()
    return None if row is None else _message(row)


def _before(rows: QuerySet[Any], last: Place | None, kind: str, at: str) -> QuerySet[Any]:
    """The rows of one source that stand before a place; ties are told apart by kind, then id."""
    if last is None:
        return rows
    there, _, id_ = last.id.partition(":")
    if not id_:
        raise BadCursor(last.id)
    if kind > there:
        return rows.filter(**{f"{at}__lt": last.at})
    if kind < there:
        return rows.filter(**{f"{at}__lte": last.at})
    try:
        same = uuid.UUID(id_)
    except ValueError as wrong:
        raise BadCursor(last.id) from wrong
    return rows.filter(Q(**{f"{at}__lt": last.at}) | Q(**{at: last.at}, pk__lt=same))


def _messages(client: models.Client) -> QuerySet[models.Message]:
    return models.Message.objects.filter(client=client).select_related(
        "author", "session", "exercise", "report"
    )


def _reports(client: models.Client) -> QuerySet[models.SymptomReport]:
    return (
        models.SymptomReport.objects.filter(client=client, merged_into__isnull=True)
        .select_related("entered_by", "seen_by")
        .prefetch_related("sites")
    )


def _decisions(client: models.Client) -> QuerySet[models.Decision]:
    return models.Decision.objects.filter(client=client, kind__in=TOLD).select_related(
        "by", "regression"
    )


def _revisions(client: models.Client) -> QuerySet[models.PlanRevision]:
    return (
        models.PlanRevision.objects.filter(client=client)
        .select_related("author", "plan")
        .defer("document")
    )


def _message(row: models.Message) -> Line:
    return Line(
        id=f"message:{row.pk}",
        kind="message",
        at=row.received_at,
        by=row.author.name,
        from_coach=row.from_coach,
        text=row.text,
        about=_about(row),
        hurts=row.hurts,
        read_at=row.read_at,
        performed_at=row.performed_at,
        report_id=row.report_id,
        rev=row.rev,
    )


def _about(row: models.Message) -> dict[str, Any] | None:
    """What a message is tied to, with the words to show for it."""
    if row.session is not None:
        return {"kind": "session", "id": str(row.session_id), "words": f"{row.session.on:%-d %b}"}
    if row.exercise_id is not None:
        name = row.exercise.name if row.exercise else exercise_name(row.exercise_id)
        return {"kind": "exercise", "id": row.exercise_id, "words": name}
    if row.report_id is not None:
        return {"kind": "report", "id": str(row.report_id), "words": _("Report")}
    return None


def _sent(row: models.SymptomReport) -> Line:
    where = " · ".join(region_words(site.region, site.side) for site in row.sites.all())
    return Line(
        id=f"report:{row.pk}",
        kind="report.sent",
        at=row.received_at,
        by=row.entered_by.name,
        words=_("Report sent: %(where)s") % {"where": where} if where else _("Report sent"),
        report_id=row.pk,
    )


def _seen(row: models.SymptomReport) -> Line:
    by = row.seen_by.name if row.seen_by else ""
    assert row.seen_at is not None
    return Line(
        id=f"seen:{row.pk}",
        kind="report.seen",
        at=row.seen_at,
        by=by,
        words=_("%(name)s has seen the report") % {"name": by},
        report_id=row.pk,
    )


def _decision(row: models.Decision) -> Line:
    title = row.regression.title if row.regression else ""
    said = {
        "applied": _("%(name)s changed the plan: %(title)s"),
        "extended": _("%(name)s keeps the change longer: %(title)s"),
        "rung": _("%(name)s took a step of the change: %(title)s"),
        "ended": _("%(name)s ended the change: %(title)s"),
        "undone": _("%(name)s took the change back: %(title)s"),
        "watch": _("%(name)s watches and changes nothing"),
        "cleared": _("%(name)s recorded a clearance"),
    }
    return Line(
        id=f"change:{row.pk}",
        kind=TOLD[row.kind],
        at=row.at,
        by=row.by.name,
        words=said[row.kind] % {"name": row.by.name, "title": title},
        report_id=row.report_id,
    )


def _revision(row: models.PlanRevision) -> Line:
    said = (
        _("%(name)s gave a plan: %(plan)s") if row.number == 1 else _("%(name)s changed %(plan)s")
    )
    return Line(
        id=f"plan:{row.pk}",
        kind="plan.assigned" if row.number == 1 else "plan.changed",
        at=row.at,
        by=row.author.name,
        words=said % {"name": row.author.name, "plan": row.plan.name},
    )
