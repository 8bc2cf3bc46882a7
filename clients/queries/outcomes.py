"""Did it help: the practice's episodes as records, for the outcome page and beside each option."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from clients import models
from clients.domain.endpoints import Ended, EpisodeRecord, settled_on
from clients.domain.outcomes import REASONS, OptionRow, table
from clients.queries import exposures, plans
from programs.domain.protocol import protocol_set

ENDED: dict[str, Ended] = {
    "settled": "settled",
    "failed": "failed_next",
    "referred": "referred",
    "withdrawn": "withdrawn",
}
LOST_AFTER = dt.timedelta(days=14)


def episode_records(
    *,
    practice_id: uuid.UUID | None = None,
    client_id: uuid.UUID | None = None,
    today: dt.date | None = None,
) -> list[EpisodeRecord]:
    """Every option tried, one record per episode and option, of what the reader may see.

    Nine queries, whatever the number of episodes.
    """
    rows = models.Regression.objects.all()
    if practice_id is not None:
        rows = rows.filter(client__practice_id=practice_id)
    if client_id is not None:
        rows = rows.filter(client_id=client_id)
    regressions = list(
        rows.select_related("report", "plan", "client")
        .prefetch_related("steps", "episodes", "client__consents", "client__coachings")
        .order_by("created_at")
    )
    found = exposures.trails(regressions)
    sessions = _sessions({each.plan_id for each in regressions})
    return [
        record for each in regressions for record in _records(each, found[each.pk], sessions, today)
    ]


def records(practice_id: uuid.UUID) -> dict[str, tuple[int, int]]:
    """How often each option settled, of how many, in this practice."""
    return {
        row.option_id: (row.settled, row.of)
        for row in option_rows(episode_records(practice_id=practice_id))
    }


def option_rows(found: list[EpisodeRecord], *, since: dt.date | None = None) -> list[OptionRow]:
    """The outcome table, in the protocols' order."""
    order = dict.fromkeys(
        option.id
        for protocol in protocol_set().protocols
        for options in protocol.options.values()
        for option in options
    )
    return list(table(found, list(order), since=since))


def as_json(*, today: dt.date) -> dict[str, Any]:
    """The outcome table of what this coach may see, as the API gives it."""
    found = episode_records(today=today)
    return {
        "items": [
            {
                "option_id": row.option_id,
                "started": row.started,
                "settled": row.settled,
                "of": row.of,
                "words": row.words,
                "interval_percent": row.interval,
                "thin": row.thin_words,
                "lost": row.lost,
                "running": row.running,
                "median_days": row.median,
                "median_words": row.median_words,
                "overlap": row.overlap_sentence,
            }
            for row in option_rows(found)
        ],
        "read_with_care": list(REASONS),
    }


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
    lead = next((each.coach_id for each in regression.client.coachings.all()), None)
    consented = any(
        each.purpose == "statistics" and each.withdrawn_at is None
        for each in regression.client.consents.all()
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
            technique_verified="unknown",
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
            coach=str(lead or ""),
            consented=consented,
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
