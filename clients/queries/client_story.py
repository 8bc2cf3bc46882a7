"""A client's page: how things stand, what happened, and the week ahead as it will be trained."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch

from clients import models
from clients.domain import timeline
from clients.domain.compliance import Kept
from clients.domain.diff import describe
from clients.domain.moments import local_date
from clients.domain.words_for_people import exercise_name
from clients.models.reports import LEVELS
from clients.queries import check_ins, compliance, facts, people, plans, running, thread
from clients.queries import timeline as timeline_rows
from clients.queries.running import unit_of
from coachapi.accounts.models import User
from coachapi.paging import Asked
from programs.domain.exercises import library
from programs.domain.loadable import Unit
from programs.domain.place_words import region_words
from programs.domain.prescription import Item

FEED_WEEKS = 12
SHOWN_CHECK_INS = 4
WEEK = dt.timedelta(days=7)
STOPS = ("refer", "urgent", "emergency")  # they head the list of clients, the gravest first


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of "What happened"; ``kind`` is report, a decision's kind, or week."""

    kind: str
    at: dt.datetime
    report_id: uuid.UUID | None = None
    level: str = ""
    priority: str = "normal"
    where: str = ""
    score: int | None = None
    during: str = ""
    title: str = ""
    by: str = ""
    note: str = ""
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a session ahead: what is done, and what the program says when changed."""

    lift: str
    sets: str
    was_lift: str
    was: str
    paused: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A session of the week ahead as resolved."""

    on: dt.date
    name: str
    state: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A client in the list: gravest open level and where, training, changes, words unread."""

    id: uuid.UUID
    name: str
    level: str
    where: str
    last_trained: dt.date | None
    plan: str
    running: int
    unread: int


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Everything a client's page shows."""

    client: models.Client
    level: str
    where: str
    plan: models.Plan | None
    week: int
    weeks: int
    last_trained: dt.date | None
    kept: Kept
    running: tuple[running.Running, ...]
    happened: tuple[Happened, ...]
    days: tuple[Day, ...]
    rows: timeline.Rows
    today: dt.date
    zone_differs: bool
    unread: int
    check_ins: tuple[dict[str, Any], ...]


def clients(user: User) -> tuple[Listed, ...]:
    """This coach's clients by name, the stopped ones first. Six queries."""
    rows = list(people.for_coach(user).order_by("name", "id"))
    ids = [row.pk for row in rows]
    worst: dict[uuid.UUID, models.Site] = {}
    for site in models.Site.objects.filter(client_id__in=ids, closed_at__isnull=True):
        held = worst.get(site.client_id)
        if held is None or LEVELS.index(site.level) > LEVELS.index(held.level):
            worst[site.client_id] = site
    trained = dict(
        models.Session.objects.filter(client_id__in=ids, state="done")
        .values_list("client_id")
        .annotate(Max("on"))
    )
    named = dict(
        models.Plan.objects.filter(client_id__in=ids, ended_on__isnull=True).values_list(
            "client_id", "name"
        )
    )
    changes: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for client_id, regression_id in models.FollowUp.objects.filter(
        client_id__in=ids, kind="review", asks="coach", done_at__isnull=True
    ).values_list("client_id", "regression_id"):
        changes[client_id].add(regression_id)
    unread = thread.unread_of(ids)
    listed = [
        Listed(
            id=row.pk,
            name=row.name,
            level=worst[row.pk].level if row.pk in worst else "",
            where=_where(worst.get(row.pk)),
            last_trained=trained.get(row.pk),
            plan=named.get(row.pk, ""),
            running=len(changes[row.pk]),
            unread=unread.get(row.pk, 0),
        )
        for row in rows
    ]
    return tuple(
        sorted(listed, key=lambda each: -STOPS.index(each.level) if each.level in STOPS else 1)
    )


def page(user: User, client_id: uuid.UUID, *, at: dt.datetime, weeks: int = 8) -> ClientPage:
    """One client's whole story; raises ``NotThere``. A fixed number of queries."""
    client = people.coached_client(user, client_id)
    today = local_date(at, client.time_zone)
    standing = running.standing(client.pk, today=today)
    changes = running.of_client(client, today=today)
    open_sites = list(models.Site.objects.filter(client=client, closed_at__isnull=True))
    worst = max(open_sites, key=lambda each: LEVELS.index(each.level), default=None)
    sessions = list(models.Session.objects.filter(client=client, on__lte=today).order_by("on"))
    return ClientPage(
        client=client,
        level=worst.level if worst else "",
        where=_where(worst),
        plan=standing.plan if standing else None,
        week=(today - standing.plan.starts_on).days // 7 + 1 if standing else 0,
        weeks=max((each.week for each in standing.written.sessions), default=0) if standing else 0,
        last_trained=max((each.on for each in sessions if each.state == "done"), default=None),
        kept=compliance.of(client, sessions, today=today),
        running=tuple(each for each in changes if each.in_force),
        happened=_happened(client, sessions, at),
        days=tuple(_days(standing, today, unit_of(client))) if standing else (),
        rows=timeline_rows.rows(
            client,
            today=today,
            weeks=weeks,
            places=(),
            pattern=_pattern(client),
            regressions=[each.regression for each in changes],
            standing=standing,
        ),
        today=today,
        zone_differs=client.time_zone != user.time_zone,
        unread=thread.unread(client, by_coach=True),
        check_ins=tuple(check_ins.check_ins(client, Asked(limit=SHOWN_CHECK_INS))[0]),
    )


def _where(site: models.Site | None) -> str:
    return region_words(site.region, site.side) if site else ""


def _pattern(client: models.Client) -> str:
    """The pattern last complained about, else the one trained last. One or two queries."""
    book = library()
    reports = models.SymptomReport.objects.filter(client=client, said__has_key="exercise")
    said = reports.order_by("-performed_at").values_list("said", flat=True).first()
    named: str | None = facts.felt_in(said or {})
    if named not in book:
        logs = models.SetLog.objects.filter(client=client, kind="work").order_by("-performed_at")
        named = logs.values_list("exercise_id", flat=True).first()
    return book[named].pattern if named is not None and named in book else ""


def _happened(
    client: models.Client, sessions: list[models.Session], at: dt.datetime
) -> tuple[Happened, ...]:
    since = at - FEED_WEEKS * WEEK
    lines = [*_reports(client, since), *_decisions(client, since), *_weeks(sessions, since)]
    return tuple(sorted(lines, key=lambda each: each.at, reverse=True))


def _reports(client: models.Client, since: dt.datetime) -> list[Happened]:
    found = (
        models.SymptomReport.objects.filter(
            client=client, received_at__gte=since, merged_into__isnull=True
        )
        .prefetch_related("sites", Prefetch("verdicts", models.Verdict.objects.order_by("-number")))
        .order_by("-received_at")
    )
    lines = []
    for row in found:
        sites = row.sites.all()
        verdicts = row.verdicts.all()
        lines.append(
            Happened(
                kind="report",
                at=row.performed_at,
                report_id=row.pk,
                level=row.level,
                priority=verdicts[0].priority if verdicts else "normal",
                where=" · ".join(region_words(each.region, each.side) for each in sites),
                score=max((each.value for each in sites if each.value is not None), default=None),
                during=exercise_name(facts.felt_in(row.said)),
            )
        )
    return lines


def _decisions(client: models.Client, since: dt.datetime) -> list[Happened]:
    found = models.Decision.objects.filter(client=client, at__gte=since).select_related(
        "by", "regression"
    )
    return [
        Happened(
            kind=row.kind,
            at=row.at,
            report_id=row.report_id,
            title=row.regression.title if row.regression else "",
            by=row.by.name,
            note=row.note,
        )
        for row in found
    ]


def _weeks(sessions: list[models.Session], since: dt.datetime) -> list[Happened]:
    weeks: dict[dt.date, list[models.Session]] = defaultdict(list)
    for each in sessions:
        if each.on >= since.date():
            weeks[each.on - dt.timedelta(days=each.on.weekday())].append(each)
    return [
        Happened(
            kind="week",
            at=dt.datetime.combine(monday, dt.time(0, 0), dt.UTC),
            done=sum(each.state == "done" for each in found),
            of=sum(each.state != "excused" for each in found),
        )
        for monday, found in weeks.items()
    ]


def _days(standing: plans.Standing, today: dt.date, unit: Unit) -> list[Day]:
    ahead = plans.sessions_between(standing, today, today + dt.timedelta(days=6))
    return [
        Day(each.on, each.name, each.state, tuple(_place(item, unit) for item in each.items))
        for each in ahead
    ]


def _place(item: Item, unit: Unit) -> Place:
    now, was = item.now, item.was
    other_lift = was is not None and (now is None or was.exercise != now.exercise)
    return Place(
        lift=exercise_name(now.exercise if now else item.written.exercise),
        sets=describe(now, unit) if now else "",
        was_lift=exercise_name(was.exercise) if was and other_lift else "",
        was=describe(was, unit) if was else "",
        paused=item.paused,
        changed=bool(was),
    )
