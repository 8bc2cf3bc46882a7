"""How far a client's reports have come: which channel took them, who looked, who is told next."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clients import models
from clients.domain import reached
from clients.domain.emergency_numbers import emergency_number
from clients.domain.levels import Level, Priority
from coachapi.notifications.models import Delivery

REPORTED = "symptom.reported"


@dataclass(frozen=True, slots=True)
class Around:
    """What the words need besides the report: who covers, and whether anybody may be told."""

    number: str
    cover: str
    consented: bool


def states(
    client: models.Client, rows: Iterable[models.SymptomReport], *, at: dt.datetime
) -> dict[uuid.UUID, dict[str, Any]]:
    """Of each report: sent, delivered, seen, changed or not yet reached, and what to do. 3 queries.

    The rows come with their verdicts, decisions and regressions.
    """
    found = list(rows)
    around = _around(client)
    sent = _sent(client, found)
    return {row.pk: _state(row, sent.get(_about(row), []), around, at) for row in found}


def _about(row: models.SymptomReport) -> uuid.UUID:
    """A repeat within minutes is told under the first report (domain §3.5 D22)."""
    return row.merged_into_id or row.pk


def _around(client: models.Client) -> Around:
    covers = models.Coaching.objects.filter(client=client, role="cover", until__isnull=True)
    names = covers.order_by("coach__rota", "since").values_list("coach__user__name", flat=True)
    agreed = models.Consent.objects.filter(
        client=client, purpose="coach_sees", withdrawn_at__isnull=True
    )
    return Around(
        number=emergency_number(client.practice.country),
        cover=next(iter(names[:1]), ""),
        consented=agreed.exists(),
    )


def _sent(
    client: models.Client, rows: list[models.SymptomReport]
) -> Mapping[uuid.UUID, list[Delivery]]:
    deliveries = (
        Delivery.objects.filter(
            client_id=client.pk,
            alert__kind=REPORTED,
            alert__about_id__in={_about(row) for row in rows},
            accepted_at__isnull=False,
        )
        .select_related("alert", "recipient")
        .order_by("accepted_at")
    )
    by_report: dict[uuid.UUID, list[Delivery]] = {}
    for each in deliveries:
        by_report.setdefault(each.alert.about_id, []).append(each)
    return by_report


def _state(
    row: models.SymptomReport, sent: list[Delivery], around: Around, at: dt.datetime
) -> dict[str, Any]:
    latest = max(row.verdicts.all(), key=lambda each: each.number, default=None)
    weight = (Level(row.level), Priority(latest.priority if latest else "normal"))
    seconds = latest.body.get("decide_within_s") if latest else None
    decisions = [each.at for each in row.decisions.all()]
    told = [each for each in sent if each.channel != "contact"]
    loud = [each for each in told if each.channel != "feed"]
    way = reached.way(
        sent_at=row.received_at,
        delivered_at=min(
            (each.accepted_at for each in loud or told if each.accepted_at), default=None
        ),
        looked_at=row.seen_at or min(decisions, default=None),
        changed=any(each.kind == "applied" for each in row.decisions.all()),
        within=reached.look_within(weight, dt.timedelta(seconds=seconds) if seconds else None),
        is_open=row.closed_at is None,
        at=at,
    )
    later = {each.recipient.name: each for each in reversed(told) if each.step > 1}
    contact = next((each for each in sent if each.channel == "contact"), None)
    return {
        "state": way.state,
        "delivered_at": way.delivered_at,
        "look_by": way.look_by,
        "what_to_do": reached.words(
            weight,
            number=around.number,
            cover=around.cover,
            told_cover=around.cover in later,
            consented=around.consented,
        )
        if way.look_by is not None
        else "",
        "also_told": [
            {"name": name, "at": each.accepted_at} for name, each in sorted(later.items())
        ],
        "contact_told_at": contact.accepted_at if contact else None,
    }
