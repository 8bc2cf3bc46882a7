"""Inputs for a practice's own borders, for forms, and for what a coach has allowed the phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.vectors.inputs import (
    ADULT,
    AT,
    EFFECTS,
    FLAGS,
    HOME,
    HOURS_AGO,
    NONE,
    ON,
    PLACES,
    PROFILES,
    SPREADS,
    Asked,
    World,
    judge,
    known,
    said,
    yes,
)  # fmt: skip


def _bordered(place: Any, value: int, rest: Any, effect: Any, borders: Asked) -> Asked:
    body = said([place], values={"pain_worst": value, "pain_rest": rest}, effect=effect)
    return judge(body, known(borders=borders))


BORDERS = [
    {"green": 0}, {"green": 4, "amber": 6}, {"amber": 7}, {"amber": 3, "refer": 6},
    {"refer": 7, "rest_refer": 3},
]  # fmt: skip
OWN_BORDERS = World([HOME, range(11), (None, 2, 3, 6), EFFECTS, BORDERS], _bordered)
"""A practice's own borders."""


def _form(*picked: Any) -> Asked:
    place, other, many, profile, hours, pain, answers, quality, timing, spread = picked
    asked = {
        "places": [place, other][:many], "pain": pain, "answers": answers, "quality": quality,
        "timing": timing, "spread": spread,
    }  # fmt: skip
    return {"does": "due", "asked": {**asked, **known(profile, hours)}}


FORM_REPLIES: list[Asked] = [
    {}, {"U6": "yes"}, {"H2": "unsure"}, {"L8b": "yes"}, {"N1": "yes", "U9": "yes"},
]  # fmt: skip
FORMS = World(
    [PLACES, HOME, (1, 2), PROFILES, HOURS_AGO, (None, 3, 4), FORM_REPLIES, ([], ["numb"]),
     (["during_set"], ["night"]), SPREADS],
    _form,
)  # fmt: skip
"""What is due, for places, profiles, times and answers."""


SYNCED = [None, -60, 0, 3600, 604799, 604800, 604801]
OPEN: list[list[str]] = [[], ["log", "modify"], ["incomplete"], ["refer"], ["urgent", "log"]]


def _granted(grant: Asked, body: Any, about: Asked, synced: int | None) -> Asked:
    then = None if synced is None else (AT - timedelta(seconds=synced)).isoformat()
    return {"does": "preauthorised", "grant": grant, "said": body, "known": about,
            "synced_at": then, "now": AT.isoformat()}  # fmt: skip


def _down(*picked: Any) -> Asked:
    synced, levels, until, place, most, of, value, effect, flags, quality = picked[:10]
    onset, lift, hours, two, profile, kind, medicine = picked[10:]
    grant = {
        "way": "down", "option": "LB-HT.c", "places": [LOW_BACK, KNEE][: 2 - two], "classes": of,
        "exercises": ["ht_barbell"], "most_pain": most, "until": until,
    }  # fmt: skip
    body = said(
        [place], values={"pain_worst": value}, effect=effect, red_flags=flags, quality=quality,
        onset=onset, kind=kind, medication=medicine, exercise={"exercise": lift} if lift else None,
    )  # fmt: skip
    about = known(profile, hours, today=ON.isoformat(), open_levels=levels)
    return _granted(grant, body, about, synced)


LOW_BACK, KNEE = HOME[:2]
CLASSES = [["swap", "ease"], ["check", "ease"], ["freq"], ["remove"], []]
STEPS_DOWN = World(
    [SYNCED, OPEN, ("2026-03-01", "2026-03-02"), (LOW_BACK, KNEE), (5, 3, 9), CLASSES,
     (0, 1, 2, 3, 4, 5, 6, None), EFFECTS, FLAGS, (None, ["numb"]), (None, "2-6_wk"),
     ("ht_barbell", "bp_bar", None), (None, 1), (0, 1), (ADULT, {**ADULT, "pregnant": True}),
     ("symptom", "soreness", "other"), (None, {"taken_within_8h": True})],
    _down,
)  # fmt: skip
"""A named option down: each condition on both sides of its border."""


DOWN_CHANGES: list[Asked] = [
    {}, {"pain": 6}, {"pain": 5}, {"pain": 0}, {"effect": "eased_load"},
    {"effect": "stopped_exercise"}, {"flags": yes({"U2b": "brief"})}, {"flags": FLAGS[3]},
    {"flags": FLAGS[4]}, {"synced": 604801}, {"synced": None}, {"open": ["refer"]},
    {"open": ["incomplete"]}, {"open": ["monitor"]}, {"until": "2026-03-01"}, {"most": 3},
    {"classes": ["swap"]}, {"classes": ["remove"]}, {"hours": None}, {"quality": ["tingling"]},
    {"onset": "over_6_wk"}, {"lift": "rdl_bb"}, {"flags": {**NONE, "answers": {}}},
]  # fmt: skip


def _near_down(one: Asked, other: Asked) -> Asked:
    at: Asked = {
        "pain": 4, "effect": "none", "flags": NONE, "synced": 3600, "open": [], "most": 5,
        "until": "2026-03-02", "classes": ["ease"], "hours": 24, "quality": None, "onset": None,
        "lift": "ht_barbell", **one, **other,
    }  # fmt: skip
    grant = {
        "way": "down", "option": "LB-HT.c", "places": [LOW_BACK], "classes": at["classes"],
        "exercises": ["ht_barbell"], "most_pain": at["most"], "until": at["until"],
    }  # fmt: skip
    body = said(
        [LOW_BACK], values={"pain_worst": at["pain"]}, effect=at["effect"], red_flags=at["flags"],
        quality=at["quality"], onset=at["onset"], exercise={"exercise": at["lift"]},
    )  # fmt: skip
    about = known(ADULT, at["hours"], today=ON.isoformat(), open_levels=at["open"])
    return _granted(grant, body, about, at["synced"])


NEAR_DOWN = World([DOWN_CHANGES, DOWN_CHANGES], _near_down)
"""A step down that is allowed, and every way in which one or two conditions fail."""

UP_CHANGES: list[Asked] = [
    {}, {"worst": 3}, {"worst": 0}, {"worst": None}, {"worst": 6}, {"morning": "unknown"},
    {"morning": "overload"}, {"morning": "not_settled"}, {"painkiller": True},
    {"effect": "eased_load"}, {"effect": "stopped_session"}, {"ladder": "B"}, {"ladder": "E"},
    {"rung": 5}, {"since": 4}, {"since": 14}, {"sessions": 1}, {"sessions": 4},
    {"synced": 604801}, {"open": ["urgent"]}, {"until": "2026-03-01"},
]  # fmt: skip


def _near_up(one: Asked, other: Asked) -> Asked:
    at: Asked = {
        "worst": 2, "morning": "settled", "painkiller": False, "effect": "none", "ladder": "C",
        "rung": 1, "since": 6, "sessions": 3, "synced": 60, "open": [], "until": "2026-03-02",
        **one, **other,
    }  # fmt: skip
    calm = {"worst": 1, "morning": "settled", "painkiller": False, "effect": "none"}
    told = {name: at[name] for name in calm}
    exposures = [
        {**(told if place == 1 else calm), "on": _before(at["sessions"] - place)}
        for place in range(at["sessions"])
    ]
    grant = {
        "way": "up", "ladder": at["ladder"], "rung": at["rung"], "rungs": 5,
        "since": _before(at["since"]), "until": at["until"],
    }  # fmt: skip
    about = known(today=ON.isoformat(), open_levels=at["open"])
    return _granted(grant, exposures, about, at["synced"])


def _before(days: int) -> str:
    return (ON - timedelta(days=days)).isoformat()


NEAR_UP = World([UP_CHANGES, UP_CHANGES], _near_up)
"""A rung up that is allowed, and every way in which one or two conditions fail."""

SORTS: list[tuple[int | None, str, bool, str]] = [
    (0, "settled", False, "none"), (2, "settled", False, "eased_load"),
    (3, "settled", False, "none"), (2, "settled", True, "none"), (2, "unknown", False, "none"),
    (6, "settled", False, "none"), (1, "overload", False, "none"),
    (1, "settled", False, "stopped_exercise"), (None, "settled", False, "none"),
]  # fmt: skip
NAMES = ("worst", "morning", "painkiller", "effect")


def _up(*picked: Any) -> Asked:
    synced, levels, until, way, rung, since, *three, count = picked
    exposures = [
        {"on": _before(6 - 2 * place), **dict(zip(NAMES, sort, strict=True))}
        for place, sort in enumerate(three[:count])
    ]
    grant = {
        "way": "up", "ladder": way, "rung": rung, "rungs": 5, "since": _before(since),
        "until": until,
    }  # fmt: skip
    about = known(today=ON.isoformat(), open_levels=levels)
    return _granted(grant, exposures, about, synced)


STEPS_UP = World(
    [SYNCED, OPEN, ("2026-03-01", "2026-03-02"), ("A", "B", "C", "D", "E"), (0, 4, 5),
     (4, 5, 7, 14, 20), SORTS, SORTS, SORTS, (0, 1, 2, 3)],
    _up,
)  # fmt: skip
"""A rung up: ladders, days, and up to three exposures of every sort."""
