"""What a coach allowed the phone to do at once: as the phone needs it, as the coach reads it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from django.db.models import Prefetch, QuerySet

from clients import models
from clients.domain.moments import local_date
from clients.domain.options import Offer, Offers
from clients.domain.preauthorisation import DownGrant, UpGrant
from clients.domain.words_for_people import exercise_name
from clients.queries import exposures, facts, forms, ladders, options, phone, plans, supposing
from coachapi.refusals import NotThere
from programs.domain.exercises import library
from programs.domain.place_words import region_words

SHOWN = dt.timedelta(days=7)  # so far ahead a phone without signal can show a changed session


def standing(client: models.Client, *, on: dt.date) -> QuerySet[models.Grant]:
    """The grants in force on a local date: not run out, not withdrawn, their coach still linked."""
    return models.Grant.objects.filter(
        client=client,
        until__gte=on,
        withdrawn_at__isnull=True,
        given_by__coach_places__coachings__client=client,
        given_by__coach_places__coachings__until__isnull=True,
        given_by__coach_places__active=True,
    ).distinct()


def find(client: models.Client, grant_id: uuid.UUID) -> models.Grant:
    """One grant of this client, whatever became of it; raises ``NotThere``."""
    found = models.Grant.objects.filter(client=client, pk=grant_id).first()
    if found is None:
        raise NotThere
    return found


def for_phone(client: models.Client, *, at: dt.datetime) -> list[dict[str, Any]]:
    """What the phone may do without signal, each with the sessions it would show.

    The same number of queries for one grant and for many.
    """
    today = local_date(at, client.time_zone)
    rows = list(
        standing(client, on=today)
        .select_related("given_by", "regression__report")
        .prefetch_related("regression__steps", "regression__episodes")
        .order_by("given_at")
    )
    down = [row for row in rows if row.regression is None]
    offers = dict(
        zip(down, supposing.supposed(client, [_supposed(row) for row in down], at=at), strict=True)
    )
    trails = exposures.trails([row.regression for row in rows if row.regression is not None])
    return [
        _down_document(row, client, offers[row], today)
        if row.regression is None
        else _up_document(row, row.regression, client, trails, today)
        for row in rows
    ]


def known_to_phone(client: models.Client, *, at: dt.datetime) -> dict[str, Any]:
    """What the evaluator must know of a client to judge a report without signal. One query."""
    profile = facts.profile(client)
    held = {each.name: getattr(profile, each.name) for each in fields(profile)}
    return {
        "profile": {**held, "clearances": sorted(profile.clearances)},
        "last_asked": forms.last_asked(client, at),
    }


def of_client(client: models.Client) -> list[dict[str, Any]]:
    """Every grant of a client with what was done with it, newest first. Two queries."""
    rows = (
        models.Grant.objects.filter(client=client)
        .select_related("given_by")
        .prefetch_related(Prefetch("uses", models.GrantUse.objects.order_by("-used_at")))
        .order_by("-given_at")
    )
    return [
        {
            "id": row.pk,
            "way": row.way,
            "title": row.title,
            "place": region_words(row.region, row.side) if row.region else None,
            "exercise": exercise_name(row.exercise) if row.exercise else None,
            "most_pain": row.most_pain,
            "until": row.until,
            "given_by": row.given_by.name,
            "given_at": row.given_at,
            "withdrawn_at": row.withdrawn_at,
            "uses": [
                {
                    "id": use.pk,
                    "used_at": use.used_at,
                    "refused": use.refused,
                    "report_id": use.report_id,
                    "regression_id": use.regression_id,
                    "confirmed_at": use.confirmed_at,
                }
                for use in row.uses.all()
            ],
        }
        for row in rows
    ]


def provisional(regression_id: uuid.UUID) -> models.GrantUse | None:
    """The use of a grant behind a change that no coach has confirmed yet. One query."""
    return (
        models.GrantUse.objects.filter(regression=regression_id, confirmed_at__isnull=True)
        .select_related("grant__given_by")
        .first()
    )


def as_down(row: models.Grant) -> DownGrant:
    """A row as the rules read it."""
    return DownGrant(
        option=row.option_id,
        places=frozenset({(row.region, row.side)}),
        exercises=frozenset({row.exercise}),
        classes=frozenset(row.classes),
        most_pain=row.most_pain or 0,
        until=row.until,
    )


def as_up(row: models.Grant, way: ladders.Way) -> UpGrant:
    """A row as the rules read it, with where its regression stands on the way back."""
    state = way.state
    return UpGrant(
        ladder=state.ladder,
        rung=state.rung,
        rungs=len(way.rungs),
        since=state.since,
        until=row.until,
    )


def _supposed(row: models.Grant) -> supposing.Supposed:
    return supposing.Supposed(row.region, row.side, row.exercise, row.most_pain or 0)


def _document(row: models.Grant) -> dict[str, Any]:
    return {
        "id": row.pk,
        "way": row.way,
        "title": row.title,
        "until": row.until,
        "given_by": row.given_by.name,
    }


def _down_document(
    row: models.Grant,
    client: models.Client,
    found: tuple[plans.Standing | None, Offers],
    today: dt.date,
) -> dict[str, Any]:
    plan, offers = found
    offer = options.offered(offers, row.option_id)
    return {
        **_document(row),
        "option": row.option_id,
        "places": [[row.region, row.side]],
        "exercises": [row.exercise],
        "classes": row.classes,
        "most_pain": row.most_pain,
        "because": offer.reason if offer else None,
        "why_not": None if offer else options.why_not(offers, row.option_id),
        "sessions": _changed(client, plan, offer, today) if offer and plan else [],
    }


def _changed(
    client: models.Client, plan: plans.Standing, offer: Offer, today: dt.date
) -> list[dict[str, Any]]:
    """The sessions of the coming week as they would be, those alone that would differ."""
    before = {each.id: each for each in plan.resolved.sessions}
    after = plans.laid_over(plan, offer.overlay)
    return phone.documents(
        client,
        [
            each
            for each in after.sessions
            if today <= each.on <= today + SHOWN and each.items != before[each.id].items
        ],
        plan.book,
    )


def _up_document(
    row: models.Grant,
    regression: models.Regression,
    client: models.Client,
    trails: Mapping[uuid.UUID, exposures.Trail],
    today: dt.date,
) -> dict[str, Any]:
    way = ladders.way(regression, client=client, today=today, trail=trails.get(regression.pk))
    climb = as_up(row, way) if way else None
    return {
        **_document(row),
        "regression_id": row.regression_id,
        "ladder": climb.ladder if climb else None,
        "rung": climb.rung if climb else None,
        "rungs": climb.rungs if climb else None,
        "since": climb.since if climb else None,
        "exposures": [
            {
                "on": each.on,
                "worst": each.worst,
                "morning": each.morning.value,
                "painkiller": each.painkiller,
                "effect": each.effect,
            }
            for each in (way.state.exposures if way else ())
        ],
        "why_not": None if way else "This change is no longer running.",
    }


def lifts_of(plan: plans.Standing | None) -> Iterable[tuple[str, str]]:
    """The lifts a running plan asks for, with their names, in the plan's order."""
    named = (
        item.written.exercise
        for session in (plan.written.sessions if plan else ())
        for item in session.items
    )
    return [(each, exercise_name(each)) for each in dict.fromkeys(named) if each in library()]
