"""The decision table and the trends in a clinician's words; tests hold them to the code.

The code of each row is in clients/domain/table.py, judging.py and trends.py (domain §3.4, §3.5).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: when it matches, and each level it may give with the set of what may be changed."""

    id: str
    condition: str
    gives: tuple[tuple[str, str], ...]
    note: str = ""


ROWS: tuple[TableRow, ...] = (
    TableRow("D01", "Any warning answer that weighs emergency", (("emergency", "A0"),)),
    TableRow("D02", "Any warning answer that weighs urgent", (("urgent", "A0"),)),
    TableRow("D03", "Any warning answer that weighs refer", (("refer", "A0"),)),
    TableRow(
        "D04",
        "Value of 8 or more, or cannot use it, or 6 or more at rest",
        (("refer", "A0"),),
    ),
    TableRow(
        "D05",
        "A required field, a tile, or a question that a tapped tile opened is not answered; so are"
        " the nerve questions of D17 and the questions of D23",
        (("incomplete", "A0"),),
        "Reminders after 15 minutes, 2 hours and next morning; the coach after 24 hours or as fast"
        " as the answered part asks",
    ),
    TableRow(
        "D05b",
        "Only questions for after the session are open",
        (("monitor", "A1"),),
        "No swap until they are answered",
    ),
    TableRow(
        "D06",
        "Pregnant, under 12 weeks postpartum or limits set by a clinician, no clearance record,"
        " and pain of 1 or more",
        (("refer", "A0"),),
    ),
    TableRow(
        "D07",
        "Under 18, 3 or more for more than 14 days (a guard: this version takes adults)",
        (("refer", "A0"),),
    ),
    TableRow(
        "D08",
        "Value of 6 or more, or stopped the session, or stopped the exercise at 4 or more",
        (("modify high", "A4"),),
        "Never the same exercise with less load",
    ),
    TableRow(
        "D09",
        "Overload next morning: 2 or more above the baseline, or worse and 3 or more",
        (("modify", "A3"),),
    ),
    TableRow(
        "D10",
        "3–5 in two sessions within 14 days; or 3–5 for more than 14 days; or 1–2 for more than 14"
        " days at the first report while the lift is loaded medium, heavy or unknown",
        (("modify", "A2"),),
    ),
    TableRow(
        "D11",
        "It limits daily life (high); or stopped the exercise at 3 or below (normal)",
        (("modify high", "A4"), ("modify", "A2")),
    ),
    TableRow("D12", "Value of 3–5", (("monitor", "A1"),), "Next-morning check, then judged again"),
    TableRow(
        "D13",
        "1–2 in four sessions within 28 days, or 0–2 and not settled next morning",
        (("monitor", "A1"),),
    ),
    TableRow("D14", "Value of 0–2", (("log", "A0"),), "Next-morning check from 1"),
    TableRow(
        "D15",
        "The soreness filter holds; D08–D14, D17, D24 and trends are then left out",
        (("log", "A0"),),
        "Low back and buttock are shown in the coach's feed",
    ),
    TableRow("D16", "Trends TR1–TR9", (), "See below"),
    TableRow("D17", "Tingling or numbness", (("modify high", "A4"),), "Nerve questions are due"),
    TableRow(
        "D18",
        "Position lost twice in 14 days, or checklist below 4 of 5, without pain",
        (("log", "A0"),),
        "A technique task for the coach",
    ),
    TableRow(
        "D19",
        "A technique question without pain, effect or warning answer",
        (("log", "A0"),),
        "The coach's inbox; otherwise judged as a symptom",
    ),
    TableRow("D20", "A good story, or something else, under the same condition", (("log", "A0"),)),
    TableRow(
        "D21",
        "A clearance record: with limits the coach writes by hand; without, the cleared answers"
        " stop counting",
        (("modify", "A5"), ("monitor", "A1"), ("monitor", "A5")),
    ),
    TableRow(
        "D22",
        "The same report again within 10 minutes: every yes and the higher of each value; no second"
        " alert unless the level or priority rises",
        (),
        "Merged",
    ),
    TableRow(
        "D23",
        "Front of the chest or ribs: with U1–U3 and S2 all no and pain on pressing or moving the"
        " arm, modify; otherwise urgent; while an answer is missing, incomplete and told as urgent",
        (("modify high", "A5"), ("urgent", "A0"), ("incomplete", "A0")),
        "Nothing is proposed; the coach writes by hand",
    ),
    TableRow(
        "D24",
        "Any symptom in the low back, pelvis, groin, hip or buttock",
        (("monitor", "A1"),),
        "Whatever the level",
    ),
)

TRENDS: tuple[TableRow, ...] = (
    TableRow(
        "TR1",
        "Rising: three values in a row within 21 days, none lower than the one before, 2 or more in"
        " all",
        (),
        "One level up",
    ),
    TableRow("TR2", "3 or more within 28 days after it had settled", (("modify", "A2"),)),
    TableRow(
        "TR3",
        "3 or more for 24 hours after it was resolved: a new episode; the third within 180 days",
        (("log", "A0"), ("refer", "A0")),
        "Refer at the third episode",
    ),
    TableRow(
        "TR4",
        "Four values of 3 or more over 14 days under a change: it failed. Two failed, 42 days under"
        " changes, or an old start and no better at the end",
        (("modify", "A2"), ("refer", "A0")),
    ),
    TableRow(
        "TR5", "A new region beside one that hurts, or now below knee or elbow", (), "One level up"
    ),
    TableRow("TR6", "A painkiller on 3 or more of 7 days", (("refer", "A0"),)),
    TableRow(
        "TR7",
        "No answer 48 hours after a question fell due",
        (("log", "A0"),),
        "A task for the coach",
    ),
    TableRow(
        "TR8", "The weekly score rises two weeks running, or is substantial", (("modify", "A2"),)
    ),
    TableRow(
        "TR9",
        "Three or more region-sides within 14 days",
        (("modify", "A2"),),
        "Two questions on joints",
    ),
)
