"""The only place where rows become the plain facts that the rules read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q

from clients import models
from clients.domain import body, facts, freetext
from clients.domain.bands import Settings
from clients.domain.report import Report
from clients.queries.overlays import overlays_from
from clients.queries.rules import settings_for
from coachapi import nested
from programs.domain.exercises import library

LOOKING_BACK = dt.timedelta(days=400)  # longer than any rule does (TR3: 180 days)


@dataclass(frozen=True, slots=True)
class Known:
    """What every report of a client is judged by; it holds until something is written."""

    history: facts.History
    profile: facts.Profile
    settings: Settings
    waiting: Sequence[models.SymptomReport]  # symptoms nobody has closed, oldest first
    episodes: list[models.Episode]


def known(client: models.Client, *, at: dt.datetime) -> Known:
    """Everything known of a client now, gathered once for all of its reports.

    Four queries; two more once there was a report, and two once there was a regression.
    """
    since = at - LOOKING_BACK
    rows = _reports(client, since)
    episodes = list(
        models.Episode.objects.filter(client=client).prefetch_related("regressions__steps")
    )
    return Known(
        history=_history(client, rows, episodes, since=since, at=at),
        profile=profile(client),
        settings=settings_for(client),
        waiting=[row for row in rows if _waits(row)],
        episodes=episodes,
    )


def profile(client: models.Client) -> facts.Profile:
    """The slow facts of a client; a fact never asked stays unknown."""
    health = client.health
    known = {each.name for each in fields(facts.Profile)}
    held: dict[str, Any] = {}
    confirmed: list[dt.date] = []
    for name, fact in health.facts.items():
        if name in known:
            value = fact.get("value")
            held[name] = dt.date.fromisoformat(value) if name.endswith("_on") and value else value
        if fact.get("on"):
            confirmed.append(dt.date.fromisoformat(fact["on"]))
    held["clearances"] = frozenset(held.get("clearances") or ())
    held.pop("confirmed_on", None)
    return facts.Profile(
        **{**held, "born_on": health.born_on},
        confirmed_on=min(confirmed, default=None),
    )


def _reports(client: models.Client, since: dt.datetime) -> list[models.SymptomReport]:
    """The reports of a client since then and all that wait, in the order in which it hurt."""
    waiting = Q(closed_at__isnull=True, merged_into__isnull=True, kind="symptom")
    rows = models.SymptomReport.objects.filter(waiting | Q(performed_at__gte=since), client=client)
    return list(rows.order_by("performed_at", "id").prefetch_related("answers", "decisions"))


def _waits(row: models.SymptomReport) -> bool:
    return row.closed_at is None and row.merged_into_id is None and row.kind == "symptom"


def _history(
    client: models.Client,
    rows: Sequence[models.SymptomReport],
    episodes: Iterable[models.Episode],
    *,
    since: dt.datetime,
    at: dt.datetime,
) -> facts.History:
    """All that has been said and done by this client. One query."""
    reports = tuple(as_report(row) for row in rows)
    lately = _lately(client, since)
    trained = {each.on for each in lately.sessions}
    return facts.History(
        reports=reports,
        closed=frozenset(row.pk for row in rows if row.closed_at is not None),
        sessions=lately.sessions,
        mornings=tuple(_mornings(reports, trained)),
        episodes=tuple(_episodes(episodes, at)),
        regressions=tuple(_regressions(episodes)),
        clearances=lately.clearances,
        weekly=lately.weekly,
        position_lost=lately.position_lost,
    )


def weekly(client: models.Client, *, since: dt.datetime) -> tuple[facts.WeeklyValue, ...]:
    """The weekly checks of a client, the last of a day and place. One query."""
    return _lately(client, since).weekly


class _Lately(NamedTuple):
    """What a client has done since a day, and what professionals have cleared."""

    sessions: tuple[facts.SessionFact, ...]
    position_lost: tuple[facts.PositionLost, ...]
    weekly: tuple[facts.WeeklyValue, ...]
    clearances: tuple[facts.Clearance, ...]


def _lately(client: models.Client, since: dt.datetime) -> _Lately:
    """Four short lists in one query: most clients have little in most of them."""
    mine = {"client": OuterRef("pk")}
    begun = models.Session.objects.filter(**mine, started_at__gte=since).order_by("started_at")
    lost = models.SetLog.objects.filter(
        **mine, end_reason="position_lost", performed_at__gte=since
    ).order_by("performed_at")
    checks = models.CheckIn.objects.filter(
        **mine, kind=models.CheckIn.WEEKLY, performed_at__gte=since
    ).order_by("performed_at", "received_at")
    cleared = models.Clearance.objects.filter(**mine).order_by("at")
    sessions, sets, weeks, clearances = models.Client.objects.values_list(
        nested.each(begun, "id", "started_at", "on"),
        nested.each(lost, "exercise_id", "performed_on"),
        nested.each(
            checks,
            "region",
            "side",
            "performed_on",
            "score",
            "substantial",
        ),
        nested.each(
            cleared,
            "at",
            "report_id",
            "cleared",
            "limits",
            "professional",
        ),
    ).get(pk=client.pk)
    of_day = {(row["region"], row["side"], row["performed_on"]): row for row in weeks}
    return _Lately(
        sessions=tuple(
            facts.SessionFact(
                uuid.UUID(row["id"]), nested.instant(row["started_at"]), nested.day(row["on"])
            )
            for row in sessions
        ),
        position_lost=tuple(
            facts.PositionLost(row["exercise_id"], nested.day(row["performed_on"])) for row in sets
        ),
        weekly=tuple(
            facts.WeeklyValue(
                region, side, nested.day(on), row["score"] or 0, substantial=row["substantial"]
            )
            for (region, side, on), row in of_day.items()
        ),
        clearances=tuple(
            facts.Clearance(
                at=nested.instant(row["at"]),
                report_ids=frozenset({uuid.UUID(row["report_id"])}),
                cleared=frozenset(row["cleared"]),
                limits=bool(row["limits"]),
                professional=row["professional"],
            )
            for row in clearances
        ),
    )


def but(known: facts.History, report_id: uuid.UUID) -> facts.History:
    """The same history without one report, which is no part of its own past. No query."""
    reports = tuple(each for each in known.reports if each.id != report_id)
    trained = {each.on for each in known.sessions}
    return replace(
        known,
        reports=reports,
        closed=known.closed - {report_id},
        mornings=tuple(_mornings(reports, trained)),
    )


def told(row: models.SymptomReport, known: Known) -> Report:
    """A report as the rules read it: gathered with the rest, but for one from long ago."""
    found = (each for each in known.history.reports if each.id == row.pk)
    return next(found, None) or as_report(row)


def felt_in(said: Mapping[str, Any]) -> str:
    """The exercise a report names, or an empty string."""
    lift = said.get("exercise")
    named = lift.get("exercise") if isinstance(lift, Mapping) else None
    return named if isinstance(named, str) else ""


def felt_from_set(said: Mapping[str, Any]) -> int:
    """The number of the set from which on it hurt; 0 when none is named."""
    lift = said.get("exercise")
    named = lift.get("set_index") if isinstance(lift, Mapping) else None
    return named if isinstance(named, int) else 0


def as_report(row: models.SymptomReport, *, is_new: bool = False) -> Report:
    """A report with every answer given since, as the rules read it.

    A mistaken tap counts from the moment a coach has confirmed it (I-2); until then the first
    answer stands. Callers prefetch ``answers`` and ``decisions``;
    one that ``is_new`` has none.
    """
    answers: Iterable[models.Answer] = () if is_new else row.answers.all()
    decisions: Iterable[models.Decision] = () if is_new else row.decisions.all()
    note = row.said.get("note")
    told = body.read(
        row.said,
        id=row.pk,
        performed_at=row.performed_at,
        zone=row.zone,
        session_id=row.session_id,
        session_on=row.performed_on,
        note_signals=(flag.item_id for flag in freetext.read_note(note).flags)
        if isinstance(note, str)
        else (),
    )
    confirmed_at = [each.at for each in decisions if each.kind == "mistaken_tap"]
    for answer in sorted(answers, key=lambda each: (each.performed_at, each.pk)):
        if answer.source == "exposure":  # said of a later session, under a regression
            continue
        if answer.source == "mistaken_tap" and not any(
            at >= answer.received_at for at in confirmed_at
        ):
            continue
        told = body.add_answer(
            told, answer.said, performed_at=answer.performed_at, source=answer.source
        )
    lift = told.exercise
    if lift is not None and lift.pattern is None and lift.exercise in library():
        told = replace(told, exercise=replace(lift, pattern=library()[lift.exercise].pattern))
    return told


def _mornings(reports: Iterable[Report], trained: set[dt.date]) -> Iterable[facts.Morning]:
    for report in reports:
        for site in report.sites:
            if site.next_morning is not None:
                on = report.session_on + dt.timedelta(days=1)
                yield facts.Morning(
                    site.region, site.side, site.next_morning, on, trained=on in trained
                )


def _episodes(rows: Iterable[models.Episode], at: dt.datetime) -> Iterable[facts.EpisodeFact]:
    for row in rows:
        steps = [list(each.steps.all()) for each in row.regressions.all()]
        yield facts.EpisodeFact(
            region=row.region,
            side=row.side,
            started_on=row.opened_at.date(),
            settled_on=row.settled_on,
            resolved_on=row.closed_at.date()
            if row.outcome == "resolved" and row.closed_at
            else None,
            failed_options=sum(any(step.outcome == "failed" for step in each) for each in steps),
            regressed_days=sum(_days_in_force(each, at.date()) for each in steps),
        )


def _days_in_force(steps: list[models.RegressionStep], today: dt.date) -> int:
    ordered = sorted(steps, key=lambda each: each.number)
    if not ordered or ordered[-1].kind == "undone":
        return 0
    end = ordered[-1].starts_on if ordered[-1].kind == "ended" else today
    return max(0, (end - ordered[0].starts_on).days)


def _regressions(rows: Iterable[models.Episode]) -> Iterable[facts.ActiveRegression]:
    for row in rows:
        for regression in row.regressions.all():
            steps = sorted(regression.steps.all(), key=lambda each: each.number)
            overlays = overlays_from(steps)
            if overlays and overlays[-1].ended_on is None:
                yield facts.ActiveRegression(
                    region=row.region,
                    side=row.side,
                    started_on=overlays[0].starts_on,
                    ends_on=overlays[-1].review_on,
                )
