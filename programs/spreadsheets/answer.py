"""A spreadsheet as an answer to save."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify

from programs.spreadsheets.writing import TYPE


def xlsx(body: bytes, name: str) -> HttpResponse:
    """The bytes under a file name in plain letters."""
    title = slugify(name)[:60] or "program"
    return HttpResponse(
        body,
        content_type=TYPE,
        headers={"Content-Disposition": f'attachment; filename="{title}.xlsx"'},
    )
