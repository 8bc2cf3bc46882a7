"""`manage.py graph back_low` shows what is easier than what when a region hurts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.domain.exercises import library
from programs.domain.graph import as_mermaid, as_text
from programs.domain.regions import UnknownRegion, all_regions


class Command(BaseCommand):
    """Print the exercise graph of one region."""

    # Reads data only, so nothing about the server has to be right.
    requires_system_checks = ()
    help = "Show the easier and harder exercises for a region of the body."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One region; `--mermaid` for a diagram."""
        parser.add_argument("region", help="for example back_low")
        parser.add_argument("--mermaid", action="store_true", help="print a Mermaid flowchart")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the graph, or name the regions there are."""
        draw = as_mermaid if options["mermaid"] else as_text
        try:
            self.stdout.write(draw(library(), options["region"]), ending="")
        except UnknownRegion as unknown:
            known = ", ".join(one.id for one in all_regions())
            raise CommandError(f"There is no region {unknown}. There are: {known}") from unknown
