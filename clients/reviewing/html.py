"""The pack as one HTML file: its own print styles, no script, nothing to fetch."""

from __future__ import annotations

from django.template.loader import render_to_string

from clients.reviewing.pages import Document, Table


def page(document: Document) -> str:
    """The whole document as a page that stands alone."""
    shares = sorted(
        {
            width
            for section in document.sections
            for block in section.blocks
            if isinstance(block, Table)
            for width in block.widths
        }
    )
    parts = [
        (section, [(type(block).__name__, block) for block in section.blocks])
        for section in document.sections
    ]
    return render_to_string(
        "clients/reviewing/pack.html", {"document": document, "parts": parts, "shares": shares}
    )
