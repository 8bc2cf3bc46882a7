"""The page "Did it help?": records by protocol and option, and how the work was done meanwhile."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from clients import models
from clients.domain.answer_times import HandledReport, ProcessFigures, process_figures
from clients.domain.endpoints import EpisodeRecord
from clients.domain.option_rows import OptionRow
from clients.domain.outcomes import REASONS
from clients.queries import outcomes, people, rules
from coachapi.accounts.models import User
from coachapi.refusals import NotThere
from programs.domain.protocol import Option, Protocol, ProtocolSet

SPANS: Mapping[str, int | None] = {"90": 90, "365": 365, "all": None}
WHO = ("practice", "mine")
STOPS = ("emergency", "urgent", "refer")
ACTS = ("applied", "cleared", "told_to_get_checked", "mistaken_tap")
NO_ACT = ("acknowledged",)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records: of every client whose answers the reader may see, or fewer; since when."""

    who: str = "practice"
    client_id: uuid.UUID | None = None
    span: str = "365"

    def since(self, today: dt.date) -> dt.date | None:
        """The first day an episode may have been opened on; None for all."""
        days = SPANS[self.span]
        return today - dt.timedelta(days=days) if days else None


@dataclass(frozen=True, slots=True)
class Tried:
    """One option that was tried, with its record; ``option`` None once it left the protocols."""

    id: str
    option: Option | None
    row: OptionRow


@dataclass(frozen=True, slots=True)
class Group:
    """The options of one protocol that were tried, in the protocol's order."""

    protocol: Protocol | None
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page shows; ``clients`` are those it may be narrowed to."""

    scope: Scope
    groups: tuple[Group, ...]
    started: int
    lost: int
    figures: ProcessFigures
    clients: tuple[tuple[uuid.UUID, str], ...]
    reasons: tuple[str, ...]


def read_scope(asked: Mapping[str, str]) -> Scope:
    """The scope of a query string; what is not understood is the default."""
    try:
        client_id = uuid.UUID(asked.get("client", ""))
    except ValueError:
        client_id = None
    who, span = asked.get("who", ""), asked.get("span", "")
    default = Scope()
    return Scope(
        who if who in WHO else default.who, client_id, span if span in SPANS else default.span
    )


def page(user: User, scope: Scope, *, at: dt.datetime) -> Page:
    """The whole page. Twelve queries, whatever the number of episodes.

    Raises ``NotThere`` for a client who is not this coach's.
    """
    today = at.date()
    practice_id = people.coach_place(user).practice_id
    protocols = rules.protocols_for(practice_id)
    known = tuple(people.for_coach(user).order_by("name", "id").values_list("id", "name"))
    if scope.client_id is not None and scope.client_id not in dict(known):
        raise NotThere
    found = outcomes.episode_records(
        practice_id=practice_id,
        client_id=scope.client_id,
        lead=user if scope.who == "mine" else None,
        today=today,
    )
    since = scope.since(today)
    shown = outcomes.option_rows(found, since=since, protocols=protocols)
    tried = [row for row in shown if row.started or (row.withheld and _is_in(row, found))]
    return Page(
        scope=scope,
        groups=tuple(_grouped(tried, protocols)),
        started=sum(row.started for row in tried),
        lost=sum(row.lost for row in tried),
        figures=_figures(user, scope, practice_id, since, at),
        clients=known,
        reasons=REASONS,
    )


def as_json(user: User, scope: Scope, *, at: dt.datetime) -> dict[str, Any]:
    """The same as the API gives it."""
    found = page(user, scope, at=at)
    figures = found.figures
    return {
        "scope": {"who": scope.who, "client": scope.client_id, "span": scope.span},
        "items": [_row_json(group, each) for group in found.groups for each in group.tried],
        "lost": found.lost,
        "started": found.started,
        "process": {
            "minutes_to_seen": _minutes_json(figures.seen),
            "minutes_to_decided": _minutes_json(figures.decided),
            "follow_ups": figures.follow_up_words,
            "reports": figures.reports,
            "flags_with_a_proposal": figures.flags_with_a_proposal,
            "acted_by_rule": [
                {"rule": each.rule, "acted": each.acted, "of": each.of}
                for each in figures.acted_by_rule
            ],
        },
        "read_with_care": list(found.reasons),
    }


def _is_in(row: OptionRow, found: Iterable[EpisodeRecord]) -> bool:
    return any(each.option_id == row.option_id for each in found)


def _grouped(rows: list[OptionRow], protocols: ProtocolSet) -> Iterable[Group]:
    """The rows under their protocols, in the protocols' order; what left them stands last."""
    known = {
        option.id: (protocol, option)
        for protocol in protocols.protocols
        for options in protocol.options.values()
        for option in options
    }
    by_protocol: dict[str, list[Tried]] = {}
    for row in rows:
        protocol, option = known.get(row.option_id, (None, None))
        key = protocol.id if protocol else ""
        by_protocol.setdefault(key, []).append(Tried(row.option_id, option, row))
    for protocol in protocols.protocols:
        if protocol.id in by_protocol:
            yield Group(protocol, tuple(by_protocol[protocol.id]))
    if "" in by_protocol:
        yield Group(None, tuple(by_protocol[""]))


def _figures(
    user: User, scope: Scope, practice_id: uuid.UUID, since: dt.date | None, at: dt.datetime
) -> ProcessFigures:
    reports = models.SymptomReport.objects.filter(
        client__in=_clients(user, scope, practice_id), kind="symptom", merged_into__isnull=True
    )
    asked = models.FollowUp.objects.filter(
        client__in=_clients(user, scope, practice_id), asks="client", due_at__lte=at
    ).filter(Q(answer__isnull=False) | Q(done_at__isnull=True))
    if since is not None:
        reports = reports.filter(performed_on__gte=since)
        asked = asked.filter(due_at__date__gte=since)
    counts = asked.aggregate(due=Count("pk"), answered=Count("answer"))
    return process_figures(
        _handled(reports), follow_ups_answered=counts["answered"], follow_ups_due=counts["due"]
    )


def _clients(user: User, scope: Scope, practice_id: uuid.UUID) -> QuerySet[models.Client]:
    rows = people.for_coach(user).filter(practice_id=practice_id)
    if scope.client_id is not None:
        rows = rows.filter(pk=scope.client_id)
    if scope.who == "mine":
        rows = rows.filter(pk__in=outcomes.led_by(user))
    return rows


def _handled(reports: QuerySet[models.SymptomReport]) -> list[HandledReport]:
    decisions = models.Decision.objects.filter(report=OuterRef("pk"))
    verdicts = models.Verdict.objects.filter(report=OuterRef("pk")).order_by("-number")
    rows = reports.annotate(
        rule=Subquery(verdicts.values("rows__0")[:1]),
        decided_at=Min("decisions__at", filter=~Q(decisions__kind__in=NO_ACT)),
        acted=Exists(decisions.filter(kind__in=ACTS)),
        flagged=Exists(verdicts.filter(level__in=STOPS)),
        # What was applied by a verdict that stops: the database refuses it, so this stays 0.
        proposals=Count(
            "decisions", filter=Q(decisions__kind="applied", decisions__verdict__level__in=STOPS)
        ),
    ).values_list("received_at", "seen_at", "decided_at", "rule", "acted", "flagged", "proposals")
    return [
        HandledReport(
            reported_at=received,
            seen_at=seen,
            decided_at=decided,
            rule=rule or "",
            acted=acted,
            overridden=False,
            flagged=flagged,
            proposals=proposals,
        )
        for received, seen, decided, rule, acted, flagged, proposals in rows
    ]


def _minutes_json(minutes: Any) -> dict[str, Any]:
    return {
        "p50": minutes.p50,
        "p95": minutes.p95,
        "of": minutes.of,
        "waiting": minutes.waiting,
    }


def _row_json(group: Group, tried: Tried) -> dict[str, Any]:
    row = tried.row
    return {
        "protocol_id": group.protocol.id if group.protocol else None,
        "option_id": row.option_id,
        "title": tried.option.title if tried.option else None,
        "withheld": row.withheld,
        "started": row.started,
        "settled": row.settled,
        "of": row.of,
        "words": row.words,
        "interval_percent": row.interval,
        "thin": row.thin_words,
        "lost": row.lost,
        "lost_words": row.lost_words,
        "running": row.running,
        "median_days": row.median,
        "median_words": row.median_words,
        "overlap": row.overlap_sentence,
        "curve": [
            {
                "day": point.day,
                "share": round(point.share, 4),
                "low": None if point.low is None else round(point.low, 4),
                "high": None if point.high is None else round(point.high, 4),
            }
            for point in (row.curve.points if row.curve else ())
        ],
        "referred_or_switched": [
            {"day": point.day, "share": round(point.share, 4)}
            for point in (row.competing.points if row.competing else ())
        ],
        "at_risk": [
            {
                "day": each.day,
                "at_risk": each.at_risk,
                "settled": each.settled,
                "referred_or_switched": each.referred_or_switched,
                "left": each.left,
            }
            for each in row.at_risk
        ],
        "by_technique": [
            {"verified": each.verified, "settled": each.settled, "of": each.of}
            for each in row.by_technique
        ],
    }
