"""A program's spreadsheet …"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from coachapi.refusals import Refused
from programs.domain.document import ProgramDocument, parse, weeks_of
from programs.domain.exercises import library
from programs.domain.sheet import SheetRead, read_sheet
from programs.spreadsheets.reading import grid_of
from programs.spreadsheets.writing import harmless, program_xlsx
from tests.domain.plans.test_document import documents
from tests.domain.programs.full import full

HEAD = ["week", "workout", "exercise", "kind", "sets", "reps", "load kg", "rir", "progression"]
ROWS: list[list[Any]] = [
    ["1-4", "Push", "Barbell hip thrust", "warm-up", 1, "5", 40, None, None],
    [None, None, None, "work", 3, "8-12", "62,5", 2, "linear +2.5 kg"],
    [None, None, "sq_back", None, 3, "8+", 80, None, None],
    [None, "Pull", "Plank", None, 2, "30 s", None, None, None],
    ["5", "rest", None, None, None, None, None, None, None],
]


def comma(rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=delimiter).writerows(rows)
    return kept.getvalue().encode(encoding)


def excel(rows: Sequence[Sequence[Any]], merge: str = "", title: str = "Program") -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(sent: bytes) -> SheetRead:
    return read_sheet(grid_of(sent), name="From a file", exercises=library())


def faults(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> dict[str, str]:
    """Cell → code, the same out of CSV and XLSX."""
    found = read(comma([head, *rows]))
    assert found.document is None
    assert {one.cell for one in found.faults} == {
        one.cell for one in read(excel([head, *rows])).faults
    }
    assert {one for row in found.rows for one in row.faults} <= set(found.faults)
    return {one.cell: one.code for one in found.faults}


def one(**cells: Any) -> list[list[Any]]:
    """One row of a week with something in it changed."""
    row = dict(zip(HEAD, ["1", "A", "ht_barbell", "work", 3, "8", 60, 2, None], strict=True))
    return [list((row | cells).values())]


def refusal(sent: bytes) -> Refused:
    with pytest.raises(Refused) as no:
        grid_of(sent)
    return no.value


def test_is_read_alike_from_csv_and_excel() -> None:
    found = [
        read(comma([HEAD, *ROWS])),
        read(comma([HEAD, *ROWS], ";")),
        read(comma([HEAD, *ROWS], "\t", "utf-8-sig")),
        read(excel([HEAD, *ROWS])),
        read(excel([HEAD, *ROWS], title="Sheet1")),
    ]
    documents = {each.document for each in found}
    assert len(documents) == 1
    (document,) = documents
    assert document is not None
    build, rest = document.phases[0].weeks
    assert (document.name, build.repeat, rest.workouts) == ("From a file", 4, ())
    thrust, squat = build.workouts[0].prescriptions
    assert [one.load_kg and float(one.load_kg) for one in thrust.sets] == [40, 62.5, 62.5, 62.5]
    assert thrust.progression is not None
    assert (squat.exercise, squat.slot, squat.sets[0].amrap) == ("sq_back", "B", True)
    assert found[0].rows[1].words == (
        "Week 1–4 · Push · A Barbell hip thrust · warm-up 1 × 5 · 40 kg + 3 × 8–12 · 62.5 kg"
        " · RIR 2"
    )


def test_of_any_program_is_read_back_as_that_program() -> None:
    document = parse(full(), exercises=library())
    found = read(program_xlsx(document, library()))
    assert found.faults == ()
    assert found.document == document


@given(documents)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_says_of_every_week_what_the_program_says(document: ProgramDocument) -> None:
    sent = program_xlsx(document, library())
    found = read_sheet(grid_of(sent), name="other", exercises=library()).document
    assert found is not None
    for (week, turn), (other, same_turn) in zip(weeks_of(document), weeks_of(found), strict=True):
        assert turn == same_turn
        for workout, again in zip(week.workouts, other.workouts, strict=True):
            for line, as_read in zip(workout.prescriptions, again.prescriptions, strict=True):
                assert (as_read.exercise, as_read.sets, as_read.progression) == (
                    line.exercise,
                    line.sets,
                    line.progression,
                )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (one(exercise="Barbel hip thurst"), {"C2": "unknown_exercise"}),
        (one(sets=0), {"E2": "zero_sets"}),
        (one(sets="three"), {"E2": "not_meant"}),
        (one(reps="8-5"), {"F2": "reps_reversed"}),
        (one(reps="eight"), {"F2": "not_meant"}),
        (one(week=""), {"A2": "missing_member"}),
        (one(week="2"), {"A2": "week_out_of_order"}),
        (one(week="soon"), {"A2": "not_a_week"}),
        (one(kind="drop"), {"D2": "not_meant"}),
        (one(**{"load kg": "60 lb"}), {"G2": "not_meant"}),
        (one(**{"load kg": "1,000"}), {"G2": "not_meant"}),
        (one(**{"load kg": 5000}), {"G2": "out_of_range"}),
        (one(rir=11), {"H2": "out_of_range"}),
        (one(progression="more each week"), {"I2": "not_meant"}),
        (one(progression="double +2.5 kg"), {"I2": "progression_without_range"}),
        (
            [*one(), ["1", "A", "ht_barbell", "warm-up", 1, "5", 40, None, None]],
            {"E2": "warmup_after_work"},
        ),
        ([*one(), *one(week="3")], {"A3": "week_out_of_order"}),
        ([*one(progression="rir 3 2"), *one(progression="rir 2")], {"I3": "differs"}),
        (one(exercise=""), {"C2": "missing_member"}),
        (one(progression="behind 2"), {"I2": "not_meant"}),
    ],
)
def test_names_the_cell_of_each_fault(rows: list[list[Any]], expected: dict[str, str]) -> None:
    assert faults(rows) == expected


def test_names_a_rest_and_a_set_up_that_say_nothing() -> None:
    head = ["week", "workout", "exercise", "reps", "rest s", "setup"]
    rows = [["1", "A", "ht_barbell", "5", "2 min", "feet flat"]]
    assert faults(rows, head) == {"E2": "not_meant", "F2": "not_meant"}


def test_names_a_percent_above_a_best_and_a_superset_across_days() -> None:
    head = ["week", "workout", "exercise", "reps", "% e1RM", "superset", "day"]
    rows = [
        ["1", "A", "ht_barbell", "5", "140", "X", "mon"],
        ["1", "B", "sq_back", "5", "75%", "X", "mon"],
    ]
    assert faults(rows, head) == {
        "E2": "out_of_range",
        "F2": "superset_across_workouts",
        "F3": "superset_across_workouts",
        "G3": "day_twice",
    }


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (["week", "workout", "exercise", "reps", "load"], {"E1": "no_unit"}),
        (["week", "workout", "exercise", "reps", "weight"], {"E1": "no_unit"}),
        (["week", "workout", "exercise", "reps", "rest"], {"E1": "no_unit"}),
        (["week", "workout", "exercise", "reps", "Progresion"], {"E1": "unknown_header"}),
        (["week", "workout", "exercise", "reps", "week"], {"E1": "header_twice"}),
        (["week", "workout", "reps"], {"A1": "missing_header"}),
        (["Monday", "Bench"], {"A1": "unknown_header", "B1": "unknown_header"}),
    ],
)
def test_with_wrong_headers_says_which_and_what_would_do(
    head: list[str], expected: dict[str, str]
) -> None:
    found = read(comma([head, ["1"] * len(head)]))
    cells = {one.cell: one.code for one in found.faults}
    assert expected.items() <= cells.items() or cells["A1"] == "missing_header"
    assert all(one.sentence.endswith(".") for one in found.faults)


def test_never_guesses_what_excel_made_of_a_percent_or_a_date() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["week", "workout", "exercise", "reps", "% e1rm"])
    sheet.append(["1", "A", "ht_barbell", "5", 0.75])
    sheet["E2"].number_format = "0%"
    kept = io.BytesIO()
    book.save(kept)
    document = read(kept.getvalue()).document
    assert document is not None
    assert document.phases[0].weeks[0].workouts[0].prescriptions[0].sets[0].percent == 75
    no = refusal(excel([HEAD, *one(reps=dt.date(2026, 12, 8))]))
    assert (no.code, no.faults[0].pointer) == ("program_import.bad_cells", "#/F2")


@pytest.mark.parametrize(
    ("sent", "code", "where"),
    [
        (excel([HEAD, *one()], merge="A2:A3"), "program_import.bad_cells", "#/A2:A3"),
        (excel([HEAD, *one(reps="=2+6")]), "program_import.bad_cells", "#/F2"),
        (comma([HEAD, *one(exercise="=cmd|x")]), "program_import.bad_cells", "#/C2"),
        (comma([HEAD, *one() * 10_000]), "program_import.too_large", None),
        (excel([HEAD, *one() * 2_001]), "program_import.too_large", None),
        (b"x" * 2_000_001, "program_import.too_large", None),
        (comma([["Kniebeug\xe9"]], ";", "latin-1"), "program_import.not_a_spreadsheet", None),
        (b"", "program_import.not_a_spreadsheet", None),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "program_import.not_a_spreadsheet", None),
        (b"PK\x03\x04 and no more", "program_import.not_a_spreadsheet", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "program_import.not_a_spreadsheet", None),
    ],
    ids=[
        "merged", "formula", "formula in csv", "10 000 rows", "2 001 rows", "large", "latin-1",
        "empty", "picture", "broken zip", "old xls",
    ],
)  # fmt: skip
def test_that_cannot_be_read_is_refused_in_a_sentence(
    sent: bytes, code: str, where: str | None
) -> None:
    no = refusal(sent)
    assert (no.code, no.sentence[-1]) == (code, ".")
    assert where is None or [each.pointer for each in no.faults] == [where]


def packed(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return kept.getvalue()


def unpacked(sent: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_that_unpacks_to_too_much_is_not_unpacked() -> None:
    bomb = packed({"xl/workbook.xml": b" " * 60_000_000})
    assert len(bomb) < 100_000
    assert refusal(bomb).code == "program_import.too_large"
    assert refusal(packed({f"{n}.xml": b"" for n in range(500)})).code == "program_import.too_large"


def test_with_entities_of_its_own_or_parts_of_nothing_is_refused() -> None:
    parts = unpacked(excel([HEAD, *one()]))
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        body = parts[name]
        head, xml = (b"", body) if not body.startswith(b"<?xml") else body.split(b"?>", 1)
        bad = packed(parts | {name: (head + b"?>" if head else b"") + laughs + xml})
        assert refusal(bad).code == "program_import.not_a_spreadsheet"
        nothing = packed(parts | {name: b"<x/>"})
        if name == "xl/workbook.xml":
            assert refusal(nothing).code == "program_import.not_a_spreadsheet"
        else:
            assert [each.code for each in read(nothing).faults] == ["missing_header"]


@pytest.mark.filterwarnings("ignore")
def test_with_any_byte_changed_is_read_or_refused_and_never_anything_else() -> None:
    dice = random.Random(5)
    parts = unpacked(excel([HEAD, *ROWS]))
    for _ in range(30):
        name = dice.choice(list(parts))
        body = bytearray(parts[name])
        for _ in range(dice.randint(1, 6)):
            place = dice.randrange(len(body))
            body[place : place + dice.randint(0, 8)] = dice.randbytes(dice.randint(0, 4))
        try:
            read(packed(parts | {name: bytes(body)}))
        except Refused as no:
            assert no.code.startswith("program_import.")


def test_holds_no_text_that_a_spreadsheet_would_run() -> None:
    raw = full()
    first = raw["phases"][0]["weeks"][0]["workouts"][0]["prescriptions"][0]
    first["note"] = '=HYPERLINK("https://example.com")'
    first["tempo"], first["cues"] = "@SUM(A1)", ["+1", "'=1"]
    raw["name"] = "-1+2"
    document = parse(raw, exercises=library())
    sent = program_xlsx(document, library())
    for row in load_workbook(io.BytesIO(sent)).active.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            if isinstance(cell.value, str):
                assert cell.value[0] not in "=+-@"
    assert read(sent).document == document


@given(st.text(st.sampled_from("'=+-@a\t "), max_size=5))
def test_keeps_a_text_that_was_made_harmless(text: str) -> None:
    head = ["week", "workout", "exercise", "reps", "note"]
    grid = grid_of(comma([head, ["1", "A", "x", "5", harmless(text)]]))
    assert grid[1][4] == text
