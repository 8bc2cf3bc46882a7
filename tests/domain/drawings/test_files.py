"""The committed drawings …"""

from pathlib import Path

import pytest

from clients.drawings.files import drawn_files
from coachapi.drawings.svg import element, number

TOP = Path(__file__).resolve().parents[3]


def test_are_what_the_generator_draws_today() -> None:
    """When this fails: run ``manage.py draw`` and look at what changed."""
    stale = [path for path, text in drawn_files().items() if _committed(path) != text]
    assert stale == []


def test_have_no_drawing_among_them_that_nothing_draws() -> None:
    there = {
        str(path.relative_to(TOP))
        for path in (TOP / "programs/static/programs/exercises").iterdir()
    }
    assert there == {path for path in drawn_files() if path.startswith("programs/")}


def test_carry_no_style_attribute() -> None:
    with pytest.raises(ValueError, match="never style"):
        element("path", {"style": "fill:red"})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.04, "0"),
        (0.5, ".5"),
        (-0.5, "-.5"),
        (10.0, "10"),
        (0.96, "1"),
        (10.25, "10.2"),
    ],
)
def test_write_numbers_without_waste(value: float, written: str) -> None:
    assert number(value) == written


def _committed(path: str) -> str:
    file = TOP / path
    return file.read_text(encoding="utf-8") if file.exists() else ""
