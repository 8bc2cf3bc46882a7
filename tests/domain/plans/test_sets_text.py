"""A line of sets …"""

import pytest

from clients.domain.sets_text import NotMeant, read, written
from programs.domain.document import parse
from programs.domain.exercises import library
from programs.domain.prescription import Prescription


def prescription(*rows: dict[str, object]) -> Prescription:
    lift = {"slot": "A1", "exercise": "ht_barbell", "sets": list(rows)}
    workout = {"name": "A", "prescriptions": [lift]}
    raw = {"name": "P", "phases": [{"name": "1", "weeks": [{"workouts": [workout]}]}]}
    document = parse(raw, exercises=library())
    return document.phases[0].weeks[0].workouts[0].prescriptions[0]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("3 × 8–12 · 60 kg · RIR 3", "3 × 8–12 · 60 kg · RIR 3"),
        ("3x8-12 @ 60kg @ rir 3", "3 × 8–12 · 60 kg · RIR 3"),
        ("4 x 5, 82,5 kg", "4 × 5 · 82.5 kg"),
        ("3 × 8 · · 60 kg", "3 × 8 · 60 kg"),
        ("3 × 8 · 135 lb", "3 × 8 · 61.2 kg"),
        ("2 × 5 · 75 % e1RM + 1 × AMRAP", "2 × 5 · 75 % e1RM + 1 × AMRAP"),
        ("1 x 8+ · 60 kg · RPE 8", "1 × 8+ · 60 kg · RIR 2"),
        ("3 x 30 s", "3 × 30 s"),
    ],
)
def test_is_read_as_it_is_meant_and_written_back(typed: str, shown: str) -> None:
    made = prescription(*read(typed))
    assert written(made, "kg") == shown
    assert written(prescription(*read(shown)), "kg") == shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Say the sets"),
        ("8 reps", "no number of sets"),
        ("3 × many", "no number of reps"),
        ("3 × 8 · heavy", "not understood"),
        ("3 × 8 · 60 kg · 70 kg", "says load kg twice"),
    ],
)
def test_that_says_nothing_is_refused_with_what_would_do(typed: str, said: str) -> None:
    with pytest.raises(NotMeant, match=said):
        read(typed)
