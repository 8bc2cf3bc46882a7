"""A program with everything in it that a program can say."""

from typing import Any


def full() -> dict[str, Any]:
    """Two phases, days, a superset, every kind of load and growth, a week of rest."""
    thrust = {
        "slot": "A1",
        "exercise": "ht_barbell",
        "superset": "X",
        "rest_seconds": 120,
        "tempo": "3-1-1",
        "note": "slowly, one by one",
        "cues": ["Eyes forward", "Ribs down"],
        "media": [{"url": "https://example.com/thrust", "title": "From the side"}],
        "alternates": [
            {"exercise": "ht_smith", "direction": "same"},
            {"exercise": "gb_bw", "direction": "easier"},
        ],
        "setup": [{"param": "feet", "value": "flat"}],
        "limit": "to level",
        "checklist": "hip_thrust",
        "sets": [
            {"kind": "warmup", "reps_min": 5, "percent": 40},
            {"kind": "warmup", "reps_min": 3, "percent": 60},
            {"count": 3, "reps_min": 8, "reps_max": 10, "percent": 70, "rir": 2},
        ],
        "progression": {
            "kind": "percentages",
            "weeks": [70, "72.5", 75],
            "deload": {"every": 4, "load_percent": 80, "sets": 2},
        },
    }
    plank = {
        "slot": "A2",
        "exercise": "plank",
        "superset": "X",
        "sets": [{"count": 2, "seconds": 30}],
    }
    rows = [
        ({"load_kg": "62.5"}, {"kind": "linear", "add_kg": "2.5", "every": 2, "most_kg": 80}),
        ({"load_lb": 135, "rpe": 8}, {"kind": "linear", "add_lb": 5, "behind": 2}),
        ({"percent": 70}, {"kind": "linear", "add_percent": "-1.5"}),
        ({"reps_max": 12, "load_kg": 40}, {"kind": "double", "add_kg": 2}),
        ({"load_kg": 40}, {"kind": "log_gated", "add_lb": 5, "after": 2, "fails": 3}),
        ({"load_kg": 40}, {"kind": "rir", "weeks": [3, 2, 1]}),
        ({"last_plus_kg": "-2.5"}, {"kind": "deload", "deload": {"every": 3, "sets": 1}}),
        ({"last_plus_lb": 5, "amrap": True}, None),
    ]
    squats = [
        {
            "slot": f"B{number}",
            "exercise": "sq_back",
            "sets": [{"count": 2, "reps_min": 8} | load],
            **({"progression": grows} if grows else {}),
        }
        for number, (load, grows) in enumerate(rows, start=1)
    ]
    last = {"slot": "A", "exercise": "sq_back", "sets": [{"amrap": True}]}
    return {
        "name": "Everything",
        "note": "For those who ask",
        "phases": [
            {
                "name": "Build",
                "weeks": [
                    {
                        "repeat": 4,
                        "workouts": [
                            {"name": "Hips", "day": "mon", "prescriptions": [thrust, plank]},
                            {"name": "Squats", "day": "thu", "prescriptions": squats},
                        ],
                    },
                    {"workouts": []},
                ],
            },
            {
                "name": "Test",
                "weeks": [{"workouts": [{"name": "Test", "prescriptions": [last]}]}],
            },
        ],
    }
