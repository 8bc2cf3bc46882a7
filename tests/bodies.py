"""What a phone sends: bodies of reports, every warning tile answered unless the name says not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clients.domain.facts import Profile
from clients.domain.form import due_questions

MONDAY = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
TODAY = MONDAY.date()
Body = dict[str, Any]


def sore_back(value: int, **more: Any) -> Body:
    """Low back, middle, during the set, eased the load, none of the warnings."""
    return says("back_low", "midline", value, **more)


def emergency_body(**more: Any) -> Body:
    """A low back with numbness between the legs (L1)."""
    return says("back_low", "midline", 5, yes="L1", **more)


def half_told_body(**more: Any) -> Body:
    """An elbow, and the warning tiles never answered: incomplete (D05)."""
    body = says("elbow", "right", 4, **more)
    del body["red_flags"]
    return body


def says(region: str, side: str, value: int, *, yes: str = "", **more: Any) -> Body:
    """A report of one place; ``yes`` names a warning question answered yes."""
    tiles = due_questions([(region, side)], Profile(), at=MONDAY, on=TODAY).tiles
    tapped = [tile for tile in tiles if yes in tile.questions]
    return {
        "regions": [{"region": region, "side": side, "pain_worst": value}],
        "timing": ["during_set"],
        "effect": "eased_load",
        "red_flags": {
            "none_of_these": True,  # of those shown and not tapped
            "tiles_shown": [tile.id for tile in tiles],
            "tiles_tapped": [tile.id for tile in tapped],
            "answers": {q: "yes" if q == yes else "no" for tile in tapped for q in tile.questions},
        },
        "exercise": {"exercise": "ht_barbell", "set_index": 2},
        "source": "in_session",
    } | more
