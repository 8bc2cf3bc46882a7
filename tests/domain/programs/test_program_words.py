"""A program in words …"""

from dataclasses import replace
from decimal import Decimal

import pytest

from programs.domain.document import parse
from programs.domain.exercises import library
from programs.domain.prescription import SetTarget
from programs.domain.progression_rules import Deload, Double, LogGated, Progression, RirTargets
from programs.domain.words import name_of, outline, progression_in_words, sets_in_words
from tests.domain.programs.full import full

D = Decimal
LINES = outline(parse(full(), exercises=library()), library())


@pytest.mark.parametrize(
    "said",
    [
        "A1 Barbell hip thrust · warm-up 1 × 5 · 40 % e1RM + warm-up 1 × 3 · 60 % e1RM + 3 × 8–10"
        " · 70 % e1RM · RIR 2 · week by week 70 · 72.5 · 75 %; every 4th week lighter: 80 % of the"
        " load, 2 sets · superset X · rest 120 s · tempo 3-1-1 · or Smith thrust (same), Glute"
        " bridge (easier)",
        "cues Eyes forward; Ribs down · note slowly, one by one · limit to level · checklist"
        " hip_thrust · set up feet flat · look at https://example.com/thrust",
        "2 × 30 s · superset X",
        "62.5 kg · + 2.5 kg every 2 weeks, up to 80 kg",
        "135 lb · RPE 8 · + 5 lb every week; 2 weeks of it done before",
        "70 % e1RM · − 1.5 % points every week",
        "+ 2 kg once every set reaches its top reps",
        "+ 5 lb once done as written 2 times in a row, − 10 % after 3 that were not",
        "RIR 3 · 2 · 1",
        "last time − 2.5 kg · every 3rd week lighter: 1 set",
        "AMRAP from 8 · last time + 5 lb",
        "1 × AMRAP",
        " on ",
        "· rest",
    ],
)
def test_says_every_part_once(said: str) -> None:
    assert any(said in line for line in LINES), LINES


def test_says_what_is_plain_plainly() -> None:
    work = SetTarget("work", reps_min=5, reps_max=5)
    assert sets_in_words((work, replace(work, last_plus_kg=D(0)))) == "1 × 5 + 1 × 5 · as last time"
    assert sets_in_words((SetTarget("work"),)) == "1 × ?"
    assert progression_in_words(None) == ""
    once = Progression(LogGated(D(2), 1, None, D(10), "kg"), Deload(11, D(80), None), behind=1)
    assert progression_in_words(once) == (
        "+ 2 kg once done as written; every 11th week lighter: 80 % of the load;"
        " 1 week of it done before"
    )
    assert progression_in_words(Progression(RirTargets((D(3),)), None)) == "RIR 3"
    assert progression_in_words(Progression(Double(D(5)), None)).startswith("+ 5 kg once")


def test_names_what_the_library_has_lost_by_its_id() -> None:
    assert name_of(library(), "sled_push_own0123abcd") == "Sled push"
    assert name_of(library(), "ht_barbell") == "Barbell hip thrust"
