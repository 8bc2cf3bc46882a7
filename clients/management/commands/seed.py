"""``manage.py seed``: fill an empty database with the demo's people and twelve weeks of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clients.demo import world
from clients.demo.people import PASSWORD, PEOPLE
from coachapi import clock
from coachapi.refusals import Refused


class Command(BaseCommand):
    """Thin over the demo's world."""

    help = "Fill the demo. Refuses where DEMO is off or the demo stands already."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to keep the words beside saying them."""
        parser.add_argument("--to", type=Path, help="a file that keeps who may sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say who may sign in."""
        if not settings.DEMO:
            raise CommandError("There is no demo here: DEMO is off.")
        try:
            world.build(clock.now())
        except Refused as no:
            raise CommandError(no.sentence) from no
        words = "\n".join(sign_ins())
        self.stdout.write(words)
        if options["to"]:
            options["to"].write_text(words)


def sign_ins() -> Iterator[str]:
    """Who may sign in with which password, in a few lines."""
    yield f"Sign in with the password {PASSWORD}"
    for practice in dict.fromkeys(each.practice for each in PEOPLE):
        here = [each for each in PEOPLE if each.practice == practice]
        yield practice
        yield from (
            f"  {each.email:<18} {each.name}, {each.role}" for each in here if each.role != "client"
        )
        clients = [each.email for each in here if each.role == "client"]
        for first in range(0, len(clients), 4):
            yield "  " + " ".join(clients[first : first + 4])
