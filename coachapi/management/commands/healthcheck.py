"""What compose asks of each container: is this part doing its work?"""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coachapi import heartbeat

OLDEST_BEAT_SECONDS = {"worker": 30.0, "beat": 60.0}
WEB_SECONDS = 5.0


class Command(BaseCommand):
    """Exit 0 when that part works, 1 with a sentence when it does not."""

    help = "Say whether web, worker or beat is working; for health checks of containers."
    requires_system_checks: list[str] = []  # asked every few seconds

    def add_arguments(self, parser: CommandParser) -> None:
        """Which part, and for the web where it listens."""
        parser.add_argument("part", choices=["web", *OLDEST_BEAT_SECONDS])
        parser.add_argument("--url", default="http://127.0.0.1:8000/readyz")

    def handle(self, *args: Any, part: str, url: str, **options: Any) -> None:
        """Ask the web for /readyz, the others for the age of their last heartbeat."""
        if part == "web":
            self._web(url)
        else:
            self._beats(part)
        self.stdout.write(f"{part} works")

    def _web(self, url: str) -> None:
        # Asked from inside under the name that people use, which ALLOWED_HOSTS accepts.
        request = urllib.request.Request(
            url, headers={"Host": urlsplit(settings.PUBLIC_URL).netloc}
        )
        try:
            with urllib.request.urlopen(request, timeout=WEB_SECONDS):
                return
        except urllib.error.HTTPError as error:
            said = error.read(500).decode(errors="replace")
            raise CommandError(f"web is not ready: {said}") from error
        except OSError as error:
            raise CommandError(f"web does not answer at {url}: {error}") from error

    def _beats(self, part: str) -> None:
        age, oldest = heartbeat.age(part), OLDEST_BEAT_SECONDS[part]
        if age is None:
            raise CommandError(f"{part} has not been seen yet.")
        if age > oldest:
            raise CommandError(f"{part} was last seen {age:.0f} s ago; {oldest:.0f} s is allowed.")
