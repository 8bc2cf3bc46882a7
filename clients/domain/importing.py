"""Reads what other apps export, Strong and Hevy: one row of the file is one set.

Nothing is guessed: a file without a unit asks for one, a time without a zone is the client's own.
What cannot be read is named with its line, and the rest goes on (wire contract "Imports").
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from clients.domain.past_formats import Fault, Row, plain, reader_for
from clients.domain.past_sets import Found, Outcome, PastSet

MOST_ROWS = 20_000


class NotReadable(ValueError):
    """The file as a whole is nothing we know; the words say what would be."""


def read(text: str, *, unit: str | None = None) -> Found:
    """The sets of a file from Strong or Hevy. Raises ``NotReadable`` for anything else.

    `unit` (kg or lb) is for files that do not say theirs; one that is said in the file wins.
    """
    lines = text.removeprefix("\ufeff")
    rows = _rows(lines)
    header = next(rows, [])
    names = [plain(each) for each in header]
    reader = reader_for(names)
    if reader is None:
        raise NotReadable(
            "This is not an export of Strong or Hevy: its first line has"
            f" {', '.join(header[:6])[:120] or 'nothing'}."
        )
    source, columns, of_row = reader
    known = {name: columns[name] for name in names if name in columns}
    sets: list[PastSet] = []
    others: list[Outcome] = []
    unit_missing = False
    for line, cells in enumerate(rows, start=2):
        if line > MOST_ROWS + 1:
            raise NotReadable(f"The file has more than {MOST_ROWS} rows; send it in parts.")
        if not any(cell.strip() for cell in cells):
            others.append(Outcome(line, "empty", "An empty line."))
            continue
        named = {
            known[name]: cell.strip()
            for name, cell in zip(names, cells, strict=False)
            if name in known
        }
        row = Row(line, named, tuple(cells))
        try:
            made = of_row(row)
        except Fault as fault:
            others.append(Outcome(line, "fault", str(fault)))
            continue
        if isinstance(made, Outcome):
            others.append(made)
            continue
        if made.weight is not None and made.unit is None:
            unit_missing = unit_missing or unit is None
            made = replace(made, unit=unit)
        sets.append(made)
    return Found(source, tuple(header), tuple(sets), tuple(others), unit_missing)


def _rows(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    except csv.Error as wrong:
        raise NotReadable(f"The file is not readable as CSV: {wrong}.") from wrong
