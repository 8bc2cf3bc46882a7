"""``manage.py dead_letters``: what providers refused for good, and sending it again (operator)."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from coachapi.notifications import dead_letters


class Command(BaseCommand):
    """Lists every practice's dead letters by id; needs the worker's login."""

    help = "List what providers refused for good; --redrive ID or --redrive all sends it again."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--redrive``, as often as wanted."""
        parser.add_argument("--redrive", action="append", default=[], metavar="ID|all")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, or send again and say how many."""
        try:
            found = dead_letters.of_everybody()
            wanted: list[str] = options["redrive"]
            if not wanted:
                for each in found:
                    told = f"{each.told_at:%Y-%m-%d %H:%M}"
                    said = f"{told}  {each.id}  {each.channel:8} to {each.recipient}"
                    self.stdout.write(f"{said}  tried {each.attempts} ×: {each.trouble}")
                self.stdout.write(f"{len(found)} dead letters.")
                return
            ids = [each.id for each in found] if "all" in wanted else _ids(wanted)
            self.stdout.write(f"{dead_letters.redrive_these(ids)} sent again.")
        except ProgrammingError as no:
            raise CommandError(
                f"This login may not see deliveries ({no}). Set PROCESS_ROLE=worker."
            ) from no


def _ids(words: list[str]) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(word) for word in words]
    except ValueError as no:
        raise CommandError(f"{words} holds no id as the list shows them.") from no
