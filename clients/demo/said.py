"""What the demo's clients say: bodies of reports and answers exactly as a phone sends them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from clients.domain.facts import Profile
from clients.domain.form import due_questions

Place = tuple[str, str]


def hurts(
    place: Place,
    value: int,
    *,
    at: dt.datetime,
    zone: str,
    lift: str = "",
    session_id: uuid.UUID | None = None,
    yes: Iterable[str] = (),
    unanswered: bool = False,
    **more: Any,
) -> dict[str, Any]:
    """A report: where, how strong (0–10), and every warning tile answered, unless it was not.

    ``yes`` names the warning questions answered yes; ``more`` replaces whole parts of the body.
    """
    region, side = place
    body: dict[str, Any] = {
        "performed_at": at.isoformat(),
        "zone": zone,
        "kind": "symptom",
        "source": "in_session" if session_id else "spontaneous",
        "regions": [{"region": region, "side": side, "pain_worst": value}],
        "timing": ["during_set"],
        "effect": "eased_load",
        "onset": "today_gradual",
        "red_flags": _tiles(place, at, set(yes)),
    }
    if unanswered:
        del body["red_flags"]
    if session_id:
        body["session_id"] = str(session_id)
    if lift:
        body["exercise"] = {"exercise": lift, "set_index": 2}
    return body | more


def morning(place: Place, value: int) -> dict[str, Any]:
    """The answer to the next morning's question about a report."""
    return {"regions": [_felt(place, pain_next_morning=value, morning_feel=_feel(value))]}


def after_exposure(place: Place, worst: int, next_morning: int) -> dict[str, Any]:
    """The answer about a session trained under a change: in it, and on the morning after."""
    felt = _felt(
        place, pain_worst=worst, pain_next_morning=next_morning, morning_feel=_feel(next_morning)
    )
    return {"regions": [felt]}


def all_no(questions: Iterable[str]) -> dict[str, Any]:
    """No to each of these questions."""
    return {"answers": dict.fromkeys(questions, "no")}


def _felt(place: Place, **values: object) -> Mapping[str, object]:
    return {"region": place[0], "side": place[1], **values}


def _feel(value: int) -> str:
    return "same" if value < 3 else "worse"


def _tiles(place: Place, at: dt.datetime, yes: set[str]) -> dict[str, Any]:
    """The tiles that this place is shown; those with a yes are tapped and fully answered."""
    tiles = due_questions([place], Profile(), at=at, on=at.date()).tiles
    tapped = [tile for tile in tiles if yes & set(tile.questions)]
    answers = {
        question: "yes" if question in yes else "no"
        for tile in tapped
        for question in tile.questions
    }
    return {
        "none_of_these": True,  # of those shown and not tapped
        "tiles_shown": [tile.id for tile in tiles],
        "tiles_tapped": [tile.id for tile in tapped],
        "answers": answers,
    }
