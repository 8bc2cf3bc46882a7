"""Did it help: the practice's episodes as records, for the outcome page and beside each option."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from clients import models
from clients.domain.endpoints import Ended, EpisodeRecord, TechniqueVerified, settled_on
from clients.domain.outcomes import OptionRow, table
from clients.queries import exposures, plans
from coachapi.accounts.models import User
from programs.domain.protocol import ProtocolSet, protocol_set

ENDED: dict[str, Ended] = {
    "settled": "settled",
    "failed": "failed_next",
    "referred": "referred",
    "withdrawn": "withdrawn",
}
LOST_AFTER = dt.timedelta(days=14)
VERIFIED: dict[bool | None, TechniqueVerified] = {True: "yes", False: "no", None: "unknown"}
FAR = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def episode_records(
    *,
    practice_id: uuid.UUID | None = None,
    client_id: uuid.UUID | None = None,
    lead: User | None = None,
    today: dt.date | None = None,
) -> list[EpisodeRecord]:
    """Every option tried, one record per episode and option, of what the reader may see.

    ``lead`` keeps the clients this coach leads. Seven queries, whatever the number of episodes.
    """
    rows = models.Regression.objects.all()
    if practice_id is not None:
        rows = rows.filter(client__practice_id=practice_id)
    if client_id is not None:
        rows = rows.filter(client_id=client_id)
    if lead is not None:
        rows = rows.filter(client__in=led_by(lead))
    regressions = list(
        rows.annotate(**_beside())
        .select_related("report", "plan", "client")
        .prefetch_related("steps", "episodes")
        .order_by("created_at")
    )
    found = exposures.trails(regressions)
    sessions = _sessions({each.plan_id for each in regressions})
    return [
        record for each in regressions for record in _records(each, found[each.pk], sessions, today)
    ]


def led_by(user: User) -> QuerySet[models.Coaching, uuid.UUID]:
    """The ids of the clients this coach leads, for a condition. No query of its own."""
    return models.Coaching.objects.filter(
        coach__user=user, role="lead", until__isnull=True
    ).values_list("client", flat=True)


def _beside() -> dict[str, Any]:
    """What a record holds beside the change itself, so that no row costs a query of its own."""
    leads = models.Coaching.objects.filter(
        client=OuterRef("client"), role="lead", until__isnull=True
    )
    agreed = models.Consent.objects.filter(
        client=OuterRef("client"), purpose="statistics", withdrawn_at__isnull=True
    )
    ends = models.RegressionStep.objects.filter(regression=OuterRef("pk"), kind="ended")
    checks = models.TechniqueCheck.objects.filter(
        client=OuterRef("client"), pattern=OuterRef("pattern"), at__lte=OuterRef("over_at")
    )
    return {
        "lead_id": Subquery(leads.values("coach_id")[:1]),
        "agreed": Exists(agreed),
        "over_at": Coalesce(
            Subquery(ends.order_by("-number").values("at")[:1]), Value(FAR, DateTimeField())
        ),
        "technique": Subquery(checks.order_by("-at").values("passed")[:1]),
    }


def records(practice_id: uuid.UUID) -> dict[str, tuple[int, int]]:
    """How often each option settled, of how many, in this practice."""
    return {
        row.option_id: (row.settled, row.of)
        for row in option_rows(episode_records(practice_id=practice_id))
    }


def option_rows(
    found: list[EpisodeRecord],
    *,
    since: dt.date | None = None,
    protocols: ProtocolSet | None = None,
) -> list[OptionRow]:
    """The outcome table, in the protocols' order; without any, of those that ship."""
    order = dict.fromkeys(
        option.id
        for protocol in (protocols or protocol_set()).protocols
        for options in protocol.options.values()
        for option in options
    )
    return list(table(found, list(order), since=since))


def _sessions(plan_ids: set[uuid.UUID]) -> dict[uuid.UUID, list[models.Session]]:
    found: dict[uuid.UUID, list[models.Session]] = {each: [] for each in plan_ids}
    for row in models.Session.objects.filter(plan__in=plan_ids).only("plan_id", "on", "state"):
        found[row.plan_id].append(row)
    return found


def _records(
    regression: models.Regression,
    trail: exposures.Trail,
    sessions: dict[uuid.UUID, list[models.Session]],
    today: dt.date | None,
) -> list[EpisodeRecord]:
    steps = sorted(regression.steps.all(), key=lambda each: each.number)
    beside: Any = regression  # with what _beside() adds
    overlays = plans.overlays_from(steps)
    if not overlays:  # undone: as if it had never been
        return []
    begun = overlays[0].starts_on
    last = steps[-1]
    ended_on = last.starts_on if last.kind == "ended" else None
    during = [
        each
        for each in sessions[regression.plan_id]
        if each.on >= begun and (ended_on is None or each.on < ended_on)
        and (today is None or each.on <= today)
    ]  # fmt: skip
    contact = max(
        [begun, *(each.on for each in trail.exposures), *(each.on for each in trail.later)]
    )
    made = []
    for episode in regression.episodes.all():
        record = EpisodeRecord(
            id=str(episode.pk),
            client=str(regression.client_id),
            region=episode.region,
            side=episode.side,
            option_id=regression.option_id,
            protocol_id=regression.protocol_id,
            technique_verified=VERIFIED[beside.technique],
            opened_on=episode.opened_at.date(),
            applied_on=begun,
            exposures=trail.exposures,
            ended=ENDED.get(last.outcome, "open"),
            last_contact_on=contact,
            planned_sessions=len(during),
            done_sessions=sum(each.state == "done" for each in during),
            ended_on=ended_on,
            other_values=trail.later,
            after=str(episode.previous_id) if episode.previous_id else None,
            coach=str(beside.lead_id or ""),
            consented=beside.agreed,
        )
        made.append(_as_it_ended(record, today))
    return made


def _as_it_ended(record: EpisodeRecord, today: dt.date | None) -> EpisodeRecord:
    """An open record that has settled counts as settled; one without a word for 14 days is lost."""
    if record.ended != "open":
        return record
    if settled_on(record) is not None:
        return replace(record, ended="settled")
    if today is not None and today - record.last_contact_on > LOST_AFTER:
        return replace(record, ended="lost")
    return record
