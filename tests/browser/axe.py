"""What automated rules find wrong with a page that is open in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # what another theme can break


def faults(page: Any, rules: list[str] = RULES) -> list[str]:
    """Each rule that is broken, and where."""
    if not page.evaluate("'axe' in window"):
        # Through the debugger, not a script tag: the page's policy allows none but its own.
        page.evaluate(AXE.read_text())
    asked = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("asked => axe.run(asked)", asked)
    assert len(found["passes"]) > (15 if rules is RULES else 0)  # the rules did look
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
