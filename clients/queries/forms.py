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
from clients.domain.ruleset import whole_digest
from clients.domain.words_for_people import EFFECT_WORDS, TIMING_WORDS
from clients.queries import facts
from coachapi.refusals import Fault, Unreadable
from programs.domain.place_words import region_words
from programs.domain.regions import UnknownRegion, all_regions, region

LAST_PLACES = dt.timedelta(days=90)
MOST_PLACES = 5
JUST_DONE = dt.timedelta(hours=6)  # longer than a session
FIRST_ANSWERED = dt.timedelta(days=28)


def report_form(client: models.Client, named: list[str], *, at: dt.datetime) -> dict[str, Any]:
    """Places, tiles with their questions, what is known already, the values each field accepts.

    ``version`` is the rule set's digest: the words and places change only with it. Four queries.
    """
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
        last_asked=last_asked(client, at),
    )
    book = bank().questions
    return {
        "version": whole_digest(),
        "last_places": _last_places(client, at),
        "prefill": _last_set(client, at),
        "facts": _facts(client),
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


def _last_places(client: models.Client, at: dt.datetime) -> list[dict[str, Any]]:
    """Where it hurt last, each place once: the sides the chart begins with. One query."""
    rows = models.Site.objects.filter(
        client=client, report__performed_at__gte=at - LAST_PLACES
    ).order_by("-report__performed_at", "region", "side")
    known = rows.values_list("region", "side", "report__performed_at")
    once: dict[tuple[str, str], dt.datetime] = {}
    for name, side, when in known:
        once.setdefault((name, side), when)
    return [
        {"region": name, "side": side, "words": region_words(name, side), "at": when}
        for (name, side), when in list(once.items())[:MOST_PLACES]
    ]


def _last_set(client: models.Client, at: dt.datetime) -> dict[str, Any] | None:
    """The set just done, which a report from the session is about. One query."""
    row = (
        models.SetLog.objects.filter(client=client, performed_at__gte=at - JUST_DONE)
        .order_by("-performed_at", "-set_index")
        .first()
    )
    if row is None:
        return None
    return {
        "session_id": row.session_id,
        "exercise": row.exercise_id,
        "set_index": row.set_index,
        "kg": row.weight_kg,
        "reps": row.reps,
        "rir": row.rir,
        "performed_at": row.performed_at,
    }


def _facts(client: models.Client) -> list[dict[str, Any]]:
    """The slow facts already known, with the day each was said: not to be asked again (§2.2)."""
    held = client.health.facts
    return [{"id": name, "on": fact["on"]} for name, fact in held.items() if fact.get("on")]


def _question(question: Any) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.text,
        "accepts": [str(e) for e in question.accepted],
    }


def last_asked(client: models.Client, at: dt.datetime) -> dict[str, dt.datetime]:
    """When the after-session questions of a region were last answered in full."""
    rows = models.Site.objects.filter(
        client=client,
        report__kind="symptom",
        report__performed_at__gte=at - FIRST_ANSWERED,
        report__verdicts__body__due_after=[],
    )
    return dict(rows.order_by("report__performed_at").values_list("region", "report__performed_at"))
