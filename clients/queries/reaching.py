"""How far a client's reports have come: which channel took them, who looked, who is told next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from clients import models
from clients.domain import reached
from clients.domain.emergency_numbers import emergency_number
from clients.domain.levels import Level, Priority
from coachapi import nested
from coachapi.notifications.models import Delivery

REPORTED = "symptom.reported"


@dataclass(frozen=True, slots=True)
class Around:
    """What the words need besides the report: who covers, and whether anybody may be told."""

    number: str
    cover: str
    consented: bool


def known(client: OuterRef) -> dict[str, Any]:
    """What ``around`` reads, beside a client's own row."""
    covers = models.Coaching.objects.filter(client=client, role="cover", until__isnull=True)
    names = covers.order_by("coach__rota", "since").values("coach__user__name")
    agreed = models.Consent.objects.filter(
        client=client, purpose="coach_sees", withdrawn_at__isnull=True
    )
    return {"cover": Subquery(names[:1]), "consented": Exists(agreed)}


def around(client: models.Client) -> Around:
    """What the words of this client's reports need besides the report. One query."""
    rows = models.Client.objects.filter(pk=client.pk).select_related("practice")
    return around_of(rows.annotate(**known(OuterRef("pk"))).get())


def around_of(row: Any) -> Around:
    """The same, of a client read with ``known``. No query."""
    return Around(emergency_number(row.practice.country), row.cover or "", row.consented)


def sent() -> ArraySubquery:
    """The deliveries of a report that were accepted, in order, beside its row.

    A repeat within minutes is told under the first report (domain §3.5 D22).
    """
    deliveries = Delivery.objects.filter(
        client_id=OuterRef("client_id"),
        alert__kind=REPORTED,
        alert__about_id=Coalesce(OuterRef("merged_into_id"), OuterRef("pk")),
        accepted_at__isnull=False,
    )
    return nested.each(
        deliveries.order_by("accepted_at", "pk"),
        "channel",
        "step",
        name="recipient__name",
        at="accepted_at",
    )


def state(row: Any, around: Around, *, at: dt.datetime) -> dict[str, Any]:
    """Of a report: sent, delivered, seen, changed or not yet reached, and what to do. No query.

    The row comes from ``own_reports``, with its deliveries in ``sent``.
    """
    judged = row.judged or {"priority": "normal", "body": {}}
    weight = (Level(row.level), Priority(judged["priority"]))
    seconds = judged["body"].get("decide_within_s")
    decisions = [nested.instant(each["at"]) for each in row.decided]
    sent = [{**each, "at": nested.instant(each["at"])} for each in row.sent]
    told = [each for each in sent if each["channel"] != "contact"]
    loud = [each for each in told if each["channel"] != "feed"]
    way = reached.way(
        sent_at=row.received_at,
        delivered_at=min((each["at"] for each in loud or told), default=None),
        looked_at=row.seen_at or min(decisions, default=None),
        changed=any(each["kind"] == "applied" for each in row.decided),
        within=reached.look_within(weight, dt.timedelta(seconds=seconds) if seconds else None),
        is_open=row.closed_at is None,
        at=at,
    )
    later = {each["name"]: each["at"] for each in reversed(told) if each["step"] > 1}
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
        "also_told": [{"name": name, "at": when} for name, when in sorted(later.items())],
        "contact_told_at": next(
            (each["at"] for each in sent if each["channel"] == "contact"), None
        ),
    }
