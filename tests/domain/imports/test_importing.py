"""A file of another app …"""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.domain.importing import MOST_ROWS, NotReadable, read
from clients.domain.past_sets import kilograms

HERE = Path(__file__).parent
AT_EIGHT = datetime.fromisoformat("2025-12-22T08:00")
NOOR, SAM = UUID(int=1), UUID(int=2)
STRONG = (HERE / "strong.csv").read_text()
ANDROID = (HERE / "android.csv").read_text()
GERMAN = (HERE / "german.csv").read_text()
HEVY = (HERE / "hevy.csv").read_text()


def test_of_strong_asks_for_the_unit_it_does_not_say() -> None:
    found = read(STRONG)
    assert (found.source, found.unit_missing) == ("strong", True)
    assert [each.unit for each in found.sets] == [None, None, None]


def test_of_strong_is_read_with_the_unit_that_was_answered() -> None:
    found = read(STRONG, unit="lb")
    assert not found.unit_missing
    warmup, work, plank = found.sets
    assert (warmup.kind, warmup.weight, warmup.unit) == ("warmup", Decimal(60), "lb")
    assert (work.kind, work.reps, work.rpe, work.note) == ("work", 8, Decimal("8.5"), "felt fine")
    assert work.workout == "Legs, heavy" and work.at == AT_EIGHT
    assert (plank.seconds, plank.weight, plank.reps) == (60, None, None)
    assert [(each.line, each.kind) for each in found.others] == [(4, "rest")]


def test_says_its_own_unit_and_that_wins() -> None:
    (one,) = read(ANDROID, unit="kg").sets
    assert (one.weight, one.unit, one.reps) == (Decimal("220.5"), "lb", 8)
    assert kilograms(Decimal("220.5"), "lb") == Decimal("100.017")


def test_in_german_with_a_byte_order_mark_is_read_too() -> None:
    (one,) = read("\ufeff" + GERMAN).sets
    assert (one.exercise, one.weight, one.unit) == ("Hüftheben", Decimal("102.5"), "kg")


def test_of_hevy_has_places_kinds_and_distances() -> None:
    found = read(HEVY)
    assert found.source == "hevy" and not found.others and not found.unit_missing
    warmup, work, run = found.sets
    assert (warmup.order, warmup.kind, work.order, work.kind) == (0, "warmup", 1, "work")
    assert (run.metres, run.seconds, run.weight) == (Decimal("5500.0"), 1800, None)
    assert dict(found.exercises) == {"Hip Thrust (Barbell)": 2, "Running": 1}


@pytest.mark.parametrize(
    "words",
    ["22 déc. 2025, 08:00", "22 Dez. 2025, 08:00", "22 dic 2025, 8:00", "22 Dec 2025, 8:00 am"],
)
def test_of_hevy_names_months_as_people_do(words: str) -> None:
    sets = read(HEVY.replace("22 Dec 2025, 08:00", words)).sets
    assert sets[0].at == AT_EIGHT


def test_gives_the_same_ids_every_time_and_other_ones_to_others() -> None:
    first, again = read(HEVY).sets, read(HEVY).sets
    ids = [each.id_for(NOOR, "hevy") for each in first]
    assert ids == [each.id_for(NOOR, "hevy") for each in again]
    assert len({*ids, *(each.id_for(SAM, "hevy") for each in first)}) == 2 * len(ids)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("x,Legs,1h,Row,1,60,10,0,0,,,", "The date 'x'"),
        ("1812-01-01 08:00:00,Legs,1h,Row,1,60,10,0,0,,,", "1990 to 2100"),
        ("2025-12-22 08:00:00,Legs,1h,Row,1,heavy,10,0,0,,,", "'heavy', not a number"),
        ("2025-12-22 08:00:00,Legs,1h,Row,1,-5,10,0,0,,,", "0 to 2000"),
        ("2025-12-22 08:00:00,Legs,1h,Row,1,60,8.5,0,0,,,", "not a whole number"),
        ("2025-12-22 08:00:00,Legs,1h,,1,60,8,0,0,,,", "names no exercise"),
        ("2025-12-22 08:00:00,Legs,1h,Row,1,nan,8,0,0,,,", "0 to 2000"),
    ],
)
def test_keeps_the_good_lines_beside_a_bad_one_and_names_it(cells: str, words: str) -> None:
    found = read(STRONG + cells + "\n", unit="kg")
    assert len(found.sets) == 3
    (fault,) = [each for each in found.others if each.kind == "fault"]
    assert fault.line == 6 and words in fault.words


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n", "PK\x03\x04", "\x00\x00", "{}"])
def test_that_is_none_of_these_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotReadable, match="not an export of Strong or Hevy|not readable"):
        read(text)


def test_longer_than_anybody_trains_is_refused() -> None:
    line = "2025-12-22 08:00:00,Legs,1h,Row,1,60,8,0,0,,,\n"
    with pytest.raises(NotReadable, match="20000 rows"):
        read(STRONG + line * MOST_ROWS)


@given(st.text(max_size=300))
def test_with_anything_in_it_is_read_or_refused(text: str) -> None:
    for whole in (text, STRONG + text, HEVY + text):
        try:
            found = read(whole, unit="kg")
        except NotReadable:
            continue
        assert all(each.exercise for each in found.sets)


def test_with_a_cell_that_is_a_book_is_refused() -> None:
    with pytest.raises(NotReadable, match="not readable as CSV"):
        read(STRONG + "x" * 200_000 + "\n")
