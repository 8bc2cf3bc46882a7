"""After a restore or a move of the database: every phone's cursor is foreign from now on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction


class Command(BaseCommand):
    """Begin a new generation of the sync index: phones are sent the full set once, nothing else."""

    help = "Begin a new generation of sync; run it with the owner's login after a restore."
    requires_system_checks: list[str] = []  # one of them is what sends people here

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark everything anew and count the generation up."""
        if settings.PROCESS_ROLE != "migrate":
            raise CommandError("Run it as the owner: PROCESS_ROLE=migrate, OWNER_DATABASE_URL set.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT sync_begin_again()")
            number = cursor.fetchone()[0]
        self.stdout.write(f"sync is in generation {number}")
