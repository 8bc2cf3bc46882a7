"""The worked cases reach the level their writer expects, and between them every level and row."""

import pytest

from clients.domain.worked_cases import WorkedCase, worked_cases
from clients.reviewing.decision_table import ROWS

BORDERS = {0, 1, 2, 3, 4, 5, 6, 7, 8}
NOT_SHOWN = {"D05b", "D07", "D16", "D18", "D19", "D20", "D21", "D22"}
"""Rows about under-18s, technique, stories, clearances and repeats have no case of their own."""


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: f"{case.number} {case.title}")
def test_it_reaches_the_expected_level(case: WorkedCase) -> None:
    assert case.level == case.expect, case.verdict.reasons


def test_there_are_forty() -> None:
    assert len(worked_cases()) == 40


def test_every_level_is_among_them() -> None:
    reached = {case.level for case in worked_cases()}
    assert reached == {
        "log", "monitor", "modify", "modify high", "incomplete", "refer", "urgent", "emergency",
    }  # fmt: skip


def test_every_border_of_pain_is_among_them() -> None:
    assert {site.v for case in worked_cases() for site in case.verdict.sites} >= BORDERS


def test_every_row_of_the_table_is_among_them() -> None:
    met = {row for case in worked_cases() for row in case.verdict.rows}
    assert {row.id for row in ROWS} - met == NOT_SHOWN
