"""A client's plan as written and as it stands: revision, reschedules, swaps, overlays, in one
view. Three queries, whatever its size.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Q

from clients import models
from clients.domain.moments import local_date
from clients.domain.overlay import Overlay
from clients.domain.plan_writing import (
    Target,
    Writing,
    as_plan,
    places_from_json,
)
from clients.domain.resolve import resolve
from clients.domain.swaps import Swaps, marked, swapped
from clients.queries import people, performed
from clients.queries.overlays import overlays_from, steps_of
from clients.queries.targets import needs_log, targets_of
from coachapi import nested
from coachapi.accounts.models import User
from coachapi.refusals import NotThere
from programs import queries as programs
from programs.domain import document
from programs.domain.exercise import Library
from programs.domain.prescription import Plan, PlannedSession, SessionState
from programs.domain.prescription_json import items_from_json

Days = tuple[dt.date, dt.date]  # the first and the last


@dataclass(frozen=True, slots=True)
class Part:
    """One plan of a client: its rows, its latest revision, what it wrote, the client's swaps."""

    plan: models.Plan
    revision: models.PlanRevision
    writing: Writing
    rows: Mapping[uuid.UUID, models.Session]
    target: Target  # what a prescription asks for in its week, its progression worked out
    plain: Plan  # as the coach wrote it, on the days it went to
    written: Plan  # with the client's swaps: what overlays are laid over
    swaps: Swaps
    book: Library  # what its lifts are known by

    def resolved(self, overlays: Iterable[Overlay]) -> Plan:
        """This plan under overlays. No query."""
        return marked(resolve(self.written, tuple(overlays), self.book), self.plain, self.swaps)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a client is to do: the plan that runs, and the one that follows it if there is one.

    ``plan`` and ``revision`` are of the first; ``written`` and ``resolved`` hold the sessions of
    all. Overlays are the client's, whatever plan they were applied in: a new plan loses none.
    """

    parts: tuple[Part, ...]
    overlays: tuple[Overlay, ...]
    steps: tuple[models.RegressionStep, ...]
    written: Plan
    resolved: Plan

    @property
    def plan(self) -> models.Plan:
        """The plan that runs."""
        return self.parts[0].plan

    @property
    def book(self) -> Library:
        """What its lifts are known by; the practice's own among them where one is used."""
        return max((part.book for part in self.parts), key=len)

    @property
    def revision(self) -> int:
        """The number of its latest revision."""
        return self.parts[0].revision.number

    def logged(self, session_id: uuid.UUID) -> list[models.SetLog]:
        """The sets of a session of the days it was read with. No query."""
        [row] = [part.rows[session_id] for part in self.parts if session_id in part.rows]
        return performed.logged_in(row)


class NoPlan(LookupError):
    """This client has no running plan."""


def standing(
    client_id: uuid.UUID,
    *,
    plan_id: uuid.UUID | None = None,
    today: dt.date | None = None,
    sets_on: Days | None = None,
) -> Standing:
    """The running plan of a client, or the one named. Raises ``NoPlan``.

    With ``today`` also a plan that ends on a later day, before the one that follows it; with
    ``sets_on`` the sessions of these days come with their sets (``Standing.logged``).
    """
    runs = Q(plan__ended_on__isnull=True)
    if today is not None:
        runs |= Q(plan__ended_on__gt=today)
    chosen = Q(plan_id=plan_id) if plan_id else runs
    return _stood(list(_latest(chosen & Q(client_id=client_id))), today, sets_on)


def find(user: User, plan_id: uuid.UUID, *, at: dt.datetime) -> Standing:
    """A plan of one of this coach's clients, or of this client. Raises ``NotThere``."""
    mine = Q(client__user=user) | Q(client__in=people.for_coach(user))
    found = list(_latest(Q(plan_id=plan_id) & mine))
    if not found:
        raise NotThere
    return _stood(found, local_date(at, found[0].plan.client.time_zone))


def _latest(chosen: Q) -> Iterable[models.PlanRevision]:
    return (
        models.PlanRevision.objects.filter(chosen)
        .order_by("plan_id", "-number")
        .distinct("plan_id")
        .select_related("plan__client__health", "author")
        .annotate(own=programs.own_beside("document", "plan__client__practice"))
    )


def _stood(
    latest: list[models.PlanRevision], today: dt.date | None, sets_on: Days | None = None
) -> Standing:
    revisions = sorted(latest, key=lambda each: each.plan.starts_on)
    if not revisions:
        raise NoPlan
    client_id = revisions[0].client_id
    rows: dict[uuid.UUID, dict[uuid.UUID, models.Session]] = defaultdict(dict)
    for row in _sessions(revisions, sets_on):
        rows[row.plan_id][row.pk] = row
    parts = tuple(_part(each, rows[each.plan_id], today) for each in revisions)
    steps = steps_of(client_id)
    overlays = tuple(each for found in steps.values() for each in overlays_from(found))
    return Standing(
        parts=parts,
        overlays=overlays,
        steps=tuple(step for found in steps.values() for step in found),
        written=_together(part.written for part in parts),
        resolved=_together(part.resolved(overlays) for part in parts),
    )


def laid_over(standing: Standing, overlay: Overlay) -> Plan:
    """The plan with one more overlay: a preview is the same function (decision 4). No query."""
    overlays = (*standing.overlays, overlay)
    return _together(part.resolved(overlays) for part in standing.parts)


def sessions_between(standing: Standing, first: dt.date, last: dt.date) -> list[PlannedSession]:
    """The resolved sessions of a span of days, in order. No query."""
    return sorted(
        (each for each in standing.resolved.sessions if first <= each.on <= last),
        key=lambda each: (each.on, each.index),
    )


def open_ids(part: Part, *, today: dt.date) -> frozenset[uuid.UUID]:
    """The sessions ahead: not begun, on today or a later day. Only these a revision changes."""
    return frozenset(
        row.pk
        for row in part.rows.values()
        if row.on >= today and row.state in {"planned", "skipped", "excused"}
    )


def writing_of(revision: models.PlanRevision) -> Writing:
    """What a revision wrote, parsed once a process: a revision is a record, it never changes."""
    found = _PARSED.get(revision.pk)
    if found is None:
        parsed = document.parse(revision.document, exercises=None)  # checked when written
        found = _PARSED[revision.pk] = Writing(parsed, places_from_json(revision.places))
        if len(_PARSED) > _PARSED_AT_MOST:
            _PARSED.popitem(last=False)
    return found


_PARSED: OrderedDict[uuid.UUID, Writing] = OrderedDict()
_PARSED_AT_MOST = 256


def _sessions(
    revisions: list[models.PlanRevision], sets_on: Days | None
) -> Iterable[models.Session]:
    """The sessions of these plans, each with the client's swaps in order, and with its sets where
    something is worked out from the log."""
    swaps = models.SessionChange.objects.filter(session=OuterRef("pk"), kind="swap")
    also = {"swaps": nested.each(swaps.order_by("at", "id"), "slot", exercise="exercise_id")}
    by_log = [each.plan_id for each in revisions if needs_log(writing_of(each))]
    if by_log or sets_on:
        days = Q(session__on__range=sets_on) if sets_on else Q()
        also |= performed.beside(sets=Q(session__plan__in=by_log) | days)
    rows = models.Session.objects.filter(plan__in=[each.plan_id for each in revisions])
    return rows.annotate(**also).order_by("index")


def _part(
    revision: models.PlanRevision,
    rows: Mapping[uuid.UUID, models.Session],
    today: dt.date | None,
) -> Part:
    writing = writing_of(revision)
    book = programs.library_with(revision.own)  # type: ignore[attr-defined]  # beside, in _latest
    target = targets_of(writing, rows, revision.plan.client, book, today=today)
    planned = as_plan(writing, revision.plan.starts_on, target)
    plain = replace(
        planned, sessions=tuple(_as_it_went(each, rows[each.id]) for each in planned.sessions)
    )
    swaps = {
        (row.pk, swap["slot"]): swap["exercise"]
        for row in rows.values()
        for swap in row.swaps  # type: ignore[attr-defined]  # annotated in _sessions
    }
    done = {place: exercise for place, exercise in swaps.items() if exercise}
    return Part(
        plan=revision.plan,
        revision=revision,
        writing=writing,
        rows=rows,
        target=target,
        plain=plain,
        written=swapped(plain, done, book),
        swaps=done,
        book=book,
    )


def _as_it_went(session: PlannedSession, row: models.Session) -> PlannedSession:
    """The session with its own date and state; a started one shows what was shown then."""
    items = items_from_json(row.frozen) if row.frozen is not None else session.items
    planned_on = session.planned_on or session.on
    state: SessionState = row.state  # type: ignore[assignment]  # a check constraint knows them
    return replace(session, on=row.on, planned_on=planned_on, state=state, items=items)


def _together(plans: Iterable[Plan]) -> Plan:
    """The sessions of plans that follow each other, as one."""
    found = list(plans)
    return replace(found[0], sessions=tuple(each for plan in found for each in plan.sessions))
