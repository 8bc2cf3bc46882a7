"""Programs and the library on the desk …"""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from programs.actions.imports import sample
from programs.domain.exercises import library
from tests.domain.programs.full import full
from tests.isolation.cast import Cast, document
from tests.isolation.phone import Person


def said(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content[:800]
    return html.unescape(answer.content.decode())


def sheet(person: Person, body: bytes, name: str = "program.csv") -> HttpResponse:
    return person.upload("/desk/programs/import/", {"file": SimpleUploadedFile(name, body)})


def opened(person: Person, answer: Any) -> str:
    """The page an act leads to."""
    assert answer.status_code == 303, answer.content[:800]
    return said(person.browser.get(answer.headers["Location"]))


def text_of(raw: Any, expected: int) -> dict[str, str]:
    return {"text": json.dumps(raw), "expected": str(expected)}


def test_an_empty_list_shows_three_ways_to_begin(bo: Person, cast: Cast) -> None:
    bo.ok("POST", f"/v1/programs/{cast.foreign_program}/archive")
    page = said(bo.browser.get("/desk/programs/"))
    for where in ("/desk/programs/import/", "/desk/programs/sample/", "/desk/programs/new/"):
        assert where in page


def test_the_sample_is_begun_from_searched_exported_and_read_back(ada: Person) -> None:
    page = opened(ada, ada.browser.post("/desk/programs/sample/"))
    assert "week by week 70 · 72.5 · 75 · 77.5 %" in page
    assert "3 × 8–10 · 72.5 % e1RM · RIR 2" in page
    found = said(ada.browser.get("/desk/programs/?q=glute+3+times"))
    assert "Glutes three times a week" in found
    program = re.findall(r"/desk/programs/([0-9a-f-]{36})/", found)[0]
    sent = ada.browser.get(f"/desk/programs/{program}/xlsx/")
    assert "glutes-three-times-a-week.xlsx" in sent.headers["Content-Disposition"]
    assert "Keep this program" in said(sheet(ada, sent.content, "program.xlsx"))


def test_a_program_with_everything_is_read(ada: Person) -> None:
    made = ada.ok("POST", "/v1/programs", full())
    page = said(ada.browser.get(f"/desk/programs/{made['id']}/"))
    for words in (
        "Barbell hip thrust", "A week of rest.", "From the side", "Glute bridge (easier)",
        "every 4th week lighter", "last time − 2.5 kg", "RPE 8", "145 lb", "AMRAP from 8",
    ):  # fmt: skip
        assert words in page, words


def test_an_import_shows_every_row_first_and_is_kept_on_a_second_word(ada: Person) -> None:
    before = ada.ok("GET", "/v1/programs")
    page = said(sheet(ada, sample()))
    assert "Week 1–4 · Thrust · A Barbell hip thrust" in page
    assert ada.ok("GET", "/v1/programs") == before
    text = page.split('name="text" value="')[1].split('">')[0]
    kept = ada.browser.post("/desk/programs/new/", {"expected": "0", "text": text})
    assert "Glutes three times a week" in opened(ada, kept)


def test_an_import_names_each_cell_at_fault_and_keeps_nothing(ada: Person) -> None:
    before = ada.ok("GET", "/v1/programs")
    page = said(sheet(ada, sample().replace(b"Plank", b"Plnak")), 422)
    assert "H5" in page
    assert "did you mean plank (Plank)" in page
    said(sheet(ada, b"\x89PNG\x00"), 422)
    said(sheet(ada, b""), 422)
    said(ada.upload("/desk/programs/import/", {}), 422)
    assert ada.ok("GET", "/v1/programs") == before


def test_an_import_over_the_api_says_the_document_or_each_cell(ada: Person) -> None:
    answer: Any = ada.upload(
        "/v1/program-imports", {"file": SimpleUploadedFile("a.csv", sample()), "name": "x"}
    )
    body = json.loads(said(answer))
    ada.ok("POST", "/v1/programs", body["document"])
    assert body["rows"][0]["row"] == 2
    bad = SimpleUploadedFile("a.csv", sample().replace(b"Plank", b"Plnak"))
    body = json.loads(said(ada.upload("/v1/program-imports", {"file": bad}), 422))
    assert (body["code"], body["errors"][0]["pointer"]) == ("program_import.faults", "#/H5")
    assert len(body["rows"]) == 11
    long = SimpleUploadedFile("a.csv", b"x" * 2_000_001)
    said(ada.upload("/v1/program-imports", {"file": long}), 413)
    said(ada.upload("/v1/program-imports", {"name": "x"}), 422)
    assert ada.send("POST", "/v1/program-imports", {"file": "x"}).status_code == 415


def test_a_text_with_faults_comes_back_as_typed_with_each_pointer(ada: Person) -> None:
    raw = document("harbour") | {"name": ""}
    page = said(ada.browser.post("/desk/programs/new/", text_of(raw, 0)), 422)
    assert "#/name" in page
    assert json.dumps(raw) in page
    page = said(ada.browser.post("/desk/programs/new/", {"text": "{\n,", "expected": "0"}), 422)
    assert "in line 2" in page
    for text in ("", "[" * 5000, '{"a": NaN}', "3"):
        sent = {"text": text, "expected": "0"}
        said(ada.browser.post("/desk/programs/new/", sent), 422)


def test_two_coaches_at_once_see_both_versions_and_lose_nothing(ada: Person, jo: Person) -> None:
    made = ada.ok("POST", "/v1/programs", document("harbour"))
    where = f"/desk/programs/{made['id']}/edit/"
    assert '"name": "Base' in said(ada.browser.get(where))
    theirs = document("harbour") | {"note": "Jo was here"}
    mine = document("harbour") | {"note": "Ada was here"}
    opened(jo, jo.browser.post(where, text_of(theirs, 1)))
    page = said(ada.browser.post(where, text_of(mine, 1)), 409)
    assert "Jo saved revision 2 meanwhile" in page
    for words in ("Jo was here", "Ada was here", json.dumps(mine), "Save mine on top of theirs"):
        assert words in page
    assert 'name="expected" value="2"' in page
    opened(ada, ada.browser.post(where, text_of(mine, 2)))
    kept = [ada.ok("GET", f"/v1/programs/{made['id']}/revisions/{n}") for n in (2, 3)]
    assert [each["document"]["note"] for each in kept] == ["Jo was here", "Ada was here"]


def test_a_program_is_copied_hidden_shared_archived_and_brought_back(ada: Person) -> None:
    made = ada.ok("POST", "/v1/programs", document("harbour"))
    where = f"/desk/programs/{made['id']}/"
    assert "(copy)" in opened(ada, ada.browser.post(f"{where}copy/"))
    assert "author and the owner" in opened(ada, ada.browser.post(f"{where}hide/"))
    assert "seen by the practice" in opened(ada, ada.browser.post(f"{where}share/"))
    assert f"{where}unarchive/" in opened(ada, ada.browser.post(f"{where}archive/"))
    assert where in said(ada.browser.get("/desk/programs/?archived=1"))
    assert where not in said(ada.browser.get("/desk/programs/"))
    assert f"{where}archive/" in opened(ada, ada.browser.post(f"{where}unarchive/"))


def test_the_library_is_searched(ada: Person) -> None:
    page = said(ada.browser.get("/desk/exercises/?q=barbel+hip+thurst"))
    assert "/desk/exercises/ht_barbell/" in page
    page = said(ada.browser.get("/desk/exercises/?pattern=hinge&region=back_low&demand=low"))
    assert "/desk/exercises/dl_conv/" not in page
    assert "No exercise is like that." in said(ada.browser.get("/desk/exercises/?q=zzzqqq"))
    whole = said(ada.browser.get("/desk/exercises/"))
    assert all(f"/desk/exercises/{each}/" in whole for each in library())


def test_an_own_exercise_is_added_described_and_archived(ada: Person) -> None:
    fields = {"name": "Sled push", "pattern": "squat", "loading": "weight", "hands": "0"}
    wrong = ada.browser.post("/desk/exercises/new/", fields | {"like": "ht_barbell"})
    assert "choose one of the same pattern" in said(wrong, 422)
    taken = ada.browser.post("/desk/exercises/new/", fields | {"name": "Back squat"})
    assert "already" in said(taken, 409)
    said(ada.browser.post("/desk/exercises/new/", {}), 422)
    made = ada.browser.post("/desk/exercises/new/", fields)
    where = made.headers["Location"]
    assert "Nobody rated it" in opened(ada, made)
    bad = {"films": "http://example.com", "alternates": "Bck squat", "cues": "Lean in"}
    page = said(ada.browser.post(where, bad), 422)
    assert "begins with https://" in page
    assert "Lean in" in page
    good = {"films": "https://example.com/a Push", "alternates": "Back squat (harder)"}
    page = opened(ada, ada.browser.post(where, good))
    assert "sq_back (harder)" in page
    opened(ada, ada.browser.post(f"{where}archive/"))
    assert "Sled push" in said(ada.browser.get("/desk/exercises/?archived=on"))
    opened(ada, ada.browser.post(f"{where}unarchive/"))


@pytest.mark.parametrize("where", ["/desk/programs/", "/desk/exercises/"])
def test_a_page_asks_the_database_as_often_for_one_row_as_for_many(where: str, ada: Person) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            ada.browser.get(where)
        return len(asked)

    count()
    few = count()
    for number in range(6):
        ada.ok("POST", "/v1/programs", document("harbour"))
        ada.ok("POST", "/v1/exercises", {"name": f"Own {number}", "pattern": "squat"})
    assert count() == few <= 9
