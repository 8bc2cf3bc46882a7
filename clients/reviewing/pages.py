"""What a document is made of, whatever it is printed on: sections of text, tables and cards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """A level in a cell, coloured by it; `level` is its word in the rules."""

    level: str
    text: str


Cell = str | Badge


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `widths` are shares of the page."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card: its letter or row, what it says, and what belongs to it in small."""

    label: str
    text: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A worked case or a protocol: a title, a badge, a line under it, then lines."""

    title: str
    badge: Badge | None
    lead: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on."""

    label: str
    value: str = ""


Block = Text | Table | Card | Blank


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the document, beginning on a page of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: title, version, date (ISO) and hash stand on every page."""

    title: str
    version: str
    on: str
    digest: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
