"""What the phone shows: today, the week, the state of each report, the questions due."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from clients import models
from clients.domain.client_words import NOT_WATCHED, client_words
from clients.domain.diff import describe
from clients.domain.moments import local_date
from clients.domain.swaps import BY_CLIENT
from clients.queries import own_reports, people, plans, reaching, thread, told_to_clients
from coachapi import nested
from coachapi.accounts.models import User
from programs import queries as books
from programs.domain.exercise import Library
from programs.domain.exercises import library
from programs.domain.own_exercises import Extras
from programs.domain.place_words import region_words
from programs.domain.prescription import Item, PlannedSession, Prescription, SetTarget
from programs.domain.prescription_json import items_to_json
from programs.domain.technique import stop_rule_applies
from programs.domain.words import name_of


def today(user: User, *, at: dt.datetime) -> dict[str, Any]:
    """Today's document: sessions with drawings, cues and reasons, questions due, reports' state.

    Five queries: what is the client's own comes with the client's row, sets with their session,
    and all that a report led to with the report.
    """
    client = _with_news(user, at=at)
    on = local_date(at, client.time_zone)
    found = resolved(client, first=on, days=7, today=on, stop=client.stop, notes=client.notes)
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
        "follow_ups": _questions(client),
        "reports": own_reports.latest(client, around=reaching.around_of(client), at=at),
        "unread_messages": client.unread_messages,
        "unread_notifications": client.unread_notifications,
        "notice": NOT_WATCHED,
    }


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of the plan as it stands, and what the phone needs to word them."""

    sessions: tuple[PlannedSession, ...] = ()
    logged: Mapping[uuid.UUID, list[models.SetLog]] = field(default_factory=dict)
    changes: Mapping[str, dict[str, Any]] = field(default_factory=dict)  # by overlay
    stop: dict[str, Any] | None = None  # the client-wide stop that is open
    book: Library = field(default_factory=library)  # the practice's own among them, where used
    extras: Mapping[str, Extras] = field(default_factory=dict)  # what the practice adds to lifts


def resolved(
    client: models.Client,
    *,
    first: dt.date,
    days: int,
    today: dt.date,
    stop: dict[str, Any] | None = None,
    notes: Iterable[Mapping[str, Any]] = (),
) -> Days:
    """The sessions from a day on under every change; none without a plan. Three queries.

    ``stop`` and ``notes`` as they stand beside the client's row.
    """
    last = first + dt.timedelta(days=days - 1)
    paused = _stopped(stop)
    try:
        standing = plans.standing(client.pk, today=today, sets_on=(first, last))
    except plans.NoPlan:
        return Days(stop=paused)
    sessions = tuple(plans.sessions_between(standing, first, last))
    return Days(
        sessions,
        {each.id: standing.logged(each.id) for each in sessions},
        _changes(standing),
        stop=paused,
        book=standing.book,
        extras=books.extras_in(notes),
    )


def week(user: User, *, first: dt.date | None, days: int, at: dt.datetime) -> dict[str, Any]:
    """The resolved sessions from a day on, today where none is named, with the reason of every
    change. Four queries."""
    client = people.own_client_with(user, **_around(OuterRef("pk")))
    first = first or local_date(at, client.time_zone)
    beside = {"stop": client.stop, "notes": client.notes}
    return _shown(client, resolved(client, first=first, days=days, today=first, **beside))


def _shown(client: models.Client, found: Days) -> dict[str, Any]:
    return {
        "sessions": [_session(each, client, found) for each in found.sessions],
        "changes": list(found.changes.values()),
    }


def documents(
    client: models.Client, sessions: Iterable[PlannedSession], book: Library
) -> list[dict[str, Any]]:
    """Sessions as they would be, in the shape the phone shows. No query."""
    return [_session(each, client, Days(book=book)) for each in sessions]


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


def _session(session: PlannedSession, client: models.Client, days: Days) -> dict[str, Any]:
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
            for row in days.logged.get(session.id, ())
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
        "prescription": None if now is None else _prescription(now, client, days),
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


def _prescription(now: Prescription, client: models.Client, days: Days) -> dict[str, Any]:
    lift = days.book.get(now.exercise)
    extras = days.extras.get(now.exercise, Extras())
    return {
        "exercise": None if lift is None else books.shown(lift, books.LibraryRow(lift, extras)),
        "line": _line(now, client),
        "sets": [_target(each) for each in now.sets],
        "rest_seconds": now.rest_seconds,
        "tempo": now.tempo,
        "superset": now.superset,
        "note": now.note,
        "cues": list(now.cues),
        "media": [{"url": each.url, "title": each.title} for each in now.media],
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


def open_stop(client: Any) -> Subquery:
    """The client-wide stop that is open, beside a client's row."""
    rows = models.SymptomReport.objects.filter(
        client=client, closed_at__isnull=True, level__in=["emergency", "urgent"]
    )
    return nested.first(rows.order_by("level", "-received_at"), "level", report_id="pk")


def _around(client: Any) -> dict[str, Any]:
    """What the days of a plan are shown with, beside a client's row."""
    return {"stop": open_stop(client), "notes": books.notes_beside("practice")}


def stop_of(client: models.Client) -> dict[str, Any] | None:
    """The stop that is open. One query."""
    rows = models.Client.objects.filter(pk=client.pk).annotate(stop=open_stop(OuterRef("pk")))
    found: dict[str, Any] | None = rows.values_list("stop", flat=True).get()
    return found


def _stopped(stop: dict[str, Any] | None) -> dict[str, Any] | None:
    """A stop in the client's words; logging goes on (I-5)."""
    return None if stop is None else {**stop, "words": client_words(stop["level"])}


def _with_news(user: User, *, at: dt.datetime) -> Any:
    """The client this user is, with the stop that is open, questions due, and what is unread."""
    whose = OuterRef("pk")
    return people.own_client_with(
        user,
        **_around(whose),
        asked=_asked(whose, at=at),
        unread_messages=nested.count(thread.waiting(whose, by_coach=False)),
        unread_notifications=nested.count(told_to_clients.waiting(OuterRef("user"))),
        **reaching.known(whose),
    )


def follow_ups(user: User, *, at: dt.datetime) -> list[dict[str, Any]]:
    """The questions this client is asked now. One query."""
    return _questions(people.own_client_with(user, asked=_asked(OuterRef("pk"), at=at)))


def _asked(client: Any, *, at: dt.datetime) -> ArraySubquery:
    """The questions that are due, beside a client's row."""
    where = {"region": "region", "side": "side"}
    sites = models.Site.objects.filter(report=OuterRef("report")).order_by("pk")
    episodes = models.Episode.objects.filter(regressions=OuterRef("regression")).order_by("pk")
    due = models.FollowUp.objects.filter(
        client=client, asks="client", done_at__isnull=True, due_at__lte=at
    )
    return nested.each(
        due.order_by("due_at", "pk"),
        "kind",
        "session_id",
        "due_at",
        id="pk",
        about="report_id",
        session_on="session__on",
        questions="items",
        of_report=nested.each(sites, **where),
        of_change=nested.each(episodes, **where),
    )


def _questions(client: Any) -> list[dict[str, Any]]:
    # A question is asked again and again (15 minutes, 2 hours, morning), and shown once.
    once = {(each["kind"], each["about"], each["session_id"]): each for each in client.asked}
    return [
        {
            "id": each["id"],
            "kind": each["kind"],
            "about": each["about"],
            "session_id": each["session_id"],
            "session_on": nested.day(each["session_on"]),
            "questions": each["questions"],
            "places": [
                {**place, "words": region_words(place["region"], place["side"])}
                for place in (each["of_report"] if each["about"] else each["of_change"])
            ],
            "due_at": nested.instant(each["due_at"]),
        }
        for each in once.values()
    ]
