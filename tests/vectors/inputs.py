"""Reports as inputs: small worlds enumerated whole, and a wide one walked in even steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product
from math import gcd, prod
from typing import Any

from clients.domain.levels import (
    AGGRAVATORS,
    MEDICINES,
    ONSET_LEAST_DAYS,
    QUALITIES,
    TIMINGS,
    Effect,
    Spread,
)  # fmt: skip
from clients.domain.questions import bank
from programs.domain.regions import all_regions

Asked = dict[str, Any]
AT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
TILES = [tile.id for tile in bank().tiles]
NO_ADDONS = {
    one.id: "no" for one in bank().questions.values() if one.tile is None and not one.opens
}
PLACES = [(one.id, str(side)) for one in all_regions() if one.tappable for side in one.sides]
HOME = [
    ("back_low", "midline"), ("knee_front", "left"), ("groin", "right"), ("chest_front", "midline"),
    ("shoulder", "left"), ("neck", "midline"), ("back_mid", "right"), ("thigh_front", "left"),
]  # fmt: skip
EFFECTS: list[str | None] = [None, *(str(one) for one in Effect)]
ADULT = {
    "born_on": "1990-05-01", "pregnant": False, "cancer_history": False, "steroids": False,
    "weak_bones": False, "lowered_immunity": False, "blood_thinner": False,
    "clinician_limits": False, "confirmed_on": "2026-02-01",
}  # fmt: skip
PROFILES: list[Asked] = [
    ADULT,
    {},
    {**ADULT, "pregnant": True},
    {**ADULT, "pregnant": True, "clearances": ["pregnant"]},
    {**ADULT, "gave_birth_on": "2025-12-08"},
    {**ADULT, "gave_birth_on": "2025-12-09"},
    {**ADULT, "clinician_limits": True},
    {**ADULT, "clinician_limits": True, "pregnant": True, "clearances": ["clinician_limits"]},
    {**ADULT, "clinician_limits": True, "clearances": ["clinician_limits"]},
    {**ADULT, "born_on": "2008-03-03"},
    {**ADULT, "born_on": "2008-03-02"},
    {**ADULT, "born_on": "2001-03-03"},
    {**ADULT, "born_on": "2001-03-02"},
    {**ADULT, "born_on": "1955-03-03"},
    {**ADULT, "born_on": "1955-03-02"},
    {**ADULT, "born_on": "1955-03-02", "confirmed_on": "2025-12-02"},
    {**ADULT, "confirmed_on": "2025-12-02"},
    {**ADULT, "confirmed_on": "2025-12-03"},
    {**ADULT, "weak_bones": True, "steroids": None},
    {**ADULT, "steroids": True, "cancer_history": True},
    {**ADULT, "cancer_history": None, "weak_bones": None},
]
HOURS_AGO = [None, 1, 671, 672, 673]
NONE: Asked = {"none_of_these": True, "tiles_shown": TILES, "answers": NO_ADDONS}


def said(places: Sequence[tuple[str, str]] = (), **parts: Any) -> Asked:
    """A report's body, complete and without a yes unless `parts` say otherwise."""
    values = parts.pop("values", {"pain_worst": 4})
    whole: Asked = {
        "kind": "symptom",
        "regions": [{"region": region, "side": side, **values} for region, side in places],
        "timing": ["during_set"],
        "effect": "none",
        "red_flags": NONE,
        "exercise": {"exercise": "ht_barbell"},
        **parts,
    }
    return {key: value for key, value in whole.items() if value is not None}


def yes(replies: Mapping[str, str], **parts: Any) -> Asked:
    return {**NONE, "answers": {**NO_ADDONS, **replies}, **parts}


def known(profile: Asked | None = None, hours: int | None = None, **more: Any) -> Asked:
    last = (AT - timedelta(hours=hours)).isoformat() if hours is not None else None
    asked = {region: last for region, _ in HOME} if last else {}
    return {
        "profile": ADULT if profile is None else profile,
        "on": ON.isoformat(),
        "at": AT.isoformat(),
        "last_asked": asked,
        **more,
    }


def judge(body: Asked, about: Asked | None = None) -> Asked:
    return {"does": "judge", "said": body, "known": about or known()}


@dataclass(frozen=True)
class World:
    """Inputs as a product of dimensions: `whole` of it, or `some`, which meet every value."""

    dims: Sequence[Sequence[Any]]
    build: Callable[..., Asked]

    def __len__(self) -> int:
        return prod(len(values) for values in self.dims)

    def whole(self) -> Iterator[Asked]:
        """Every combination."""
        return (self.build(*picked) for picked in product(*self.dims))

    def some(self, count: int) -> Iterator[Asked]:
        """`count` combinations in even steps."""
        step = len(self) // count + 1
        while gcd(step, len(self)) != 1:
            step += 1
        for number in range(min(count, len(self))):
            at, picked = number * step % len(self), []
            for values in self.dims:
                at, digit = divmod(at, len(values))
                picked.append(values[digit])
            yield self.build(*picked)


def _valued(place: Any, value: int, effect: Any, onset: Any, medicine: Any, quality: Any) -> Asked:
    parts = {"onset": onset, "medication": medicine, "quality": quality, "effect": effect}
    return judge(said([place], values={"pain_worst": value}, aggravators=[], **parts))


VALUES_AND_EFFECTS = World(
    [PLACES, range(11), EFFECTS, (None, "1-2_wk", "2-6_wk"), (None, {"taken_within_8h": True}),
     (None, ["numb"])],
    _valued,
)  # fmt: skip
"""Every place × value × effect × onset × painkiller × tingling."""


def _single(place: Any, replied: tuple[str, str], spread: Any) -> Asked:
    flags = yes(dict([replied]))
    return judge(said([place], spread=spread, red_flags=flags, aggravators=["arm_move"]))


REPLIES = [(one.id, str(reply)) for one in bank().questions.values() for reply in one.accepted]
SINGLE_ANSWERS = World([PLACES, REPLIES, (None, "below_knee", "both_legs")], _single)
"""Every place × question × reply × spread."""


def _pairs() -> list[dict[str, str]]:
    """Every two answers but no that may raise or open each other."""
    asked = bank().questions.values()
    words = {
        word.partition("=")[0]
        for one in asked
        for rule in one.raises
        for word in (*rule.every, *rule.some)
    }
    coupled = [one for one in asked if one.raises or one.opens or one.id in words]
    return [
        {first.id: str(one), second.id: str(other)}
        for first, second in combinations(coupled, 2)
        for one, other in product(first.weights, second.weights)
    ]


COUPLED_ANSWERS = World(
    [HOME, _pairs()], lambda place, replies: judge(said([place], red_flags=yes(replies)))
)


def _told(place: Any, profile: Asked, value: Any, hours: Any, onset: Any, whole: bool) -> Asked:
    flags = NONE if whole else {**NONE, "answers": {}}
    body = said([place], values={"pain_worst": value}, onset=onset, red_flags=flags)
    return judge(body, known(profile, hours))


ABOUT_PROFILES = World(
    [HOME, PROFILES, (None, 0, 1, 3, 4, 8), HOURS_AGO, (None, "2-6_wk"), (True, False)], _told
)
"""Every profile × place × value × when last asked × old pain."""


def _chest(place: Any, replies: Sequence[str | None], felt: Any, value: int) -> Asked:
    given = {id_: reply for id_, reply in zip(CHEST, replies, strict=True) if reply}
    rest = {key: "no" for key in NO_ADDONS if key != "S2"}
    flags = {"answers": {**rest, **given}, "tiles_shown": TILES[1:], "none_of_these": True}
    values = {"pain_worst": value}
    return judge(said([place], values=values, aggravators=felt, red_flags=flags))


CHEST = ("U1", "U2a", "U2b", "U3", "S2")
FELT: list[Any] = [None, [], *([one] for one in AGGRAVATORS)]
ABOUT_CHEST = World(
    [[("chest_front", "midline"), ("ribs", "left")], list(product(("no", None, "yes"), repeat=5)),
     FELT, (0, 4)],
    _chest,
)  # fmt: skip
"""Every combination of what D23 asks."""

SORE = {
    "hours_after": 24, "eases_on_moving": True, "muscle_trained": True, "new_or_more_sets": True,
}  # fmt: skip
SORE_PLACES: list[Any] = [
    [("thigh_front", "left"), ("thigh_front", "right")], [("thigh_front", "left")],
    [("back_low", "left"), ("back_low", "right")], [("back_low", "midline")],
    [("buttock", "left")], [("knee_front", "left"), ("knee_front", "right")], [],
]  # fmt: skip
SORE_MISSES: list[Asked] = [
    {}, *({"hours_after": hours} for hours in (11, 12, 72, 73, None)),
    *({name: flag} for name in list(SORE)[1:] for flag in (False, None)),
]  # fmt: skip
SORE_PARTS: list[Asked] = [
    {}, {"effect": "eased_load"}, {"effect": "stopped_exercise"}, {"effect": None},
    {"timing": ["at_rest"]}, {"timing": []}, {"quality": ["sharp"]}, {"quality": ["ache"]},
    {"spread": "below_knee"}, {"spread": "none"}, {"medication": {"kind": "simple_painkiller"}},
    {"medication": {"kind": "unknown"}}, {"red_flags": yes({"U7": "yes"})},
    {"red_flags": {"answers": {}}}, {"red_flags": {**NONE, "none_of_these": False}},
    {"onset": "yesterday"},
]  # fmt: skip


def _sore(where: Any, value: Any, profile: Asked, miss: Asked, part: Asked) -> Asked:
    values, sore = {"pain_worst": value}, {**SORE, **miss}
    return judge(said(where, values=values, kind="soreness", soreness=sore, **part), known(profile))


ABOUT_SORENESS = World(
    [SORE_PLACES, (0, 5, 6, None), (ADULT, {**ADULT, "pregnant": True}), SORE_MISSES, SORE_PARTS],
    _sore,
)
"""The filter's borders, one, two and three of them missed at a time."""

SITE_VALUES: list[Asked] = [
    {"pain_worst": value} for value in (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, None, 11, "4")
] + [
    {"pain_worst": 2, "pain_rest": 4}, {"pain_worst": 1, "pain_rest": 6},
    {"pain_worst": 1, "pain_before": 5, "pain_now": 0},
    {"pain_worst": 2, "pain_next_morning": 3, "morning_painkiller": True},
    {"pain_worst": 2, "pain_next_morning": 6, "morning_feel": "worse"},
    {"pain_now": 7}, {"pain_worst": 3, "morning_feel": "sideways"},
]  # fmt: skip
FLAGS: list[Asked] = [
    NONE, {}, {"none_of_these": True}, {**NONE, "tiles_shown": TILES[2:]},
    {**NONE, "tiles_tapped": ["nerves"]}, {**NONE, "answers": {}}, {**NONE, "none_of_these": "yes"},
    {**NONE, "tiles_shown": [*TILES, "unheard_of"]}, yes({"H2": "unsure"}),
    yes({"H2": "unsure", "H3a": "no", "H3b": "no", "H3c": "no", "H3d": "no"}),
    yes({"H2": "unsure", "H3a": "unsure"}), yes({"U2b": "brief"}), yes({"U6": "yes"}),
    yes({"U6": "yes", "U6s": "no"}), yes({"L9": "yes", "L10": "yes"}),
    yes({"L4": "yes", "L5": "yes"}),
    yes({"U1": "maybe"}), yes({"Z9": "yes"}), yes({"L7": "yes"}), yes({"M1b": "yes"}),
]  # fmt: skip
EXTRAS: list[Asked] = [
    {}, {"kind": "technique_question"}, {"kind": "positive_history"}, {"kind": "other"},
    {"kind": "nonsense"}, {"timing": None}, {"timing": ["night", "constant"]},
    {"timing": ["teatime"]}, {"regions": []}, {"regions": "knee"},
    {"regions": [{"region": "nowhere", "side": "left"}]}, {"medication": {"days_of_7": 9}},
    {"red_flags": "none"}, {"injury_event": "no"},
    {"kind": "technique_question", "regions": [], "effect": None, "timing": None},
]  # fmt: skip


def _wide(*picked: Any) -> Asked:
    place, values, effect, flags, extra, quality, spread, onset, felt, medicine = picked[:10]
    profile, hours, timing, other, side, more, many = picked[10:]
    rows = [
        {"region": place[0], "side": place[1], **values},
        {"region": other[0], "side": side, **more},
        {"region": place[0], "side": "bilateral", **more},
    ]
    parts = {
        "effect": effect, "red_flags": flags, "quality": quality, "spread": spread, "onset": onset,
        "aggravators": felt, "medication": medicine, "timing": timing, "regions": rows[: many + 1],
    }  # fmt: skip
    return judge(said(**{**parts, **extra}), known(profile, hours))


QUALITY: list[Any] = [None, [], *([one] for one in QUALITIES), ["ache", "numb"], ["velvet"]]
SPREADS: list[Any] = [None, *(str(one) for one in Spread)]
MEDICINE: list[Any] = [None, {"taken_within_8h": True}, *({"kind": one} for one in MEDICINES)]
WIDE = World(
    [PLACES, SITE_VALUES, EFFECTS, FLAGS, EXTRAS, QUALITY, [*SPREADS, "everywhere"],
     [None, *ONSET_LEAST_DAYS, "long_ago"], [None, [], ["press_on_it"], ["arm_move"], ["x"]],
     MEDICINE, PROFILES, HOURS_AGO, [[one] for one in TIMINGS], HOME,
     ["left", "right", "midline", "bilateral", "inside"], SITE_VALUES, (0, 1, 2)],
    _wide,
)  # fmt: skip
"""Everything a body may hold, crossed; far too many to walk all of them."""
