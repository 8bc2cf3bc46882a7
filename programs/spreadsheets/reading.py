"""The cells of an uploaded CSV or XLSX file as text, or a refusal that says what to do.

A file is what its bytes say, not what its name says. Nothing in it is evaluated, and no more of
it is unpacked than a program can be long.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from coachapi.refusals import Fault, Refused, Unreadable
from programs.domain.sheet_columns import NEEDED, SAME, address
from programs.domain.sheet_lines import MOST_ROWS

MOST_BYTES = 2_000_000
MOST_UNPACKED = 10_000_000
MOST_PARTS = 200
MOST_COLUMNS = 60
LONGEST_CELL = 4000
SHEET = "Program"

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z0-9:]{1,20})"')
_BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, OSError, EOFError, SyntaxError,
    KeyError, IndexError, ValueError, TypeError, AttributeError, RuntimeError,
)  # fmt: skip
"""What the unpacker and the reader say about bytes that are no spreadsheet."""
_TIMES = dt.datetime | dt.date | dt.time | dt.timedelta


class TooLargeToImport(Refused):
    """Larger than any program is."""

    code = "program_import.too_large"
    status = 413
    title = "Not read"


class NotASpreadsheet(Unreadable):
    """Neither CSV nor XLSX, by its bytes."""

    code = "program_import.not_a_spreadsheet"
    title = "Not read"


class BadCells(Unreadable):
    """Cells that cannot be read as they stand, each by its address."""

    code = "program_import.bad_cells"
    title = "Not read"

    def __init__(self, sentence: str, cells: Iterable[tuple[str, str, str]]) -> None:
        super().__init__(
            sentence, faults=tuple(Fault(f"#/{cell}", code, said) for cell, code, said in cells)
        )


def grid_of(sent: bytes) -> list[list[str]]:
    """Every cell as text, the first row the headers; raises a refusal of those above."""
    refuse_long(len(sent))
    if sent[:4] == b"PK\x03\x04":
        return _of_xlsx(sent)
    if sent[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotASpreadsheet(
            "This is an old .xls file, or one with a password. Save it as .xlsx without one."
        )
    return _of_csv(sent)


def refuse_long(length: int | str | None) -> None:
    """A file longer than any program; asked before it is taken in, and of what was taken in."""
    if length is not None and int(length or 0) > MOST_BYTES:
        raise TooLargeToImport(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")


def _of_csv(sent: bytes) -> list[list[str]]:
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = sent.count(b"\n", 0, wrong.start) + 1
        raise NotASpreadsheet(
            f"The file is neither XLSX nor text in UTF-8 (line {line}). Save it as “CSV UTF-8” or"
            " as .xlsx, so that no letter has to be guessed."
        ) from wrong
    if "\x00" in text or not text.strip():
        raise NotASpreadsheet("The file is neither XLSX nor CSV, or it is empty.")
    try:
        rows = _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as wrong:
        raise NotASpreadsheet(f"The file cannot be read as CSV: {wrong}.") from wrong
    _refuse_formulas(
        (address(row, column), cell)
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells)
    )
    return [[_unescaped(cell) for cell in cells] for cells in rows]


def _delimiter(text: str) -> str:
    """The one of , ; and tab that splits the first line into the most headers we know."""
    first = text.lstrip().splitlines()[0].lower()
    known = {*NEEDED, *SAME, "sets"}
    count = {each: sum(one.strip(' "') in known for one in first.split(each)) for each in ",;\t"}
    return max(count, key=lambda each: count[each])


def _of_xlsx(sent: bytes) -> list[list[str]]:
    _refuse_bombs(sent)
    try:
        book = load_workbook(io.BytesIO(sent), read_only=True, data_only=False, keep_links=False)
    except _BROKEN as wrong:
        raise NotASpreadsheet("The file is a ZIP archive but no .xlsx spreadsheet.") from wrong
    if not book.worksheets:
        raise NotASpreadsheet("The file has no sheet with cells.")
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    if sheet not in book.worksheets:
        raise NotASpreadsheet(f"The sheet {SHEET} holds no cells.")
    merged = _merged(sent, sheet)
    if merged:
        raise BadCells(
            "There are merged cells. Unmerge them; an empty cell is read as the one above.",
            ((each, "merged_cells", f"{each} is merged.") for each in merged[:50]),
        )
    sheet.reset_dimensions()
    return _cells(sheet)


def _cells(sheet: Any) -> list[list[str]]:
    formulas: list[tuple[str, str]] = []
    dates: list[tuple[str, str, str]] = []
    rows: list[list[str]] = []
    try:
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            if number > MOST_ROWS + 1:
                raise _too_many()
            row = []
            for column, cell in enumerate(cells):
                if cell.data_type == "f":
                    formulas.append((address(number, column), "="))
                elif isinstance(cell.value, _TIMES):
                    where = address(number, column)
                    dates.append((where, "date", f"{where} holds a date."))
                row.append(_text(cell))
            rows.append(row)
    except _BROKEN as wrong:
        raise NotASpreadsheet("The file is damaged: its cells cannot be read.") from wrong
    _refuse_formulas(formulas)
    if dates:
        raise BadCells(
            "The spreadsheet has made dates of some cells, as it does with 8-12. Format them as"
            " text and type them again.",
            dates[:50],
        )
    return [[_unescaped(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool):
        if "%" in (cell.number_format or ""):
            value = round(value * 100, 6)
        return f"{value:.10g}"
    return str(value)[:LONGEST_CELL]


def _bounded(rows: Iterable[list[str]]) -> list[list[str]]:
    found = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS + 1:
            raise _too_many()
        found.append([cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]])
    return found


def _too_many() -> TooLargeToImport:
    return TooLargeToImport(
        f"There are more than {MOST_ROWS} rows. Write equal weeks once, such as 1-4."
    )


def _refuse_formulas(cells: Iterable[tuple[str, str]]) -> None:
    formulas = [where for where, text in cells if text.startswith("=")]
    if formulas:
        raise BadCells(
            "There are formulas, and none is worked out here. Paste them as values.",
            ((where, "formula", f"{where} holds a formula.") for where in formulas[:50]),
        )


def _unescaped(text: str) -> str:
    """A text as it was before `writing.harmless` put an apostrophe before it."""
    return text[1:] if re.match(r"'+[=+\-@\t\r]", text) else text


def _refuse_bombs(sent: bytes) -> None:
    """An archive that says it unpacks to more than a program can be.

    What an entry says of its size binds: the reader stops there, whatever follows. Entities are
    refused by defusedxml, which openpyxl reads with wherever it is installed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(sent)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
                raise TooLargeToImport(
                    f"The file unpacks to more than {MOST_UNPACKED // 1_000_000} MB."
                )
    except _BROKEN as wrong:
        raise NotASpreadsheet("The file is damaged, or it has a password.") from wrong


def _merged(sent: bytes, sheet: Any) -> list[str]:
    """The merged ranges of a sheet; the reader that streams does not tell."""
    path = sheet._worksheet_path.lstrip("/")
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        return [each.decode() for each in _MERGED.findall(archive.read(path))]
