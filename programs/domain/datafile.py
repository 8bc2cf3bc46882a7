"""Rule data in TOML, read strictly: nonsense is refused with file, line and reason."""

import hashlib
import re
import sys
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import NoReturn

REQUIRED = object()
"""Default of every getter: the key must be there."""


class BadData(Exception):
    """A data file says something that cannot be meant; the message names file, line and reason."""


@dataclass(slots=True)
class Row:
    """One table of a data file: typed getters, each of which refuses what it cannot mean.

    Call `done()` after the last getter, so that a misspelt key is refused and not ignored.
    """

    file: str
    source: str
    line: int
    end: int
    path: str
    values: Mapping[str, object]
    _read: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether the row gives this key."""
        return key in self.values

    def text(self, key: str, default: object = REQUIRED) -> str:
        """Text that is not empty."""
        value = self._get(key, default)
        if not isinstance(value, str) or (not value.strip() and value is not default):
            self._refuse(key, value, "text that is not empty")
        return value

    def one_of(self, key: str, accepted: Collection[str], default: object = REQUIRED) -> str:
        """One word out of `accepted`."""
        value = self._get(key, default)
        if value is default and isinstance(value, str):
            return value
        if not isinstance(value, str) or value not in accepted:
            self._refuse(key, value, "one of " + ", ".join(accepted))
        return value

    def number(
        self,
        key: str,
        default: object = REQUIRED,
        *,
        least: float | Decimal = 0,
        most: float | Decimal = 1_000_000,
    ) -> Decimal:
        """A number, exact as written, inside `least` to `most` (both included)."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._refuse(key, value, f"a number from {least} to {most}")
        if not least <= value <= most:
            self._refuse(key, value, f"a number from {least} to {most}")
        return Decimal(value)

    def whole(
        self, key: str, default: object = REQUIRED, *, least: int = 0, most: int = 1_000_000
    ) -> int:
        """A whole number inside `least` to `most` (both included)."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self._refuse(key, value, f"a whole number from {least} to {most}")
        return value

    def flag(self, key: str, default: object = REQUIRED) -> bool:
        """true or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            self._refuse(key, value, "true or false")
        return value

    def list_of(
        self, key: str, accepted: Collection[str] | None = None, default: object = REQUIRED
    ) -> tuple[str, ...]:
        """A list of texts without repeats, each out of `accepted` when that is given."""
        value = self._get(key, default)
        wanted = "a list of texts without repeats"
        if accepted is not None:
            wanted = "a list out of " + ", ".join(accepted)
        if not isinstance(value, list | tuple):
            self._refuse(key, value, wanted)
        texts = tuple(item for item in value if isinstance(item, str) and item)
        unknown = [text for text in texts if accepted is not None and text not in accepted]
        if len(texts) != len(value) or len(set(texts)) != len(texts) or unknown:
            self._refuse(key, value, wanted)
        return texts

    def numbers(
        self, key: str, default: object = REQUIRED, *, count: int | None = None
    ) -> tuple[Decimal, ...]:
        """A list of numbers, exact as written; exactly `count` of them when that is given."""
        value = self._get(key, default)
        wanted = f"a list of {count or 'some'} numbers"
        if not isinstance(value, list | tuple) or (count is not None and len(value) != count):
            self._refuse(key, value, wanted)
        if any(isinstance(item, bool) or not isinstance(item, int | Decimal) for item in value):
            self._refuse(key, value, wanted)
        return tuple(Decimal(item) for item in value)

    def row(self, key: str) -> "Row":
        """A table inside this row, for example `when = { at_least = 3 }`."""
        value = self._get(key, REQUIRED)
        if not isinstance(value, dict):
            self._refuse(key, value, "a table")
        line = self._line_of(key)
        return Row(self.file, self.source, line, self.end, f"{self.path}.{key}", value)

    def rows(self, key: str) -> list["Row"]:
        """Tables inside this row, for example `[[protocol.option]]`; none without the key."""
        self._read.add(key)
        return _rows(self, key)

    def keys(self) -> tuple[str, ...]:
        """The keys the row gives, in the order of the file."""
        return tuple(self.values)

    def fail(self, reason: str, key: str | None = None) -> NoReturn:
        """Refuse this row for a reason of the caller's own. Raises BadData."""
        line = self._line_of(key) if key else self.line
        raise BadData(f"{self.file}:{line}: {self._name()}: {reason}")

    def done(self) -> None:
        """Refuse every key that nobody asked for. Raises BadData."""
        for key in self.values:
            if key not in self._read:
                known = ", ".join(sorted(self._read))
                self.fail(f"unknown key {key}; known here: {known}", key)

    def _get(self, key: str, default: object) -> object:
        self._read.add(key)
        if key in self.values:
            return self.values[key]
        if default is REQUIRED:
            self.fail(f"{key} is missing")
        return default

    def _refuse(self, key: str, value: object, accepted: str) -> NoReturn:
        shown = str(value) if isinstance(value, Decimal) else repr(value)
        self.fail(f"{key} is {shown}; accepted: {accepted}", key)

    def _name(self) -> str:
        name = self.values.get("id")
        return f"{self.path} {name}" if isinstance(name, str) else self.path

    def _line_of(self, key: str) -> int:
        pattern = re.compile(rf'\s*(?:"{re.escape(key)}"|{re.escape(key)})\s*=')
        header = re.compile(rf"\s*\[+.*\b{re.escape(key)}\s*\]")
        for number, line in _lines(self.source, self.line, self.end):
            if pattern.match(line) or header.match(line):
                return number
        return self.line


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file that was read; `digest` is its sha256, a part of the rule set's hash."""

    name: str
    text: str
    digest: str
    values: Mapping[str, object]

    def top(self) -> Row:
        """The keys outside every table; `done()` on it refuses unknown tables too."""
        return Row(self.name, self.text, 1, self.text.count("\n") + 1, "file", self.values)

    def rows(self, table: str) -> list[Row]:
        """Every row of one table (`[[table]]`), in the order of the file. Raises BadData."""
        return _rows(self.top(), table)


def read(package: str, name: str) -> DataFile:
    """Read `data/<name>` of a package such as `programs.domain`. Raises BadData."""
    module = sys.modules.get(package) or import_module(package)
    path = Path(module.__path__[0]) / "data" / name
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise BadData(f"{name}:1: {package} has no such data file") from None
    return parse(raw.decode("utf-8"), name)


def parse(text: str, name: str) -> DataFile:
    """Read TOML text under a file's name. Raises BadData with the line of the mistake."""
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as mistake:
        found = re.search(r"at line (\d+)", str(mistake))
        # "at end of document" has no number: the mistake is on the last line.
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise BadData(f"{name}:{line}: {mistake}") from None
    return DataFile(name, text, hashlib.sha256(text.encode("utf-8")).hexdigest(), values)


def _rows(parent: Row, key: str) -> list[Row]:
    """Rows of one table below a parent, each with its first and last line; ids are unique."""
    found = parent.values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        parent.fail(f"{key} must be rows, written [[{key}]]", key)
    starts = _starts(parent, key, found)
    ends = [start - 1 for start in starts[1:]] + [parent.end]
    path = key if parent.path == "file" else f"{parent.path}.{key}"
    rows = [
        Row(parent.file, parent.source, start, max(start, end), path, item)
        for item, start, end in zip(found, starts, ends, strict=True)
    ]
    seen: set[object] = set()
    for row in rows:
        if row.values.get("id") in seen:
            row.fail("this id is used twice", "id")
        if row.has("id"):
            seen.add(row.values["id"])
    return rows


def _starts(parent: Row, key: str, found: list[dict[str, object]]) -> list[int]:
    """The line each row starts on: its header, or the line that gives its id."""
    header = re.compile(rf"\s*\[\[\s*(?:.*\.)?{re.escape(key)}\s*\]\]")
    lines = _lines(parent.source, parent.line, parent.end)
    headers = [number for number, line in lines if header.match(line)]
    if len(headers) == len(found):
        return headers
    starts = []
    for item in found:
        mark = re.compile(rf'\bid\s*=\s*["\']{re.escape(str(item.get("id")))}["\']')
        starts.append(next((number for number, line in lines if mark.search(line)), parent.line))
    return starts


def _lines(text: str, first: int, last: int) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), start=1))[first - 1 : last]
