"""A slip in the table of exercises is refused with its line, before anybody trains by it."""

import pytest

from programs.domain.datafile import BadData, parse, read
from programs.domain.exercises import parse_library


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('parent = "ht_barbell"', 'parent = "ht_kas"', "accepted: an exercise written above"),
        ("ratio = [0.65, 0.80", "ratio = [0.85, 0.80", "ratio must rise"),
        ('le = "M", lx = "L"', 'le = "X", lx = "L"', "le is 'X'; accepted: one of L, M, H"),
        ('le = "M", lx = "L"', 'knees = "M"', "unknown key knees"),
        ('name = "American', 'colour = "red"\nname = "American', "unknown key colour"),
        ('"Brace before you go down",', "", "2 cues; accepted: exactly 3"),
        ("reps = [8, 15]", "reps = [15, 8]", "reps must be two whole numbers"),
        ("reps = [8, 15]", "reps = [8.5, 15]", "reps must be two whole numbers"),
        ("reps = [8, 15]", "reps = [0, 15]", "reps must be two whole numbers"),
        ('parent = "sq_back"', 'parent = "ht_american"', "accepted: a root"),
        ("[0.41, 0.55]", "[0.55, 0.41]", "body_share must be two numbers above 0"),
        ("[0.41, 0.55]", "[0.41, 1.1]", "body_share must be two numbers above 0"),
        ('cue = "Press the', 'fault = "x"\ncue = "Press the', "a cue or a fault, not both"),
        ("ratio = [0.65, 0.80, 0.95]", "ratio = [0, 0.80, 0.95]", "ratio must rise"),
        ("ratio = [0.65, 0.80, 0.95]", "ratio = [0.65, 0.80, 2.1]", "ratio must rise"),
        ("[marks]", "colour = 1\n[marks]", "unknown key colour"),
        ('target = "ht_american"', 'target = "ht_knee_band"', "ht_knee_band asks more of un"),
        (
            'source = "ht_barbell"\ntarget = "ht_band"',
            'source = "ht_american"\ntarget = "ht_barbell"',
            "ht_barbell asks more of",
        ),
    ],
)
def test_a_slip_in_the_table_is_refused(old: str, new: str, reason: str) -> None:
    text = read("programs.domain", "exercises.toml").text
    assert old in text
    with pytest.raises(BadData, match=r"^exercises.toml:\d+: ") as refusal:
        parse_library(parse(text.replace(old, new, 1), "exercises.toml"))
    assert reason in str(refusal.value)


def test_seed_edges_in_a_ring_are_refused() -> None:
    """Two lifts with the same tags could each be called easier than the other."""
    text = read("programs.domain", "exercises.toml").text
    edge = (
        '\n[[seed_edge]]\nsource = "{}"\ntarget = "{}"\nregions = ["hip_side"]\n'
        'mark = "D"\nreason = "x"\n'
    )
    ring = text + edge.format("ht_kas", "ht_american") + edge.format("ht_american", "ht_kas")
    with pytest.raises(
        BadData, match="seed edges form a ring: ht_american -> ht_kas -> ht_american"
    ):
        parse_library(parse(ring, "exercises.toml"))
