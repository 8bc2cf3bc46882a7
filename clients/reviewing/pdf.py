"""The pack as a PDF; reportlab is a development package, so only this module imports it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)  # fmt: skip
from reportlab.platypus import Table as Grid
from reportlab.platypus.tableofcontents import TableOfContents

from clients.reviewing.pages import Badge, Blank, Block, Card, Cell, Document, Line, Table, Text

INK, SOFT, LINE = HexColor("#16202b"), HexColor("#55606c"), HexColor("#cdd4db")
LEVEL_COLOURS = {
    "emergency": ("#ffffff", "#8e1616"),
    "urgent": ("#ffffff", "#b3470c"),
    "refer": ("#5c3d00", "#ffe2a8"),
    "incomplete": ("#333b44", "#e3e7eb"),
    "modify": ("#0d3f73", "#d9e9fa"),
    "monitor": ("#17503a", "#dcf1e6"),
    "log": ("#55606c", "#ffffff"),
}
SIDE, TOP, FOOT = 17 * mm, 18 * mm, 20 * mm
WIDE = A4[0] - 2 * SIDE
ON_ONE_PAGE = 14
"""A table of so many rows is not broken over two pages."""


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    values = {"fontName": "Vera", "leading": size * 1.4, "textColor": INK, **more}
    return ParagraphStyle(name, fontSize=size, **values)


TITLE = _style("title", 25, fontName="VeraBd", leading=31, spaceAfter=9 * mm)
LEAD = _style("lead", 10, leading=15.5, spaceAfter=4 * mm)
HEADING = _style("heading", 15, fontName="VeraBd", leading=20, spaceAfter=4 * mm)
SMALL_HEADING = _style(
    "small", 10, fontName="VeraBd", spaceBefore=4 * mm, spaceAfter=2 * mm, keepWithNext=1
)
BODY = _style("body", 8.6, leading=12.6, spaceAfter=3 * mm)
CELL = _style("cell", 7.4, leading=10.2)
FIRST = _style("first", 7.4, leading=10.2, fontName="VeraBd")
HEAD = _style("head", 7.2, leading=10, fontName="VeraBd", textColor=SOFT)
HANGING = _style("hanging", 7.4, leading=10.4, leftIndent=9, firstLineIndent=-9)
CARD_TITLE = _style("card", 8.8, fontName="VeraBd", leading=12)
CARD_LEAD = _style("card-lead", 7.4, textColor=SOFT, leading=10.4, spaceAfter=1)
CONTENTS = _style("contents", 9.5, leading=17)


class _Book(BaseDocTemplate):
    """Pages with version and hash at the foot, and headings that the contents find."""

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802 - reportlab's own name
        """Enter each section into the contents and the outline."""
        if isinstance(flowable, Paragraph) and flowable.style.name == "heading":
            words, key = flowable.getPlainText(), f"p{self.page}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(words, key, 0)
            self.notify("TOCEntry", (0, words, self.page, key))


def write(document: Document, to: Path) -> None:
    """Write the document; the same document gives the same bytes."""
    rl_config.invariant = 1
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    book = _Book(
        str(to), pagesize=A4, title=document.title, author="coachapi", lang="en",
        subject=f"Version {document.version}, {document.digest}",
    )  # fmt: skip
    frame = Frame(SIDE, FOOT, WIDE, A4[1] - TOP - FOOT, 0, 0, 0, 0)
    book.addPageTemplates(PageTemplate("page", [frame], onPage=_foot(document)))
    book.multiBuild(list(_story(document)))


def _foot(document: Document) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, book: Any) -> None:
        canvas.setFont("Vera", 6.6)
        canvas.setFillColor(SOFT)
        canvas.drawString(SIDE, 11 * mm, f"Version {document.version} · {document.digest}")
        canvas.drawRightString(A4[0] - SIDE, 11 * mm, str(book.page))

    return draw


def _story(document: Document) -> Iterable[Any]:
    yield Spacer(1, 42 * mm)
    yield _text(document.title, TITLE)
    for words in document.lead:
        yield _text(words, LEAD)
    yield Spacer(1, 6 * mm)
    for label, value in (
        ("Version", document.version), ("Printed", document.on), ("Hash", document.digest),
    ):  # fmt: skip
        yield _line(label, value, rule=False)
    yield PageBreak()
    yield _text("Contents", _style("contents-title", 15, fontName="VeraBd", spaceAfter=5 * mm))
    contents = TableOfContents(levelStyles=[CONTENTS], dotsMinLevel=0)
    yield contents
    for number, section in enumerate(document.sections, start=1):
        yield PageBreak()
        yield _text(f"{number}. {section.title}", HEADING)
        for block in section.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterable[Any]:
    if isinstance(block, Text):
        yield _text(block.text, BODY)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Card):
        yield _card(block)
    else:
        yield _blank(block)


def _text(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(words), style)


def _table(table: Table) -> Iterable[Any]:
    rows = [[_text(words, HEAD) for words in table.head]]
    rows += [[_cell(cell, place) for place, cell in enumerate(row)] for row in table.rows]
    share = WIDE / sum(table.widths)
    grid = Grid(rows, [width * share for width in table.widths], repeatRows=1)
    grid.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("LEFTPADDING", (1, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.35, LINE),
            ]
        )
    )
    title = [_text(table.title, SMALL_HEADING)] if table.title else []
    short = len(table.rows) <= ON_ONE_PAGE
    yield from [KeepTogether([*title, grid])] if short else [*title, grid]
    yield Spacer(1, 4 * mm)


def _cell(cell: Cell, place: int) -> Any:
    if isinstance(cell, Badge):
        return _badge(cell)
    return _text(cell, CELL if place else FIRST)


def _badge(badge: Badge) -> Paragraph:
    ink, ground = LEVEL_COLOURS[badge.level]
    style = _style(
        f"badge-{badge.level}", 6.8, leading=9.4, fontName="VeraBd", textColor=HexColor(ink),
        backColor=HexColor(ground), borderPadding=(1.2, 2.4, 1.6, 2.4), borderRadius=2,
        borderWidth=0.4, borderColor=HexColor(ground if ink == "#ffffff" else ink), leftIndent=3,
        rightIndent=3,
    )  # fmt: skip
    return _text(badge.text, style)


def _card(card: Card) -> KeepTogether:
    badge: Any = _badge(card.badge) if card.badge else ""
    head = Grid([[_text(card.title, CARD_TITLE), badge]], [WIDE * 0.77, WIDE * 0.2 - 12])
    head.setStyle(
        TableStyle(
            [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
             ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
        )
    )  # fmt: skip
    lines = [Paragraph(_marked(line), HANGING) for line in card.lines]
    inside = [[head], [_text(card.lead, CARD_LEAD)], *([line] for line in lines)]
    box = Grid(inside, [WIDE])
    box.setStyle(
        TableStyle(
            [("BOX", (0, 0), (-1, -1), 0.5, LINE), ("BACKGROUND", (0, 0), (-1, -1), white),
             ("LEFTPADDING", (0, 0), (-1, -1), 8), ("RIGHTPADDING", (0, 0), (-1, -1), 8),
             ("TOPPADDING", (0, 0), (-1, 0), 6), ("TOPPADDING", (0, 1), (-1, -1), 1),
             ("BOTTOMPADDING", (0, 0), (-1, -2), 1), ("BOTTOMPADDING", (0, -1), (-1, -1), 6)]
        )
    )  # fmt: skip
    return KeepTogether([box, Spacer(1, 2.6 * mm)])


def _marked(line: Line) -> str:
    """A card's line with its letter in bold and its small part in grey."""
    label = f'<font name="VeraBd">{escape(line.label)}</font>&nbsp; ' if line.label else ""
    small = f' <font color="#55606c" size="6.6">{escape(line.small)}</font>' if line.small else ""
    return f"{label}{escape(line.text)}{small}"


def _blank(blank: Blank) -> Any:
    return KeepTogether([_line(blank.label, blank.value, rule=True), Spacer(1, 2 * mm)])


def _line(label: str, value: str, *, rule: bool) -> Grid:
    grid = Grid([[_text(label, CELL), _text(value, CELL)]], [46 * mm, WIDE - 46 * mm])
    pad = 13 if rule and not value else 5
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), pad), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]  # fmt: skip
    if rule:
        style.append(("LINEBELOW", (1, 0), (1, 0), 0.6, INK))
    grid.setStyle(TableStyle(style))
    return grid
