"""The page docs/rules.md, written from the code that decides."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clients.reviewing.rules_page import page


class Command(BaseCommand):
    """Writes the page."""

    help = "Write docs/rules.md from the rules."
    requires_system_checks = []  # noqa: RUF012

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("--to", type=Path, default=Path("docs/rules.md"), help="a file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        options["to"].write_text(page(), encoding="utf-8")
