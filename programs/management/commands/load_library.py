"""``manage.py load_library``: put the shipped exercises into their tables (after migrate)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from programs.actions import library


class Command(BaseCommand):
    """Thin over the action."""

    help = "Put the shipped exercise library into its tables. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many exercises stand."""
        self.stdout.write(f"{library.load()} exercises")
