"""A practice's own exercise, and what it adds to any …"""

from typing import Any

import pytest

from programs.domain.document_reader import BadDocument
from programs.domain.exercises import library
from programs.domain.own_exercises import (
    OwnExercise,
    equipment_words,
    extras_from_json,
    extras_json,
    read_extras,
    with_practice,
)

EXTRAS = {
    "cues": ["Ribs down"],
    "media": [{"url": "https://example.com/a", "title": "Side"}],
    "alternates": [{"exercise": "ht_smith", "direction": "easier"}],
}


def test_is_rated_as_the_one_it_is_like_or_by_nobody() -> None:
    own = [
        OwnExercise("sled", "Sled", "squat", like="sq_back"),
        OwnExercise("odd", "Odd", "squat"),
        OwnExercise("lost", "Lost", "squat", like="nothing"),
    ]
    book = with_practice(library(), own)
    assert book["sled"].demands == library()["sq_back"].demands
    assert not book["odd"].has_vector and not book["lost"].has_vector
    assert len(book) == len(library()) + 3


def test_is_described_and_read_back_the_same() -> None:
    read = read_extras(EXTRAS, "ht_barbell", library())
    assert extras_json(read) == EXTRAS
    assert extras_from_json(EXTRAS) == read
    short = read_extras({"alternates": ["ht_smith"]}, "ht_barbell", library())
    assert short.alternates[0].direction == "same"


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({"alternates": ["ht_barbell"]}, "/alternates/0"),
        ({"alternates": ["no_such"]}, "/alternates/0"),
        ({"media": [{"url": "ftp://x"}]}, "/media/0/url"),
        ({"alternates": [{"direction": "same"}]}, "/alternates/0/exercise"),
    ],
)
def test_names_the_place_of_a_fault(raw: Any, pointer: str) -> None:
    with pytest.raises(BadDocument) as bad:
        read_extras(raw, "ht_barbell", library())
    assert [each.pointer for each in bad.value.faults] == [pointer]


def test_is_of_equipment_that_has_a_word() -> None:
    words = equipment_words(library())
    assert list(words) == sorted(set(words)) and "bar" in words
    assert not any("|" in word for word in words)
