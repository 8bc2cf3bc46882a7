"""The clinician's pack holds the whole rule set, says what the code does, and stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command

from clients.domain import judging
from clients.domain.bands import Settings
from clients.domain.facts import History
from clients.domain.gathered import gather
from clients.domain.questions import Weight, bank, weight
from clients.domain.ruleset import whole_digest
from clients.domain.words_for_people import level_words
from clients.domain.worked_cases import worked_cases
from clients.reviewing import html, pack, rules_page
from clients.reviewing.decision_table import ROWS, TRENDS
from clients.reviewing.pages import Badge, Table
from programs.domain.protocol import protocol_set
from tests.vectors import every
from tests.vectors.make import profile_of, report_of

CODE = Path(__file__).parents[2] / "clients" / "domain"
ROW = re.compile(r"\"((?:D\d\d|TR\d)b?)\"")


@cache
def page() -> str:
    return html.page(pack.document("2026-01-31"))


def words(found: object) -> Iterator[str]:
    """Every piece of text inside a document."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, tuple):
        for each in found:
            yield from words(each)


def test_every_question_is_in_it_with_its_level() -> None:
    section = next(
        each for each in pack.document("2026-01-31").sections if "question" in each.title
    )
    rows = [row for block in section.blocks if isinstance(block, Table) for row in block.rows]
    assert [row[0] for row in rows] == list(bank().questions)
    for row in rows:
        question = bank().questions[str(row[0])]
        assert question.text == row[1]
        assert isinstance(row[3], Badge)
        assert row[3].level == question.weights[max(question.weights)][0]


def test_every_protocol_option_and_case_is_in_it() -> None:
    for protocol in protocol_set().protocols:
        assert f"<span>{protocol.id}</span>" in page()
    assert page().count("<article>") == len(protocol_set().protocols) + len(worked_cases())
    for options in (one.options for one in protocol_set().protocols):
        for option in (one for found in options.values() for one in found):
            assert option.title in page()


def test_every_row_that_the_code_knows_is_in_its_tables() -> None:
    named = {row for file in CODE.glob("*.py") for row in ROW.findall(file.read_text())}
    listed = {row.id for row in (*ROWS, *TRENDS)}
    assert named - listed == set()
    assert listed - named <= {"D16", "D22"}  # a heading and a merge, no code gives them as a row


def shown(one: Weight) -> str:
    return level_words(str(one[0]), str(one[1]))


def test_its_tables_say_what_the_rows_give() -> None:
    gives = {
        row.id: {(shown(weight(word.replace(" ", "_"))), name) for word, name in row.gives}
        for row in (*ROWS, *TRENDS)
    }
    met = set()
    for asked in list(every.sample())[::3]:
        if asked["does"] != "judge" or "borders" in asked["known"]:
            continue
        report, profile = report_of(asked["said"], asked["known"]), profile_of(asked["known"])
        facts = gather(report, History(), profile, Settings(), report.performed_at)
        found = judging.judge(facts)
        for match in (*found.common, *(one for rows in found.sites for one in rows)):
            if gives.get(match.row):
                assert (shown(match.weight), match.action_set) in gives[match.row]
                met.add(match.row)
    assert met >= {"D01", "D02", "D03", "D04", "D05", "D05b", "D06", "D08", "D10", "D11", "D12"}


def test_it_stands_alone_and_carries_the_hash() -> None:
    assert page().count(whole_digest()) >= 3
    assert "<script" not in page()
    assert re.findall(r"(?:src|href)=\"(?!#)|url\(|@import", page()) == []


def test_no_word_in_it_promises_or_names_a_patient() -> None:
    told = " ".join(words(astuple(pack.document("2026-01-31")))).lower()
    assert re.findall(r"\b(patients?|injur\w+|heals?|healing)\b", told) == []
    assert "!" not in told


def test_the_command_writes_both_and_twice_the_same(tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="reportlab is a development package")
    for folder in ("one", "two"):
        call_command("review_pack", to=tmp_path / folder, on="2026-01-31", stdout=None)
    first = (tmp_path / "one" / "review-pack.pdf").read_bytes()
    assert first.startswith(b"%PDF-")
    assert first == (tmp_path / "two" / "review-pack.pdf").read_bytes()
    assert (tmp_path / "one" / "review-pack.html").read_text() == page()


def test_the_pdf_s_font_has_every_letter() -> None:
    ttfonts = pytest.importorskip("reportlab.pdfbase.ttfonts")
    known = ttfonts.TTFont("Vera", "Vera.ttf").face.charToGlyph
    told = "".join(words(astuple(pack.document("2026-01-31"))))
    assert sorted({letter for letter in told if ord(letter) not in known}) == []


def test_the_page_in_docs_is_what_the_rules_give() -> None:
    committed = Path(__file__).parents[2] / "docs" / "rules.md"
    assert committed.read_text(encoding="utf-8") == rules_page.page(), "run: make docs"
