"""What a started session keeps comes back exactly as it was shown (ruling 12)."""

import json
from decimal import Decimal

from programs.domain.prescription import Alternate, Item, Media, Prescription, SetTarget
from programs.domain.prescription_json import items_from_json, items_to_json
from programs.domain.progression_rules import Deload, Linear, Progression

THRUST = Prescription(
    slot="A1",
    exercise="ht_american",
    sets=(
        SetTarget("warmup", 5, 5, percent=Decimal("40.0")),
        SetTarget("work", 8, 10, load_kg=Decimal("102.50"), rir=Decimal("1.5"), amrap=True),
        SetTarget("work", seconds=30),
        SetTarget("work", 8, 8, last_plus_kg=Decimal("2.268"), unit="lb", effort="rpe"),
    ),
    rest_seconds=120,
    tempo="3-1-1",
    superset="X",
    note="slowly",
    alternates=(Alternate("ht_smith"), Alternate("gb_bw", "easier")),
    checklist="hip_thrust",
    limit="to level",
    setup=(("feet", "flat"), ("bench", "low")),
    cues=("ribs down",),
    media=(Media("https://example.com/thrust", "From the side"),),
    progression=Progression(Linear(add_kg=Decimal("2.5")), Deload(4, sets=2)),
)
ITEMS = (
    Item(now=THRUST),
    Item(now=THRUST, was=Prescription("A1", "ht_barbell", THRUST.sets), because=("o1", "o2")),
    Item(now=None, was=THRUST, because=("o1",), paused=True),
)


def test_every_place_comes_back_from_json_exactly() -> None:
    assert items_from_json(json.loads(json.dumps(items_to_json(ITEMS)))) == ITEMS


def test_a_weight_keeps_its_digits() -> None:
    kept = items_to_json(ITEMS)[0]["now"]["sets"]
    assert [each["load_kg"] for each in kept] == [None, "102.50", None, None]
    assert [each["percent"] for each in kept] == ["40.0", None, None, None]
    assert [each["rir"] for each in kept] == [None, "1.5", None, None]


def test_a_place_with_nothing_in_it_stays_empty() -> None:
    (kept,) = items_to_json(ITEMS[2:])
    assert (kept["now"], kept["because"], kept["paused"]) == (None, ["o1"], True)
