"""What an app developer would send first, by operation; shown in docs/openapi.yaml."""

from __future__ import annotations

from typing import Any

AT = "2026-05-04T18:12:00Z"
WHEN = {"performed_at": AT, "zone": "Europe/London"}

EXAMPLES: dict[str, Any] = {
    "inviteClient": {
        "name": "Noor Haddad",
        "email": "noor@example.org",
        "time_zone": "Europe/London",
    },
    "putSession": {"state": "started", "at": AT},
    "putSet": {
        "session_id": "0199a6f0-0000-7000-8000-000000000001",
        "exercise_id": "ht_barbell",
        "slot": "A1",
        "set_index": 2,
        "reps": 8,
        "weight": 120,
        "weight_unit": "kg",
        "rir": 2,
        "end_reason": "position_lost",
        **WHEN,
    },
    "putReport": {
        **WHEN,
        "source": "in_session",
        "session_id": "0199a6f0-0000-7000-8000-000000000001",
        "regions": [{"region": "back_low", "side": "midline", "pain_worst": 4}],
        "timing": ["during_set"],
        "effect": "eased_load",
        "red_flags": {"none_of_these": True, "tiles_shown": ["chest", "head"]},
        "exercise": {"exercise": "ht_barbell", "set_index": 2, "kg": 120, "reps": 8, "rir": 2},
    },
    "putAnswer": {**WHEN, "answers": {"L4": "no", "L7": "no"}},
    "answerFollowUp": {
        **WHEN,
        "regions": [
            {
                "region": "back_low",
                "side": "midline",
                "pain_next_morning": 1,
                "morning_feel": "better",
            }
        ],
    },
    "putCheckIn": {
        "kind": "weekly",
        "region": "back_low",
        "side": "midline",
        "answers": [1, 1, 0, 1],
        **WHEN,
    },
    "putMessage": {"text": "The bench is free at seven.", **WHEN},
    "putClientMessage": {"text": "Seven it is.", **WHEN},
    "applyOption": {"option_id": "LB-HT.b", "basis": "9f2c51d0e3a84b7f"},
    "assignProgram": {
        "program_id": "0199a6f0-0000-7000-8000-000000000002",
        "starts_on": "2026-05-04",
        "weekdays": [0, 2, 4],
    },
    "clearReport": {"seen_on": "2026-05-06", "professional": "physiotherapist"},
}
