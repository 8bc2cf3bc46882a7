"""docs/protocols.md: what it says is what is read."""

from __future__ import annotations

import re
from pathlib import Path

from clients.domain.bands import Settings
from clients.domain.settings_file import BORDERS, read_settings
from programs.domain import protocol_op_rows
from programs.domain.protocol import MARKS, Severity, parse, protocol_set

PAGE = (Path(__file__).parents[2] / "docs" / "protocols.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    """The page's example in a language."""
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_is_read_and_means_what_ships() -> None:
    (example,) = parse(block("toml")).protocols
    shipped = protocol_set().protocol("LB-HT")
    for letter in ("a", "b"):
        mine, theirs = (
            next(each for each in row.options[Severity.MILD] if each.id == f"LB-HT.{letter}")
            for row in (example, shipped)
        )
        assert mine == theirs


def test_every_operation_and_no_other_stands_in_the_table() -> None:
    table = PAGE.split("## Operations")[1].split("## Borders")[0]
    rows = set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE))
    assert rows == set(protocol_op_rows._READERS)


def test_every_mark_and_key_is_explained() -> None:
    for mark in MARKS:
        assert f"`{mark}`" in PAGE
    for severity in Severity:
        assert f"`order.{severity}`" in PAGE


def test_the_borders_shown_are_those_that_ship() -> None:
    assert read_settings(block("json")) == Settings()
    assert all(f'"{key}"' in block("json") for key in BORDERS)
