"""An exercise is found …"""

import pytest

from programs.domain.exercises import library
from programs.domain.search import closest, did_you_mean


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
