"""An exercise is found …"""

from dataclasses import replace
from typing import Any

import pytest

from programs.domain.exercise import Level
from programs.domain.exercises import library
from programs.domain.search import closest, did_you_mean, found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Barbell hip thrust", "ht_barbell"),
        ("barbel hip thurst", "ht_barbell"),
        ("hip thrust barbell", "ht_barbell"),
        ("rdl_bb", "rdl_bb"),
        ("bulgarian", "bss"),
    ],
)
def test_by_a_name_an_id_a_typo_or_a_part(typed: str, found: str) -> None:
    assert found in [one.id for one in closest(library(), typed, most=3)]


def test_not_by_nothing_or_by_what_is_like_no_name() -> None:
    assert closest(library(), "") == closest(library(), "?!") == []
    assert closest(library(), "zzzz qqqq") == []
    assert did_you_mean(library(), "zzzz qqqq") == ""


def test_with_every_condition_that_is_given() -> None:
    every = list(library().values())

    def ids(**asked: Any) -> set[str]:
        return {one.id for one in found(every, **asked)}

    assert ids() == set(library())
    assert "ht_barbell" in ids(typed="hip thrust", pattern="hip_thrust")
    assert "ht_barbell" not in ids(pattern="calf") | ids(equipment="bands")
    gentle = ids(region="back_low", most_demand=Level.L)
    assert gentle and gentle < ids(region="back_low", most_demand=Level.H)
    assert ids(region="head", most_demand=Level.H) == set()
    unrated = replace(library()["ht_barbell"], id="mine", demands=())
    assert not unrated.has_vector
    assert found([unrated], region="back_low", most_demand=Level.H) == []
