"""The graph of a region is printed whole, as text and as a diagram."""

import pytest

from programs.domain.exercises import library
from programs.domain.graph import as_mermaid, as_text
from programs.domain.regions import UnknownRegion
from programs.domain.variation import variations

HELD = library()


def test_the_text_names_pattern_lift_load_and_reason() -> None:
    text = as_text(HELD, "back_low")
    assert text.startswith("Easier for back_low, harder lift first\n\nhip_thrust\n  ht_barbell\n")
    assert "    -> dl_trap: load x 1.00; lumbar-extensor moment high to medium [D]\n" in text
    assert "    -> ht_band: load by calibration; band tension" in text


def test_the_mermaid_diagram_has_every_edge_once() -> None:
    lines = as_mermaid(HELD, "back_low").splitlines()
    assert lines[0] == "flowchart TD"
    assert '  ht_barbell -->|"x 0.65"| ht_american' in lines
    assert "  ht_barbell --> ht_band" in lines
    assert len(lines) == len(set(lines)) == 1 + len(variations(HELD, "back_low"))


def test_a_region_nobody_drew_has_no_graph() -> None:
    with pytest.raises(UnknownRegion):
        as_text(HELD, "tail")
