"""The demo's three programs: as templates steered by RIR, and with one client's own loads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

WEEKS = (("Base", 4, Decimal("0.92")), ("Build", 3, Decimal("0.96")), ("Strength", 7, Decimal(1)))
STEP = Decimal("2.5")


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise of a workout: sets × reps at a RIR."""

    exercise: str
    sets: int
    low: int
    high: int
    rir: int = 2
    rest: int = 120


def template(name: str) -> dict[str, Any]:
    """A program as its coach wrote it: no loads, every set steered by its RIR."""
    return written_for(name, {})


def written_for(name: str, kg: Mapping[str, int]) -> dict[str, Any]:
    """The program with a client's working loads, by exercise, in kg of the last phase."""
    return {
        "name": name,
        "phases": [
            {
                "name": phase,
                "weeks": [{"repeat": weeks, "workouts": _workouts(name, kg, share)}],
            }
            for phase, weeks, share in WEEKS
        ],
    }


def _workouts(name: str, kg: Mapping[str, int], share: Decimal) -> list[dict[str, Any]]:
    return [
        {
            "name": title,
            "prescriptions": [
                _prescription(f"{letter}1", line, kg, share)
                for letter, line in zip("ABCDE", lines, strict=False)
            ],
        }
        for title, lines in PROGRAMS[name]
    ]


def _prescription(slot: str, line: Line, kg: Mapping[str, int], share: Decimal) -> dict[str, Any]:
    work: dict[str, Any] = {
        "kind": "work",
        "count": line.sets,
        "reps_min": line.low,
        "reps_max": line.high,
        "rir": line.rir,
    }
    if line.exercise in kg:
        work["load_kg"] = str(_loadable(kg[line.exercise] * share))
    return {"slot": slot, "exercise": line.exercise, "sets": [work], "rest_seconds": line.rest}


def _loadable(kg: Decimal) -> Decimal:
    return (kg / STEP).quantize(Decimal(1), ROUND_HALF_EVEN) * STEP


GLUTES = "Glutes 3×/week"
FULL_BODY = "Full body 4×/week"
SQUAT_AND_HINGE = "Squat and hinge 3×/week"

PROGRAMS: Mapping[str, tuple[tuple[str, tuple[Line, ...]], ...]] = {
    GLUTES: (
        (
            "Thrust and hinge",
            (
                Line("ht_barbell", 3, 8, 8),
                Line("rdl_bb", 3, 8, 10),
                Line("row_chest", 3, 10, 12, rest=90),
                Line("hip_abd", 2, 15, 20, rest=60),
            ),
        ),
        (
            "Thrust and lunge",
            (
                Line("ht_barbell", 3, 8, 8),
                Line("bss", 3, 8, 10),
                Line("ohp_db", 3, 8, 10, rest=90),
                Line("bx45", 2, 12, 15, rest=90),
            ),
        ),
        (
            "Thrust and squat",
            (
                Line("ht_barbell", 3, 8, 8),
                Line("sq_back", 3, 6, 8),
                Line("pulldown", 3, 10, 12, rest=90),
                Line("cable_kickback", 2, 15, 20, rest=60),
            ),
        ),
    ),
    FULL_BODY: (
        (
            "Squat and press",
            (
                Line("sq_back", 3, 5, 6, rest=180),
                Line("bp_bb", 3, 6, 8),
                Line("row_chest", 3, 8, 10, rest=90),
            ),
        ),
        (
            "Thrust and pull",
            (
                Line("ht_barbell", 3, 8, 8),
                Line("ohp_bb", 3, 6, 8),
                Line("pulldown", 3, 8, 10, rest=90),
            ),
        ),
        (
            "Hinge and press",
            (
                Line("dl_trap", 3, 5, 6, rest=180),
                Line("bp_incline_db", 3, 8, 10),
                Line("face_pull", 3, 12, 15, rest=60),
            ),
        ),
        (
            "Thrust and lunge",
            (
                Line("ht_barbell", 3, 8, 8),
                Line("lunge_rev", 3, 8, 10),
                Line("row_cable", 3, 10, 12, rest=90),
            ),
        ),
    ),
    SQUAT_AND_HINGE: (
        (
            "Heavy squat",
            (
                Line("sq_back", 4, 5, 5, rest=180),
                Line("rdl_bb", 3, 8, 8),
                Line("leg_curl", 3, 10, 12, rest=90),
            ),
        ),
        (
            "Heavy hinge",
            (
                Line("dl_conv", 4, 4, 5, rest=180),
                Line("sq_front", 3, 6, 6),
                Line("row_bb", 3, 8, 10, rest=90),
            ),
        ),
        (
            "Volume squat",
            (
                Line("sq_back", 3, 8, 8),
                Line("good_am", 3, 8, 10),
                Line("split_sq", 2, 10, 12, rest=90),
            ),
        ),
    ),
}
