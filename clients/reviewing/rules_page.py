"""docs/rules.md: the decision table and what may follow what, from the code that decides."""

from __future__ import annotations

from clients.domain.rules import rule_set
from clients.domain.states import ALERT, REGRESSION, REPORT, Moves
from clients.reviewing import decisions
from clients.reviewing.decision_table import ROWS, TRENDS, TableRow
from clients.reviewing.pages import Badge, Cell

INTRO = """\
# The rules

Written by `make docs` from the code that decides; a test compares them. Do not edit it here.

Rule set version {version}. `python manage.py rules_hash` prints the hash that a clinician signs,
and `make review-pack` writes every question, protocol and ladder with forty worked cases, to print.
The phone reads the same rules from `GET /v1/rules`; `clients/static/clients/rules/evaluator.js`
judges by them without signal, and `tests/vectors/shipped.jsonl` holds inputs and answers for an
evaluator of your own.

What the phone finds is a floor: the server knows what came before and may raise it, never lower
it. `clients/domain/floor.py` says which rows are the phone's.
"""
REPORT_WORDS = "A report: an answer that raises its level opens it again; time closes nothing."
REGRESSION_WORDS = (
    "A regression: only a person applies, lifts or closes it; past its review it stays."
)
ALERT_WORDS = "An alert: only an acknowledgement stops escalation; a rise in level is a new alert."


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join(
        [
            INTRO.format(version=rule_set().version),
            "## Decision table\n",
            "All rows are evaluated. Level: the highest. Set: the strictest of the rows at that"
            " level.\nNotice: the fastest of all rows that match.\n",
            _table(ROWS),
            "## Trends\n",
            _table(TRENDS),
            "## What may follow what\n",
            _diagram("Report", REPORT_WORDS, REPORT, "open"),
            _diagram("Regression", REGRESSION_WORDS, REGRESSION, "previewed"),
            _diagram("Alert", ALERT_WORDS, ALERT, "raised"),
        ]
    )


def _table(rows: tuple[TableRow, ...]) -> str:
    lines = ["| row | when | level | coach told | set |", "|---|---|---|---|---|"]
    lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in decisions.rows_of(rows)]
    return "\n".join(lines) + "\n"


def _cell(cell: Cell) -> str:
    return (cell.text if isinstance(cell, Badge) else cell).replace("|", "/")


def _diagram(title: str, words: str, moves: Moves, first: str) -> str:
    """A state diagram with who may make each move."""
    lines = [f"### {title}\n", f"{words}\n", "```mermaid", "stateDiagram-v2", f"  [*] --> {first}"]
    for start, ends in moves.items():
        lines += [f"  {start} --> {to}: {', '.join(sorted(who))}" for to, who in ends.items()]
        lines += [f"  {start} --> [*]"] if not ends else []
    return "\n".join([*lines, "```\n"])
