"""What the phone shows: today, the week, the state of each report, the questions due."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clients import models
from clients.domain.client_words import NOT_WATCHED, client_words
from clients.domain.diff import describe
from clients.domain.moments import local_date
from clients.domain.swaps import BY_CLIENT
from clients.queries import own_reports, plans, thread, told_to_clients
from programs import queries as books
from programs.domain.exercise import Library
from programs.domain.exercises import library
from programs.domain.place_words import region_words
from programs.domain.prescription import Item, PlannedSession, Prescription, SetTarget
from programs.domain.prescription_json import items_to_json
from programs.domain.technique import stop_rule_applies
from programs.domain.words import name_of


def today(client: models.Client, *, at: dt.datetime) -> dict[str, Any]:
    """Today's document: sessions with drawings, cues and reasons, questions due, reports' state.

    One request, a fixed number of queries.
    """
    on = local_date(at, client.time_zone)
    found = resolved(client, first=on, days=7, today=on)
    shown = _shown(client, found)
    return {
        "date": on,
        "time_zone": client.time_zone,
        "unit": client.unit,
        "moves": client.moves,
        "stop": found.stop,
        "sessions": [each for each in shown["sessions"] if each["date"] == on],
        "coming": [each for each in shown["sessions"] if each["date"] > on],
        "changes": shown["changes"],
        "follow_ups": follow_ups(client, at=at),
        "reports": own_reports.latest(client, at=at),
        "unread_messages": thread.unread(client, by_coach=False),
        "unread_notifications": told_to_clients.unread(client.user),
        "notice": NOT_WATCHED,
    }


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of the plan as it stands, and what the phone needs to word them."""

    sessions: tuple[PlannedSession, ...] = ()
    changes: Mapping[str, dict[str, Any]] = field(default_factory=dict)  # by overlay
    stop: dict[str, Any] | None = None  # the client-wide stop that is open
    book: Library = field(default_factory=library)  # the practice's own among them, where used


def resolved(client: models.Client, *, first: dt.date, days: int, today: dt.date) -> Days:
    """The sessions from a day on under every change; none without a running plan. Five queries."""
    stop = _stop(client)
    try:
        standing = plans.standing(client.pk, today=today)
    except plans.NoPlan:
        return Days(stop=stop)
    return Days(
        tuple(plans.sessions_between(standing, first, first + dt.timedelta(days=days - 1))),
        _changes(standing),
        stop=stop,
        book=standing.book,
    )


def week(client: models.Client, *, first: dt.date, days: int) -> dict[str, Any]:
    """The resolved sessions from a day on, with the reason of every change. Five queries."""
    return _shown(client, resolved(client, first=first, days=days, today=first))


def _shown(client: models.Client, found: Days) -> dict[str, Any]:
    logged: dict[Any, list[models.SetLog]] = {}
    rows = models.SetLog.objects.filter(session__in=[each.id for each in found.sessions])
    for row in rows.order_by("performed_at", "set_index"):
        logged.setdefault(row.session_id, []).append(row)
    return {
        "sessions": [
            _session(each, client, found, logged.get(each.id, [])) for each in found.sessions
        ],
        "changes": list(found.changes.values()),
    }


def documents(client: models.Client, sessions: Iterable[PlannedSession]) -> list[dict[str, Any]]:
    """Sessions as they would be, in the shape the phone shows. No query."""
    return [_session(each, client, Days(), []) for each in sessions]


def _changes(standing: plans.Standing) -> dict[str, dict[str, Any]]:
    """Each running change in the client's words: what, why, until which review. No query."""
    rows = {str(step.regression_id): step.regression for step in standing.steps}
    found: dict[str, dict[str, Any]] = {}
    for overlay in standing.overlays:
        row = rows.get(overlay.regression)
        if row is None or overlay.ended_on is not None:
            continue
        found[overlay.id] = {
            "id": overlay.id,
            "regression_id": row.pk,
            "title": row.title,
            "because": row.reason,
            "since": overlay.starts_on,
            "until_review_on": overlay.review_on,
        }
    return found


def _session(
    session: PlannedSession, client: models.Client, days: Days, logged: list[models.SetLog]
) -> dict[str, Any]:
    return {
        "id": session.id,
        "name": session.name,
        "date": session.on,
        "state": session.state,
        "paused": days.stop is not None,
        "items": [place(each, client, days) for each in session.items],
        "sets": [
            {
                "id": row.pk,
                "slot": row.slot,
                "exercise_id": row.exercise_id,
                "set_index": row.set_index,
                "kind": row.kind,
                "reps": row.reps,
                "seconds": row.seconds,
                "weight": row.weight_entered,
                "weight_unit": row.weight_unit,
                "rir": row.rir,
                "end_reason": row.end_reason,
                "rev": row.rev,
            }
            for row in logged
        ],
    }


def place(item: Item, client: models.Client, days: Days) -> dict[str, Any]:
    """A place of a session: what is done there, what was written, why it differs. No query."""
    now = item.now
    was = item.was
    reasons = [days.changes[each] for each in item.because if each in days.changes]
    return {
        "slot": item.written.slot,
        "paused": item.paused,
        "prescription": None if now is None else _prescription(now, client, days.book),
        "was": None if was is None else f"{name_of(days.book, was.exercise)} {_line(was, client)}",
        "change": reasons[0] if reasons else None,
        "alternates": [
            {"exercise_id": each.exercise, "exercise": name_of(days.book, each.exercise)}
            for each in item.written.alternates
        ],
        "swapped": BY_CLIENT in item.because,
        "hash": hashlib.sha256(
            json.dumps(items_to_json([item]), sort_keys=True).encode()
        ).hexdigest(),
    }


def _prescription(now: Prescription, client: models.Client, book: Library) -> dict[str, Any]:
    shown = books.shown(book[now.exercise]) if now.exercise in book else None
    return {
        "exercise": shown,
        "line": _line(now, client),
        "sets": [_target(each) for each in now.sets],
        "rest_seconds": now.rest_seconds,
        "tempo": now.tempo,
        "superset": now.superset,
        "note": now.note,
        "range": now.limit,
        "setup": [{"what": name, "how": value} for name, value in now.setup],
        "checklist": now.checklist,
        "stop_rule": any(stop_rule_applies(each.rir, each.percent) for each in now.work_sets),
    }


def _line(prescription: Prescription, client: models.Client) -> str:
    return describe(prescription, "lb" if client.unit == "lb" else "kg")


def _target(target: SetTarget) -> dict[str, Any]:
    return {
        "kind": target.kind,
        "reps_min": target.reps_min,
        "reps_max": target.reps_max,
        "seconds": target.seconds,
        "weight_kg": target.load_kg,
        "percent_e1rm": target.percent,
        "rir": target.rir,
        "amrap": target.amrap,
    }


def _stop(client: models.Client) -> dict[str, Any] | None:
    """The client-wide stop that is open, in the client's words; logging goes on (I-5)."""
    found = (
        models.SymptomReport.objects.filter(
            client=client, closed_at__isnull=True, level__in=["emergency", "urgent"]
        )
        .order_by("level", "-received_at")
        .first()
    )
    if found is None:
        return None
    return {"report_id": found.pk, "level": found.level, "words": client_words(found.level)}


def follow_ups(client: models.Client, *, at: dt.datetime) -> list[dict[str, Any]]:
    """The questions this client is asked now. Three queries."""
    due = (
        models.FollowUp.objects.filter(
            client=client, asks="client", done_at__isnull=True, due_at__lte=at
        )
        .select_related("report", "regression", "session")
        .prefetch_related("report__sites", "regression__episodes")
        .order_by("due_at")
    )
    # A question is asked again and again (15 minutes, 2 hours, morning), and shown once.
    once = {(each.kind, each.report_id, each.session_id): each for each in due}
    return [
        {
            "id": each.pk,
            "kind": each.kind,
            "about": each.report_id,
            "session_id": each.session_id,
            "session_on": each.session.on if each.session else None,
            "questions": each.items,
            "places": _places(each),
            "due_at": each.due_at,
        }
        for each in once.values()
    ]


def _places(asked: models.FollowUp) -> list[dict[str, Any]]:
    rows: Any = ()
    if asked.report is not None:
        rows = asked.report.sites.all()
    elif asked.regression is not None:
        rows = asked.regression.episodes.all()
    return [
        {"region": row.region, "side": row.side, "words": region_words(row.region, row.side)}
        for row in rows
    ]
