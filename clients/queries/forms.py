"""The twenty-second form as the API serves it: what is due for this client at these places."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clients import models
from clients.domain import levels
from clients.domain.client_words import client_words
from clients.domain.form import due_questions
from clients.domain.moments import local_date
from clients.domain.questions import bank
from clients.domain.words_for_people import EFFECT_WORDS, TIMING_WORDS
from clients.queries import facts
from coachapi.refusals import Fault, Unreadable
from programs.domain.regions import UnknownRegion, all_regions, region

FIRST_ANSWERED = dt.timedelta(days=28)


def report_form(client: models.Client, named: list[str], *, at: dt.datetime) -> dict[str, Any]:
    """Places, tiles with their questions, and the values each field accepts. Two queries."""
    places = []
    for name in named:
        try:
            places.append((name, str(region(name).sides[0])))
        except UnknownRegion as unknown:
            raise Unreadable(
                f"{name[:40]!r} is no region of the body chart.",
                faults=(Fault("#/region", "unknown_region", "Accepted: the ids in regions."),),
            ) from unknown
    due = due_questions(
        places,
        facts.profile(client),
        at=at,
        on=local_date(at, client.time_zone),
        last_asked=_last_asked(client, at),
    )
    book = bank().questions
    return {
        "regions": [
            {"id": each.id, "parent": each.parent, "sides": [str(side) for side in each.sides]}
            for each in all_regions()
            if each.tappable
        ],
        "tiles": [
            {
                "id": tile.id,
                "title": tile.title,
                "questions": [_question(book[each]) for each in tile.questions],
            }
            for tile in due.tiles
        ],
        "now": [_question(book[each]) for each in due.now],
        "later": [_question(book[each]) for each in due.addons],
        "facts_due": due.facts,
        "timing": [{"id": key, "words": words} for key, words in TIMING_WORDS.items()],
        "effect": [{"id": key, "words": words} for key, words in EFFECT_WORDS.items()],
        "onset": list(levels.ONSET_LEAST_DAYS),
        "quality": list(levels.QUALITIES),
        "aggravators": list(levels.AGGRAVATORS),
        "levels": {level.value: client_words(level.value) for level in levels.Level},
    }


def _question(question: Any) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.text,
        "accepts": [str(e) for e in question.accepted],
    }


def _last_asked(client: models.Client, at: dt.datetime) -> dict[str, dt.datetime]:
    """When the after-session questions of a region were last answered in full."""
    rows = models.Site.objects.filter(
        client=client,
        report__kind="symptom",
        report__performed_at__gte=at - FIRST_ANSWERED,
        report__verdicts__body__due_after=[],
    )
    return dict(rows.order_by("report__performed_at").values_list("region", "report__performed_at"))
