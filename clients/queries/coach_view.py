"""What a coach reads of one client: a report with its options, the clients by name."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Prefetch

from clients import models
from clients.domain.options import Offer
from clients.models.reports import LEVELS
from clients.queries import options, people
from coachapi.accounts.models import User
from coachapi.refusals import Fault, NotThere, Unreadable
from programs import queries as books
from programs.models import Program


def client_of_report(user: User, report_id: uuid.UUID) -> models.Client:
    """The coached client a report is about; raises ``NotThere`` for anybody else's."""
    found = models.SymptomReport.objects.filter(pk=report_id).values_list("client_id", flat=True)
    for client_id in found:
        return people.coached_client(user, client_id)
    raise NotThere


def client_of_regression(user: User, regression_id: uuid.UUID) -> models.Client:
    """The coached client a regression belongs to; raises ``NotThere`` for anybody else's."""
    found = models.Regression.objects.filter(pk=regression_id).values_list("client_id", flat=True)
    for client_id in found:
        return people.coached_client(user, client_id)
    raise NotThere


def row(client: models.Client, report_id: uuid.UUID) -> models.SymptomReport:
    """The report's row with what every reader needs; raises ``NotThere``."""
    found = (
        models.SymptomReport.objects.filter(client=client, pk=report_id)
        .prefetch_related("sites", "answers", "decisions")
        .first()
    )
    if found is None:
        raise NotThere
    return found


def report(client: models.Client, report_id: uuid.UUID, *, at: dt.datetime) -> dict[str, Any]:
    """A report as its coach reads it: verdict, reasons, options with their effect."""
    found = row(client, report_id)
    chosen = options.choice(found, client=client, at=at)
    shown = chosen.offers
    running = models.Regression.objects.filter(report=found).order_by("-created_at").first()
    return {
        "id": found.pk,
        "client_id": client.pk,
        "client_name": client.name,
        "level": chosen.verdict.level,
        "priority": chosen.verdict.priority,
        "action_set": chosen.verdict.action_set,
        "reasons": chosen.verdict.body["reasons"],
        "options": [_option(each, chosen, client.unit) for each in shown.main],
        "more": [_option(each, chosen, client.unit) for each in shown.more],
        "remove": _option(shown.remove, chosen, client.unit) if shown.remove else None,
        "watch": shown.watch,
        "sentence": shown.sentence,
        "basis": chosen.basis,
        "regression_id": running.pk if running else None,
        "open": found.closed_at is None,
    }


def _option(offer: Offer, chosen: options.Choice, unit: str) -> dict[str, Any]:
    assert chosen.standing is not None
    effect = options.effect(chosen.standing, offer.overlay, unit=unit)
    settled, of = offer.record
    return {
        "option_id": offer.option_id,
        "title": offer.title,
        "line": offer.line,
        "reason": offer.reason,
        "mark": offer.mark,
        "settled": settled,
        "of": of,
        "review_on": offer.review_on,
        "days": offer.days,
        "calibrate": offer.calibrate,
        "sessions_changed": effect.sessions_changed,
        "sets_changed": effect.sets_changed,
    }


def regression(made: models.Regression) -> dict[str, Any]:
    """A regression just written."""
    step = made.steps.order_by("-number")[0]
    return {"regression_id": made.pk, "title": made.title, "review_on": step.review_on}


def clients(user: User) -> list[dict[str, Any]]:
    """This coach's clients by name, each with the highest level still open. Two queries."""
    rows = (
        people.for_coach(user)
        .order_by("name", "id")
        .prefetch_related(
            Prefetch(
                "reports",
                models.SymptomReport.objects.filter(closed_at__isnull=True).only(
                    "id", "client_id", "level"
                ),
            )
        )
    )
    return [
        {
            "client_id": each.pk,
            "name": each.name,
            "open_level": max(
                (one.level for one in each.reports.all()), key=LEVELS.index, default=None
            ),
        }
        for each in rows
    ]


def program_to_assign(
    user: User, program_id: uuid.UUID | None, document: Any
) -> tuple[Program | None, int | None, Any]:
    """The template named and its revision, or the document sent; one of the two."""
    if (program_id is None) == (document is None):
        raise Unreadable(
            "Send program_id or document, one of the two.",
            faults=(Fault("#/program_id", "one_of", "Accepted: program_id or document."),),
        )
    if program_id is None:
        return None, None, document
    found = books.program_document(user, program_id)
    if found is None:
        raise NotThere
    return found.program, found.number, found.document
