"""What a report nobody sent would be offered: asked before anything is allowed beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from clients import models
from clients.domain import options as rules_of_options
from clients.domain import triage, verdict_json
from clients.domain.form import due_questions
from clients.domain.levels import Effect
from clients.domain.moments import local_date
from clients.domain.options import Offers
from clients.queries import facts, options, plans
from coachapi.ids import new_id

NO_PLAN = "No plan is running, so there is nothing to change."


@dataclass(frozen=True, slots=True)
class Supposed:
    """A report nobody sent: this place hurt so much in this lift, with every warning a no."""

    region: str
    side: str
    exercise: str
    pain: int


def supposed(
    client: models.Client, cases: Sequence[Supposed], *, at: dt.datetime
) -> list[tuple[plans.Standing | None, Offers]]:
    """The options each case would be offered today. A fixed number of queries, for any number."""
    if not cases:
        return []
    try:
        plan = plans.standing(client.pk, today=local_date(at, client.time_zone))
    except plans.NoPlan:
        return [(None, Offers(sentence=NO_PLAN)) for _ in cases]
    known = facts.known(client, at=at)
    around = options.around(client, plan, at=at)
    begins = options.first_day(plan, local_date(at, client.time_zone))
    rows = [_as_if_sent(case, client, known, at=at) for case in cases]
    prefetch_related_objects(rows, "answers", "decisions")
    found: list[tuple[plans.Standing | None, Offers]] = []
    for row in rows:
        verdict = triage.decide(
            facts.as_report(row), known.history, known.profile, known.settings, at=at
        )
        kept = models.Verdict(
            level=verdict.level.value,
            priority=verdict.priority.value,
            action_set=verdict.action_set,
            body=verdict_json.to_json(verdict),
        )
        asked = options.asked_by(row, kept, client, around, begins)
        found.append((plan, rules_of_options.offer(asked)))
    return found


def _as_if_sent(
    case: Supposed, client: models.Client, known: facts.Known, *, at: dt.datetime
) -> models.SymptomReport:
    """The report of a case, complete and with a no to every question; it is never saved."""
    today = local_date(at, client.time_zone)
    due = due_questions([(case.region, case.side)], known.profile, at=at, on=today, pain=case.pain)
    said = {
        "kind": "symptom",
        "source": "in_session",
        "regions": [{"region": case.region, "side": case.side, "pain_worst": case.pain}],
        "timing": ["during_set"],
        "effect": Effect.EASED_LOAD.value,
        "red_flags": {
            "none_of_these": True,
            "tiles_shown": [tile.id for tile in due.tiles],
            "answers": dict.fromkeys([*due.now, *due.addons], "no"),
        },
        "exercise": {"exercise": case.exercise},
    }
    return models.SymptomReport(
        id=new_id(),
        client=client,
        kind="symptom",
        said=said,
        performed_at=at,
        zone=client.time_zone,
        performed_on=today,
        received_at=at,
    )
