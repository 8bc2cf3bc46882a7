"""The program everybody in the bench follows: 16 weeks, four days a week, six lifts a day."""

from __future__ import annotations

from typing import Any

DAYS = (0, 1, 3, 4)  # Monday is 0
LIFTS = (
    ("ht_barbell", 8, 120.0),
    ("sq_back", 6, 90.0),
    ("rdl_bb", 8, 80.0),
    ("row_chest", 10, 40.0),
    ("leg_curl", 12, 35.0),
    ("hip_abd", 15, 50.0),
)


def program() -> dict[str, Any]:
    """The document as a coach's desk would send it."""
    lifts = [
        {
            "slot": f"A{number}",
            "exercise": exercise,
            "rest_seconds": 120,
            "sets": [_sets(reps, kg)],
        }
        for number, (exercise, reps, kg) in enumerate(LIFTS, start=1)
    ]
    workouts = [{"name": f"Day {day}", "prescriptions": lifts} for day in "ABCD"]
    weeks = [{"repeat": 16, "workouts": workouts}]
    return {"name": "Glutes 4×/week", "phases": [{"name": "Base", "weeks": weeks}]}


def _sets(reps: int, kg: float) -> dict[str, Any]:
    made = {"kind": "work", "count": 3, "reps_min": reps, "reps_max": reps}
    return {**made, "load_kg": kg, "rir": 2}
