"""The clinician's pack as HTML and PDF, to read, print and sign."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clients.reviewing import html, pdf
from clients.reviewing.pack import document


class Command(BaseCommand):
    """Writes review-pack.html and review-pack.pdf into a folder."""

    help = "Write the rule set as one document for a clinician to review and sign."
    requires_system_checks = []  # noqa: RUF012

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and the date to print."""
        parser.add_argument("--to", type=Path, default=Path("review-pack"), help="a folder")
        parser.add_argument("--on", default="", help="the date to print, YYYY-MM-DD; today")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both files and say where they are."""
        on = options["on"] or dt.datetime.now(dt.UTC).date().isoformat()
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        pack = document(on)
        (folder / "review-pack.html").write_text(html.page(pack), encoding="utf-8")
        pdf.write(pack, folder / "review-pack.pdf")
        self.stdout.write(f"{folder}/review-pack.html and {folder}/review-pack.pdf: {pack.digest}")
